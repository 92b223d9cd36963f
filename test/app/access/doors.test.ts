import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { testApp } from "../test-app.ts";
import { type Caller, callers, owner, strangers, tabTokens } from "./callers.ts";
import { account, doors, nowhere } from "./doors.ts";
import { everyCaller, registered } from "./furnished.ts";
import { routes } from "./routes.ts";
import { storedIn } from "./stored.ts";

const folder = mkdtempSync(join(tmpdir(), "steady-pages-"));
writeFileSync(join(folder, "index.html"), "<!doctype html><title>Page</title>");
afterAll(() => rmSync(folder, { recursive: true }));

/** The server of a mode with everybody who calls. */
async function served(mode: "local" | "live") {
  const server = registered(mode, folder);
  const app = await testApp({ now: "2026-11-24T09:30", roster: everyCaller.home, strangers, http: server.http });
  await app.importCsv(everyCaller.abroad, await app.directory.createNetwork("Another network"));
  if (mode === "local") server.mountLocally(app);
  const tokens = await tabTokens(app);
  const owners = await app.accountOf(owner);
  return {
    app,
    routes: server.routes().map((route) => route.replace(" /", " ")),
    async ask(method: string, path: string, caller: Caller, send?: object): Promise<number> {
      const token = tokens[caller];
      const answer = await fetch(`${app.url}/${path}`.replaceAll(account, owners), {
        method,
        redirect: "manual",
        headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(send === undefined ? {} : { "content-type": "application/json" }) },
        ...(send === undefined ? {} : { body: JSON.stringify(send).replaceAll(account, owners) }),
      });
      // Streams have no end.
      await answer.body?.cancel();
      return answer.status;
    },
  };
}

const heads = (route: string) => route.startsWith("HEAD ");

describe.each(["local", "live"] as const)("the server in %s mode", (mode) => {
  it("has no route without a row in a table, and answers every caller alike outside of the API", async () => {
    const server = await served(mode);
    const isThere = (route: string) => mode === "local" || doors[route]?.isLocal !== true;
    const rows = [...Object.keys(routes).map((route) => route.replace(" ", " api/v1/")), ...Object.keys(doors).filter(isThere)];
    expect(server.routes.filter((route) => !heads(route)).sort()).toEqual(rows.sort());
    // Whoever asks for the head alone is answered by the same hands.
    expect(server.routes.filter(heads).filter((route) => !rows.includes(route.replace("HEAD", "GET")))).toEqual([]);

    const stored = await storedIn(server.app.database);
    let before = await stored.all();
    for (const [route, { at, send, status }] of Object.entries(doors)) {
      const [method = "", path = ""] = route.split(" ");
      const found = [];
      for (const caller of callers) found.push(await server.ask(method, at ?? path, caller, send));
      expect([route, ...found]).toEqual([route, ...callers.map(() => (isThere(route) ? status : 404))]);
      const after = await stored.all();
      const playsAPerson = route.startsWith("POST rehearsal/") && isThere(route);
      if (!playsAPerson) expect([route, after]).toEqual([route, before]);
      before = after;
    }
    for (const caller of callers) expect(await server.ask("POST", "api/graph/notifications?validationToken=abc", caller)).toBe(200);
  });
});

/** Whether a route that is registered for this method takes an address of another route. */
function isTaken(all: readonly string[], method: string, path: string): boolean {
  return all.some((route) => {
    const [of = "", template = ""] = route.split(" ");
    return of === method && new RegExp(`^${template.replaceAll(/:\w+/g, "[^/]+").replace("*", ".*")}$`).test(path);
  });
}

it("answers 405 to every other method and 404 to every other address, whoever asks", async () => {
  const server = await served("local");
  const paths = new Set(server.routes.map((route) => route.split(" ")[1] ?? ""));
  const wrong: string[] = [];
  for (const path of paths) {
    const address = path.replace("*", "").replaceAll(/:\w+/g, "0192f000-0000-7000-8000-000000000009");
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      if (isTaken(server.routes, method, address)) continue;
      for (const caller of ["nobody", "networkLead"] as const) {
        const status = await server.ask(method, address, caller);
        if (status !== 405) wrong.push(`${caller} ${method} ${path} ${status}`);
      }
    }
  }
  for (const path of nowhere) {
    for (const caller of callers) {
      const status = await server.ask("GET", path, caller);
      if (status !== 404) wrong.push(`${caller} GET ${path} ${status}`);
    }
  }
  expect(wrong).toEqual([]);
});
