import fc from "fast-check";
import type { CaseloadSummary, Details, SummaryGroup } from "../../../src/features/check-ins/contract.ts";
import type { Told } from "../../../src/features/evidence/model.ts";
import type { SharedSurvey } from "../../../src/features/evidence/ports.ts";
import type { ResultSummary } from "../../../src/features/pulse/contract.ts";
import { Temporal } from "../../../src/kernel/time.ts";

const basis = { from: "2026-05-19", to: "2026-08-11" };
const someDetails: Details = {
  referrals: { ...basis, teams: 5, words: "5 teams, 19 May to 11 August", count: 14, reasons: [{ reason: "housing", words: "Housing", teams: 4 }] },
  intakePaused: { ...basis, teams: 1, of: 6, words: "6 teams" },
  vacancies: { ...basis, teams: 5, words: "5 teams", wte: 2.5 },
  staffWhoLeft: null,
  contractsEnding: { ...basis, teams: 5, words: "5 teams", wte: 3.25 },
  supervision: { ...basis, teams: 5, words: "5 teams", answers: [{ answer: "some", words: "Some", teams: 3 }, { answer: "nobody", words: "Nobody", teams: 2 }] },
  pressures: { ...basis, teams: 5, words: "5 teams", items: [{ pressure: "debt", words: "Debt", teams: 4 }] },
  appointmentsLongEnough: null,
};

export function aLoad(newPeople: number, low: number, high: number, teams: number): NonNullable<SummaryGroup["last12Weeks"]> {
  const state = newPeople > high ? "above" : newPeople < low ? "below" : "in";
  const words = `${newPeople} new people; guide ${low} to ${high}`;
  return { newPeople, guide: { low, high }, load: Number((newPeople / high).toFixed(2)), state, daysCovered: 80, teams, words };
}

export function aGroup(name: string, more: Partial<SummaryGroup> = {}): SummaryGroup {
  return {
    ...{ name, teams: 7, answered: 7, carriedForward: 1, coverage: "7 of 7 teams, 1 carried forward" },
    ...{ last12Weeks: aLoad(161, 100, 125, 7), last52Weeks: aLoad(400, 300, 375, 7) },
    ...{ waiting: 30, longestWaitWeeks: null, teamsAbove: null, wteNeeded: 1.5, trend: [], details: null },
    ...more,
  };
}

const rule = "Figures show where at least three teams of two employers or more stand behind them; smaller places are shown together.";

export function aSummary(by: CaseloadSummary["by"], more: Partial<CaseloadSummary> = {}): CaseloadSummary {
  const names = by === "area" ? ["North Central", "South East"] : ["Barnet and Enfield", "Camden", "Lewisham"];
  const trend = ["2025-06-24", "2026-05-19", "2026-06-30", "2026-08-11"].map((openedOn, place) => ({ openedOn, load12: 0.9 + place / 10 }));
  return {
    ...{ asOf: "2026-08-11", by, coverage: "61 of 70 teams, 9 carried forward", withheld: rule, ring: [] },
    total: aGroup("All", { teams: 60, last12Weeks: aLoad(1212, 800, 1000, 60), last52Weeks: aLoad(4000, 3300, 4100, 60), wteNeeded: 12.5, waiting: 318, trend, details: someDetails }),
    groups: names.map((name) => aGroup(name)),
    ...more,
  };
}

/** What viewers see when too few teams answered. */
export function nothingShown(by: CaseloadSummary["by"]): CaseloadSummary {
  const total = aGroup("All", { teams: 1, answered: 1, last12Weeks: null, last52Weeks: null, waiting: null, wteNeeded: null });
  return aSummary(by, { coverage: "Too few teams answered to show anything.", groups: [], total });
}

const tooFew = { kind: "suppressed", why: "too-few", words: "It isn't shown, because it would single out fewer than 10 people." } as const;

export function aSurvey(more: Partial<ResultSummary> = {}): SharedSurvey {
  const results: ResultSummary = {
    ...{ id: "w1", state: "closed", openedOn: "2026-06-09", closedOn: "2026-06-23", sharedAt: "2026-06-24T09:00:00+01:00", responseRate: 60 },
    instrument: { id: "cbi-work", title: "Copenhagen Burnout Inventory, work-related burnout", citation: "Kristensen TS et al. Work & Stress 2005; 19(3): 192-207.", bandsNote: "Bands that are often used; they are no diagnosis." },
    note: "These scores can't be compared with the NHS Staff Survey, which uses another scale.",
    covers: "Asked: about 70 managers and about 240 team members.",
    people: { asked: 310, managersAsked: 70, membersAsked: 240, answered: 185 },
    score: { kind: "shown", people: 185, score: 54, margin: 3 },
    bands: { kind: "shown", parts: [{ labels: ["under 50"], percent: 45 }, { labels: ["50 to 74", "75 to 99", "100"], percent: 55 }] },
    items: [{ id: "worn-out", text: "Do you feel worn out at the end of the working day?", distribution: tooFew }],
    groups: [
      { name: "North areas", members: ["North Central", "North East"], score: { kind: "shown", people: 90, score: 58, margin: 5 }, trend: [] },
      { name: "South areas", members: ["South East"], score: tooFew, trend: [{ wave: "w1", openedOn: "2026-06-09", score: tooFew }] },
    ],
    trend: [
      { wave: "w0", openedOn: "2026-01-13", score: { kind: "shown", people: 150, score: 49, margin: 4 }, responseRate: 50 },
      { wave: "w1", openedOn: "2026-06-09", score: { kind: "shown", people: 185, score: 54, margin: 3 }, responseRate: 60 },
    ],
    changes: [{ text: "Olumide Adeyemi now takes urgent calls.", publishedAt: "2026-06-25T09:00:00+01:00" }],
    ...more,
  };
  return { results, threshold: 10 };
}

export function told(more: Partial<Told> = {}): Told {
  return {
    network: "London managers' network",
    asOf: Temporal.PlainDate.from("2026-08-11"),
    today: Temporal.PlainDate.from("2026-08-26"),
    areas: aSummary("area"),
    places: aSummary("place"),
    guides: { link_worker: { low: 200, high: 250 } },
    survey: aSurvey(),
    ...more,
  };
}

/** Totals as a round may leave them: any state, any size, some parts of it withheld. */
export const anyTotals = fc
  .record({
    newPeople: fc.integer({ min: 0, max: 20_000 }),
    low: fc.integer({ min: 1, max: 9_000 }),
    wider: fc.integer({ min: 1, max: 2_000 }),
    teams: fc.integer({ min: 3, max: 300 }),
    waiting: fc.option(fc.integer({ min: 0, max: 5_000 })),
    wteNeeded: fc.constantFrom(0, 0.3, 1, 12.5, 340.2),
    carried: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ newPeople, low, wider, teams, waiting, wteNeeded, carried }) => ({
    coverage: `${teams} of ${teams + 5} teams${carried === 0 ? "" : `, ${carried} carried forward`}`,
    total: aGroup("All", { teams, carriedForward: carried, last12Weeks: aLoad(newPeople, low, low + wider, teams), waiting, wteNeeded }),
  }));

export const anySurvey = fc.constantFrom(
  null,
  aSurvey(),
  aSurvey({ score: tooFew, responseRate: null, people: { asked: 5, managersAsked: 5, membersAsked: 0, answered: 0 } }),
);
