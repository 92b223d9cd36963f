import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { Mark } from "./mark.tsx";
import type { RangeNames } from "./range-bars.tsx";
import { useRangeStyles } from "./range-styles.ts";

const useStyles = makeStyles({
  key: {
    display: "flex",
    flexWrap: "wrap",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  item: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalSNudge },
  swatch: { width: "24px", height: "16px" },
  whole: { left: 0, width: "100%" },
});

/** What bars, marks and band stand for. */
export function RangeKey({ names }: { readonly names: RangeNames }) {
  const styles = useStyles();
  const drawn = useRangeStyles();
  return (
    <ul className={styles.key} aria-label="Key">
      <li className={styles.item}>
        <span className={mergeClasses(drawn.drawing, styles.swatch)} aria-hidden="true">
          <span className={mergeClasses(drawn.bar, drawn.main, styles.whole)} />
        </span>
        <Text size={200}>{names.value}</Text>
      </li>
      {names.beside !== null && (
        <li className={styles.item}>
          <Mark shape="diamond" tone="beside" isHollow />
          <Text size={200}>{names.beside}</Text>
        </li>
      )}
      <li className={styles.item}>
        <span className={mergeClasses(drawn.drawing, styles.swatch)} aria-hidden="true">
          <span className={mergeClasses(drawn.band, styles.whole)} />
        </span>
        <Text size={200}>{names.range}</Text>
      </li>
    </ul>
  );
}
