import { makeStyles, Skeleton, SkeletonItem, Text, tokens } from "@fluentui/react-components";
import type { UseQueryResult } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { inWords } from "../api/problem.ts";
import { PlainBar } from "./plain-bar.tsx";

const useStyles = makeStyles({
  empty: { display: "grid", gap: tokens.spacingVerticalM, justifyItems: "start", color: tokens.colorNeutralForeground2, maxWidth: "60ch" },
});

export interface ReadProps<T> {
  readonly of: UseQueryResult<T>;
  /** What stands in its place meanwhile, as high as what will come. */
  readonly loading?: ReactNode;
  readonly children: (data: T) => ReactNode;
  readonly className?: string;
}

/** What was read; before that what stands in its place, or what went wrong with a button to try again. */
export function Read<T>({ of, loading, children, className }: ReadProps<T>) {
  if (of.data !== undefined) return children(of.data);
  if (of.isError) {
    return (
      <div className={className}>
        <ProblemBar message={inWords(of.error)} onRetry={() => void of.refetch()} />
      </div>
    );
  }
  return <div className={className}>{loading ?? <Waiting />}</div>;
}

function Waiting() {
  return (
    <Skeleton aria-label="Loading">
      <SkeletonItem size={96} />
    </Skeleton>
  );
}

// Loaded when it is needed, since most pages open without one; in plain words when it can't be.
const Bar = lazy(() => import("./bar.tsx").catch(() => ({ default: PlainBar })));

/** What went wrong, and the button to try again. */
export function ProblemBar({ message, onRetry }: { readonly message: string; readonly onRetry?: () => void }) {
  const words = { intent: "error", message, ...(onRetry === undefined ? {} : { onRetry }) } as const;
  return (
    <div role="alert">
      <Suspense fallback={<PlainBar {...words} />}>
        <Bar {...words} />
      </Suspense>
    </div>
  );
}

/** Why there is nothing to show yet, and what brings something. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.empty}>
      <Text>{children}</Text>
      {action}
    </div>
  );
}

/** Why a figure isn't shown: it is withheld on purpose, and isn't missing. */
export function Withheld({ words }: { readonly words: string }) {
  return (
    <Suspense fallback={<PlainBar intent="info" message={words} />}>
      <Bar intent="info" message={words} />
    </Suspense>
  );
}
