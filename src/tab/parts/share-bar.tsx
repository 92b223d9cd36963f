import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

export interface ShareBarProps {
  /** What the whole bar stands for. */
  readonly of: number;
  readonly parts: readonly { readonly name: string; readonly count: number; readonly colour: string }[];
}

/* Teams' contrast look makes one colour of most: these are seen in it only, and lie over a part's own. */
const striped = `repeating-linear-gradient(45deg, ${tokens.colorTransparentStrokeInteractive} 0 3px, transparent 3px 6px)`;
const filled = `linear-gradient(${tokens.colorTransparentStrokeInteractive}, ${tokens.colorTransparentStrokeInteractive})`;
const other = `linear-gradient(${tokens.colorTransparentStrokeDisabled}, ${tokens.colorTransparentStrokeDisabled})`;

/** In a palette of the system's there are two colours to tell parts apart by, and so patterns of them. */
const inForcedColours = (image: string) => ({
  "@media (forced-colors: active)": { backgroundColor: "Canvas !important", backgroundImage: image },
});

const useStyles = makeStyles({
  bar: {
    display: "flex",
    height: "8px",
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground5,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    forcedColorAdjust: "none",
    printColorAdjust: "exact",
    "@media (forced-colors: active)": { backgroundColor: "Canvas", border: "1px solid CanvasText" },
  },
  part: {
    borderRight: `1px solid ${tokens.colorNeutralBackground1}`,
    "@media (forced-colors: active)": { borderRight: "1px solid CanvasText" },
  },
  first: inForcedColours("linear-gradient(CanvasText, CanvasText)"),
  second: { backgroundImage: striped, ...inForcedColours("repeating-linear-gradient(45deg, CanvasText 0 3px, Canvas 3px 6px)") },
  third: { backgroundImage: filled, ...inForcedColours("repeating-linear-gradient(90deg, CanvasText 0 1px, Canvas 1px 4px)") },
  fourth: { backgroundImage: other, ...inForcedColours("linear-gradient(Highlight, Highlight)") },
});

/** How a whole divides, into four parts at most; whoever uses it says the same in words beside it. */
export function ShareBar({ of, parts }: ShareBarProps) {
  const styles = useStyles();
  const looks = [styles.first, styles.second, styles.third, styles.fourth];
  return (
    <div className={styles.bar} aria-hidden="true">
      {parts.map(({ name, count, colour }, place) =>
        count === 0 ? null : (
          <div
            key={name}
            className={mergeClasses(styles.part, looks[place])}
            style={{ width: `${(100 * count) / Math.max(1, of)}%`, backgroundColor: colour }}
          />
        ),
      )}
    </div>
  );
}
