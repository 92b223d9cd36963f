import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { day as dayInWords } from "../parts/dates.ts";
import { Mark } from "./mark.tsx";
import { stretches } from "./stretches.ts";
import type { TrendChartProps, TrendScale } from "./trend-chart.tsx";
import type { ReadingLine } from "./trend-reading.tsx";
import type { Reading } from "./use-reading.ts";

const useStyles = makeStyles({
  plot: {
    position: "absolute",
    inset: 0,
    cursor: "crosshair",
    touchAction: "pan-y",
    forcedColorAdjust: "none",
    printColorAdjust: "exact",
    ":focus-visible": {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: "4px",
      borderRadius: tokens.borderRadiusMedium,
    },
  },
  svg: { position: "absolute", inset: 0, width: "100%", height: "100%", overflow: "visible" },
  grid: {
    stroke: tokens.colorNeutralStroke2,
    "@media (forced-colors: active)": { stroke: "CanvasText", opacity: 0.3 },
  },
  read: {
    stroke: tokens.colorNeutralStrokeAccessible,
    "@media (forced-colors: active)": { stroke: "CanvasText" },
    "@media print": { display: "none" },
  },
  band: {
    fill: tokens.colorNeutralBackground5,
    stroke: "none",
    "@media (forced-colors: active)": { fill: "Canvas" },
  },
  edge: { stroke: tokens.colorNeutralStrokeAccessible, "@media (forced-colors: active)": { stroke: "CanvasText" } },
  line: { fill: "none", strokeWidth: "2px", strokeLinejoin: "round" },
  main: { stroke: tokens.colorCompoundBrandStroke, "@media (forced-colors: active)": { stroke: "Highlight" } },
  beside: { stroke: tokens.colorNeutralForeground3, "@media (forced-colors: active)": { stroke: "CanvasText" } },
  attention: {
    stroke: tokens.colorPaletteDarkOrangeForeground1,
    "@media (forced-colors: active)": { stroke: "CanvasText" },
  },
  point: {
    position: "absolute",
    width: "12px",
    height: "12px",
    marginTop: "-6px",
    marginLeft: "-6px",
    lineHeight: 0,
    pointerEvents: "none",
  },
  // So that the line of where it likely lies shows above and below it.
  unsure: { transform: "scale(0.75)" },
});

export interface TrendLinesProps extends Required<Pick<TrendChartProps, "series" | "range">> {
  readonly ticks: readonly number[];
  /** The day that is read. */
  readonly day: string;
  readonly scale: TrendScale;
  readonly slider: Reading & { readonly label: string; readonly readings: readonly ReadingLine[] };
}

/** The lines, the band behind them and their points, as a slider over the days. */
export function TrendLines({ series, range, ticks, day, scale, slider }: TrendLinesProps) {
  const styles = useStyles();
  const { label, readings, now, last, onPoint, onKey } = slider;
  // What comes first lies on top.
  const drawn = series.toReversed();
  return (
    <div
      className={styles.plot}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={now}
      aria-valuetext={`${dayInWords(day)}: ${readings.map(({ name, words }) => `${name} ${words}`).join("; ")}`}
      onKeyDown={onKey}
      onPointerDown={onPoint}
      onPointerMove={onPoint}
    >
      {/* Stretched to its box, with lines that keep their width: it fits screens and paper without being measured. */}
      <svg className={styles.svg} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {range !== null && (
          <>
            <rect
              className={styles.band}
              x={0}
              width={100}
              y={scale.y(range.high)}
              height={scale.y(range.low) - scale.y(range.high)}
            />
            {[range.low, range.high].map((edge) => (
              <Across key={edge} y={scale.y(edge)} className={styles.edge} isBroken />
            ))}
          </>
        )}
        {ticks.map((tick) => (
          <Across key={tick} y={scale.y(tick)} className={styles.grid} />
        ))}
        <Upright x={scale.x(day)} from={0} to={100} className={styles.read} />
        {drawn.map(({ key, points, tone, isBroken = false }) => (
          <g key={key} className={mergeClasses(styles.line, styles[tone])}>
            {stretches(points).map((stretch) => (
              <polyline
                key={stretch[0]?.on}
                points={stretch.map(({ on, value }) => `${scale.x(on)},${scale.y(value)}`).join(" ")}
                vectorEffect="non-scaling-stroke"
                strokeDasharray={isBroken ? "5 4" : undefined}
              />
            ))}
            {points.map(
              ({ on, likely }) =>
                likely !== undefined && <Upright key={on} x={scale.x(on)} from={scale.y(likely.high)} to={scale.y(likely.low)} />,
            )}
          </g>
        ))}
      </svg>
      {drawn.map(({ key, points, tone, shape, isBroken = false }) =>
        points.map(
          ({ on, value, likely }) =>
            value !== null && (
              <span
                key={`${key} ${on}`}
                className={mergeClasses(styles.point, likely !== undefined && styles.unsure)}
                style={{ left: `${scale.x(on)}%`, top: `${scale.y(value)}%` }}
              >
                <Mark shape={shape} tone={tone} isHollow={isBroken} />
              </span>
            ),
        ),
      )}
    </div>
  );
}

interface LineProps {
  readonly className?: string;
  readonly isBroken?: boolean;
}

function Across({ y, className, isBroken = false }: LineProps & { readonly y: number }) {
  return (
    <line
      x1={0}
      x2={100}
      y1={y}
      y2={y}
      className={className}
      vectorEffect="non-scaling-stroke"
      strokeDasharray={isBroken ? "2 3" : undefined}
    />
  );
}

function Upright({ x, from, to, className }: LineProps & { readonly x: number; readonly from: number; readonly to: number }) {
  return <line x1={x} x2={x} y1={from} y2={to} className={className} vectorEffect="non-scaling-stroke" />;
}
