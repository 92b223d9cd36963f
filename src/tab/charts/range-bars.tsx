import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { Shape, Tone } from "./mark.tsx";
import { RangeKey } from "./range-key.tsx";
import { RangeRow } from "./range-row.tsx";
import { percentOf, ticksTo } from "./scale.ts";

export interface RangeBar {
  readonly key: string;
  /** Whose bar it is; a link where there is more to see. */
  readonly name: ReactNode;
  /** How long the bar is; null where that isn't known or isn't shown, and `words` says so. */
  readonly value: number | null;
  /** The range that the value is compared with, on the same scale. */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** Where the value stands, with the shape at the bar's end; null where there is no value. */
  readonly state: { readonly words: string; readonly shape: Shape; readonly tone: Tone } | null;
  /** A second value, such as that of a longer time, drawn as a mark of its own. */
  readonly beside: number | null;
  /** The numbers in words. */
  readonly words: ReactNode;
}

/** What the bars, the band and the marks are called; null where there are no marks. */
export interface RangeNames {
  readonly value: string;
  readonly range: string;
  readonly beside: string | null;
}

export interface RangeBarsProps {
  /** What the bars show, for people who hear it. */
  readonly label: string;
  readonly bars: readonly RangeBar[];
  readonly names: RangeNames;
  /** A value on the axis. */
  readonly format: (value: number) => string;
  /** The axis, which begins at 0, reaches at least this value. */
  readonly most?: number;
}

/** Above this many rows the axis stands below them as well. */
const few = 8;

const useStyles = makeStyles({
  chart: { display: "grid", gap: tokens.spacingVerticalM, gridTemplateColumns: "minmax(0, 1fr)" },
  list: { margin: 0, padding: 0, listStyleType: "none" },
  axis: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 20rem) minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalXL,
    "@media (max-width: 640px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  ticks: { position: "relative", height: "20px", marginInline: "12px 20px", gridColumnEnd: -1 },
  tick: {
    position: "absolute",
    transform: "translateX(-50%)",
    color: tokens.colorNeutralForeground2,
    whiteSpace: "nowrap",
  },
});

/**
 * Values against a range, a row for each: a bar that begins at 0, the range as a band behind it, and the state in words
 * with a shape of its own. All of it stands in words as well, so that nobody has to see the drawing.
 */
export function RangeBars({ label, bars, names, format, most = 0 }: RangeBarsProps) {
  const styles = useStyles();
  const ticks = ticksTo(Math.max(most, ...bars.flatMap(({ value, range, beside }) => [value ?? 0, range?.high ?? 0, beside ?? 0])));
  const at = (value: number) => percentOf(value, 0, ticks.at(-1) ?? 1);
  const axis = (
    <div className={styles.axis} aria-hidden="true">
      <div className={styles.ticks}>
        {ticks.map((tick) => (
          <Text key={tick} size={200} className={styles.tick} style={{ left: `${at(tick)}%` }}>
            {format(tick)}
          </Text>
        ))}
      </div>
    </div>
  );
  return (
    <div className={styles.chart}>
      <RangeKey names={names} />
      <div>
        {axis}
        <ul className={styles.list} aria-label={label}>
          {bars.map((bar) => (
            <RangeRow key={bar.key} bar={bar} ticks={ticks} at={at} />
          ))}
        </ul>
        {bars.length > few && axis}
      </div>
    </div>
  );
}
