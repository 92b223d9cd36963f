import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { Mark, type MarkProps } from "./mark.tsx";
import type { RangeBar } from "./range-bars.tsx";
import { useRangeStyles } from "./range-styles.ts";

const useStyles = makeStyles({
  row: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 20rem) minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalXL,
    alignItems: "center",
    breakInside: "avoid",
    "@media (max-width: 640px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  words: { display: "grid", gap: tokens.spacingVerticalXXS, paddingBlock: tokens.spacingVerticalS },
  state: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  // The room at both sides keeps marks at the ends within the chart.
  track: { alignSelf: "stretch", minHeight: "36px", marginInline: "12px 20px" },
  line: {
    position: "absolute",
    top: 0,
    bottom: 0,
    width: 0,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (forced-colors: active)": { display: "none" },
  },
  place: {
    position: "absolute",
    top: "calc(50% - 9px)",
    width: "18px",
    height: "18px",
    marginLeft: "-9px",
    lineHeight: 0,
  },
  mark: { width: "18px", height: "18px" },
});

export interface RangeRowProps {
  readonly bar: RangeBar;
  readonly ticks: readonly number[];
  /** Where a value stands, in percent from the left. */
  readonly at: (value: number) => number;
}

/** One row of the bars against a range. */
export function RangeRow({ bar: { name, value, range, state, beside, words }, ticks, at }: RangeRowProps) {
  const styles = useStyles();
  const drawn = useRangeStyles();
  const placed = (where: number, mark: MarkProps) => (
    <span className={styles.place} style={{ left: `${at(where)}%` }}>
      <Mark {...mark} className={styles.mark} />
    </span>
  );
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <Text weight="semibold">{name}</Text>
        {state !== null && (
          <Text size={200} className={styles.state}>
            <Mark shape={state.shape} tone={state.tone} />
            {state.words}
          </Text>
        )}
        <Text size={200} className={styles.quiet}>
          {words}
        </Text>
      </div>
      <div className={mergeClasses(drawn.drawing, styles.track)} aria-hidden="true">
        {range !== null && (
          <span
            className={drawn.band}
            style={{ left: `${at(range.low)}%`, width: `${at(range.high) - at(range.low)}%` }}
          />
        )}
        {ticks.map((tick) => (
          <span key={tick} className={styles.line} style={{ left: `${at(tick)}%` }} />
        ))}
        {value !== null && <span className={mergeClasses(drawn.bar, drawn[state?.tone ?? "main"])} style={{ width: `${at(value)}%` }} />}
        {beside !== null && placed(beside, { shape: "diamond", tone: "beside", isHollow: true })}
        {value !== null && state !== null && placed(value, { shape: state.shape, tone: state.tone })}
      </div>
    </li>
  );
}
