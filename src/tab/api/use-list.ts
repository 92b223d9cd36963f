import { keepPreviousData, useInfiniteQuery, type UseInfiniteQueryResult } from "@tanstack/react-query";
import type { z } from "zod";
import { useApi } from "./use-api.ts";

/** What a list of the API answers. */
interface ListPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/**
 * Reads a list page by page; `data` is all that has been read so far.
 * @param path with a query, such as "people?limit=50"
 * @param every milliseconds between two reads of what is shown; only one page is read anew by itself
 * @param keep true to keep showing the last list while another path is read, as in one that is searched
 */
export function useList<T>(
  path: string,
  schema: z.ZodType<ListPage<T>>,
  { every, keep = false }: { readonly every?: number; readonly keep?: boolean } = {},
): UseInfiniteQueryResult<readonly T[]> {
  const api = useApi();
  return useInfiniteQuery<ListPage<T>, Error, readonly T[], readonly string[], string | null>({
    queryKey: [path, "list"],
    queryFn: ({ pageParam, signal }) =>
      api.call(pageParam === null ? path : `${path}&after=${pageParam}`, schema, { signal }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(every === undefined
      ? {}
      : {
          refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? every * 2 ** state.fetchFailureCount : false),
        }),
  });
}
