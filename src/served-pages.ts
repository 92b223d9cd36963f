import { join } from "node:path";
import type { ServerOptions } from "./adapters/http/server.ts";
import { programRoot } from "./adapters/program-root.ts";

const folder = (name: string) => join(programRoot, "dist/web", name);

/** The built pages that are served in each mode: the tab, what links in mails open, and what the app's entry in Teams names. */
export function servedPages(mode: "local" | "live"): Required<Pick<ServerOptions, "staticFolders" | "tab">> {
  const pages = [
    { path: "/respond/", dir: folder("respond"), frame: "none" },
    { path: "/about/", dir: folder("about"), frame: "none" },
  ] as const;
  const rehearsal = { path: "/rehearsal/", dir: folder("rehearsal") } as const;
  return { staticFolders: mode === "local" ? [rehearsal, ...pages] : pages, tab: { dir: folder("tab"), mode } };
}
