import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

/** Shapes that tell things apart where colours can't. */
const shapes = {
  circle: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10Z",
  up: "M6 1L11.5 10.5H0.5Z",
  down: "M6 11L0.5 1.5H11.5Z",
  diamond: "M6 0.5L11.5 6L6 11.5L0.5 6Z",
  square: "M1.5 1.5H10.5V10.5H1.5Z",
} as const;

export type Shape = keyof typeof shapes;

/** The colour of a mark, a line or a bar: what is looked at, what stands beside it, or what asks for attention. */
export type Tone = "main" | "beside" | "attention";

const useStyles = makeStyles({
  mark: {
    display: "inline-block",
    width: "12px",
    height: "12px",
    flexShrink: 0,
    strokeWidth: "1.5px",
    overflow: "visible",
    forcedColorAdjust: "none",
    printColorAdjust: "exact",
  },
  main: { color: tokens.colorCompoundBrandStroke, "@media (forced-colors: active)": { color: "Highlight" } },
  beside: { color: tokens.colorNeutralForeground3, "@media (forced-colors: active)": { color: "CanvasText" } },
  attention: {
    color: tokens.colorPaletteDarkOrangeForeground1,
    "@media (forced-colors: active)": { color: "CanvasText" },
  },
  filled: {
    fill: "currentColor",
    stroke: tokens.colorNeutralBackground1,
    "@media (forced-colors: active)": { stroke: "Canvas" },
  },
  hollow: {
    fill: tokens.colorNeutralBackground1,
    stroke: "currentColor",
    "@media (forced-colors: active)": { fill: "Canvas" },
  },
});

export interface MarkProps {
  readonly shape: Shape;
  readonly tone: Tone;
  readonly isHollow?: boolean;
  readonly className?: string | undefined;
}

/** A small shape beside words, or on a drawing; hidden from people who hear the page, because words say the same. */
export function Mark({ shape, tone, isHollow = false, className }: MarkProps) {
  const styles = useStyles();
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className={mergeClasses(styles.mark, styles[tone], isHollow ? styles.hollow : styles.filled, className)}
    >
      <path d={shapes[shape]} />
    </svg>
  );
}
