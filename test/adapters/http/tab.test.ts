import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { TabPages } from "../../../src/adapters/http/tab.ts";
import { startToyServer } from "./toy-server.ts";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function startWithTab(mode: TabPages["mode"]) {
  const dir = mkdtempSync(join(tmpdir(), "steady-tab-"));
  writeFileSync(join(dir, "index.html"), "<div id=tab></div>");
  const server = await startToyServer({ tab: { dir, mode } });
  running.push(server);
  return (path: string) => server.call(null, "GET", path);
}

const common = [
  "base-uri 'none'",
  "connect-src 'self'",
  "default-src 'none'",
  "font-src 'self'",
  "form-action 'none'",
  "img-src 'self' data:",
  "object-src 'none'",
  "script-src 'self'",
  "style-src-attr 'none'",
  "style-src-elem 'self' 'unsafe-inline'",
];

describe("the tab's pages", () => {
  it.each([
    ["live", "https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft"],
    ["local", "'self'"],
  ] as const)("may be framed in %s mode by %s and nobody else", async (mode, ancestors) => {
    const { status, headers } = await (await startWithTab(mode))("/tab/");
    expect(status).toBe(200);
    const policy = String(headers.get("content-security-policy")).split("; ").sort();
    expect(policy).toEqual([...common, `frame-ancestors ${ancestors}`].sort());
    // A browser would heed it besides, and it can't name Teams' hosts.
    expect(headers.get("x-frame-options")).toBeNull();
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-cache");
  });

  it("are told the mode, and nothing else, before anybody is signed in", async () => {
    const { status, headers, body } = await (await startWithTab("live"))("/tab/config.json");
    expect([status, body]).toEqual([200, { mode: "live" }]);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("aren't there for a server without a tab", async () => {
    const server = await startToyServer();
    running.push(server);
    for (const path of ["/tab/", "/tab/config.json"]) expect((await server.call(null, "GET", path)).status).toBe(404);
  });
});
