import type { JsonAnswer, LoopbackRequest } from "../entra/loopback.ts";
import type { Doing } from "./doing.ts";
import type { Refusal } from "./refusals.ts";

/** A request that found its route. */
export interface Call {
  readonly request: LoopbackRequest;
  /** What the path names, decoded: the user first, where it is about one. */
  readonly params: readonly string[];
  readonly doing: Doing;
}

export interface Route {
  readonly method: string;
  /** Fits the path after the version; its groups are the call's params. */
  readonly path: RegExp;
  /** Application permissions, any one of which is enough; none for what carries requests that are checked for it. */
  readonly roles: readonly string[];
  readonly kind: "mail" | "calendar" | "subscription" | "user" | "app" | "batch";
  /** What a caller without any of them is told; Exchange's own words when left out. */
  readonly denied?: Refusal;
  /** True when the path's first group is a mailbox, of which only few requests are carried out at once. */
  readonly hasMailbox: boolean;
  handle(call: Call): Promise<JsonAnswer | Refusal>;
}

export const isRefusal = (value: object): value is Refusal => "status" in value && "code" in value;

/** The route of a request with what its path names; null when there is none. */
export function findRoute(
  routes: readonly Route[],
  { method, path }: Pick<LoopbackRequest, "method" | "path">,
): { readonly route: Route; readonly params: readonly string[] } | null {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path.replace(/^\/v1\.0/, "")) : null;
    const params = match === null ? null : decoded(match.slice(1));
    if (params !== null) return { route, params };
  }
  return null;
}

function decoded(parts: readonly string[]): string[] | null {
  try {
    return parts.map((part) => decodeURIComponent(part));
  } catch {
    return null;
  }
}

/** The JSON of a body; undefined when it isn't any. */
export function jsonOf(body: string | null): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return undefined;
  }
}
