import { makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";

const narrow = "@media (max-width: 799px)";

const useStyles = makeStyles({
  row: { paddingBlock: tokens.spacingVerticalM, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  // A team's row with its buttons beside it, or below it.
  request: { height: "72px", [narrow]: { height: "196px" } },
  reasons: { height: "100px", [narrow]: { height: "284px" } },
});

export interface RowsWaitingProps {
  readonly rows: number;
  /** Rows that give all reasons to ring a team are higher than those of one request. */
  readonly of: "request" | "reasons";
}

/** As high as so many rows of teams. */
export function RowsWaiting({ rows, of }: RowsWaitingProps) {
  const styles = useStyles();
  return (
    <Skeleton aria-label="Loading">
      {Array.from({ length: rows }, (_one, row) => (
        <div key={row} className={styles.row}>
          <SkeletonItem className={styles[of]} />
        </div>
      ))}
    </Skeleton>
  );
}
