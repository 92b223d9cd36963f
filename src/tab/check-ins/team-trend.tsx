import type { TeamHistory } from "../../features/check-ins/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { loadAxis, loadMeaning, percent, rangeOf } from "../charts/load.ts";
import { daysAfter } from "../charts/scale.ts";
import { TrendChart } from "../charts/trend-chart.tsx";
import { day } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import type { Column } from "../parts/table.tsx";
import { number } from "../parts/words.ts";

type Opening = TeamHistory["history"][number];

const share = (load: number | null): string => (load === null ? "Can’t be calculated" : percent(load));

const columns: readonly Column<Opening>[] = [
  { title: "Check-in", cell: ({ opensOn }) => day(opensOn), width: 14 },
  { title: "Load over 12 weeks", cell: ({ load12 }) => share(load12), isNumber: true, width: 9 },
  { title: "Load over 52 weeks", cell: ({ load52 }) => share(load52), isNumber: true, width: 9 },
  {
    title: "New people since the check-in before",
    cell: ({ newPeople }) => (newPeople === null ? "Not known" : number(newPeople)),
    isNumber: true,
    width: 9,
  },
  {
    title: "Guide for those days",
    cell: ({ guide }) => (guide === null ? "" : `${number(guide.low)} to ${number(guide.high)}`),
    isNumber: true,
    width: 9,
  },
  { title: "Carried forward", cell: ({ carried }) => (carried ? "Some figures" : ""), width: 8 },
];

/** A team's load at each opening that it answered. */
export function TeamTrend({ team: { name, asOf, history, state } }: { readonly team: TeamHistory }) {
  const range = rangeOf(state);
  return (
    <Section title="Load over 52 weeks">
      {asOf === null || history.length === 0 ? (
        <Empty>The team has answered no check-in within 52 weeks. Its figures appear here once it does.</Empty>
      ) : (
        <Chart
          summary={`The load at each check-in that the team answered. ${loadMeaning}`}
          table={{ caption: `Load of ${name} over 52 weeks`, columns, rows: history.toReversed(), keyOf: ({ opensOn }) => opensOn }}
        >
          <TrendChart
            label={`Load of ${name} over 52 weeks`}
            from={daysAfter(asOf, -364)}
            to={asOf}
            range={range === null ? null : { ...range, name: "Guide range" }}
            format={percent}
            most={loadAxis}
            series={[
              {
                key: "load12",
                name: "Over 12 weeks",
                points: history.map(({ opensOn, load12 }) => ({ on: opensOn, value: load12 })),
                ...{ tone: "main", shape: "circle" },
              },
              {
                key: "load52",
                name: "Over 52 weeks",
                points: history.map(({ opensOn, load52 }) => ({ on: opensOn, value: load52 })),
                ...{ tone: "beside", shape: "diamond", isBroken: true },
              },
            ]}
          />
        </Chart>
      )}
    </Section>
  );
}
