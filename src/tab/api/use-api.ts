import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { z } from "zod";
import type { Api } from "./client.ts";
import { ApiFault } from "./problem.ts";
import type { Call } from "./transport.ts";

export const ApiContext = createContext<Api | null>(null);

/** The API's client. Throws when the frame gave none. */
export function useApi(): Api {
  const api = use(ApiContext);
  if (api === null) throw new ApiFault("This page stands outside the tab.");
  return api;
}

export interface ReadOptions {
  /** Milliseconds between two reads while the page is looked at; failures double the time, up to two minutes. */
  readonly every?: number;
  /** False while there is nothing to ask for yet. */
  readonly when?: boolean;
  /** True to keep showing the last answer while another path is read, as in a list that is searched. */
  readonly keep?: boolean;
  /** True for what was read before anything was drawn (main.tsx): when that failed it is told, and not read again at once. */
  readonly ahead?: boolean;
  /** For what is asked by POST and changes nothing: what is sent with it. */
  readonly post?: object;
}

const slowest = 120_000;

/** Reads a path below /api/v1, and again each time that the page is come back to. */
export function useRead<T>(path: string, schema: z.ZodType<T>, { every, when = true, keep = false, ahead = false, post }: ReadOptions = {}): UseQueryResult<T> {
  const api = useApi();
  return useQuery<T>({
    queryKey: [path],
    queryFn: ({ signal }) => api.call(path, schema, { signal, ...(post === undefined ? {} : { method: "POST", body: post }) }),
    enabled: when,
    ...(ahead ? { retryOnMount: false } : {}),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(every === undefined
      ? {}
      : { refetchInterval: ({ state }) => Math.min(every * 2 ** state.fetchFailureCount, slowest) }),
  });
}

export interface Sending<T> {
  readonly path: string;
  readonly schema: z.ZodType<T>;
  readonly method?: Exclude<Call["method"], "GET">;
  readonly body?: Call["body"];
}

/**
 * Sends something that changes things, and then reads anew whatever is on the screen.
 * @param refresh the beginnings of the paths to read anew; everything when left out
 */
export function useSend<T>(refresh?: readonly string[]) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation<T, Error, Sending<T>>({
    mutationFn: ({ path, schema, method = "POST", body }) =>
      api.call(path, schema, { method, ...(body === undefined ? {} : { body }) }),
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          refresh === undefined || refresh.some((start) => typeof path === "string" && path.startsWith(start)),
      }),
  });
}
