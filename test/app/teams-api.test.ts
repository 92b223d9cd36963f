import { describe, expect, it } from "@jest/globals";
import { MyCaseload, TeamHistory, TeamPage } from "../../src/features/check-ins/contract.ts";
import type { Row } from "../builders/roster.ts";
import { admin, lead, manager, member, roster, viewer } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

type Typed = Readonly<Record<string, string | number>>;

/** Six weeks apart: every period has 42 days. */
const days = ["2026-05-19", "2026-06-30", "2026-08-11"] as const;
const closes = ["2026-06-02T17:00", "2026-07-14T17:00", "2026-08-25T17:00"] as const;

async function opened(app: TestApp, round: 0 | 1 | 2) {
  await app.moveTo(`${days[round]}T09:30`);
  if ((await app.store.read(app.network).rounds.current()) === null) await app.openRound();
}

async function answers(app: TestApp, given: Readonly<Record<string, Typed>>) {
  for (const [name, typed] of Object.entries(given)) {
    const card = await app.card(`${name}@example.org`, "How is your caseload?");
    expect(await card.press("Send", { feeling: "busy", ...typed })).toMatchObject({ kind: "card" });
  }
  await app.settle();
}

const people = (newPeople: number, more: Typed = {}) => ({ newPeople__link_worker: newPeople, ...more });
const get = (app: TestApp, who: string, path: string) => app.api(`${who}@example.org`, "GET", path);
const teamsOf = async (app: TestApp, who: string, query = "") => TeamPage.parse((await get(app, who, `teams${query}`)).body);
const namesOf = async (app: TestApp, who: string) => (await teamsOf(app, who)).items.map(({ name }) => name);
const idOf = async (app: TestApp, name: string) => (await teamsOf(app, "lea")).items.find((team) => team.name === `Team ${name}`)?.id ?? "";
const historyOf = async (app: TestApp, who: string, name: string) =>
  TeamHistory.parse((await get(app, who, `teams/${await idOf(app, name)}`)).body);

const southEast: Row = { area: "South East", place: "Lewisham", organisation: "Hill Trust", pcn: "Blackheath" };
const staff = [
  manager("Ana", { place: "Camden", deputy_email: "dan@example.org" }),
  manager("Ben", { link_worker_wte: "0.5" }),
  manager("Dee", southEast),
  manager("Dan", { team: "", link_worker_wte: "" }),
  lead("Lea"),
  lead("Leo", { scope: "South East" }),
  member("Mem", { manager_email: "ana@example.org" }),
  viewer("Vic"),
  admin("Ada"),
];

/** Two rounds that closed and one that is open. */
async function threeRounds(): Promise<TestApp> {
  const app = await testApp({ now: "2026-05-19T09:30", roster: roster(...staff) });
  await opened(app, 0);
  await answers(app, { ana: people(20), dee: people(30) });
  await (await app.card("ana@example.org", "Referrals")).press("Send", { neededAnotherService: 4, mainReason: "crisis", intakePaused: "yes" });
  await app.moveTo(closes[0]);
  await opened(app, 1);
  await answers(app, { ana: people(30, { waiting: 3, longestWaitWeeks: 1, help: "call" }), dee: people(20) });
  await app.moveTo(closes[1]);
  await opened(app, 2);
  await answers(app, { ana: people(40, { feeling: "unsafe", waiting: 12, longestWaitWeeks: 9 }) });
  await (await app.card("ana@example.org", "Pressures")).press("Send", { pressures: "housing,debt", note: "More people since the hostel closed" });
  await app.settle();
  return app;
}

describe("the list of teams", () => {
  it("has the teams in a lead's scope by name, with how each stands", async () => {
    const app = await threeRounds();
    const { items, next } = await teamsOf(app, "lea");
    expect(next).toBeNull();
    expect(items.map(({ name }) => name)).toEqual(["Team Ana", "Team Ben", "Team Dee"]);
    // 70 people in 84 days at one WTE, as in the summary.
    expect(items[0]).toMatchObject({
      managers: [{ name: "Ana", chatUrl: "https://teams.microsoft.com/l/chat/0/0?users=ana%40example.org" }],
      place: "Camden",
      state: { newPeople: 70, load: 1.22, state: "above", words: "70 new people; guide 46 to 58" },
      feeling: { value: "unsafe", words: "More than we can do safely" },
      ...{ waiting: 12, longestWaitWeeks: 9, roundsUnanswered: 0, answered: "answered" },
    });
    expect(items[1]).toMatchObject({ state: null, feeling: null, waiting: null, roundsUnanswered: 2, answered: "waiting" });
    expect(items[2]).toMatchObject({ area: "South East", pcn: "Blackheath", organisation: "Hill Trust", answered: "waiting" });
    const summary = (await get(app, "lea", "caseload-summary?by=place")).body;
    expect(summary.groups.find(({ name }: { name: string }) => name === "Lewisham").last12Weeks).toEqual(items[2]?.state);
    expect(await namesOf(app, "leo")).toEqual(["Team Dee"]);
    await app.moveTo(closes[2]);
    expect((await teamsOf(app, "lea")).items.map(({ answered }) => answered)).toEqual([null, null, null]);
  });

  it("comes in pages that go on after the last team, also when that has left since", async () => {
    const app = await testApp({ now: "2026-05-19T09:30", roster: roster(...staff) });
    const first = await teamsOf(app, "lea", "?limit=2");
    expect(first.items).toMatchObject([{ name: "Team Ana", state: null, answered: null }, { name: "Team Ben" }]);
    const rest = await teamsOf(app, "lea", `?limit=2&after=${first.next}`);
    expect([rest.items.map(({ name }) => name), rest.next]).toEqual([["Team Dee"], null]);
    await app.importCsv(roster(...staff.filter(({ name }) => name !== "Ben")));
    expect((await teamsOf(app, "lea", `?after=${first.next}`)).items.map(({ name }) => name)).toEqual(["Team Dee"]);
    expect(await namesOf(app, "lea")).toEqual(["Team Ana", "Team Dee"]);
    expect((await teamsOf(app, "lea", "?after=0192f000-0000-7000-8000-000000000009")).items).toEqual([]);
  });

  it("asks the store no more often for many teams than for one", async () => {
    let reads = 0;
    const app = await testApp({
      now: "2026-05-19T09:30",
      roster: roster(...staff),
      through: (database) => ({
        ...database,
        db: new Proxy(database.db, {
          get(db, name) {
            if (name === "selectFrom") reads += 1;
            const value: unknown = Reflect.get(db, name, db);
            return typeof value === "function" ? value.bind(db) : value;
          },
        }),
      }),
    });
    await opened(app, 0);
    await answers(app, { ana: people(20), ben: people(12), dee: people(30) });
    const readsFor = async (query: string) => {
      const before = reads;
      expect((await get(app, "lea", `teams${query}`)).status).toBe(200);
      return reads - before;
    };
    await readsFor("");
    const one = await readsFor("?limit=1");
    expect(one).toBeGreaterThan(5);
    expect(await readsFor("?limit=50")).toBe(one);
  });
});

describe("a team's history", () => {
  it("says what was answered in words, oldest first, with the load at each opening", async () => {
    const app = await threeRounds();
    const { asOf, state, history } = await historyOf(app, "lea", "Ana");
    expect([asOf, state?.load, history.map(({ opensOn }) => opensOn)]).toEqual(["2026-08-11", 1.22, [...days]]);
    const said = history.map(({ answers: given }) => given.map(({ words, value }) => `${words}: ${value}`));
    expect(said).toEqual([
      [
        ...["Workload: busy", "New people: 20", "WTE in post: Link workers 1"],
        ...["Referrals that needed another service: 4", "Main reason: in crisis, or needed help sooner", "New referrals paused: yes"],
      ],
      ["Workload: busy", "New people: 30", "People waiting: 3", "Longest wait: 1 week", "What would help: a call from a lead", "WTE in post: Link workers 1"],
      [
        ...["Workload: more than we can do safely", "New people: 40", "People waiting: 12", "Longest wait: 9 weeks", "WTE in post: Link workers 1"],
        ...["Pressures: housing, debt", "Note: More people since the hostel closed"],
      ],
    ]);
    // 42 days at one WTE: 23.0 to 28.8. Then 20, 50 and 70 people; 57.5 are the top of 84 days, 86.3 of 126.
    expect(history).toMatchObject([
      { newPeople: 20, guide: { low: 23, high: 28.8 }, load12: 0.7, load52: 0.7, carried: false },
      { newPeople: 30, load12: 0.87, load52: 0.87 },
      { newPeople: 40, load12: 1.22, load52: 1.04 },
    ]);
    expect((await historyOf(app, "lea", "Ben")).history).toEqual([]);
  });

  it("marks what was carried forward", async () => {
    const app = await threeRounds();
    await app.moveTo(closes[2], "2026-09-22T09:30");
    const card = await app.card("ana@example.org", "How is your caseload?");
    await card.press("Same as last time", { feeling: "stretched", ...people(20) });
    await app.settle();
    const last = (await historyOf(app, "lea", "Ana")).history.at(-1);
    expect(last?.carried).toBe(true);
    expect(last?.answers.filter(({ carried }) => carried).map(({ words }) => words)).toEqual(["People waiting", "Longest wait"]);
  });

  it("opens to leads with the team in scope, its managers and their deputies, and to nobody else", async () => {
    const app = await threeRounds();
    const ana = await idOf(app, "Ana");
    const statuses: Record<string, number> = {};
    for (const who of ["lea", "leo", "ana", "dan", "ben", "dee", "mem", "vic", "ada"]) {
      const { status, body } = await get(app, who, `teams/${ana}`);
      statuses[who] = status;
      if (status !== 200) expect(JSON.stringify(body)).not.toMatch(/Ana|hostel|Camden/);
    }
    expect(statuses).toEqual({ lea: 200, leo: 404, ana: 200, dan: 200, ben: 404, dee: 404, mem: 404, vic: 404, ada: 404 });
    await app.importCsv(roster(...staff.filter(({ name }) => name !== "Ana" && name !== "Mem")));
    expect((await get(app, "lea", `teams/${ana}`)).status).toBe(404);
    expect((await get(app, "dan", `teams/${ana}`)).status).toBe(404);
  });

  it("forgets what was erased", async () => {
    const app = await threeRounds();
    expect((await app.api("ana@example.org", "DELETE", "me/data")).status).toBe(200);
    expect(await historyOf(app, "lea", "Ana")).toMatchObject({ state: null, feeling: null, history: [] });
  });
});

describe("my caseload", () => {
  const others = Array.from({ length: 9 }, (_, index) => `M${"abcdefghi"[index] ?? ""}`);
  const many = roster(...staff, ...others.map((name) => manager(name)));
  const mine = async (app: TestApp, who = "ana") => MyCaseload.parse((await get(app, who, "me/caseload")).body);

  it("has my teams at each opening, and the network's median where ten teams stand behind it", async () => {
    const app = await testApp({ now: "2026-05-19T09:30", roster: many });
    expect(await mine(app)).toEqual({ asOf: null, teams: [], network: [] });
    await opened(app, 0);
    // Nine answers: too few for a median.
    await answers(app, { ana: people(20), ...Object.fromEntries(others.slice(1).map((name) => [name.toLowerCase(), people(10)])) });
    await app.moveTo(closes[0]);
    await opened(app, 1);
    await answers(app, { ana: people(30), ...Object.fromEntries(others.map((name, index) => [name.toLowerCase(), people(20 + index)])) });
    const open = await mine(app);
    // It moves with each answer while the round is open, so it waits.
    expect(open.network).toEqual([
      { openedOn: days[0], median12: null },
      { openedOn: days[1], median12: null },
    ]);
    await app.moveTo(closes[1]);
    const closed = await mine(app);
    expect(closed.teams).toMatchObject([
      {
        team: { name: "Team Ana" },
        last12Weeks: { newPeople: 50, state: "in", words: "50 new people; guide 46 to 58" },
        standing: "In the guide range.",
        points: [
          { openedOn: days[0], load12: 0.7, load52: 0.7, newPeople: 20, guide: { low: 23, high: 28.8 } },
          { openedOn: days[1], load12: 0.87, load52: 0.87, newPeople: 50, guide: { low: 46, high: 57.5 } },
        ],
      },
    ]);
    // Ten teams: Ana 50 ÷ 57.53; eight with 31 to 38 ÷ 57.53; the ninth's first answer, 20, over the 42 days since it
    // was first asked. In order 31, 32, 33, 34 | 35, 36 | 37, 38, 20 ÷ 28.77 = 40 ÷ 57.53, 50: the middle is 35.5 ÷ 57.53.
    expect(closed.network).toEqual([
      { openedOn: days[0], median12: null },
      { openedOn: days[1], median12: 0.62 },
    ]);
    // Nobody's leaving or later answer moves it.
    await app.importCsv(roster(...staff, ...others.slice(2).map((name) => manager(name))));
    await opened(app, 2);
    await answers(app, { ben: people(90) });
    expect((await mine(app)).network).toEqual([...closed.network, { openedOn: days[2], median12: null }]);
  });

  it("is empty for people without a team", async () => {
    const app = await threeRounds();
    for (const who of ["vic", "mem", "lea", "dan"]) expect(await mine(app, who)).toEqual({ asOf: "2026-08-11", teams: [], network: [] });
  });
});
