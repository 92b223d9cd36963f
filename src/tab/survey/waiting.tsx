import { makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  parts: { display: "grid", gap: tokens.spacingVerticalXL, minHeight: "80vh", alignContent: "start" },
  score: { height: "30rem" },
});

/** What stands in the results' place while they are read, about as high. */
export function SurveyWaiting() {
  const styles = useStyles();
  return (
    <Skeleton aria-label="Loading" className={styles.parts}>
      <SkeletonItem className={styles.score} />
      <SkeletonItem className={styles.score} />
    </Skeleton>
  );
}
