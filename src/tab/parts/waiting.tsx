import { Skeleton, SkeletonItem } from "@fluentui/react-components";

/** What stands in the place of something that is still being read; give it about the height (in rem) of what comes. */
export function Waiting({ height }: { readonly height: number }) {
  return (
    <Skeleton aria-label="Loading">
      <SkeletonItem style={{ height: `${height}rem` }} />
    </Skeleton>
  );
}
