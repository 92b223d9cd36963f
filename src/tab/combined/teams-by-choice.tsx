import { Chart } from "../charts/chart.tsx";
import { CountBars } from "../charts/count-bars.tsx";
import { Empty } from "../parts/states.tsx";
import { counted } from "../parts/words.ts";

export interface TeamsByChoiceProps {
  /** What was asked: "What people bring more of". */
  readonly name: string;
  /** What a choice is called: "Pressure". */
  readonly column: string;
  /** Who stands behind the counts; null where nothing is shown. */
  readonly basis: { readonly teams: number; readonly words: string } | null;
  readonly choices: readonly { readonly key: string; readonly words: string; readonly teams: number }[];
}

/** How many teams chose what; where that can't be shown, it says so. */
export function TeamsByChoice({ name, column, basis, choices }: TeamsByChoiceProps) {
  if (basis === null || choices.length === 0) return <Empty>{name}: not shown, because single teams could be worked out.</Empty>;
  return (
    <Chart
      summary={`${name}. ${basis.words}.`}
      table={{
        caption: name,
        rows: choices,
        keyOf: ({ key }) => key,
        columns: [
          { title: column, cell: ({ words }) => words, width: 20 },
          { title: "Teams", cell: ({ teams }) => teams, isNumber: true, width: 6 },
        ],
      }}
    >
      <CountBars
        label={name}
        of={basis.teams}
        format={(teams) => counted(teams, "team")}
        bars={choices.map(({ key, words, teams }) => ({ key, words, count: teams }))}
      />
    </Chart>
  );
}
