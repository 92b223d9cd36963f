import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { MyCaseload } from "../../features/check-ins/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { loadAxis, loadMeaning, percent, rangeOf } from "../charts/load.ts";
import { daysAfter } from "../charts/scale.ts";
import { TrendChart } from "../charts/trend-chart.tsx";
import { day } from "../parts/dates.ts";
import { Empty } from "../parts/states.tsx";
import type { Column } from "../parts/table.tsx";
import { type TrendRow, trendRows } from "./trend-rows.ts";

const useStyles = makeStyles({
  team: { display: "grid", gap: tokens.spacingVerticalM, gridTemplateColumns: "minmax(0, 1fr)" },
  lines: { display: "grid", gap: tokens.spacingVerticalXXS },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
});

interface TeamTrendProps {
  readonly team: MyCaseload["teams"][number];
  readonly network: MyCaseload["network"];
  /** The latest opening, an ISO date. */
  readonly asOf: string;
}

const share = (load: number | null): string => (load === null ? "Can’t be calculated" : percent(load));

const columns: readonly Column<TrendRow>[] = [
  { title: "Check-in", cell: ({ openedOn }) => day(openedOn), width: 10 },
  { title: "Load over 12 weeks", cell: ({ own }) => (own === null ? "Not answered" : share(own.load12)), isNumber: true, width: 7 },
  { title: "Network’s median", cell: ({ median }) => (median === null ? "Not shown" : percent(median)), isNumber: true, width: 7 },
  { title: "Load over 52 weeks", cell: ({ own }) => (own === null ? "" : share(own.load52)), isNumber: true, width: 7 },
  { title: "New people in 12 weeks", cell: ({ own }) => own?.newPeople ?? "", isNumber: true, width: 7 },
  { title: "Guide for them", cell: ({ own }) => (own?.guide == null ? "" : `${own.guide.low} to ${own.guide.high}`), isNumber: true, width: 8 },
];

/** A team's load at each opening that it answered, beside the network's median. */
export function TeamTrend({ team: { team, standing, last12Weeks, points }, network, asOf }: TeamTrendProps) {
  const styles = useStyles();
  const rows = trendRows(points, network);
  const oldestFirst = rows.toReversed();
  const range = rangeOf(last12Weeks);
  const from = daysAfter(asOf, -364);
  const label = `Load of ${team.name} over 52 weeks`;
  if (points.length === 0) {
    return (
      <div className={styles.lines}>
        <h3 className={styles.name}>{team.name}</h3>
        <Empty>It has answered no check-in within 52 weeks. Its figures appear here once you answer one.</Empty>
      </div>
    );
  }
  return (
    <div className={styles.team}>
      <div className={styles.lines}>
        <h3 className={styles.name}>{team.name}</h3>
        <Text>{standing ?? "How its load stands can’t be calculated yet."}</Text>
        {last12Weeks !== null && <Text>Over 12 weeks: {last12Weeks.words}.</Text>}
      </div>
      <Chart
        summary={`Load over 12 weeks at each check-in. ${loadMeaning}`}
        table={{ caption: label, columns, rows, keyOf: ({ openedOn }) => openedOn }}
      >
        <TrendChart
          label={label}
          from={from}
          to={asOf}
          range={range === null ? null : { ...range, name: "Guide range" }}
          format={percent}
          missing="no figure"
          most={loadAxis}
          series={[
            { key: "own", name: team.name, tone: "main", shape: "circle", points: oldestFirst.map(({ openedOn, own }) => ({ on: openedOn, value: own?.load12 ?? null })) },
            {
              key: "network",
              name: "The network’s median",
              tone: "beside",
              shape: "diamond",
              isBroken: true,
              points: oldestFirst.map(({ openedOn, median }) => ({ on: openedOn, value: median })),
            },
          ]}
        />
      </Chart>
    </div>
  );
}
