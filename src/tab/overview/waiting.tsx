import { makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { Section } from "../parts/page.tsx";
import { RowsWaiting } from "../requests/waiting.tsx";
import { ringTitle } from "./words.ts";

const useStyles = makeStyles({
  page: { display: "grid", gap: tokens.spacingVerticalXL, gridTemplateColumns: "minmax(0, 1fr)" },
  lines: { display: "grid", gap: tokens.spacingVerticalS },
  blocks: {
    display: "grid",
    gap: tokens.spacingHorizontalXXL,
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 260px), 1fr))",
  },
  block: { height: "152px" },
});

/** What stands in the overview's place while it is read, as high as what comes. */
export function Waiting({ hasRing }: { readonly hasRing: boolean }) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      {hasRing && (
        <Section title={ringTitle(0)}>
          <RowsWaiting rows={3} of="reasons" />
        </Section>
      )}
      <Section title={hasRing ? "What else needs a decision" : "What needs a decision"}>
        <Skeleton aria-label="Loading" className={styles.lines}>
          <SkeletonItem size={20} />
          <SkeletonItem size={20} />
          <SkeletonItem size={20} />
        </Skeleton>
      </Section>
      <Section title="Where the network stands">
        <Skeleton aria-label="Loading" className={styles.blocks}>
          <SkeletonItem className={styles.block} />
          <SkeletonItem className={styles.block} />
          <SkeletonItem className={styles.block} />
        </Skeleton>
      </Section>
    </div>
  );
}
