import { describe, expect, it } from "@jest/globals";
import type { FaultResponse } from "../../src/local/connector/index.ts";
import type { GraphFault } from "../../src/local/graph/index.ts";
import { askedOf, ledger } from "./ledger.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const names = Array.from({ length: 30 }, (_, n) => `M${"abcdefghijklmnopqrstuvwxyzABCD".charAt(n)}`);
const lea = "lea@example.org";
const email = (name: string) => `${name.toLowerCase()}${name.charCodeAt(1)}@example.org`;
const everybody = (count = names.length) =>
  roster(...names.slice(0, count).map((name) => manager(`${name}${name.charCodeAt(1)}`, { email: email(name) })), lead("Lea"));

interface Ready {
  readonly status: number;
  readonly ok: boolean;
  readonly away: readonly string[];
}

async function readyz(app: TestApp): Promise<Ready> {
  const answer = await fetch(`${app.url}/readyz`);
  const { ok, checks } = (await answer.json()) as { ok: boolean; checks: { name: string; ok: boolean; detail: string }[] };
  return { status: answer.status, ok, away: checks.flatMap((check) => (check.ok ? [] : [check.detail])) };
}

/** So many seconds in steps of ten, from what the clock shows. */
async function letPass(app: TestApp, seconds: number): Promise<void> {
  const until = app.clock.now().add({ seconds });
  while (app.clock.now().epochMilliseconds < until.epochMilliseconds) {
    app.clock.moveTo(app.clock.now().add({ seconds: 10 }));
    await app.settle();
  }
}

const requests = (app: TestApp) => app.connector.counts().requests;
const cardsEach = (app: TestApp, count = names.length) => Promise.all(names.slice(0, count).map(async (name) => (await askedOf(app, email(name))).length));

describe("Teams gone for ten minutes", () => {
  it.each<readonly [string, FaultResponse]>([
    ["cutting every connection", "cut"],
    ["saying 503", { status: 503, code: "ServiceError" }],
    ["answering with a page of somebody else's", "garbage"],
    ["taking no token", { status: 401, code: "Unauthorized" }],
  ])("keeps nobody from their one card, uses up nobody's tries, and ends without a storm (%s)", async (_, respond) => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: everybody() });
    const stop = app.connector.faults.add({ match: () => true, respond });
    const round = await app.openRound();
    const before = requests(app);
    await letPass(app, 600);
    // A look every twenty seconds, and the cards that were already on their way when it began.
    expect(requests(app) - before).toBeLessThanOrEqual(600 / 20 + 5);
    expect(await app.counts(round)).toEqual({ intended: 30, delivered: 0, failed: 0, skipped: 0, pending: 30 });
    const rows = await ledger(app, lea, round);
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(["Teams is out of reach; the card goes when it is back."]));
    for (const { attempts } of rows) expect(attempts).toBeLessThanOrEqual(4);
    expect(await readyz(app)).toEqual({
      status: 200,
      ok: true,
      away: [expect.stringMatching(/^Teams has given no usable answer since 2026-11-24T09:30:0\dZ; cards wait until it does\.$/)],
    });
    expect((await app.api(lea, "GET", `check-in-rounds/${round}`)).status).toBe(200);

    stop();
    const back = requests(app);
    const backAt = app.clock.now().epochMilliseconds;
    await letPass(app, 90);
    expect(await app.counts(round)).toEqual({ intended: 30, delivered: 30, failed: 0, skipped: 0, pending: 0 });
    expect(await cardsEach(app)).toEqual(names.map(() => 1));
    expect(await readyz(app)).toEqual({ status: 200, ok: true, away: [] });
    expect(requests(app) - back).toBeLessThanOrEqual(2 * 30 + 2);
    const moments = app.connector.log().flatMap(({ direction, at }) => (direction === "from-bot" && at >= backAt ? [at] : []));
    const inASecond = moments.map((start) => moments.filter((at) => at >= start && at < start + 1_000).length);
    expect(Math.max(...inASecond)).toBeLessThanOrEqual(50);
    expect(app.connector.counts().throttled).toBe(0);
  });

  it("doesn't cost a network of one its only card", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: everybody(1) });
    const stop = app.connector.faults.add({ match: () => true, respond: "cut" });
    const round = await app.openRound();
    await letPass(app, 3_600);
    expect(await app.counts(round)).toMatchObject({ pending: 1 });
    stop();
    await letPass(app, 60);
    expect(await app.counts(round)).toMatchObject({ delivered: 1 });
    expect(await cardsEach(app, 1)).toEqual([1]);
  });

  it("leaves an answer of which nobody knows whether it arrived to a person, and holds back the cards that follow", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: everybody() });
    const known = names.slice(0, 4);
    for (const name of known) await app.say(email(name), "help");
    const stop = app.connector.faults.add({ match: () => true, respond: "garbage" });
    const round = await app.openRound();
    await letPass(app, 600);
    stop();
    await letPass(app, 90);
    const rows = await ledger(app, lea, round);
    expect(rows.filter(({ state }) => state === "pending")).toEqual([]);
    const failed = rows.filter(({ state }) => state === "failed");
    expect(failed.map(({ reason }) => reason)).toEqual(known.map(() => "Teams didn't say whether it arrived."));
    expect(await cardsEach(app)).toEqual(names.map((name) => (known.includes(name) ? 0 : 1)));
  });
});

describe("Graph gone for ten minutes", () => {
  const organiser = "meetings@network.example.org";

  it.each<readonly [string, GraphFault]>([
    ["cutting every connection", { cut: true }],
    ["saying 503", { status: 503 }],
    ["answering with a page of somebody else's", { garbage: true }],
  ])("keeps nobody from their link and their invitation, of which each gets one, and says so (%s)", async (_, fault) => {
    const app = await testApp({
      now: "2026-12-01T09:00",
      mail: true,
      installed: ({ email: one }) => one !== "ana@example.org",
      roster: roster(manager("Ana"), manager("Ben"), lead("Lea")),
    });
    expect((await app.api(lea, "PATCH", "settings", { meetings: { firstOn: "2027-01-12" }, "check-ins": { opensByItself: false } })).status).toBe(200);
    const stop = app.graph.failOn({ path: /./ }, fault, Number.POSITIVE_INFINITY);
    const round = await app.openRound();
    const booked = await app.api(lea, "POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-12" });
    expect(booked).toMatchObject({ status: 201, body: { calendar: { state: "pending" } } });
    const id = String(booked.body.id);
    const before = app.graph.log().length;
    await letPass(app, 600);
    expect(await cardsEachOf(app, "ben@example.org")).toBe(1);
    expect(app.graph.log().length - before).toBeLessThanOrEqual(60);
    const { status, ok, away } = await readyz(app);
    expect({ status, ok }).toEqual({ status: 200, ok: true });
    if (!("garbage" in fault)) expect(away).toEqual([expect.stringMatching(/^Microsoft Graph has given no usable answer since 2026-12-01T09:00:/)]);
    expect((await app.api(lea, "GET", `meetings/${id}`)).status).toBe(200);
    stop();
    await letPass(app, 1_800);
    expect(await app.counts(round)).toMatchObject({ pending: 0 });
    // Of a success that isn't Graph's nobody knows whether the mail went: a person decides.
    const isClear = !("garbage" in fault);
    expect(await app.counts(round)).toMatchObject(isClear ? { delivered: 2, failed: 0 } : { delivered: 1, failed: 1 });
    expect(app.inbox("ana@example.org")).toHaveLength(isClear ? 1 : 0);
    expect((await app.api(lea, "GET", `meetings/${id}`)).body).toMatchObject({ calendar: { state: "in-step", reason: null } });
    expect(app.graph.calendarOf(organiser)).toHaveLength(1);
    for (const one of ["ana@example.org", "ben@example.org", lea]) {
      expect(app.graph.mailsTo(one).filter(({ kind }) => kind !== "mail").map(({ kind }) => kind)).toEqual(["invitation"]);
    }
    expect((await readyz(app)).away).toEqual([]);
  });
});

const cardsEachOf = async (app: TestApp, who: string) => (await askedOf(app, who)).length;
