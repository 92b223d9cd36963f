import { Text } from "@fluentui/react-components";
import type { ResultSummary } from "../../features/pulse/contract.ts";
import { Section } from "../parts/page.tsx";
import { DataTable } from "../parts/table.tsx";
import { shortDay } from "../parts/dates.ts";
import { scoreInWords } from "./words.ts";

/** The score of each reporting group, or why it is withheld, with the waves before. */
export function Groups({ groups }: { readonly groups: ResultSummary["groups"] }) {
  if (groups.length === 0) return null;
  return (
    <Section title="Groups">
      <Text size={200}>Groups stay the same for a year. A group shows only when it and the rest each have 10 answers or more.</Text>
      <DataTable
        caption="Scores by group"
        rows={groups}
        keyOf={({ name }) => name}
        columns={[
          { title: "Group", cell: ({ name, members }) => (members.length > 1 ? `${name} (${members.join(", ")})` : name), width: 16 },
          { title: "Score", cell: ({ score }) => scoreInWords(score), width: 20 },
          {
            title: "Before",
            cell: ({ trend }) =>
              trend
                .slice(0, -1)
                .map(({ openedOn, score }) => `${shortDay(openedOn)}: ${score.kind === "shown" ? score.score : "withheld"}`)
                .join("; "),
            width: 16,
          },
        ]}
      />
    </Section>
  );
}
