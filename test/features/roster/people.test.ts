import { describe, expect, it } from "@jest/globals";
import { type Actor, allow } from "../../../src/kernel/actor.ts";
import { Temporal } from "../../../src/kernel/time.ts";
import { rosterCommands } from "../../../src/features/roster/bot.ts";
import { recognise } from "../../../src/features/roster/first-contact.ts";
import { actorOf, type Person } from "../../../src/features/roster/model.ts";
import { listAreas, listPeople, patchPerson } from "../../../src/features/roster/people.ts";
import { rosterRoutes } from "../../../src/features/roster/routes.ts";
import { anotherRow, aPerson, aRow, aTeam, rosterCsv, someNetwork, someTenant } from "../../builders/roster.ts";
import { memoryRoster } from "./memory-roster.ts";
import "../../builders/temporal-equality.ts";

const now = Temporal.Instant.from("2026-11-22T09:00:00Z");
const objectId = "0f8fad5b-d9cb-469f-a165-70867728950e";

async function network() {
  const memory = memoryRoster();
  const clock = { now: () => now };
  const deps = { store: memory.store, clock, defaultTenant: someTenant, canMail: true };
  const { roster } = memory.store.read(someNetwork);
  const admin = aPerson({ name: "Al Admin", role: "admin" });
  const whole = aPerson({ name: "Wyn Whole", role: "lead", scope: { kind: "network" } });
  const south = aPerson({ name: "Sue South", role: "lead", scope: { kind: "areas", areas: ["South"] } });
  const ana = aPerson({ name: "Ana", area: "South" });
  const bo = aPerson({ name: "Bo", area: "North" });
  const cy = aPerson({ name: "Cy", area: "North" });
  await roster.savePeople([admin, whole, south, ana, bo, cy]);
  await roster.saveTeams([aTeam({ area: "South", managers: [cy.id] })]);
  await memory.saveChat(someNetwork, bo.id, "blocked");
  await roster.linkIdentity(cy.id, { objectId: "9b2d1f60-5c1e-4f0b-8a77-3c2d1e0f9a8b", tenantId: someTenant });
  const as = (person: Person): Actor => actorOf(person, person.role === "manager");
  return { ...memory, deps, roster, admin, whole, south, ana, bo, cy, as };
}

const noHooks = { away: async () => null, back: async () => undefined, started: async () => undefined };

describe("listing people", () => {
  it("shows admins and leads of the network everyone, page by page", async () => {
    const { deps, admin, whole, as } = await network();
    const first = await listPeople(deps, as(admin), { limit: 4, after: null });
    const second = await listPeople(deps, as(whole), { limit: 4, after: first.next });
    expect(first.items.map((one) => one.person.name)).toEqual(["Al Admin", "Ana", "Bo", "Cy"]);
    expect(second.items.map((one) => one.person.name)).toEqual(["Sue South", "Wyn Whole"]);
    expect(second.next).toBeNull();
  });

  it("shows a lead the people of their areas and those with a team there, and others nobody", async () => {
    const { deps, south, ana, as } = await network();
    const page = await listPeople(deps, as(south), { limit: 50, after: null });
    expect(page.items.map((one) => one.person.name)).toEqual(["Ana", "Cy"]);
    expect(await listPeople(deps, as(ana), { limit: 50, after: null })).toEqual({ items: [], next: null });
  });

  it("finds those who get their cards in one way, over all pages", async () => {
    const { deps, admin, south, as } = await network();
    const names = async (by: Person, reach: "teams" | "link", after: Person["id"] | null = null) => {
      const { items, next } = await listPeople(deps, as(by), { limit: 2, after, reach });
      return { names: items.map((one) => one.person.name), next };
    };
    const first = await names(admin, "link");
    expect(first.names).toEqual(["Al Admin", "Ana"]);
    const second = await names(admin, "link", first.next);
    expect(second.names).toEqual(["Bo", "Sue South"]);
    expect(await names(admin, "link", second.next)).toEqual({ names: ["Wyn Whole"], next: null });
    expect(await names(admin, "teams")).toEqual({ names: ["Cy"], next: null });
    expect(await names(south, "teams")).toEqual({ names: ["Cy"], next: null });
  });
});

describe("listing areas", () => {
  it("shows each with its teams, and a lead their own", async () => {
    const { deps, admin, whole, south, ana, as } = await network();
    const all = [
      { name: "North", teams: 0 },
      { name: "South", teams: 1 },
    ];
    expect(await listAreas(deps, as(admin))).toEqual(all);
    expect(await listAreas(deps, as(whole))).toEqual(all);
    expect(await listAreas(deps, as(south))).toEqual([{ name: "South", teams: 1 }]);
    expect(await listAreas(deps, as(ana))).toEqual([]);
  });
});

describe("changing people", () => {
  it("lets people change themselves, leads their scope, and admins everyone", async () => {
    const { deps, admin, south, ana, bo, cy, as, audit } = await network();
    const patch = { stopped: true };
    expect(await patchPerson(deps, as(ana), ana.id, patch)).toMatchObject({
      ok: true,
      listing: { person: { stoppedAt: now } },
    });
    expect(await patchPerson(deps, as(south), cy.id, patch)).toMatchObject({ ok: true });
    expect(await patchPerson(deps, as(admin), bo.id, patch)).toMatchObject({ ok: true });
    expect(await patchPerson(deps, as(ana), bo.id, patch)).toEqual({ ok: false, why: "forbidden" });
    expect(await patchPerson(deps, as(south), bo.id, patch)).toEqual({ ok: false, why: "forbidden" });
    expect(audit().map((entry) => entry.detail)).toEqual(Array(3).fill({ fields: ["stopped"] }));
  });

  it("doesn't tell those who may not look whether somebody exists", async () => {
    const { deps, admin, ana, as } = await network();
    const nobody = aPerson().id;
    expect(await patchPerson(deps, as(ana), nobody, {})).toEqual({ ok: false, why: "forbidden" });
    expect(await patchPerson(deps, as(admin), nobody, {})).toEqual({ ok: false, why: "unknown" });
  });

  it("refuses a past date, an unknown deputy, oneself as deputy, and unknown areas", async () => {
    const { deps, admin, ana, south, as, roster } = await network();
    const change = (person: Person, patch: Parameters<typeof patchPerson>[3]) =>
      patchPerson(deps, as(admin), person.id, patch);
    expect(await change(ana, { awayUntil: Temporal.PlainDate.from("2026-11-21") })).toMatchObject({
      why: "invalid",
      field: "awayUntil",
    });
    expect(await change(ana, { deputy: aPerson().id, stopped: true })).toMatchObject({
      why: "invalid",
      field: "deputy",
    });
    expect(await change(ana, { deputy: ana.id })).toMatchObject({ why: "invalid", field: "deputy" });
    expect(await change(south, { scope: { kind: "areas", areas: ["West"] } })).toMatchObject({
      why: "invalid",
      field: "scope",
    });
    expect(await change(ana, { scope: { kind: "network" } })).toMatchObject({ why: "invalid", field: "scope" });
    expect(await roster.person(ana.id)).toEqual(ana);
  });

  it("lets only those who run the network change a lead's scope", async () => {
    const { deps, whole, south, as } = await network();
    const scope = { kind: "network" } as const;
    expect(await patchPerson(deps, as(south), south.id, { scope })).toEqual({ ok: false, why: "forbidden" });
    expect(await patchPerson(deps, as(whole), south.id, { scope, stopped: true })).toMatchObject({
      ok: true,
      listing: { person: { scope, stoppedAt: now } },
    });
  });
});

describe("what people tell the bot about themselves", () => {
  const say = async (deps: Parameters<typeof rosterCommands>[0], actor: Actor, word: string, rest = "") => {
    const command = rosterCommands(deps, noHooks).find((one) => one.words.includes(word));
    const [reply] = (await command?.handle(actor, rest)) ?? [];
    return reply?.kind === "text" ? reply.text : undefined;
  };

  it("pauses somebody, says the date in words and who stands in, and brings them back", async () => {
    const { deps, ana, bo, as, roster } = await network();
    expect(await say(deps, as(ana), "away until", "3 December")).toMatch(
      /^You're away until Thursday 3 December, that day included\. Nobody stands in/,
    );
    await roster.setDeputy(ana.id, bo.id);
    expect(await say(deps, as(ana), "away", "until 4/1/2027")).toMatch(
      /^You're away until Monday 4 January 2027, that day included\. Bo stands in/,
    );
    expect((await roster.person(ana.id))?.awayUntil?.toString()).toBe("2027-01-04");
    expect(await say(deps, as(ana), "away until", "yesterday")).toMatch(/can't read/);
    expect((await roster.person(ana.id))?.awayUntil?.toString()).toBe("2027-01-04");
    await say(deps, as(ana), "back");
    expect((await roster.person(ana.id))?.awayUntil).toBeNull();
  });

  it("stops and starts messages, and saying it twice changes nothing", async () => {
    const { deps, ana, as, roster } = await network();
    const earlier = now.subtract({ hours: 1 });
    await roster.setStopped(ana.id, earlier);
    await say(deps, as(ana), "stop");
    expect((await roster.person(ana.id))?.stoppedAt).toEqual(earlier);
    await say(deps, as(ana), "start");
    await say(deps, as(ana), "stop");
    expect((await roster.person(ana.id))?.stoppedAt).toEqual(now);
    await say(deps, as(ana), "start");
    expect((await roster.person(ana.id))?.stoppedAt).toBeNull();
  });

  it("tells somebody who has left that they aren't in the roster", async () => {
    const { deps, ana, as, roster } = await network();
    await roster.savePeople([{ ...ana, leftOn: Temporal.PlainDate.from("2026-11-01") }]);
    expect(await say(deps, as(ana), "stop")).toMatch(/no longer in the roster/);
  });
});

describe("meeting the bot for the first time", () => {
  it("ties an account to the roster's row by e-mail once, for accounts of the home tenant only", async () => {
    const { deps, directory, ana, audit } = await network();
    const meet = (identity: { objectId: string; tenantId: string }, email: string | null) =>
      recognise({ ...deps, directory, homeTenant: someTenant }, identity, email);
    const mine = { objectId, tenantId: someTenant };
    expect(await meet({ objectId, tenantId: "11111111-2222-4333-8444-555555555555" }, ana.email)).toBeNull();
    expect(await meet(mine, null)).toBeNull();
    expect(await meet(mine, "stranger@example.org")).toBeNull();
    expect(await meet(mine, ` ${ana.email.toUpperCase()} `)).toMatchObject({ person: ana.id });
    expect(await meet(mine, null)).toMatchObject({ person: ana.id });
    expect(await meet({ ...mine, objectId: "7c9e6679-7425-40de-944b-e07fc1f90ae7" }, ana.email)).toBeNull();
    expect(audit()).toMatchObject([{ action: "person.link", subject: ana.id, actor: null }]);
  });
});

describe("the roster's routes", () => {
  const call = async (
    method: string,
    path: string,
    actor: Actor,
    more: { body?: unknown; query?: object; id?: string },
  ) => {
    const { deps } = await network();
    const found = rosterRoutes(deps, noHooks).find((one) => one.method === method && one.path.endsWith(path));
    if (found === undefined) throw new Error(`There is no route ${method} ${path}.`);
    return found.handle({ actor, params: { id: more.id ?? "" }, query: more.query ?? {}, body: more.body });
  };
  const admin = actorOf(aPerson({ role: "admin" }), false);

  it("answers a bad file with the row and column of every problem", async () => {
    const body = rosterCsv([anotherRow("Al", "admin"), aRow("Ana", { name: "", link_worker_wte: "-1" })]);
    expect(await call("POST", "roster", admin, { body, query: { dryRun: "true" } })).toEqual({
      kind: "problem",
      status: 422,
      detail: "Nothing was imported: put 2 things right and send the file again.",
      errors: [
        { path: "row 3, name", message: "The name is missing: write one." },
        { path: "row 3, link_worker_wte", message: expect.stringMatching(/less than nothing/) },
      ],
    });
  });

  it("answers a dry run with what would change", async () => {
    const body = rosterCsv([anotherRow("Al", "admin")]);
    expect(await call("POST", "roster", admin, { body, query: { dryRun: "true" } })).toMatchObject({
      kind: "ok",
      body: { dryRun: true, adds: [{ name: "Al", returning: false }], counts: { leavers: 6 } },
    });
  });

  it("gives people in the shape of the contract, with how they will be reached", async () => {
    const unlinked = { by: "link", why: "By a link in an e-mail, until they first meet the bot in Teams." };
    const blocked = { by: "link", why: "By a link in an e-mail: they have blocked the bot in Teams." };
    expect(await call("GET", "people", admin, {})).toMatchObject({
      kind: "ok",
      body: {
        items: expect.arrayContaining([
          expect.objectContaining({ name: "Ana", awayUntil: null, stopped: false, deputy: null, reach: unlinked }),
          expect.objectContaining({ name: "Bo", reach: blocked }),
          expect.objectContaining({ name: "Cy", reach: { by: "teams", why: "In Teams." } }),
        ]),
        next: null,
      },
    });
  });

  it("answers 404 for somebody unknown and keeps import from those who don't run the network", async () => {
    expect(await call("PATCH", ":id", admin, { body: { stopped: true }, id: "x" })).toMatchObject({ status: 404 });
    expect(await call("PATCH", ":id", admin, { body: { stopped: true }, id: aPerson().id })).toMatchObject({
      status: 404,
    });
    const { deps, south, as } = await network();
    const route = rosterRoutes(deps, noHooks).find((one) => one.method === "POST");
    expect([as(south), admin].map((actor) => route?.allow(actor))).toEqual([false, true]);
    expect(allow.runners(admin)).toBe(true);
  });
});
