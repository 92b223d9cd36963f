import type { ResultSummary, ScoreResource } from "../../features/pulse/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { type RangeBar, RangeBars } from "../charts/range-bars.tsx";
import { shortDay } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { likelyRange, scoreInWords } from "./words.ts";

type Group = ResultSummary["groups"][number];

export interface GroupsProps {
  readonly groups: readonly Group[];
  /** The score of everybody, which each group's stands beside. */
  readonly everybody: ScoreResource;
}

/** The score of each reporting group, or why it is withheld, with the surveys before in the table. */
export function Groups({ groups, everybody }: GroupsProps) {
  if (groups.length === 0) return null;
  const beside = everybody.kind === "shown" ? everybody.score : null;
  return (
    <Section title="Reporting groups">
      <Chart
        summary="Groups stay the same for a year. One shows only where it and everybody outside it are both large enough that nobody can be singled out."
        table={{
          caption: "Scores by reporting group",
          rows: groups,
          keyOf: ({ name }) => name,
          columns: [
            { title: "Group", cell: nameOf, width: 14 },
            { title: "Score", cell: ({ score }) => (score.kind === "shown" ? score.score : "Not shown"), isNumber: true, width: 6 },
            { title: "What it rests on", cell: ({ score }) => scoreInWords(score), width: 22 },
            { title: "Before", cell: before, width: 18 },
          ],
        }}
      >
        <RangeBars
          label="Scores by reporting group"
          names={{ value: "Score", range: "Where it likely lies (95%)", beside: beside === null ? null : "Everybody" }}
          format={String}
          bars={groups.map((group) => barOf(group, beside))}
        />
      </Chart>
    </Section>
  );
}

function barOf(group: Group, beside: number | null): RangeBar {
  const { score } = group;
  const isShown = score.kind === "shown";
  return {
    key: group.name,
    name: nameOf(group),
    value: isShown ? score.score : null,
    range: isShown ? likelyRange(score) : null,
    state: null,
    beside: isShown ? beside : null,
    words: scoreInWords(score),
  };
}

/** Its members only where the name doesn't say them. */
function nameOf({ name, members }: Group): string {
  return members.every((member) => name.includes(member)) ? name : `${name} (${members.join(", ")})`;
}

function before({ trend }: Group): string {
  return trend
    .slice(0, -1)
    .map(({ openedOn, score }) => `${shortDay(openedOn)}: ${score.kind === "shown" ? score.score : "not shown"}`)
    .join("; ");
}
