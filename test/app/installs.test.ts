import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import type { GraphFault } from "../../src/local/graph/index.ts";
import { aRow } from "../builders/roster.ts";
import { recordingLogger } from "../support/logger.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, type TestAppOptions, testApp } from "./test-app.ts";

const nora = "nora@example.org";
const elsewhere = "11111111-2222-4333-8444-555555555555";
const now = "2026-11-24T09:30";
const install = /\/teamwork\/installedApps$/;
const lookup = /\/users\?|\/users$/;

/** Nora and Ana with accounts, Eve by e-mail only; nobody has the app. */
const three = roster(lead("Nora"), manager("Ana"), aRow("Eve"));
const furnished = (options: Partial<TestAppOptions> = {}) => testApp({ now, roster: three, installed: () => false, mail: true, ...options });

const press = (app: TestApp) => app.api(nora, "POST", "installs");
const list = async (app: TestApp, query = "", by = nora) => (await app.api(by, "GET", `installs${query}`)).body;

/** Runs what is due, and waits for what Teams then tells the bot. */
async function settle(app: TestApp): Promise<void> {
  await app.settle();
  await app.graph.settleInstalls();
  await app.settle();
}

/** Everybody's state, as "installed" or "failed: because". */
async function states(app: TestApp): Promise<Record<string, string>> {
  const { items, counts } = await list(app);
  const { intended, ...parts }: Record<string, number> = counts;
  expect(intended).toBe(Object.values(parts).reduce((sum, n) => sum + n, 0));
  expect(items).toHaveLength(intended ?? -1);
  return Object.fromEntries(
    items.map(({ person, state, reason }: any) => [person.name, reason === null ? state : `${state}: ${reason}`]),
  );
}

const requests = (app: TestApp, kind: string) => app.graph.log().filter((entry) => entry.kind === kind);

describe("installing the app for everybody", () => {
  it("finds whose account it is, installs, and everybody is welcomed and then gets the card that they missed", async () => {
    const app = await furnished({ mail: false });
    await app.openRound();
    expect(await app.cards("ana@example.org")).toEqual([]);
    expect(await list(app)).toMatchObject({ items: [], startedAt: null, canInstall: true });
    expect(await press(app)).toMatchObject({ status: 202, body: { tries: 3, counts: { intended: 3, pending: 3 } } });
    await settle(app);
    expect(await states(app)).toEqual({ Nora: "installed", Ana: "installed", Eve: "installed" });
    for (const who of ["ana@example.org", "eve@example.org"]) {
      expect((await app.cards(who)).map(({ text }) => text.split("\n")[0])).toEqual(["Hello from Steady", "How is your caseload?"]);
    }
    expect((await app.api("eve@example.org", "GET", "me")).status).toBe(200);
    const { items } = (await app.api(nora, "GET", "audit-log?show=changes")).body;
    expect(items.map(({ words }: any) => words)).toContain("Nora had the app installed for everybody who can have it");
  });

  it("asks nothing for those whose chat is open, counts who has it already, and asks nobody twice", async () => {
    const app = await furnished({ installed: ({ email }) => email !== "ana@example.org" });
    await app.say("eve@example.org", "help");
    await press(app);
    await press(app);
    await settle(app);
    expect(requests(app, "app").map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await states(app)).toEqual({ Nora: "installed", Ana: "installed", Eve: "installed" });
    expect((await press(app)).body).toMatchObject({ tries: 0, counts: { installed: 3 } });
  });

  it("leaves out people of other organisations, guests, unknown addresses and whoever said stop, with the reason", async () => {
    const rows = [
      lead("Nora"),
      manager("Tia", { tenant_id: elsewhere }),
      aRow("Gus", { external: "yes" }),
      aRow("Ida", { email: "not.ida@example.org" }),
      manager("Stef"),
    ];
    const app = await furnished({ roster: roster(...rows), installed: ({ email }) => email === "stef@example.org" });
    await app.say("stef@example.org", "stop");
    await (await app.client("stef@example.org")).uninstall();
    const stef = await app.store.read(app.network).roster.personByEmail("stef@example.org");
    await app.store.transaction(app.network, (tx) => tx.installs.note(stef!.id, { state: "failed", reason: "Out of reach." }, app.clock.now()));
    await press(app);
    await settle(app);
    expect(await states(app)).toEqual({
      Nora: "installed",
      Tia: "cannot: Belongs to another organisation. Cards reach them by links in e-mails.",
      Gus: "cannot: Is a guest in your organisation, and Teams gives guests no apps of their own. Cards reach them by links in e-mails.",
      Ida: "installed",
      Stef: "cannot: Has said stop, so the app isn't brought to them. It follows when they say start.",
    });
  });

  it("waits as long as it is told, tries cut connections again, never a 500, and holds up nobody for it", async () => {
    const app = await furnished();
    const fail = (who: string, fault: GraphFault) => app.accountOf(who).then((id) => app.graph.failOn({ path: new RegExp(`${id}/teamwork`) }, fault));
    await fail(nora, { status: 429, retryAfter: 40 });
    await fail("ana@example.org", { cut: true, afterAccepting: true });
    await fail("eve@example.org", { status: 500 });
    await press(app);
    await settle(app);
    const eve = "failed: Microsoft didn't say whether it was installed. Install again to find out.";
    expect(await states(app)).toMatchObject({ Nora: "pending: Microsoft was busy; trying again (1 of 5).", Eve: eve });
    await app.moveTo("2026-11-24T09:30:30");
    expect(await states(app)).toMatchObject({ Nora: "pending: Microsoft was busy; trying again (1 of 5).", Ana: "installed", Eve: eve });
    await app.moveTo("2026-11-24T09:30:42");
    await settle(app);
    expect(await states(app)).toMatchObject({ Nora: "installed", Ana: "installed", Eve: eve });
    expect((await press(app)).body).toMatchObject({ tries: 1 });
    await settle(app);
    expect(await states(app)).toMatchObject({ Eve: "installed" });
  });

  it("gives up after five busy answers, and can be asked again", async () => {
    const app = await furnished();
    app.graph.failOn({ path: install }, { status: 503 }, 15);
    await press(app);
    await app.moveTo("2026-11-24T09:31", "2026-11-24T09:32", "2026-11-24T09:33", "2026-11-24T09:36");
    expect((await list(app)).items[0]).toMatchObject({ state: "pending", attempts: 4 });
    await app.moveTo("2026-11-24T10:05");
    const busy = "failed: Microsoft was busy or out of reach each of the 5 times we tried. Install again later.";
    expect(await states(app)).toEqual({ Nora: busy, Ana: busy, Eve: busy });
    expect((await list(app)).items[0]).toMatchObject({ attempts: 5 });
    await press(app);
    await settle(app);
    expect((await list(app)).counts).toMatchObject({ installed: 3 });
  });

  it("says in a plain sentence what an admin must do, and logs no name or address", async () => {
    const { logger, lines } = recordingLogger();
    const app = await furnished({ logger });
    const cases: readonly (readonly [GraphFault, RegExp])[] = [
      [{ status: 403, code: "Forbidden", message: "Missing role permissions on the request. API requires one of 'X'." }, /must consent to TeamsAppInstallation/],
      [{ status: 403, code: "Forbidden", message: "AAD App Id 'x' is not allowed to manage the Teams App 'y'" }, /belongs to another application/],
      [{ status: 403, code: "Forbidden", message: "App is blocked by app permission policy." }, /Teams blocks the app for Ana/],
      [{ status: 403, code: "Forbidden", message: "Something new" }, /Teams doesn't allow it \(403 Forbidden\)/],
      [{ status: 404, code: "NotFound" }, /catalogue doesn't have the app/],
      [{ status: 400, code: "BadRequest" }, /Microsoft refuses it \(400 BadRequest\)/],
      [{ status: 401, code: "InvalidAuthenticationToken" }, /refuses Steady's own sign-in/],
    ];
    for (const [fault, words] of cases) {
      app.graph.failOn({ path: install }, fault, 3);
      await press(app);
      await settle(app);
      expect((await states(app))["Ana"]).toMatch(words);
      expect((await states(app))["Ana"]).toMatch(/^failed: /);
    }
    const logged = JSON.stringify(lines);
    expect(logged).toContain("wasn't installed");
    expect(logged).not.toMatch(/Ana|example\.org|Missing role/);
  });

  it("says so when people may not be looked up, when an id is nobody's, and when an address is in two rosters", async () => {
    const app = await furnished();
    app.graph.failOn({ path: lookup }, { status: 403, code: "Authorization_RequestDenied" });
    await press(app);
    await settle(app);
    expect(await states(app)).toMatchObject({ Ana: "installed", Eve: expect.stringMatching(/^failed: .*consent to User\.Read\.All, or the roster/) });
    await app.importCsv(roster(lead("Fay"), aRow("Eve")), await app.directory.createNetwork("Another network"));
    await press(app);
    await settle(app);
    expect((await states(app))["Eve"]).toMatch(/^failed: More than one account, or more than one roster/);
  });

  it("refuses while the app's id in the catalogue isn't known, and says what to set", async () => {
    const app = await furnished({ teamsAppId: null });
    expect(await press(app)).toMatchObject({ status: 409, body: { detail: expect.stringContaining("TEAMS_APP_ID") } });
    expect(await list(app)).toMatchObject({ canInstall: false, startedAt: null });
  });

  it("goes on after a kill where it stood: with those who waited, and with the one that was under way", async () => {
    const app = await furnished();
    await press(app);
    const { rows } = await sql<{ person: any; turn: number }>`select person, turn from installs order by person limit 1`.execute(app.database.db);
    // What a process leaves behind that dies with a request under way: the try has begun, and its job comes back.
    await app.store.transaction(app.network, (tx) => tx.installs.claim(rows[0]!, app.tenantId, app.clock.now()));
    await app.jobs.stop();
    const again = await furnished({ through: (opened) => ({ ...app.database, close: () => opened.close() }) });
    expect((await list(again)).counts).toMatchObject({ intended: 3, pending: 3 });
    await settle(again);
    expect(await states(again)).toEqual({ Nora: "installed", Ana: "installed", Eve: "installed" });
    expect(requests(again, "app")).toHaveLength(3);
    await again.jobs.stop();
  });

  it("replaces a job that was lost", async () => {
    const app = await furnished();
    await press(app);
    await sql`delete from pgboss.job where name = 'installs.install'`.execute(app.database.db);
    await app.moveTo("2026-11-24T09:50");
    await settle(app);
    expect((await list(app)).counts).toMatchObject({ installed: 3 });
  });

  it("keeps within the pace that Teams takes", async () => {
    const many = [..."abcdefghijkl"].map((letter) => manager(`M${letter}`));
    const app = await furnished({ roster: roster(lead("Nora"), ...many) });
    await press(app);
    await settle(app);
    const at = requests(app, "app").map((entry) => entry.at);
    expect(at).toHaveLength(13);
    for (const moment of at) expect(at.filter((other) => other >= moment && other < moment + 1000).length).toBeLessThanOrEqual(10);
  });
});

describe("who comes, goes and removes the app", () => {
  it("newcomers get it by themselves once it was started, and leavers are forgotten, save that it was removed for them", async () => {
    const app = await furnished();
    await app.moveTo("2026-11-24T09:32");
    expect(requests(app, "app")).toEqual([]);
    await press(app);
    await settle(app);
    await (await app.client("ana@example.org")).uninstall();
    await app.importCsv(roster(lead("Nora"), manager("Zoe")));
    await app.moveTo("2026-11-24T09:34");
    await settle(app);
    expect(await states(app)).toEqual({ Nora: "installed", Zoe: "installed" });
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from installs`.execute(app.database.db);
    expect(rows[0]?.n).toBe(3);
    await app.importCsv(three);
    await app.moveTo("2026-11-24T09:36");
    await settle(app);
    expect(await states(app)).toEqual({ Nora: "installed", Eve: "installed", Ana: expect.stringContaining("taken out") });
  });

  it("whoever removes it isn't given it again, whoever presses, until they add it themselves", async () => {
    const app = await furnished();
    await press(app);
    await settle(app);
    const mine = async (who: string) => (await app.api(who, "GET", "me/data")).body.installs;
    const erased = async (who: string) => (await app.api(who, "DELETE", "me/data")).body.erased.installs;
    const ana = await app.client("ana@example.org");
    await ana.uninstall();
    await settle(app);
    const removed = "cannot: The app was taken out of Teams for them, so it isn't put back. They can add it again in Teams.";
    expect(await states(app)).toMatchObject({ Ana: removed });
    expect(await mine("eve@example.org")).toEqual([{ state: "installed", attempts: 1, since: expect.any(String) }]);
    await press(app);
    // What is kept about somebody goes when they erase it, but not that they don't want the app.
    expect([await erased("ana@example.org"), await erased("eve@example.org")]).toEqual([0, 1]);
    await app.moveTo("2026-11-24T09:34");
    await press(app);
    await settle(app);
    expect(await states(app)).toMatchObject({ Ana: removed });
    // Eve is on the roster still, and has the app: that is known anew, without asking anybody.
    expect(await mine("eve@example.org")).toMatchObject([{ state: "installed", attempts: 0 }]);
    expect(requests(app, "app")).toHaveLength(3);
    await ana.install();
    await settle(app);
    expect(await states(app)).toMatchObject({ Ana: "installed" });
  });

  it("whoever says start again gets it, and whoever is found out to be without it is said to be", async () => {
    const app = await furnished({ installed: ({ email }) => email === "ana@example.org" });
    await app.store.transaction(app.network, async ({ roster: people }) => {
      const eve = await people.personByEmail("eve@example.org");
      await people.setStopped(eve!.id, app.clock.now());
    });
    await press(app);
    await settle(app);
    expect((await states(app))["Eve"]).toBe("cannot: Has said stop, so the app isn't brought to them. It follows when they say start.");
    await app.store.transaction(app.network, async ({ roster: people, conversations }) => {
      const eve = await people.personByEmail("eve@example.org");
      const ana = await people.personByEmail("ana@example.org");
      await people.setStopped(eve!.id, null);
      // As the sender of cards does when Teams refuses one.
      await conversations.save(ana!.id, { ref: null, state: "not-installed" }, app.clock.now().add({ seconds: 30 }));
    });
    await app.moveTo("2026-11-24T09:32");
    await settle(app);
    expect(await states(app)).toMatchObject({ Eve: "installed", Ana: expect.stringMatching(/^failed: Teams says that the app isn't there/) });
    // It is there, so Teams tells the bot nothing: what stood in the way is cleared all the same.
    await press(app);
    await settle(app);
    expect(await states(app)).toMatchObject({ Ana: "installed" });
    const ana = await app.store.read(app.network).roster.personByEmail("ana@example.org");
    expect(await app.store.read(app.network).conversations.of(ana!.id)).toMatchObject({ state: "unknown" });
  });
});

describe("who sees it", () => {
  it("shows a lead of some areas those of their areas, in pages by name, and counts no others", async () => {
    const rows = [lead("Nora"), lead("Ari", { scope: "North Central" }), manager("Ana"), manager("Bea"), manager("Sue", { area: "South East" })];
    const app = await furnished({ roster: roster(...rows) });
    await press(app);
    await settle(app);
    const first = await list(app, "?limit=1", "ari@example.org");
    expect(first).toMatchObject({ items: [{ person: { name: "Ana" } }], counts: { intended: 2, installed: 2 } });
    const second = await list(app, `?limit=1&after=${first.next}`, "ari@example.org");
    expect(second).toMatchObject({ items: [{ person: { name: "Bea" } }], next: null });
    expect((await list(app, "?state=failed")).items).toEqual([]);
    expect((await app.api(nora, "GET", "installs?state=gone")).status).toBe(400);
  });
});
