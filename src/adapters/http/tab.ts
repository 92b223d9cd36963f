import type { Server } from "restify";
import { serveFolder } from "./static-files.ts";

export interface TabPages {
  /** The folder of the built tab. */
  readonly dir: string;
  /** What the tab is told before anybody is signed in. */
  readonly mode: "local" | "live";
}

/** Where Teams runs in a browser and on desktops (Microsoft Learn, "Tab requirements": frame-ancestors). */
const teamsHosts = ["https://teams.microsoft.com", "https://*.teams.microsoft.com", "https://*.cloud.microsoft"];

/** Who may show the tab in a frame: Teams alone, or Rehearsal alone. */
const ancestors: Record<TabPages["mode"], readonly string[]> = { live: teamsHosts, local: ["'self'"] };

function policyOf({ mode }: TabPages): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Fluent UI fills empty style elements by script. Chromium's only other ways are a nonce, which files from a folder
    // can't have, and the hash of nothing, which not every browser takes. Attributes need no such leave.
    "style-src-elem 'self' 'unsafe-inline'",
    "style-src-attr 'none'",
    // teams-js wants a list of hosts from a CDN as well; it has its own when it doesn't get that one.
    "connect-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors[mode].join(" ")}`,
  ].join("; ");
}

/** Serves the tab's pages at /tab/, for Teams' frames only, or for this server's own in local mode. */
export function serveTab(server: Server, tab: TabPages): void {
  serveFolder(server, { path: "/tab/", dir: tab.dir, policy: policyOf(tab) });
}
