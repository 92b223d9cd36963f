import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";

export interface CountBar {
  readonly key: string;
  readonly words: string;
  /** Not below 0. */
  readonly count: number;
}

export interface CountBarsProps {
  /** What is counted, for people who hear it. */
  readonly label: string;
  readonly bars: readonly CountBar[];
  /** The number at a bar's end, with its unit: "4 teams", "35%". */
  readonly format: (count: number) => string;
  /** What a full bar stands for; the highest count when left out. */
  readonly of?: number;
  /** True where words and numbers are short, as for answers to a question: the bars get the room. */
  readonly isShort?: boolean;
}

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalS, margin: 0, padding: 0, listStyleType: "none" },
  bar: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 18rem) minmax(4rem, 1fr) 5.5rem",
    gap: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalM}`,
    alignItems: "center",
    // Words above, bar and number below.
    "@media (max-width: 640px)": {
      gridTemplateColumns: "minmax(0, 1fr) 5.5rem",
      "& > :first-child": { gridColumn: "1 / -1" },
    },
  },
  short: {
    gridTemplateColumns: "minmax(0, 10rem) minmax(4rem, 1fr) 3rem",
    "@media (max-width: 640px)": { gridTemplateColumns: "minmax(0, 1fr) 3rem" },
  },
  track: {
    height: "12px",
    backgroundColor: tokens.colorNeutralBackground4,
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
    forcedColorAdjust: "none",
    printColorAdjust: "exact",
    "@media (forced-colors: active)": { backgroundColor: "Canvas", outline: "1px solid CanvasText" },
  },
  filled: {
    height: "100%",
    backgroundColor: tokens.colorCompoundBrandBackground,
    "@media (forced-colors: active)": { backgroundColor: "CanvasText" },
  },
});

/** Things that were counted, a bar for each with its words and its number. */
export function CountBars({ label, bars, format, of, isShort = false }: CountBarsProps) {
  const styles = useStyles();
  const whole = of ?? Math.max(1, ...bars.map(({ count }) => count));
  return (
    <ul className={styles.list} aria-label={label}>
      {bars.map(({ key, words, count }) => (
        <li key={key} className={mergeClasses(styles.bar, isShort && styles.short)}>
          <Text>{words}</Text>
          <div className={styles.track} aria-hidden="true">
            <div className={styles.filled} style={{ width: `${Math.min(100, (100 * count) / whole)}%` }} />
          </div>
          <Text>{format(count)}</Text>
        </li>
      ))}
    </ul>
  );
}
