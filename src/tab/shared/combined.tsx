import { Text } from "@fluentui/react-components";
import { CaseloadSummary } from "../../features/check-ins/contract.ts";
import { useRead } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { Empty, Read, Withheld } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";

interface PartProps {
  readonly by: CaseloadSummary["by"];
  readonly title: string;
}

const parts: readonly PartProps[] = [
  { by: "area", title: "By area" },
  { by: "place", title: "By place" },
];

/** Caseload against the guide range as it stood when the last check-in closed. */
export function Combined() {
  return parts.map(({ by, title }) => <Part key={by} by={by} title={title} />);
}

function Part({ by, title }: PartProps) {
  const summary = useRead(`caseload-summary?by=${by}`, CaseloadSummary);
  return (
    <Section title={title}>
      <Read of={summary}>
        {({ asOf, coverage, total, groups, withheld }) =>
          asOf === null ? (
            <Empty>No check-in has closed yet, so there are no figures.</Empty>
          ) : (
            <>
              <Text>
                As of {day(asOf)}: {coverage}. {total.last12Weeks?.words}
              </Text>
              {withheld !== null && <Withheld words={withheld} />}
              <DataTable
                caption={`${title}, over 12 weeks`}
                rows={groups}
                keyOf={({ name }) => name}
                columns={[
                  { title: by === "area" ? "Area" : "Place", cell: ({ name }) => name, width: 14 },
                  { title: "Against the guide range", cell: ({ last12Weeks }) => last12Weeks?.words ?? "Not shown", width: 24 },
                  { title: "WTE needed", cell: ({ wteNeeded }) => wteNeeded ?? "", isNumber: true, width: 7 },
                  { title: "Teams", cell: ({ answered, teams }) => `${answered} of ${teams}`, isNumber: true, width: 7 },
                ]}
              />
            </>
          )
        }
      </Read>
    </Section>
  );
}
