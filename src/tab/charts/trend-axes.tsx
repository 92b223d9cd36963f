import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { shortDay } from "../parts/dates.ts";
import { labelledDays } from "./scale.ts";
import type { TrendScale } from "./trend-chart.tsx";

/** Percent of the width that a label of a day needs, in a wide and in a narrow drawing. */
const apart = { wide: 11, narrow: 34 } as const;

const useStyles = makeStyles({
  axes: {
    position: "relative",
    height: "230px",
    paddingLeft: "44px",
    paddingBottom: "24px",
    paddingTop: "8px",
    paddingRight: "12px",
    boxSizing: "border-box",
    containerType: "inline-size",
    "@media print": { height: "180px" },
  },
  plot: { position: "relative", height: "100%" },
  label: { position: "absolute", color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
  value: { right: "calc(100% + 8px)", transform: "translateY(-50%)" },
  day: { top: "calc(100% + 6px)", transform: "translateX(-50%)" },
  first: { transform: "translateX(-12px)" },
  last: { transform: "translateX(calc(-100% + 12px))" },
  // Of the drawing's own width: it may have half of a page.
  wideOnly: { "@container (max-width: 640px)": { display: "none" } },
});

export interface AxesProps {
  readonly ticks: readonly number[];
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly scale: TrendScale;
  readonly format: (value: number) => string;
  readonly children: ReactNode;
}

/** The labels at the sides of a drawing over time; the drawing itself says them to people who hear it. */
export function Axes({ ticks, days, from, to, scale, format, children }: AxesProps) {
  const styles = useStyles();
  const onNarrow = labelledDays(days, from, to, apart.narrow);
  return (
    <div className={styles.axes}>
      <div className={styles.plot}>
        {children}
        <div aria-hidden="true">
          {ticks.map((tick) => (
            <Text
              key={tick}
              size={200}
              className={mergeClasses(styles.label, styles.value)}
              style={{ top: `${scale.y(tick)}%` }}
            >
              {format(tick)}
            </Text>
          ))}
          {labelledDays(days, from, to, apart.wide).map((day) => (
            <Text
              key={day}
              size={200}
              className={mergeClasses(
                styles.label,
                styles.day,
                scale.x(day) < 6 && styles.first,
                scale.x(day) > 94 && styles.last,
                !onNarrow.includes(day) && styles.wideOnly,
              )}
              style={{ left: `${scale.x(day)}%` }}
            >
              {shortDay(day)}
            </Text>
          ))}
        </div>
      </div>
    </div>
  );
}
