import { Field, makeStyles, Select, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { ResultSummary } from "../../features/pulse/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { TrendChart, type TrendSeries } from "../charts/trend-chart.tsx";
import { day } from "../parts/dates.ts";
import { likelyRange } from "./words.ts";

type Point = ResultSummary["groups"][number]["trend"][number];

export interface TrendProps {
  readonly trend: readonly Point[];
  /** Groups whose scores can be looked at beside everybody's; none when left out. */
  readonly groups?: ResultSummary["groups"];
}

const useStyles = makeStyles({ choice: { maxWidth: "20rem", "@media print": { display: "none" } } });

const everybody = "Everybody";

/** The score over the surveys so far, with where it likely lies; in words for the first one. */
export function Trend({ trend, groups = [] }: TrendProps) {
  const styles = useStyles();
  const [chosen, setChosen] = useState<string | null>(null);
  const [first] = trend;
  const last = trend.at(-1);
  if (first === undefined || last === undefined || trend.length < 2) return <Text>A trend shows from the second survey on.</Text>;
  const group = groups.find(({ name }) => name === chosen);
  const all: TrendSeries = { key: everybody, name: everybody, points: trend.map(pointOf), tone: "main", shape: "circle" };
  const series: TrendSeries[] =
    group === undefined
      ? [all]
      : [
          { key: group.name, name: group.name, points: group.trend.map(pointOf), tone: "main", shape: "circle" },
          { ...all, tone: "beside", shape: "square", isBroken: true, points: all.points.map(({ on, value }) => ({ on, value })) },
        ];
  const name = group?.name ?? everybody;
  const comparable = groups.filter((one) => one.trend.length > 1);
  return (
    <>
      {comparable.length > 0 && (
        <Field label="Score over time of" className={styles.choice}>
          <Select value={chosen ?? ""} onChange={(_event, { value }) => setChosen(value === "" ? null : value)}>
            <option value="">{everybody}</option>
            {comparable.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </Select>
        </Field>
      )}
      <Chart
        summary="Each point is a survey. The line through it shows where the score likely lies (95%): differences within it may be chance."
        table={{
          caption: `The score over time: ${name}`,
          rows: (group?.trend ?? trend).toReversed(),
          keyOf: ({ wave }) => wave,
          columns: [
            { title: "Survey opened", cell: ({ openedOn }) => day(openedOn), width: 14 },
            { title: "Score", cell: ({ score }) => (score.kind === "shown" ? score.score : "Not shown"), isNumber: true, width: 6 },
            { title: "Likely", cell: ({ score }) => likelyInWords(score), width: 16 },
            { title: "People, about", cell: ({ score }) => (score.kind === "shown" ? score.people : ""), isNumber: true, width: 6 },
          ],
        }}
      >
        <TrendChart
          label={`The score over time: ${name}`}
          from={first.openedOn}
          to={last.openedOn}
          series={series}
          format={String}
          missing="not shown"
        />
      </Chart>
    </>
  );
}

function pointOf({ openedOn, score }: Point): TrendSeries["points"][number] {
  return score.kind === "shown" ? { on: openedOn, value: score.score, likely: likelyRange(score) } : { on: openedOn, value: null };
}

function likelyInWords(score: Point["score"]): string {
  if (score.kind === "suppressed") return score.words;
  const { low, high } = likelyRange(score);
  return `${low} to ${high}`;
}
