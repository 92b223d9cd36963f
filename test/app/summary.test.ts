import { describe, expect, it } from "@jest/globals";
import { CaseloadSummary, type SummaryGroup } from "../../src/features/check-ins/contract.ts";
import type { Row } from "../builders/roster.ts";
import { lead, manager, roster, viewer } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

type Typed = Readonly<Record<string, string | number>>;

/** Six weeks apart: every period has 42 days. */
const days = ["2026-05-19", "2026-06-30", "2026-08-11"] as const;
const closes = ["2026-06-02T17:00", "2026-07-14T17:00", "2026-08-25T17:00"] as const;

async function opened(app: TestApp, round: number) {
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
const askFor = (app: TestApp, who: string, query = "") => app.api(`${who}@example.org`, "GET", `caseload-summary${query}`);
const summaryOf = async (app: TestApp, who: string, query = "") => CaseloadSummary.parse((await askFor(app, who, query)).body);

const camden = { area: "North Central", place: "Camden", organisation: "Riverside Care" };
const barnet = { area: "North Central", place: "Barnet", organisation: "Hill Trust" };
const lewisham = { area: "South East", place: "Lewisham", organisation: "Hill Trust" };

/** Three rounds of five teams, the third still open. */
async function threeRounds() {
  const rows = [
    manager("Ana", camden),
    manager("Ben", { ...camden, link_worker_wte: "0.5" }),
    manager("Cy", barnet),
    manager("Dee", { ...lewisham, link_worker_wte: "2" }),
    manager("Eve", lewisham),
    lead("Lea"),
    lead("Leo", { scope: "South East" }),
    viewer("Vic"),
  ];
  const app = await testApp({ now: "2026-05-19T09:30", roster: roster(...rows) });
  await opened(app, 0);
  await answers(app, { ana: people(20), ben: people(12), cy: people(24), dee: people(60) });
  await app.moveTo(closes[0]);
  await opened(app, 1);
  await answers(app, { ana: people(30), ben: people(12, { waiting: 5, longestWaitWeeks: 9 }), dee: people(40) });
  await app.moveTo(closes[1]);
  await opened(app, 2);
  await answers(app, {
    ana: people(40, { waiting: 10, longestWaitWeeks: 6 }),
    // Cy missed the second round, so this is about 84 days.
    cy: people(50, { feeling: "unsafe" }),
    dee: people(40, { feeling: "stretched", waiting: 7, longestWaitWeeks: 3 }),
  });
  return app;
}

const changeGuide = (app: TestApp) =>
  app.store.transaction(app.network, ({ settings }) =>
    settings.put("check-ins", { guides: { link_worker: { low: 100, high: 120 } } }, app.clock.now()),
  );

describe("the caseload summary", () => {
  it("keeps to the guide ranges of its round, to what was said in twelve weeks and to the most urgent request", async () => {
    const app = await threeRounds();
    const before = await summaryOf(app, "lea");
    expect(before.total.waiting).toBe(22);
    await changeGuide(app);
    expect((await summaryOf(app, "lea")).total).toEqual(before.total);
    await app.moveTo(closes[2], "2026-09-22T09:30");
    // Ben's five were 84 days ago.
    await answers(app, { cy: people(20, { help: "peer" }) });
    const after = await summaryOf(app, "lea");
    expect([after.asOf, after.total.waiting]).toEqual(["2026-09-22", 17]);
    expect(after.ring[0]).toMatchObject({ team: { name: "Team Cy" }, why: expect.arrayContaining([expect.stringContaining("safely")]) });
  });

  it("equals a calculation by hand, for a lead of the network", async () => {
    const app = await threeRounds();
    const body = await summaryOf(app, "lea");
    expect(body).toMatchObject({ asOf: "2026-08-11", by: "area", coverage: "3 of 5 teams", withheld: null });
    // Twelve weeks, 84 days, at 200 to 250 people a year per WTE:
    //   Ana  30 + 40 = 70   1 WTE × 84 days    46.03 to  57.53   above: 70 ÷ 57.53 = 1.217
    //   Ben       12        0.5 WTE × 42 days  11.51 to  14.38   in
    //   Cy        50        1 WTE × 84 days    46.03 to  57.53   in
    //   Dee  40 + 40 = 80   2 WTE × 84 days    92.05 to 115.07   below
    //   sum      212                          195.62 to 244.52   212 ÷ 244.52 = 0.87; days (84 + 42 + 84 + 84) ÷ 4 = 73.5
    expect(body.total).toMatchObject({
      teams: 5,
      answered: 3,
      carriedForward: 0,
      last12Weeks: { newPeople: 212, guide: { low: 195.6, high: 244.5 }, load: 0.87, state: "in", daysCovered: 74, teams: 4 },
      // 52 weeks hold all three periods, 126 days: Ana 90, Ben 24 (84 days), Cy 74, Dee 140; 328 people.
      // high: (1 × 126 + 0.5 × 84 + 1 × 126 + 2 × 126) × 250 ÷ 365 = 373.97; low is 4/5 of it; days 462 ÷ 4 = 115.5.
      last52Weeks: { newPeople: 328, guide: { low: 299.2, high: 374 }, load: 0.88, state: "in", daysCovered: 116, teams: 4 },
      // Ana 10, Ben's last word 5, Dee 7; Cy left it blank.
      waiting: 22,
      longestWaitWeeks: 9,
      teamsAbove: 1,
      // Ana alone is above: 1 WTE × (1.217 − 1).
      wteNeeded: 0.2,
      trend: [
        // 116 ÷ ((1 + 0.5 + 1 + 2) × 42 × 250 ÷ 365 = 129.45)
        { openedOn: "2026-05-19", load12: 0.9 },
        // Half of Cy's 50 belongs here: (50 + 24 + 49 + 100) ÷ 258.90
        { openedOn: "2026-06-30", load12: 0.86 },
        { openedOn: "2026-08-11", load12: 0.87 },
      ],
    });
    expect(body.groups).toMatchObject([
      // 70 + 12 + 50 = 132 against 103.56 to 129.45
      { name: "North Central", teams: 3, last12Weeks: { newPeople: 132, guide: { low: 103.6, high: 129.5 }, load: 1.02, state: "above" }, waiting: 15 },
      { name: "South East", teams: 2, last12Weeks: { newPeople: 80, guide: { low: 92.1, high: 115.1 }, state: "below" }, longestWaitWeeks: 3 },
    ]);
    const byPlace = await summaryOf(app, "lea", "?by=place&from=2026-06-30");
    expect(byPlace.groups.map((group) => group.name)).toEqual(["Barnet", "Camden", "Lewisham"]);
    expect(byPlace.groups[1]).toMatchObject({ last12Weeks: { newPeople: 82 }, waiting: 15, trend: [{ openedOn: "2026-06-30" }, {}] });
    expect((await summaryOf(app, "lea", "?to=2026-07-01"))).toMatchObject({ asOf: "2026-06-30", coverage: "3 of 5 teams" });
  });

  it("shows a lead of one area that area only, and a manager their own teams only", async () => {
    const app = await threeRounds();
    const area = await summaryOf(app, "leo");
    expect(area).toMatchObject({ coverage: "1 of 2 teams", total: { teams: 2, last12Weeks: { newPeople: 80 } } });
    expect(JSON.stringify(area)).not.toMatch(/North Central|Ana|Cy/);
    const own = await summaryOf(app, "ana");
    expect(own).toMatchObject({ total: { teams: 1, last12Weeks: { newPeople: 70, state: "above" } }, ring: [] });
  });
});

describe("what teams say on the second cards", () => {
  const second = async (app: TestApp, title: string, given: Readonly<Record<string, Typed>>) => {
    for (const [name, typed] of Object.entries(given)) {
      expect(await (await app.card(`${name}@example.org`, title)).press("Send", typed)).toMatchObject({ kind: "card" });
    }
    await app.settle();
  };
  const feel = (...who: string[]) => Object.fromEntries(who.map((name) => [name, people(20)]));

  it("reaches leads by area, each team's latest answer, and nobody outside their scope", async () => {
    const app = await testApp({
      now: "2026-05-19T09:30",
      roster: roster(manager("Ana", camden), manager("Ben", camden), manager("Dee", lewisham), lead("Lea"), lead("Leo", { scope: "South East" })),
    });
    await opened(app, 0);
    expect((await summaryOf(app, "lea")).total).toMatchObject({ coverage: "0 of 3 teams", details: null });
    await answers(app, feel("ana", "ben", "dee"));
    await second(app, "Referrals", { ana: { neededAnotherService: 4, mainReason: "crisis", intakePaused: "yes" }, dee: { neededAnotherService: 3, intakePaused: "no" } });
    await app.moveTo(closes[0]);
    await opened(app, 1);
    await answers(app, feel("ana", "dee"));
    await second(app, "Workforce", { ana: { vacancies: "0.4", contractsEnding: "1,25", supervision: "some" }, dee: { vacancies: 0.2, staffWhoLeft: 1 } });
    const { total, groups } = await summaryOf(app, "lea");
    expect(total.coverage).toBe("2 of 3 teams");
    expect(total.details).toMatchObject({
      referrals: { count: 7, teams: 2, from: "2026-04-07", to: "2026-05-19", reasons: [{ reason: "crisis", words: "In crisis, or needed help sooner", teams: 1 }] },
      intakePaused: { teams: 1, of: 2 },
      vacancies: { wte: 0.6, teams: 2, from: "2026-06-30", to: "2026-06-30" },
      staffWhoLeft: { count: 1, teams: 1, from: "2026-05-19", to: "2026-06-30" },
      contractsEnding: { wte: 1.25, teams: 1, words: "1 team, 30 June 2026" },
      pressures: null,
    });
    expect(groups.map(({ details }) => details?.referrals?.count)).toEqual([4, 3]);
    expect((await summaryOf(app, "leo")).total.details).toMatchObject({ referrals: { count: 3 }, contractsEnding: null });
    expect((await summaryOf(app, "ben")).total.details).toBeNull();
    // As of an earlier round, without what was said later.
    expect((await summaryOf(app, "lea", "?to=2026-06-01")).total.details).toMatchObject({ referrals: { count: 7 }, vacancies: null });
    // Half a year after, the answers count no more.
    await app.moveTo(closes[1], "2026-11-03T09:30");
    expect(await summaryOf(app, "lea")).toMatchObject({ asOf: "2026-11-03", total: { details: { referrals: { to: "2026-05-19" } } } });
    await app.moveTo("2026-11-17T17:00", "2026-12-15T09:30");
    expect(await summaryOf(app, "lea")).toMatchObject({ asOf: "2026-12-15", total: { details: { referrals: null, vacancies: { wte: 0.6 } } } });
  });

  it("reaches viewers for all teams together, as it stood at the close, whatever is erased later", async () => {
    const names = ["Aa", "Ab", "Ac", "Ad", "Ae", "Af"];
    const rows = names.map((name, index) => manager(name, index < 3 ? camden : lewisham));
    const app = await testApp({ now: "2026-05-19T09:30", roster: roster(...rows, lead("Lea"), viewer("Vic")) });
    const who = names.map((name) => name.toLowerCase());
    await opened(app, 0);
    await answers(app, feel(...who));
    const paused = (index: number) => (index % 2 === 0 ? "yes" : "no");
    await second(app, "Referrals", Object.fromEntries(who.map((name, index) => [name, { neededAnotherService: index, mainReason: "crisis", intakePaused: paused(index) }])));
    expect((await summaryOf(app, "vic")).total.details).toBeNull();
    await app.moveTo(closes[0]);
    const shown = (await summaryOf(app, "vic")).total.details;
    // All name the same reason, so it would be everybody's.
    expect(shown).toMatchObject({ referrals: { count: 15, teams: 6, reasons: [] }, intakePaused: { teams: 3, of: 6 }, vacancies: null });
    for (const { groups, total } of [await summaryOf(app, "vic"), await summaryOf(app, "vic", "?by=place")]) {
      expect([total.details, groups.length > 0, groups.every(({ details }) => details === null)]).toEqual([shown, true, true]);
    }
    expect(JSON.stringify((await askFor(app, "vic")).body)).not.toContain('"behind"');
    expect((await app.api("ab@example.org", "DELETE", "me/data")).status).toBe(200);
    expect((await summaryOf(app, "vic")).total.details).toEqual(shown);
    // Another theme's round leaves it as it was, and adds what it asked itself.
    await opened(app, 1);
    await answers(app, feel(...who));
    await second(app, "Workforce", Object.fromEntries(who.slice(0, 4).map((name) => [name, { vacancies: 0.5 }])));
    await app.moveTo(closes[1]);
    expect((await summaryOf(app, "vic")).total.details).toEqual({ ...shown, vacancies: expect.objectContaining({ wte: 2, teams: 4 }) });
    // The theme's next turn: five of the six. What the sixth says would be the difference, also once its answer is gone.
    await opened(app, 2);
    await app.moveTo(closes[2], "2026-09-22T09:30");
    await answers(app, feel(...who));
    await second(app, "Referrals", Object.fromEntries(who.filter((name) => name !== "ab").map((name) => [name, { neededAnotherService: 2 }])));
    await app.moveTo("2026-10-06T17:00");
    expect(await summaryOf(app, "vic")).toMatchObject({ asOf: "2026-09-22", total: { details: { referrals: null, vacancies: { wte: 2 } } } });
  });
});

describe("the command “summary”", () => {
  it("begins with the three teams to ring, and why", async () => {
    const app = await threeRounds();
    await app.say("lea@example.org", "summary");
    expect((await app.card("lea@example.org", "Ring these first")).text.split("\n")).toEqual([
      "Ring these first",
      "1. Team Cy",
      "Says it's more than they can do safely; a reply is due by Thursday 13 August.",
      "Ring Cy.",
      "2. Team Ana",
      "Above the guide range over 12 weeks: 70 new people; guide 46 to 58.",
      "Ring Ana.",
      "3. Team Dee",
      "Feels stretched; 7 people waiting, longest wait 3 weeks.",
      "Ring Dee.",
      "Twelve weeks against the guide range",
      "All: 212 new people; guide 196 to 245, in the guide range; 1 of 4 teams above, 0.2 WTE needed to return to it.",
      "North Central: 132 new people; guide 104 to 129, above the guide range; 1 of 3 teams above, 0.2 WTE needed to return to it.",
      "South East: 80 new people; guide 92 to 115, below the guide range; 0 of 1 team above.",
      "Waiting",
      "22 people; the longest wait is 9 weeks.",
      "The check-in of Tuesday 11 August: answers from 3 of 5 teams. Sent by Steady; only leads see this. Below the guide range doesn't mean spare capacity.",
      "Open in Steady",
    ]);
    await app.say("leo@example.org", "summary");
    const { text } = await app.card("leo@example.org", "Ring these first");
    expect(text).toContain("1. Team Dee\nFeels stretched;");
    expect(text).toContain("2. Team Eve\nHasn't answered for 2 rounds.\nRing Eve.");
    expect(text).not.toContain("Ana");
  });

  it("says that nobody has answered yet, and before the first round that there is nothing to sum up", async () => {
    const app = await testApp({ now: "2026-05-19T09:30", roster: roster(manager("Ana"), manager("Ben"), lead("Lea")) });
    await app.say("lea@example.org", "summary");
    expect((await app.texts("lea@example.org")).at(-1)).toBe("No check-in has been held yet, so there is nothing to sum up.");
    await opened(app, 0);
    await app.say("lea@example.org", "summary");
    expect((await app.card("lea@example.org")).text).toBe(
      "Nobody has answered yet\nThe check-in of Tuesday 19 May: nobody of 2 teams has answered yet. Sent by Steady; only leads see this.\nOpen in Steady",
    );
  });
});

describe("combined figures, for people outside the leads", () => {
  const at = (place: string, organisation: string, area = "North Central"): Row => ({ place, organisation, area });
  const teams: Readonly<Record<string, Row>> = {
    Aa: at("Camden", "Riverside Care"),
    Ab: at("Camden", "Riverside Care"),
    Ac: at("Camden", "Hill Trust"),
    // A place with one team, one with three teams of one employer, and one that passes by itself.
    Ba: at("Barnet", "Riverside Care"),
    Ca: at("Enfield", "Riverside Care"),
    Cb: at("Enfield", "riverside  care"),
    Cc: at("Enfield", "Riverside Care"),
    Da: at("Lewisham", "Hill Trust", "South East"),
    Db: at("Lewisham", "Vale CIC", "South East"),
    Dc: at("Lewisham", "Vale CIC", "South East"),
  };
  const names = Object.keys(teams);
  const file = (leaving = "") =>
    roster(...Object.entries(teams).flatMap(([name, cells]) => (name === leaving ? [] : [manager(name, cells)])), lead("Lea"), viewer("Vic"));
  const all = (typed: (index: number) => Typed) => Object.fromEntries(names.map((name, index) => [name.toLowerCase(), typed(index)]));

  async function oneRound(typed: (index: number) => Typed = (index) => people(20 + index, { waiting: 1 + index })) {
    const app = await testApp({ now: "2026-05-19T09:30", roster: file() });
    await opened(app, 0);
    await answers(app, all(typed));
    return app;
  }

  it("show a place only with three teams of two employers, else as part of a combination, with nothing left to subtract", async () => {
    const app = await oneRound();
    await app.moveTo(closes[0]);
    const areas = (await summaryOf(app, "vic"));
    const places = (await summaryOf(app, "vic", "?by=place"));
    // Sums of 20 + index over the members.
    expect(areas.groups).toMatchObject([
      { name: "North Central", teams: 7, last12Weeks: { newPeople: 161 } },
      { name: "South East", teams: 3, coverage: "3 teams that answered", last12Weeks: { newPeople: 84 } },
    ]);
    // Barnet and Enfield have one employer between them, so Camden has to join them.
    expect(places.groups).toMatchObject([
      { name: "North Central", teams: 7, last12Weeks: { newPeople: 161 } },
      { name: "Lewisham", teams: 3, last12Weeks: { newPeople: 84 } },
    ]);
    for (const { total, groups, ring } of [areas, places]) {
      expect(total).toMatchObject({ teams: 10, coverage: "10 of 10 teams", last12Weeks: { newPeople: 245 }, waiting: 55, longestWaitWeeks: null, teamsAbove: null });
      const sum = (figure: (group: SummaryGroup) => number) => groups.reduce((so, group) => so + figure(group), 0);
      expect([sum((group) => group.last12Weeks?.newPeople ?? 0), sum((group) => group.waiting ?? 0), sum((group) => group.teams)]).toEqual([245, 55, 10]);
      expect(ring).toEqual([]);
    }
    expect(JSON.stringify([areas, places])).not.toMatch(/Team |Barnet|@/);
  });

  it("hold back a figure in every group when one group has too few teams that know it", async () => {
    // In the South East only one team knows how many wait: the total less North Central would be that team's.
    const app = await oneRound((index) => people(20, index < 8 ? { waiting: 2 } : {}));
    await app.moveTo(closes[0]);
    const body = await summaryOf(app, "vic");
    expect(body.groups.map((group) => group.waiting)).toEqual([null, null]);
    expect(body.total.waiting).toBe(16);
  });

  it("don't move while a round is open, and can't be asked for other days", async () => {
    const app = await oneRound();
    const nothing = { asOf: null, coverage: "Too few teams answered to show anything.", groups: [], total: { last12Weeks: null } };
    expect((await summaryOf(app, "vic"))).toMatchObject(nothing);
    await app.moveTo(closes[0]);
    const before = (await summaryOf(app, "vic", "?by=place"));
    await opened(app, 1);
    await answers(app, { aa: people(99) });
    expect((await summaryOf(app, "vic", "?by=place"))).toEqual(before);
    for (const query of ["?to=2026-05-19", "?from=2026-05-19", "?by=place&from=2026-01-01&to=2026-12-31"]) {
      expect((await askFor(app, "vic", query)).status).toBe(403);
    }
  });

  it("don't tell a team apart by comparing two looks", async () => {
    const app = await oneRound();
    await app.moveTo(closes[0]);
    const before = (await summaryOf(app, "vic"));
    // A team leaves the roster after the close: what was shown stays as it was.
    await app.importCsv(file("Ba"));
    expect((await summaryOf(app, "vic"))).toEqual(before);
    // Nor do an erasure and another guide range move it.
    expect((await app.api("ab@example.org", "DELETE", "me/data")).status).toBe(200);
    await changeGuide(app);
    expect((await summaryOf(app, "vic"))).toEqual(before);
    // A round that one team answers says nothing about that team, nor does what it says about the round it missed.
    await opened(app, 1);
    await answers(app, { aa: people(99, { waiting: 77 }) });
    await app.moveTo(closes[1]);
    const after = (await summaryOf(app, "vic"));
    expect(after).toMatchObject({ asOf: "2026-06-30", coverage: "Too few teams answered to show anything.", groups: [] });
    expect(after.total).toMatchObject({ last12Weeks: null, last52Weeks: null, waiting: null, wteNeeded: null, trend: before.total.trend });
    await opened(app, 2);
    await answers(app, Object.fromEntries(names.filter((name) => name !== "Ba").map((name) => [name.toLowerCase(), people(50)])));
    await app.moveTo(closes[2]);
    const later = (await summaryOf(app, "vic")).total.trend;
    expect(later.slice(0, 1)).toEqual(before.total.trend);
    expect(later.map((point) => point.openedOn)).toEqual(["2026-05-19", "2026-08-11"]);
  });
});
