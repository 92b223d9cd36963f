import { makeStyles, tokens } from "@fluentui/react-components";

export interface ShareBarProps {
  /** What the whole bar stands for. */
  readonly of: number;
  readonly parts: readonly { readonly name: string; readonly count: number; readonly colour: string }[];
}

const useStyles = makeStyles({
  bar: {
    display: "flex",
    height: "8px",
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground5,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    // The words beside the bar say all of it, so that its colours may stay as they are in high contrast.
    forcedColorAdjust: "none",
  },
  part: { borderRight: `1px solid ${tokens.colorNeutralBackground1}` },
});

/** How a whole divides; whoever uses it says the same in words beside it. */
export function ShareBar({ of, parts }: ShareBarProps) {
  const styles = useStyles();
  return (
    <div className={styles.bar} aria-hidden="true">
      {parts
        .filter(({ count }) => count > 0)
        .map(({ name, count, colour }) => (
          <div key={name} className={styles.part} style={{ width: `${(100 * count) / Math.max(1, of)}%`, backgroundColor: colour }} />
        ))}
    </div>
  );
}
