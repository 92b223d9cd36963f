import { describe, expect, it } from "@jest/globals";
import { admin, lead, manager, member, roster, viewer } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

// Who may do what, route by route and button by button, stands in the tables of access/.

const now = "2026-11-24T09:30";
const people = [
  manager("Ana"),
  manager("Bo", { area: "South East" }),
  member("Mem"),
  lead("Nora"),
  lead("Ari", { scope: "North Central" }),
  lead("Sol", { scope: "South East" }),
  viewer("Vic"),
  admin("Ada"),
];

async function furnished(): Promise<{ app: TestApp; round: string }> {
  const app = await testApp({ now, roster: roster(...people) });
  return { app, round: await app.openRound() };
}

describe("the API", () => {
  it("shows a lead of one area nothing of another", async () => {
    const { app, round } = await furnished();
    await (await app.card("ana@example.org")).press("Send", { feeling: "busy", newPeople__link_worker: 27 });
    await app.settle();
    const seen = async (path: string) => JSON.stringify((await app.api("sol@example.org", "GET", path)).body);
    for (const path of ["people", `deliveries?round=${round}`, "caseload-summary", "caseload-summary?by=place", "teams", "overview", "requests?state=all"]) {
      expect(await seen(path)).not.toMatch(/Ana|North Central|\b27\b/);
    }
    expect(await seen("people")).toContain("Bo");
  });

  it("can't be told by a token that somebody is a lead", async () => {
    const { app } = await furnished();
    const token = await app.tokenOf("bo@example.org", { roles: ["admin", "lead"], preferred_username: "nora@example.org" });
    const answer = await fetch(`${app.url}/api/v1/people`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(403);
  });
});

describe("the administrators whom the configuration names", () => {
  const [bo, fay] = ["7d3a1f00-0000-4000-8000-000000000001", "7d3a1f00-0000-4000-8000-000000000002"];
  const admins = async () => {
    const app = await testApp({
      now,
      roster: roster(manager("Ana"), manager("Bo", { aad_object_id: bo }), lead("Nora")),
      admins: [bo, fay, lead("Nora").aad_object_id ?? ""],
    });
    const other = await app.directory.createNetwork("Another network");
    await app.importCsv(roster(manager("Fay", { aad_object_id: fay }), lead("Lou")), other);
    return app;
  };

  it("administer the first network whatever its roster says", async () => {
    const app = await admins();
    expect((await app.api("bo@example.org", "GET", "me")).body).toMatchObject({ role: "admin" });
    expect((await app.api("bo@example.org", "GET", "audit-log")).status).toBe(200);
    expect((await app.api("ana@example.org", "GET", "audit-log")).status).toBe(403);
  });

  it("are what the roster says in any other network", async () => {
    const app = await admins();
    expect((await app.api("fay@example.org", "GET", "me")).body).toMatchObject({ role: "manager" });
    for (const path of ["audit-log", "people", "settings"]) {
      expect((await app.api("fay@example.org", "GET", path)).status).toBe(403);
    }
  });

  it("keep what a lead of the whole network may read", async () => {
    const app = await admins();
    expect((await app.api("nora@example.org", "GET", "caseload-summary")).status).toBe(200);
  });
});

describe("a card", () => {
  it("leaves a lead's work in the audit log, and nothing of what is somebody's own business", async () => {
    const { app } = await furnished();
    await (await app.card("ana@example.org")).press("Send", { feeling: "unsafe", newPeople__link_worker: 27 });
    await app.settle();
    await (await app.card("ari@example.org")).press("Take");
    for (const text of ["summary", "my data", "help"]) await app.say("nora@example.org", text);
    await app.say("bo@example.org", "summary");
    const { body } = await app.api("nora@example.org", "GET", "audit-log?limit=200");
    const rows = body.items.filter((row: { action: string }) => row.action.startsWith("bot "));
    const at = expect.stringMatching(/^2026-11-24T09:3/);
    expect(rows.reverse()).toEqual([
      expect.objectContaining({ at, action: "bot request.take", actor: expect.objectContaining({ name: "Ari" }), detail: { outcome: "done" } }),
      expect.objectContaining({ at, action: "bot summary", actor: expect.objectContaining({ name: "Nora" }), detail: { outcome: "done" } }),
      expect.objectContaining({ at, action: "bot summary", actor: expect.objectContaining({ name: "Bo" }), detail: { outcome: "forbidden" } }),
    ]);
  });
});
