import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { RequestPage, type RequestResource } from "../../src/features/check-ins/contract.ts";
import type { Row } from "../builders/roster.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp, type TestAppOptions } from "./test-app.ts";

const [ana, ben, sam] = ["ana@example.org", "ben@example.org", "sam@example.org"];
const [kay, leo, sol] = ["kay@example.org", "leo@example.org", "sol@example.org"];
const north = [manager("Ana", { place: "Camden" }), manager("Ben"), lead("Kay"), lead("Leo", { scope: "North Central" })];
const south = [manager("Sam", { area: "South East" }), lead("Sol", { scope: "South East" })];

async function opened(rows: readonly Row[] = [...north, ...south], options: Partial<TestAppOptions> = {}) {
  const app = await testApp({ now: "2026-11-10T09:30", roster: roster(...rows), ...options });
  await app.openRound();
  return app;
}

async function answer(app: TestApp, by: string, typed: Readonly<Record<string, string | number>>) {
  const recorded = (await app.cards(by)).find((card) => card.text.includes("recorded"));
  if (recorded !== undefined) await recorded.press("Change answer");
  const card = await app.card(by, "How is your caseload?");
  expect(await card.press("Send", { feeling: "busy", newPeople__link_worker: 25, ...typed })).toMatchObject({ kind: "card" });
  await app.settle();
}

async function list(app: TestApp, reader: string, query = ""): Promise<RequestResource[]> {
  return RequestPage.parse((await app.api(reader, "GET", `requests${query}`)).body).items;
}

async function teamIdOf(app: TestApp, name: string): Promise<string> {
  const team = (await app.store.read(app.network).roster.teams()).find((one) => one.name === name);
  return team?.id ?? "";
}

async function move(app: TestApp, who: string, id: string | undefined, state: "taken" | "done") {
  const moved = await app.api(who, "PATCH", `requests/${id}`, { state });
  await app.settle();
  return moved;
}

async function take(app: TestApp, who: string, name: string) {
  const taken = await app.api(who, "POST", "requests", { team: await teamIdOf(app, name) });
  await app.settle();
  return taken;
}

async function audited(app: TestApp): Promise<string[]> {
  const { rows } = await sql<{ name: string; action: string }>`
    select people.name, action from audit_log join people on people.network = audit_log.network and people.id = audit_log.actor
    where audit_log.network = ${app.network} and action like 'request.%' order by audit_log.id`.execute(app.database.db);
  return rows.map(({ name, action }) => `${name} ${action}`);
}

describe("the leads' worklist", () => {
  it("shows what teams ask for with their managers, owner and day, and says when a day has passed", async () => {
    const app = await opened();
    await answer(app, ana, { feeling: "unsafe", help: "call" });
    const [one] = await list(app, leo);
    expect(one).toMatchObject({
      team: { id: await teamIdOf(app, "Team Ana"), name: "Team Ana", area: "North Central" },
      managers: [{ name: "Ana", chatUrl: "https://teams.microsoft.com/l/chat/0/0?users=ana%40example.org" }],
      reasons: [
        { reason: "unsafe", words: "Says the workload is more than they can do safely" },
        { reason: "call", words: "Would like a call" },
      ],
      askedBy: { name: "Ana" },
      owner: { name: "Leo" },
      ...{ dueOn: "2026-11-12", isOverdue: false, state: "open", updatedAt: expect.stringMatching(/^2026-11-10T09:30:.*\+00:00$/) },
    });
    await app.moveTo("2026-11-13T09:00");
    expect((await list(app, leo))[0]?.isOverdue).toBe(true);
    await move(app, leo, one?.id, "done");
    expect(await list(app, leo)).toEqual([]);
    expect(await list(app, leo, "?state=done")).toMatchObject([{ id: one?.id, state: "done", isOverdue: false }]);
  });

  it("comes in the order of the days, a page at a time", async () => {
    const app = await opened();
    await answer(app, ben, { help: "call" });
    await app.moveTo("2026-11-12T10:00");
    await answer(app, ana, { help: "peer" });
    const first = RequestPage.parse((await app.api(kay, "GET", "requests?limit=1")).body);
    expect(first.items.map(({ team }) => team.name)).toEqual(["Team Ben"]);
    const second = RequestPage.parse((await app.api(kay, "GET", `requests?limit=1&after=${first.next}`)).body);
    expect([second.items.map(({ team }) => team.name), second.next]).toEqual([["Team Ana"], null]);
    expect((await app.api(kay, "GET", "requests?state=lost")).body.errors).toEqual([
      { path: "state", message: "state: choose unfinished, done or all." },
    ]);
  });

  it("shows a lead of one area no other area's requests, and lets them do nothing about those", async () => {
    const app = await opened();
    await answer(app, ana, { help: "call" });
    await answer(app, sam, { help: "call" });
    expect((await list(app, sol, "?state=all")).map(({ team }) => team.name)).toEqual(["Team Sam"]);
    expect((await list(app, kay, "?state=all")).map(({ team }) => team.name)).toEqual(["Team Sam", "Team Ana"]);
    const ofTeamAna = `?state=all&team=${await teamIdOf(app, "Team Ana")}`;
    expect((await list(app, kay, ofTeamAna)).map(({ team }) => team.name)).toEqual(["Team Ana"]);
    expect(await list(app, sol, ofTeamAna)).toEqual([]);
    const [ofAna] = await list(app, leo);
    for (const state of ["taken", "done"] as const) {
      expect(await move(app, sol, ofAna?.id, state)).toMatchObject({ status: 404, body: { detail: "There is no such request." } });
    }
    expect(await take(app, sol, "Team Ana")).toMatchObject({ status: 404, body: { detail: "There is no such team." } });
    expect(await list(app, leo)).toEqual([ofAna]);
    expect(await move(app, leo, "nothing", "taken")).toMatchObject({ status: 404 });
  });
});

describe("Take and Done in the tab", () => {
  it("do what the buttons of the cards do: the cards change, and the audit log has it", async () => {
    const app = await opened();
    await answer(app, ana, { help: "call" });
    const [one] = await list(app, kay);
    expect(await move(app, kay, one?.id, "taken")).toMatchObject({ status: 200, body: { state: "taken", owner: { name: "Kay" } } });
    expect((await app.card(leo, "Somebody has taken this on")).text).toContain("Kay has taken this on.");
    expect((await app.card(ana, "recorded")).text).toContain("Kay has taken this on and will reply by Thursday 12 November.");
    // Whoever comes second is told who was first, and changes nothing.
    expect(await move(app, leo, one?.id, "taken")).toMatchObject({ status: 409, body: { detail: "Kay has taken this on already." } });
    expect(await move(app, kay, one?.id, "taken")).toMatchObject({ status: 200 });
    expect(await move(app, kay, one?.id, "done")).toMatchObject({ status: 200, body: { state: "done" } });
    expect((await app.card(ana, "recorded")).text).toContain("Kay has marked this as done.");
    expect(await move(app, leo, one?.id, "taken")).toMatchObject({ status: 409, body: { detail: "Kay has marked this as done already." } });
    expect(await move(app, kay, one?.id, "taken")).toMatchObject({ status: 409, body: { detail: "You have marked this as done already." } });
    expect(await audited(app)).toEqual(["Kay request.taken", "Kay request.done"]);
  });

  it("say that a team no longer asks for something", async () => {
    const app = await opened();
    await answer(app, ana, { help: "call" });
    const [one] = await list(app, kay);
    await answer(app, ana, { help: "nothing" });
    expect(await move(app, kay, one?.id, "taken")).toMatchObject({
      status: 409,
      body: { detail: "The team no longer asks for this, so there is nothing to take on or to close." },
    });
  });

  it("refuse what isn't a state with a sentence", async () => {
    const app = await opened();
    const refused = await app.api(kay, "PATCH", `requests/${await teamIdOf(app, "Team Ana")}`, { state: "open" });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ message: "state: choose taken or done." }] } });
  });
});

describe("taking a team on without its having asked", () => {
  it("makes a request of the lead's own, which the team's card says nothing about", async () => {
    const app = await opened();
    await answer(app, ana, {});
    const before = (await app.card(ana, "recorded")).text;
    expect(await take(app, leo, "Team Ana")).toMatchObject({
      status: 200,
      body: {
        reasons: [{ reason: "lead", words: "A lead means to ring" }],
        ...{ askedBy: null, owner: { name: "Leo" }, state: "taken", dueOn: "2026-11-12" },
      },
    });
    expect((await app.card(ana, "recorded")).text).toBe(before);
    expect(await take(app, kay, "Team Ana")).toMatchObject({ status: 409, body: { detail: "Leo has taken this on already." } });
    expect(await take(app, leo, "Team Ana")).toMatchObject({ status: 200 });
    const [own] = await list(app, kay);
    expect(await move(app, leo, own?.id, "done")).toMatchObject({ status: 200, body: { state: "done" } });
    expect((await app.card(ana, "recorded")).text).toBe(before);
    expect(await audited(app)).toEqual(["Leo request.taken", "Leo request.done"]);
  });

  it("takes on what the team asks for, where it asks for something", async () => {
    const app = await opened();
    await answer(app, ana, { help: "call" });
    expect(await take(app, kay, "Team Ana")).toMatchObject({
      body: { reasons: [{ reason: "call" }], askedBy: { name: "Ana" }, owner: { name: "Kay" }, state: "taken" },
    });
    expect((await app.card(ana, "recorded")).text).toContain("Kay has taken this on");
    expect(await list(app, kay)).toHaveLength(1);
  });

  it("outlasts what the team answers: it joins what they ask for, and is left when they ask for nothing any more", async () => {
    const app = await opened();
    await take(app, leo, "Team Ana");
    await answer(app, ana, {});
    expect(await list(app, leo)).toMatchObject([{ state: "taken", reasons: [{ reason: "lead" }], askedBy: null }]);
    await answer(app, ana, { help: "call" });
    expect(await list(app, leo)).toMatchObject([
      { state: "taken", reasons: [{ reason: "call" }, { reason: "lead" }], askedBy: { name: "Ana" }, owner: { name: "Leo" } },
    ]);
    expect((await app.card(leo, "You have taken this on")).text).toContain("Ana would like a call.");
    expect((await app.card(ana, "recorded")).text).toContain("Leo has taken this on");
    await answer(app, ana, { help: "nothing" });
    expect(await list(app, leo)).toMatchObject([{ state: "taken", reasons: [{ reason: "lead" }], askedBy: null }]);
    const card = await app.card(leo, "You have taken this on");
    expect(card.text).toContain("The team asks for nothing. You mean to ring all the same.");
    expect(card.text).not.toContain("The team sees");
    expect((await app.card(ana, "recorded")).text).not.toMatch(/Leo has taken|reply by/);
  });

  it("remembers what was dealt with, so that the same answer sent again asks for nothing anew", async () => {
    const app = await opened();
    await answer(app, ana, { help: "call" });
    await move(app, leo, (await list(app, leo))[0]?.id, "done");
    expect(await take(app, kay, "Team Ana")).toMatchObject({
      body: { state: "taken", owner: { name: "Kay" }, reasons: [{ reason: "call" }, { reason: "lead" }] },
    });
    await move(app, kay, (await list(app, kay))[0]?.id, "done");
    await answer(app, ana, { help: "call", waiting: 3 });
    expect(await list(app, leo)).toEqual([]);
    await answer(app, ana, { help: "peer" });
    expect(await list(app, leo)).toMatchObject([{ state: "open", reasons: [{ reason: "peer" }], owner: { name: "Leo" } }]);
  });

  it("needs a round that the team is part of", async () => {
    const app = await testApp({ now: "2026-11-10T09:30", roster: roster(...north) });
    const none = "This team hasn't been part of a check-in round yet. Open a round first, then take the team on.";
    expect(await take(app, leo, "Team Ana")).toMatchObject({ status: 409, body: { detail: none } });
    expect(await app.api(leo, "POST", "requests", { team: "Ana" })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "team", message: "team: give the id of a team." }] },
    });
    await app.openRound();
    // A team that has joined since is part of no round, and one that has left is nobody's to take.
    const [, ...left] = north;
    await app.importCsv(roster(...left, manager("Cy")));
    expect(await take(app, leo, "Team Cy")).toMatchObject({ status: 409 });
    const gone = (await app.store.read(app.network).roster.teams({ includeLeft: true })).find(({ name }) => name === "Team Ana");
    expect(await app.api(leo, "POST", "requests", { team: gone?.id })).toMatchObject({ status: 404 });
  });

  it("has one owner, and loses no answer, when leads take and the team asks at the same moment", async () => {
    const names = ["Ana", "Ben", "Cy", "Dee", "Eve"];
    const rows = [...names.map((name) => manager(name)), lead("Kay"), lead("Leo")];
    const app = await opened(rows, { engine: "server" });
    for (const name of names) {
      const team = await teamIdOf(app, `Team ${name}`);
      const card = await app.card(`${name.toLowerCase()}@example.org`, "How is your caseload?");
      const [one, two, sent] = await Promise.all([
        app.api(kay, "POST", "requests", { team }),
        app.api(leo, "POST", "requests", { team }),
        card.press("Send", { feeling: "busy", newPeople__link_worker: 20, help: "call" }),
      ]);
      expect([one.status, two.status].sort()).toEqual([200, 409]);
      expect(sent).toMatchObject({ kind: "card" });
      const owner = one.status === 200 ? "Kay" : "Leo";
      const found = (await list(app, kay)).filter((request) => request.team.id === team);
      expect(found).toMatchObject([{ state: "taken", owner: { name: owner } }]);
      expect(found[0]?.reasons.map(({ reason }) => reason)).toContain("call");
    }
  });
});
