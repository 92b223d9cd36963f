import type { RequestKind } from "./faults.ts";

/** A bot's request as its method and address tell it. */
export interface BotRoute {
  readonly kind: RequestKind;
  readonly conversation?: string;
  readonly activity?: string;
  readonly member?: string;
  readonly paged?: boolean;
}

const conversation = "^/v3/conversations/(?<conversation>[^/]+)";

interface Entry {
  readonly method: string;
  readonly path: RegExp;
  readonly kind: RequestKind;
  readonly paged?: true;
}
const table: readonly Entry[] = [
  { method: "POST", path: /^\/v3\/conversations$/, kind: "create" },
  { method: "POST", path: new RegExp(`${conversation}/activities$`), kind: "send" },
  { method: "POST", path: new RegExp(`${conversation}/activities/[^/]+$`), kind: "send" },
  { method: "PUT", path: new RegExp(`${conversation}/activities/(?<activity>[^/]+)$`), kind: "update" },
  { method: "DELETE", path: new RegExp(`${conversation}/activities/(?<activity>[^/]+)$`), kind: "delete" },
  { method: "GET", path: new RegExp(`${conversation}/members$`), kind: "members" },
  { method: "GET", path: new RegExp(`${conversation}/pagedmembers$`), kind: "members", paged: true },
  { method: "GET", path: new RegExp(`${conversation}/members/(?<member>[^/]+)$`), kind: "members" },
];

/** Finds out what a request asks for; `path` starts at /v3. An address that isn't known is of the kind "other". */
export function routeOf(method: string, path: string): BotRoute {
  for (const entry of table) {
    const groups = entry.method === method ? entry.path.exec(path) : null;
    if (groups === null) continue;
    try {
      const ids = Object.entries(groups.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)] as const);
      return { kind: entry.kind, ...Object.fromEntries(ids), ...(entry.paged === true ? { paged: true } : {}) };
    } catch {
      return { kind: "other" };
    }
  }
  return { kind: "other" };
}
