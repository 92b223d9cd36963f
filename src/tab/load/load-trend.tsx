import type { SummaryGroup, SummaryLoad } from "../../features/check-ins/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { loadAxis, percent, rangeOf } from "../charts/load.ts";
import { daysAfter } from "../charts/scale.ts";
import { TrendChart } from "../charts/trend-chart.tsx";
import { day } from "../parts/dates.ts";
import { Empty } from "../parts/states.tsx";

const year = 364;

export interface LoadTrendProps {
  readonly trend: SummaryGroup["trend"];
  /** The last day of the chart, an ISO date. */
  readonly asOf: string;
  /** The present load, whose guide range is the band. */
  readonly load: SummaryLoad;
  readonly summary: string;
  readonly name: string;
}

/** The load over 12 weeks at each opening of the last 52 weeks. */
export function LoadTrend({ trend, asOf, load, summary, name }: LoadTrendProps) {
  const from = daysAfter(asOf, -year);
  const points = trend.filter(({ openedOn }) => openedOn >= from && openedOn <= asOf);
  const range = rangeOf(load);
  if (points.length === 0) return <Empty>{summary}</Empty>;
  return (
    <Chart
      summary={summary}
      table={{
        caption: `Load over 52 weeks: ${name}`,
        rows: points.toReversed(),
        keyOf: ({ openedOn }) => openedOn,
        columns: [
          { title: "Check-in", cell: ({ openedOn }) => day(openedOn), width: 14 },
          {
            title: "Load over 12 weeks",
            cell: ({ load12 }) => (load12 === null ? "Can’t be calculated" : percent(load12)),
            isNumber: true,
            width: 12,
          },
        ],
      }}
    >
      <TrendChart
        label={`Load over 52 weeks: ${name}`}
        from={from}
        to={asOf}
        range={range === null ? null : { ...range, name: "Guide range" }}
        format={percent}
        most={loadAxis}
        series={[
          {
            key: "load12",
            name: "Load over 12 weeks",
            points: points.map(({ openedOn, load12 }) => ({ on: openedOn, value: load12 })),
            tone: "main",
            shape: "circle",
          },
        ]}
      />
    </Chart>
  );
}
