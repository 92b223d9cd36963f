import { describe, expect, it } from "@jest/globals";
import type { KyselyPlugin } from "kysely";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { CaseloadSummary } from "../../src/features/check-ins/contract.ts";
import { Overview } from "../../src/features/overview/contract.ts";
import type { Row } from "../builders/roster.ts";
import { answer as answerSurvey, askedMails, close, lea, openedWave, pulseNetwork, share } from "./pulse-people.ts";
import { admin, lead, manager, roster } from "./rosters.ts";
import { testApp, type TestApp, type TestAppOptions } from "./test-app.ts";

type Typed = Readonly<Record<string, string | number>>;

const [nora, ari, ada] = ["nora@example.org", "ari@example.org", "ada@example.org"];
const runners = [lead("Nora"), lead("Ari", { scope: "South East" }), admin("Ada")];
const far = { area: "South East", place: "Lewisham" };

async function overviewOf(app: TestApp, reader = nora): Promise<Overview> {
  const { status, body } = await app.api(reader, "GET", "overview");
  expect(status).toBe(200);
  return Overview.parse(body);
}

async function answers(app: TestApp, given: Readonly<Record<string, Typed>>) {
  for (const [name, typed] of Object.entries(given)) {
    const card = await app.card(`${name}@example.org`, "How is your caseload?");
    expect(await card.press("Send", { feeling: "busy", newPeople__link_worker: 25, ...typed })).toMatchObject({ kind: "card" });
  }
  await app.settle();
}

/** Teams of which five have a reason to be rung, in this order: Cy asks, Ana and Ben have too many people, then Dee and Eve. */
async function fiveToRing(): Promise<TestApp> {
  const rows = [manager("Ana"), manager("Ben"), manager("Cy"), manager("Dee", far), manager("Eve", far), manager("Fay"), ...runners];
  const app = await testApp({ now: "2026-11-10T09:30", roster: roster(...rows) });
  await app.openRound();
  await answers(app, {
    cy: { feeling: "unsafe" },
    ana: { newPeople__link_worker: 50 },
    ben: { newPeople__link_worker: 40 },
    dee: { feeling: "stretched", longestWaitWeeks: 9 },
    eve: { feeling: "stretched", longestWaitWeeks: 3 },
    fay: {},
  });
  return app;
}

const ringOf = async (app: TestApp, reader = nora) => (await overviewOf(app, reader)).ring.map(({ team }) => team.name);
const kinds = ({ decisions }: Overview) => decisions.map(({ kind }) => kind);

async function press(app: TestApp, who: string, name: string, state: "taken" | "done") {
  const entry = (await overviewOf(app, who)).ring.find(({ team }) => team.name === name);
  const id = entry?.request?.id;
  const moved =
    id === undefined
      ? await app.api(who, "POST", "requests", { team: entry?.team.id })
      : await app.api(who, "PATCH", `requests/${id}`, { state });
  expect(moved.status).toBe(200);
  await app.settle();
}

describe("the overview", () => {
  it("has the same teams to ring and the same figures as the caseload summary and the summary card", async () => {
    const app = await fiveToRing();
    const overview = await overviewOf(app);
    const summary = CaseloadSummary.parse((await app.api(nora, "GET", "caseload-summary")).body);
    expect([overview.asOf, overview.coverage, overview.load]).toEqual([summary.asOf, summary.coverage, summary.total.last12Weeks]);
    expect(overview.ring.map(({ team, why }) => ({ team, why }))).toEqual(summary.ring.map(({ team, why }) => ({ team, why })));
    expect([overview.ring.map(({ team }) => team.name), overview.ringMore]).toEqual([["Team Cy", "Team Ana", "Team Ben"], 2]);
    await app.say(nora, "summary");
    const card = (await app.card(nora, "Ring these first")).text;
    for (const [place, { team, why }] of overview.ring.entries()) expect(card).toContain(`${place + 1}. ${team.name}\n${why.join("\n")}\n`);
    expect(overview.ring[0]).toMatchObject({
      managers: [{ name: "Cy", chatUrl: "https://teams.microsoft.com/l/chat/0/0?users=cy%40example.org" }],
      lastSpoke: null,
      request: { state: "open", owner: { name: "Nora" }, dueOn: "2026-11-12", isOverdue: false },
    });
    expect(overview.ring[1]).toMatchObject({ request: null, lastSpoke: null });
    expect(overview.round).toMatchObject({ state: "open", teams: { answered: 6, waiting: 0 } });
  });

  it("shows a lead of some areas those, and an admin no team and no figure", async () => {
    const app = await fiveToRing();
    const area = await overviewOf(app, ari);
    expect([area.ring.map(({ team }) => team.name), area.ringMore, area.coverage]).toEqual([["Team Dee", "Team Eve"], 0, "2 of 2 teams"]);
    expect(JSON.stringify(area)).not.toMatch(/Ana|Ben|Cy|Fay|North Central/);
    const none = { asOf: null, coverage: null, load: null, ring: [], ringMore: 0 };
    const seen = await overviewOf(app, ada);
    expect(seen).toMatchObject({ ...none, round: { state: "open" } });
    expect(JSON.stringify(seen)).not.toMatch(/Team |\b50\b/);
  });

  it("keeps a team that was taken on in its place with who has it, and drops it once that is done", async () => {
    const app = await fiveToRing();
    await press(app, nora, "Team Cy", "taken");
    const taken = await overviewOf(app);
    expect(taken.ring[0]).toMatchObject({ team: { name: "Team Cy" }, request: { state: "taken", owner: { name: "Nora" } }, lastSpoke: null });
    await app.say(nora, "summary");
    expect((await app.card(nora, "Ring these first")).text).toContain("Nora has taken this on.\nRing Cy.");
    await app.moveTo("2026-11-11T10:00");
    await press(app, nora, "Team Cy", "done");
    expect([await ringOf(app), (await overviewOf(app)).ringMore]).toEqual([["Team Ana", "Team Ben", "Team Dee"], 1]);
  });

  it("puts a team that stays above the range below those to which nobody has spoken since the round opened", async () => {
    const app = await fiveToRing();
    await press(app, nora, "Team Ana", "taken");
    expect((await overviewOf(app)).ring[1]).toMatchObject({ team: { name: "Team Ana" }, request: { state: "taken", owner: { name: "Nora" } } });
    await press(app, nora, "Team Ana", "done");
    await press(app, nora, "Team Cy", "done");
    await press(app, nora, "Team Ben", "taken");
    await press(app, nora, "Team Ben", "done");
    expect(await ringOf(app)).toEqual(["Team Dee", "Team Eve", "Team Ana"]);
    expect((await overviewOf(app)).ring[2]).toMatchObject({ request: null, lastSpoke: { on: "2026-11-10", by: "Nora" } });
    // The next round begins anew, and still says who spoke to them last.
    await app.moveTo("2026-11-24T17:00", "2026-12-22T09:30");
    await answers(app, { ana: { newPeople__link_worker: 40 }, fay: { feeling: "stretched" } });
    expect((await overviewOf(app)).ring[0]).toMatchObject({ team: { name: "Team Ana" }, lastSpoke: { on: "2026-11-10", by: "Nora" } });
  });

  it("asks the store as often for many teams as for a few", async () => {
    const read = async (count: number) => {
      const names = Array.from({ length: count }, (_, place) => `M${String.fromCharCode(97 + place)}`);
      let statements = 0;
      const counting: KyselyPlugin = {
        transformQuery: ({ node }) => {
          statements += 1;
          return node;
        },
        transformResult: ({ result }) => Promise.resolve(result),
      };
      const through = (database: OpenDatabase) => ({ ...database, db: database.db.withPlugin(counting) });
      const app = await testApp({ now: "2026-11-10T09:30", roster: roster(...names.map((name) => manager(name)), lead("Nora")), through });
      await app.openRound();
      await answers(app, Object.fromEntries(names.map((name) => [name.toLowerCase(), { feeling: "unsafe" }])));
      const before = statements;
      await overviewOf(app);
      return statements - before;
    };
    expect(await read(12)).toBe(await read(3));
  });

  it("is there before anything has happened", async () => {
    const app = await testApp({ now: "2026-11-10T09:30", roster: roster(...runners, manager("Dee", far)) });
    expect(await overviewOf(app)).toMatchObject({
      ...{ asOf: null, coverage: null, load: null, ring: [], ringMore: 0, round: null, meeting: null, wave: null },
      decisions: [{ kind: "no-series", page: "settings", id: null }, { kind: "support-lines" }],
    });
    expect((await overviewOf(app, ari)).decisions).toEqual([]);
  });
});

describe("what waits for a decision", () => {
  const network = async (rows: readonly Row[], settings: object, options: Partial<TestAppOptions> = {}) => {
    const app = await testApp({ now: "2026-12-01T09:00", roster: roster(...rows), ...options });
    expect((await app.api(nora, "PATCH", "settings", settings)).status).toBe(200);
    return app;
  };
  const decisionOf = async (app: TestApp, kind: string, reader = nora) => {
    const { decisions } = await overviewOf(app, reader);
    return decisions.find((one) => one.kind === kind) ?? null;
  };
  const byHand = { opensByItself: false };

  it("of check-ins: failed cards, overdue requests, teams without a lead, and no round planned", async () => {
    const rows = [manager("Ana"), manager("Dee", far), manager("Max", { area: "North West" }), ...runners];
    const app = await network(rows, { "check-ins": byHand }, { installed: ({ email }) => email !== "max@example.org" });
    expect(await decisionOf(app, "no-round-planned")).toEqual({
      ...{ kind: "no-round-planned", page: "check-ins", id: null },
      text: "No check-in is open or planned: open one, or let them open by themselves in the settings.",
    });
    const round = await app.openRound();
    expect(await decisionOf(app, "no-round-planned")).toBeNull();
    expect((await overviewOf(app)).round?.deliveries.failed).toBe(1);
    const card = await decisionOf(app, "cards-failed");
    expect(card).toMatchObject({ page: "deliveries", id: round });
    expect(card?.text).toBe("1 card of the check-in of Tuesday 1 December failed: see why, and send it again.");
    await answers(app, { ana: { help: "call" }, dee: { help: "call" } });
    expect(await decisionOf(app, "requests-overdue")).toBeNull();
    await app.moveTo("2026-12-04T09:00");
    expect((await decisionOf(app, "requests-overdue"))?.text).toBe("2 requests are overdue: reply to the teams, or mark them as done.");
    // A lead of one area: what is theirs to decide, and that alone.
    expect((await overviewOf(app, ari)).decisions.map(({ text }) => text)).toEqual([
      "1 request is overdue: reply to the team, or mark it as done.",
    ]);
    expect(await decisionOf(app, "requests-overdue", ada)).toBeNull();
    expect(await decisionOf(app, "cards-failed", ada)).toMatchObject({ id: round });
    expect(await decisionOf(app, "teams-without-lead")).toBeNull();
    await app.importCsv(roster(...rows.filter((row) => row.name !== "Nora"), lead("Nat", { scope: "North Central" })));
    expect((await decisionOf(app, "teams-without-lead", ada))?.text).toBe("1 team has no lead, so what it asks for reaches nobody: give a lead its area.");
  });

  it("of meetings: dates to book, a poll that is ready, a calendar that failed, and a quorum at risk", async () => {
    const app = await network([manager("Ana"), manager("Ben", far), ...runners], { "check-ins": byHand, meetings: { firstOn: "2027-01-12", quorum: 3 } });
    expect((await decisionOf(app, "dates-to-book"))?.text).toBe(
      "3 planned dates have no meeting yet, the next on Tuesday 12 January 2027: book them, or ask everybody which days suit.",
    );
    await app.say(nora, "plan meetings");
    await (await app.card(nora, "planned for Tuesday 23 February")).press("Ask everybody first");
    await app.settle();
    expect((await decisionOf(app, "dates-to-book"))?.text).toMatch(/^2 planned dates/);
    expect(await decisionOf(app, "poll-ready")).toBeNull();
    await app.moveTo("2026-12-08T09:01");
    const poll = await decisionOf(app, "poll-ready");
    expect(poll).toMatchObject({ page: "meetings", id: expect.any(String) });
    expect(poll?.text).toBe("0 of 5 have answered which dates suit them for the meeting planned for Tuesday 23 February 2027: book one.");

    const booked = await app.api(nora, "POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-12" });
    await app.settle();
    expect((await overviewOf(app)).meeting).toMatchObject({ id: booked.body.id, state: "booked" });
    expect(await decisionOf(app, "calendar-failed")).toBeNull();
    await app.moveTo("2026-12-29T09:00");
    expect(await decisionOf(app, "quorum-at-risk")).toBeNull();
    await app.moveTo("2027-01-05T12:00");
    const quorum = await decisionOf(app, "quorum-at-risk");
    expect(quorum).toMatchObject({ page: "meetings", id: booked.body.id });
    expect(quorum?.text).toBe("Nobody of the 3 needed has said yes to the meeting on Tuesday 12 January: ask those who haven't answered, or move it.");
    expect(await decisionOf(app, "quorum-at-risk", ari)).toBeNull();
    await app.store.transaction(app.network, async (tx) => {
      const event = await tx.events.lock(booked.body.id);
      if (event !== null) await tx.events.save({ ...event, calendar: { ...event.calendar, state: "failed", reason: "The calendar takes 500 people at most." } });
    });
    expect(await decisionOf(app, "calendar-failed", ada)).toEqual({
      ...{ kind: "calendar-failed", page: "meetings", id: booked.body.id },
      text: "See to the calendar for the meeting on Tuesday 12 January. The calendar takes 500 people at most.",
    });
    expect(kinds(await overviewOf(app)).indexOf("calendar-failed")).toBeLessThan(kinds(await overviewOf(app)).indexOf("quorum-at-risk"));
  });

  it("of the survey: results to share, and a key that is missing, for leads of the whole network", async () => {
    const app = await pulseNetwork();
    const wave = await openedWave(app);
    expect((await overviewOf(app, lea)).wave).toMatchObject({ id: wave, state: "open" });
    expect(kinds(await overviewOf(app, lea))).not.toContain("wave-to-share");
    for (const email of askedMails(4, 8)) await answerSurvey(app, email, 2);
    await close(app, wave);
    const toShare = await decisionOf(app, "wave-to-share", lea);
    expect(toShare).toMatchObject({ page: "pulse", id: wave });
    expect(toShare?.text).toBe("The survey of Tuesday 12 January has closed: look at its results, and share them with everybody who was asked.");
    await share(app, wave);
    expect(await decisionOf(app, "wave-to-share", lea)).toBeNull();
    expect((await overviewOf(app, lea)).wave).toMatchObject({ id: wave, state: "closed" });
  });

  it("of the survey: a key that is missing", async () => {
    const lost = { keep: () => Promise.resolve(), read: () => Promise.resolve(null), purge: () => Promise.resolve() };
    const app = await pulseNetwork({ pulseKeys: lost });
    const wave = await openedWave(app);
    expect(await decisionOf(app, "key-missing", lea)).toBeNull();
    await app.moveTo("2027-02-16T09:00");
    expect(await decisionOf(app, "key-missing", lea)).toEqual({
      ...{ kind: "key-missing", page: "pulse", id: wave },
      text: "The key to the answers of the survey of Tuesday 12 January is missing: have it restored, or give the survey up.",
    });
  });
});
