import { makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  parts: { display: "grid", gap: tokens.spacingVerticalXL, minHeight: "80vh", alignContent: "start" },
  bars: { height: "34rem" },
  trend: { height: "24rem" },
});

/** What stands in the figures' place while they are read, about as high. */
export function CaseloadWaiting() {
  const styles = useStyles();
  return (
    <Skeleton aria-label="Loading" className={styles.parts}>
      <SkeletonItem className={styles.bars} />
      <SkeletonItem className={styles.trend} />
    </Skeleton>
  );
}
