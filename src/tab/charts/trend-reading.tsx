import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { day as dayInWords } from "../parts/dates.ts";
import { Mark, type Shape, type Tone } from "./mark.tsx";

/** A line of a chart on the day that is read. */
export interface ReadingLine {
  readonly key: string;
  readonly name: string;
  readonly tone: Tone;
  readonly shape: Shape;
  readonly isBroken: boolean;
  readonly words: string;
}

const edge = `1px dashed ${tokens.colorNeutralStrokeAccessible}`;

const useStyles = makeStyles({
  reading: {
    display: "grid",
    gap: tokens.spacingVerticalXS,
    "@media print": { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalL },
  },
  list: {
    display: "flex",
    flexWrap: "wrap",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXL}`,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  item: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalSNudge },
  band: {
    width: "16px",
    height: "12px",
    boxSizing: "border-box",
    backgroundColor: tokens.colorNeutralBackground5,
    borderTop: edge,
    borderBottom: edge,
    forcedColorAdjust: "none",
    printColorAdjust: "exact",
    "@media (forced-colors: active)": {
      backgroundColor: "Canvas",
      borderTop: "1px dashed CanvasText",
      borderBottom: "1px dashed CanvasText",
    },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export interface TrendReadingProps {
  readonly day: string;
  readonly readings: readonly ReadingLine[];
  readonly range: { readonly name: string } | null;
}

/** The values of one day in words; it is the key to the drawing too. */
export function TrendReading({ day, readings, range }: TrendReadingProps) {
  const styles = useStyles();
  return (
    <div className={styles.reading}>
      <Text weight="semibold">{dayInWords(day)}</Text>
      <ul className={styles.list} aria-label={`Values on ${dayInWords(day)}`}>
        {readings.map(({ key, name, tone, shape, isBroken, words }) => (
          <li key={key} className={styles.item}>
            <Mark shape={shape} tone={tone} isHollow={isBroken} />
            <Text>
              {name}: {words}
            </Text>
          </li>
        ))}
        {range !== null && (
          <li className={styles.item}>
            <span className={styles.band} aria-hidden="true" />
            <Text className={styles.quiet}>{range.name}</Text>
          </li>
        )}
      </ul>
    </div>
  );
}
