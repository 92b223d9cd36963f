import { makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { Axes } from "./trend-axes.tsx";
import { TrendLines } from "./trend-lines.tsx";
import type { Shape, Tone } from "./mark.tsx";
import { dayNumber, percentOf, ticksTo } from "./scale.ts";
import { TrendReading } from "./trend-reading.tsx";
import { useReading } from "./use-reading.ts";

export interface TrendPoint {
  /** An ISO date. */
  readonly on: string;
  /** Null where nothing can be said: the line has a gap there. */
  readonly value: number | null;
  /** Where the value likely lies; drawn as a line through the point. */
  readonly likely?: { readonly low: number; readonly high: number };
}

export interface TrendSeries {
  readonly key: string;
  readonly name: string;
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  readonly tone: Tone;
  readonly shape: Shape;
  /** A broken line, for what stands beside what is looked at. */
  readonly isBroken?: boolean;
}

export interface TrendChartProps {
  /** What the chart shows, for people who hear it: "Load of all teams over 52 weeks". */
  readonly label: string;
  /** The most important one first: it lies on top. */
  readonly series: readonly TrendSeries[];
  /** The first and the last day of the axis, as ISO dates. */
  readonly from: string;
  readonly to: string;
  /** A range across the values, drawn as a band, with its name. */
  readonly range?: { readonly low: number; readonly high: number; readonly name: string } | null;
  readonly format: (value: number) => string;
  /** What is said where a value is null; "can’t be calculated" when left out. */
  readonly missing?: string;
  /** The axis, which begins at 0, reaches at least this value. */
  readonly most?: number;
}

const useStyles = makeStyles({
  chart: { display: "grid", gap: tokens.spacingVerticalM, gridTemplateColumns: "minmax(0, 1fr)", breakInside: "avoid" },
});

/**
 * Lines over time with a range across them. One day at a time is read out below it: the latest one at first, others by
 * pointing at the drawing or with the arrow keys, for which the drawing is a slider.
 */
export function TrendChart({ label, series, from, to, range = null, format, missing = "can’t be calculated", most = 0 }: TrendChartProps) {
  const styles = useStyles();
  const days = [...new Set(series.flatMap(({ points }) => points.map(({ on }) => on)))].sort();
  const [chosen, setChosen] = useState<string | null>(null);
  const day = chosen !== null && days.includes(chosen) ? chosen : (days.at(-1) ?? to);
  const highest = series.flatMap(({ points }) => points.map(({ value, likely }) => Math.max(value ?? 0, likely?.high ?? 0)));
  const ticks = ticksTo(Math.max(most, range?.high ?? 0, ...highest));
  const scale = {
    x: (on: string) => percentOf(dayNumber(on), dayNumber(from), dayNumber(to)),
    y: (value: number) => 100 - percentOf(value, 0, ticks.at(-1) ?? 1),
  };
  const reading = useReading({ days, day, choose: setChosen, x: scale.x });
  const readings = series.map(({ key, name, tone, shape, isBroken = false, points }) => {
    const point = points.find(({ on }) => on === day);
    const value = point?.value ?? null;
    const likely = point?.likely === undefined ? "" : ` (likely ${format(point.likely.low)} to ${format(point.likely.high)})`;
    return { key, name, tone, shape, isBroken, words: value === null ? missing : `${format(value)}${likely}` };
  });
  return (
    <div className={styles.chart}>
      <Axes ticks={ticks} days={days} from={from} to={to} scale={scale} format={format}>
        <TrendLines
          series={series}
          range={range}
          ticks={ticks}
          day={day}
          scale={scale}
          slider={{ ...reading, label, readings }}
        />
      </Axes>
      <TrendReading day={day} readings={readings} range={range} />
    </div>
  );
}

/** Where a day and a value stand, in percent of the drawing from its left and its top. */
export interface TrendScale {
  readonly x: (on: string) => number;
  readonly y: (value: number) => number;
}
