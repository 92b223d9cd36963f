import { Button } from "@fluentui/react-components";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";

/** The button under a list that has more; nothing where it hasn't. */
export function More({ list }: { readonly list: UseInfiniteQueryResult }) {
  if (!list.hasNextPage) return null;
  return (
    <Button style={{ justifySelf: "start" }} disabledFocusable={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {list.isFetchingNextPage ? "Loading…" : "Show more"}
    </Button>
  );
}
