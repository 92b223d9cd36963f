import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import type { Row } from "../builders/roster.ts";
import { admin, lead, manager, member, roster, viewer } from "./rosters.ts";
import { type TestApp, type TestAppOptions, testApp } from "./test-app.ts";

const now = "2026-11-24T09:30";
const mail = (name: string) => `${name}@example.org`;
const [ana, bo, cy, lea, nora, sol] = ["ana", "bo", "cy", "lea", "nora", "sol"].map(mail) as [string, string, string, string, string, string];
const nobody = "0192f000-0000-7000-8000-000000000009";

const network = (rows: readonly Row[], options: Partial<TestAppOptions> = {}) => testApp({ now, roster: roster(...rows), ...options });

async function idOf(app: TestApp, email: string): Promise<string> {
  const person = await app.store.read(app.network).roster.personByEmail(email);
  if (person === null) throw new Error(`Nobody has the e-mail ${email}`);
  return person.id;
}
const change = async (app: TestApp, by: string, whom: string, changes: object) => app.api(by, "PATCH", `people/${await idOf(app, whom)}`, changes);
const list = async (app: TestApp, by: string, query = "") => (await app.api(by, "GET", `people${query}`)).body;
const names = async (app: TestApp, by: string, query = "") => (await list(app, by, query)).items.map((one: { name: string }) => one.name);
const me = async (app: TestApp, email: string) => (await app.api(email, "GET", "me")).body;

/** Everything that the roster has, without ids. */
async function kept(app: TestApp): Promise<unknown[]> {
  const people = await sql`
    select people.email, people.role, people.left_on, people.scope_network, deputy.email as deputy, boss.email as manager from people
    left join people deputy on deputy.network = people.network and deputy.id = people.deputy
    left join people boss on boss.network = people.network and boss.id = people.manager order by people.email`.execute(app.database.db);
  const teams = await sql`
    select teams.name, teams.left_on, array_agg(people.email order by people.email) as managers from teams
    join team_managers on team_managers.team = teams.id join people on people.id = team_managers.person
    group by teams.name, teams.left_on order by teams.name`.execute(app.database.db);
  const posts = await sql`
    select teams.name, job_role, wte, reported_wte from team_posts join teams on teams.id = team_posts.team order by 1, 2`.execute(app.database.db);
  return [people.rows, teams.rows, posts.rows];
}

describe("somebody who leaves", () => {
  const shared = { team: "Team North", organisation: "Riverside Care" };
  const rows = (cyRow: Row, memRow: Row) => [
    manager("Ana", shared),
    manager("Ana", { team: "Team Solo" }),
    manager("Bo", shared),
    manager("Cy", cyRow),
    member("Mem", memRow),
    lead("Lea"),
  ];

  it("leaves as if the roster file had them no more: teams, deputies, cards and links", async () => {
    const before = rows({ deputy_email: ana }, { manager_email: ana });
    const app = await network(before, { mail: true, installed: ({ email }) => email !== ana });
    await app.openRound();
    const page = app.page(ana);
    expect((await page.open()).status).toBe(200);
    const left = await change(app, lea, ana, { left: true });
    expect(left).toMatchObject({ status: 200, body: { leftOn: "2026-11-24", teams: [], note: expect.stringMatching(/brings them back/) } });
    expect(await names(app, lea)).toEqual(["Bo", "Cy", "Lea", "Mem"]);
    expect((await page.open()).status).not.toBe(200);
    const mails = app.inbox(ana).length;
    await app.say(bo, "summary");
    await app.moveTo("2026-12-02T09:30", "2026-12-10T09:30");
    expect(app.inbox(ana)).toHaveLength(mails);
    expect((await change(app, lea, cy, { deputy: ana })).status).toBe(422);

    const imported = await network(before);
    await imported.importCsv(roster(...rows({}, {}).slice(2)));
    expect(await kept(app)).toEqual(await kept(imported));
  });

  it("is shown by the next import, should its file still have them", async () => {
    const file = [manager("Ana"), manager("Bo"), lead("Lea")];
    const app = await network(file);
    await change(app, lea, ana, { left: true });
    const text = new TextDecoder().decode(roster(...file));
    const preview = (await app.api(lea, "POST", "roster?dryRun=true", text)).body;
    expect(preview.adds).toEqual([{ name: "Ana", email: ana, returning: true }]);
    expect(preview.warnings).toEqual(["These people had left and come back with this file: Ana. If they did leave, take them out of the file."]);
  });

  it("isn't the last who runs the network, and nobody else decides it", async () => {
    const app = await network([manager("Ana"), lead("Lea"), lead("Sol", { scope: "North Central" })]);
    const refused = await change(app, lea, lea, { left: true });
    const message = "Without Lea nobody would run the network: make somebody else an admin, or a lead of the whole network, first.";
    expect(refused).toMatchObject({ status: 422, body: { detail: message, errors: [{ path: "left", message }] } });
    for (const by of [ana, sol]) expect((await change(app, by, ana, { left: true })).status).toBe(403);
    expect((await change(app, lea, ana, { left: true, stopped: true })).body.errors).toMatchObject([{ path: "left" }]);
    expect((await change(app, lea, ana, { left: false })).status).toBe(422);
    await change(app, lea, ana, { role: "admin" });
    expect((await change(app, lea, lea, { left: true })).status).toBe(200);
    expect((await app.api(ana, "GET", "people")).body.items.map((one: { name: string }) => one.name)).toEqual(["Ana", "Sol"]);
  });
});

describe("somebody's role", () => {
  const rows = [manager("Ana"), manager("Bo", { area: "South East" }), member("Mem"), lead("Lea"), lead("Sol", { scope: "South East" })];

  it("is changed by those who run the network, with a scope for leads, and says what the next import does", async () => {
    const app = await network(rows);
    const scope = { kind: "areas", areas: ["South East"] };
    const made = await change(app, lea, ana, { role: "lead", scope });
    expect(made).toMatchObject({ status: 200, body: { role: "lead", scope, leftOn: null, note: expect.stringMatching(/^The next roster import takes this from its file/) } });
    expect(await me(app, ana)).toMatchObject({ role: "lead", scope: ["South East"] });
    expect((await change(app, lea, ana, { role: "viewer" })).body).toMatchObject({ role: "viewer", scope: null });
    const text = new TextDecoder().decode(roster(...rows));
    const preview = (await app.api(lea, "POST", "roster?dryRun=true", text)).body;
    expect(preview.changes).toMatchObject([{ name: "Ana", fields: [{ column: "role", from: "viewer", to: "manager" }] }]);
    expect(preview.warnings).toEqual(["The file gives these people another role or scope than they have here: Ana. If that was set here, change it in the file too."]);
    await app.api(lea, "POST", "roster", text);
    expect(await me(app, ana)).toMatchObject({ role: "manager" });
  });

  it("is refused in one sentence that names the field", async () => {
    const app = await network(rows);
    const faults = [
      [ana, { role: "lead" }, "scope", "A lead needs a scope: give the whole network, or its areas."],
      [ana, { role: "admin", scope: { kind: "network" } }, "scope", "Only a lead has a scope: make this person a lead as well."],
      [ana, { role: "lead", scope: { kind: "areas", areas: ["Atlantis"] } }, "scope", "“Atlantis” is not an area of this network: name one that is."],
      [ana, { role: "member" }, "role", "Ana manages a team, and a member manages none: give it to somebody else first."],
      [ana, { role: "boss" }, "role", expect.stringMatching(/must be manager, member, lead, viewer or admin/)],
      [lea, { role: "manager" }, "role", expect.stringMatching(/^Without Lea nobody would run the network/)],
      [lea, { scope: { kind: "areas", areas: ["South East"] } }, "scope", expect.stringMatching(/^Without Lea nobody would run the network/)],
    ] as const;
    const before = await kept(app);
    for (const [whom, changes, path, message] of faults) {
      const answer = await change(app, lea, whom, changes);
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path, message }] } });
    }
    expect(await kept(app)).toEqual(before);
    for (const by of [sol, bo]) expect((await change(app, by, bo, { role: "lead", scope: { kind: "network" } })).status).toBe(403);
  });

  it("stays with somebody when two who run the network take it from each other at once", async () => {
    const app = await network([admin("Ada"), lead("Lea"), manager("Ana")]);
    const both = await Promise.all([change(app, lea, mail("ada"), { role: "viewer" }), change(app, mail("ada"), lea, { role: "viewer" })]);
    expect(both.map(({ status }) => status).sort()).not.toEqual([200, 200]);
    const runners = [await me(app, lea), await me(app, mail("ada"))].filter(({ role }) => role !== "viewer");
    expect(runners.length).toBeGreaterThan(0);
  });
});

describe("handing a network over", () => {
  const rows = [manager("Ana"), member("Mem"), lead("Lea"), lead("Sol", { scope: "North Central" }), admin("Ada")];
  const handOver = (app: TestApp, by: string, body: object) => app.api(by, "POST", "network/hand-over", body);

  it("makes somebody a lead of all of it; the giver stays one or steps down, and the log has it", async () => {
    const app = await network(rows);
    const given = await handOver(app, lea, { to: await idOf(app, ana) });
    expect(given).toMatchObject({ status: 200, body: { to: { name: "Ana" }, you: { role: "lead", scope: { kind: "network" } } } });
    expect(await me(app, ana)).toMatchObject({ role: "lead", scope: "network", managesTeams: true });
    expect((await handOver(app, lea, { to: await idOf(app, ana), step: "down" })).body.you).toEqual({ role: "member", scope: null });
    expect(await me(app, lea)).toMatchObject({ role: "member" });
    expect((await handOver(app, lea, { to: await idOf(app, ana) })).status).toBe(403);
    // Who has a team goes on managing it.
    expect((await handOver(app, ana, { to: await idOf(app, sol), step: "down" })).body.you).toEqual({ role: "manager", scope: null });
    const log = (await app.api(sol, "GET", "audit-log?show=changes")).body.items;
    const words = log.filter(({ action }: { action: string }) => action === "network.hand-over").map((entry: { words: string }) => entry.words);
    expect(words).toEqual([
      "Ana handed the network over to Sol and stepped down",
      "Lea handed the network over to Ana and stepped down",
      "Lea handed the network over to Ana",
    ]);
    const actions = (items: { action: string }[]) => items.map(({ action }) => action);
    // Each change once: the request that brought it is left out, one that was refused isn't.
    const requests = log.filter(({ action }: { action: string }) => action.includes(" "));
    expect(requests.map(({ words }: { words: string }) => words)).toEqual(["Lea tried to hand the network over and wasn't allowed to"]);
    await app.api(ana, "GET", "audit-log");
    expect(actions((await app.api(sol, "GET", "audit-log")).body.items)).toContain("GET audit-log");
    expect(app.inbox(ana)).toEqual([]);
    expect(await app.cards(ana)).toEqual([]);
  });

  it("is for leads of the whole network, and to somebody who is in it", async () => {
    const app = await network(rows);
    const to = await idOf(app, ana);
    for (const by of [ana, mail("mem"), sol, mail("ada")]) expect((await handOver(app, by, { to })).status).toBe(403);
    expect((await handOver(app, lea, { to: nobody })).body.detail).toBe("This person isn't in the roster: name somebody who is.");
    expect((await handOver(app, lea, { to: await idOf(app, lea) })).body.detail).toBe("You lead the network already: name somebody else.");
    expect((await handOver(app, lea, { to, step: "up" })).body.errors).toMatchObject([{ path: "step" }]);
    await change(app, lea, ana, { left: true });
    expect((await handOver(app, lea, { to })).body.detail).toBe("Ana has left the network: name somebody who is in it.");
    expect(await me(app, lea)).toMatchObject({ role: "lead", scope: "network" });
  });
});

describe("the list of people", () => {
  const rows = [
    manager("Ana", { area: "North Central", team: "Team North" }),
    manager("Ana", { area: "South East", team: "Team South" }),
    manager("Bo", { area: "South East", external: "yes" }),
    manager("Percy 100%", { email: "percy_100@example.org", area: "North Central" }),
    lead("Sol", { scope: "South East" }),
    lead("Nora"),
    viewer("Vic"),
  ];

  it("finds people by part of a name, an e-mail or an area, whatever the capitals, page by page", async () => {
    const app = await network(rows);
    expect(await names(app, nora, "?search=NORTH%20central")).toEqual(["Ana", "Percy 100%"]);
    expect(await names(app, nora, "?search=BO%40")).toEqual(["Bo"]);
    expect(await names(app, nora, "?search=0%25")).toEqual(["Percy 100%"]);
    expect(await names(app, nora, "?search=y_1")).toEqual(["Percy 100%"]);
    expect(await names(app, nora, "?search=_")).toEqual(["Percy 100%"]);
    expect(await names(app, nora, "?search=%20&role=lead")).toEqual(["Nora", "Sol"]);
    expect(await names(app, nora, "?role=viewer")).toEqual(["Vic"]);
    const first = await list(app, nora, "?role=manager&limit=2");
    expect([first.items.length, await names(app, nora, `?role=manager&limit=2&after=${first.next}`)]).toEqual([2, ["Percy 100%"]]);
    expect((await app.api(nora, "GET", `people?search=${"a".repeat(101)}`)).body.errors).toMatchObject([{ path: "search" }]);
    expect((await app.api(nora, "GET", "people?role=boss")).body.errors).toMatchObject([{ path: "role" }]);
    expect(await names(app, sol, "?search=percy")).toEqual([]);
  });

  it("has each person's teams and a way to write to them, and of another area's teams nothing", async () => {
    const app = await network(rows);
    const of = async (by: string, name: string) => (await list(app, by)).items.find((one: { name: string }) => one.name === name);
    expect(await of(nora, "Ana")).toMatchObject({
      teams: [{ id: expect.any(String), name: "Team North" }, { id: expect.any(String), name: "Team South" }],
      chatUrl: "https://teams.microsoft.com/l/chat/0/0?users=ana%40example.org",
    });
    expect((await of(nora, "Bo")).chatUrl).toBe("mailto:bo%40example.org");
    expect((await of(sol, "Ana")).teams.map((team: { name: string }) => team.name)).toEqual(["Team South"]);
    expect(JSON.stringify((await change(app, sol, ana, { stopped: true })).body)).not.toContain("Team North");
  });
});

describe("my profile", () => {
  it("shows and changes what is mine, with a deputy by e-mail", async () => {
    const app = await network([manager("Ana"), manager("Bo"), lead("Lea")]);
    expect((await app.api(ana, "GET", "me/profile")).body).toMatchObject({ name: "Ana", awayUntil: null, stopped: false, deputy: null, teams: [{}] });
    const changed = await change(app, ana, ana, { deputy: "BO@example.org", awayUntil: "2026-12-03" });
    expect(changed.body).toMatchObject({ deputy: { name: "Bo" }, awayUntil: "2026-12-03", note: expect.stringMatching(/roster import/) });
    expect((await app.api(ana, "GET", "me/profile")).body).toMatchObject({ deputy: { name: "Bo" }, awayUntil: "2026-12-03" });
    expect((await change(app, ana, ana, { deputy: ana })).body.detail).toBe("Nobody is their own deputy: name somebody else.");
    expect((await change(app, ana, ana, { deputy: mail("stranger") })).body.detail).toBe("The deputy isn't in the roster: name somebody who is.");
    expect((await change(app, ana, ana, { deputy: null, stopped: true })).body).toMatchObject({ deputy: null, stopped: true });
  });
});
