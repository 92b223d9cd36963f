import { type LocalDate, Temporal } from "../../kernel/time.ts";
import { type Guides, inWords, type Rolling, sumRolling, trendOfTeams, wteNeededFor } from "./caseload.ts";
import { combineAreas, combinePlaces, mayShow, type PlacedTeam } from "./combine.ts";
import type { CaseloadSummary, SummaryGroup, SummaryLoad } from "./contract.ts";
import { detailsOf, type TeamCards } from "./details.ts";
import type { PastCheckIn, Round } from "./model.ts";
import { teamsToRing } from "./ring.ts";
import type { SummaryData, TeamSummary } from "./summary.ts";

/** What teams without one go under. */
export const noPlace = { area: "No area given", place: "No place given" };

/** The summary as leads and managers see it: their teams by area or place, with nothing held back. */
export function openSummary(data: SummaryData, by: "area" | "place", from: LocalDate | null, ring: boolean): CaseloadSummary {
  const byName = Map.groupBy(data.teams, (row) => row.team[by] ?? noPlace[by]);
  const groups = [...byName]
    .sort(([a], [b]) => a.localeCompare(b, "en-GB"))
    .map(([name, rows]) => groupOf(name, rows, data.guides, from));
  return {
    asOf: data.asOf?.opensOn.toString() ?? null,
    by,
    coverage: coverageOf(data.teams),
    total: groupOf("All", data.teams, data.guides, from),
    groups,
    withheld: null,
    ring: ring ? ringOf(data.teams) : [],
  };
}

/** The teams to ring first, of some among which they are. */
export function ringOf(teams: readonly TeamSummary[]): CaseloadSummary["ring"] {
  return teamsToRing(teams).map(({ team, why, standing }) => ({
    team: { id: team.id, name: team.name, area: team.area },
    managers: [...team.managers],
    why: [...why],
    standing,
  }));
}

/** What a team adds to figures. */
interface AnsweredRow extends Pick<TeamSummary, "rolling12" | "rolling52" | "waiting" | "longestWaitWeeks"> {
  readonly answer: Pick<PastCheckIn, "carried"> | null;
}

/** What the combined figures need to know of a team. */
export interface CombinedRow extends AnsweredRow {
  readonly team: PlacedTeam;
  readonly part: TeamSummary["part"];
}

export interface CombinedData {
  readonly asOf: Round | null;
  readonly rows: readonly CombinedRow[];
  /** As it is to be shown. */
  readonly trend: SummaryGroup["trend"];
}

/**
 * The summary for people outside the leads, such as a commissioner: areas or places join until three teams of two
 * employers stand behind each figure. A figure for which any group falls short shows for all of them together, or not
 * at all, so that nothing can be found by subtraction. Only teams that answered this round count: if older answers
 * stood in for the silent, the one team that answered could be found by comparing two rounds. What a single team could
 * be read from is left out.
 */
export function combinedSummary(data: CombinedData, by: "area" | "place"): CaseloadSummary {
  const shown = data.rows.filter((row) => row.answer !== null && row.rolling12 !== null);
  const rows = new Map(shown.map((row) => [row.team.team, row]));
  const placed = shown.map(({ team }) => team);
  const parts = by === "area" ? combineAreas(placed) : combinePlaces(placed);
  const groups = parts.map(({ name, teams }) => ({ name, rows: teams.flatMap((id) => rows.get(id) ?? []) }));
  const total = figuresOf("All", shown);
  const part = (name: string, members: readonly CombinedRow[]) => ({
    ...figuresOf(name, members),
    // Who didn't answer belongs to no group.
    coverage: `${members.length} teams that answered${carriedInWords(members)}`,
  });
  const all = groups.map(({ name, rows: members }) => part(name, members));
  const safe = safeFigures(groups.map(({ rows: members }) => members));
  const safeTotal = safeFigures([shown]);
  const coverage = mayShow(placed) ? coverageOf(data.rows.filter((row) => row.part !== null)) : "Too few teams answered to show anything.";
  return {
    asOf: data.asOf?.opensOn.toString() ?? null,
    by,
    coverage,
    total: { ...mask(total, safeTotal), coverage, trend: data.trend },
    groups: all.map((group) => mask(group, safe)),
    withheld:
      "Figures show where at least three teams of two employers or more stand behind them; smaller places are shown together.",
    ring: [],
  };
}

type Figure = "last12Weeks" | "last52Weeks" | "waiting";

const knownBy: Record<Figure, (row: CombinedRow) => boolean> = {
  last12Weeks: (row) => row.rolling12 !== null,
  last52Weeks: (row) => row.rolling52 !== null,
  waiting: (row) => row.waiting !== null,
};

/** The figures for which every one of these groups passes the rule by the teams that know it. */
function safeFigures(groups: readonly (readonly CombinedRow[])[]): ReadonlySet<Figure> {
  const figures: readonly Figure[] = ["last12Weeks", "last52Weeks", "waiting"];
  return new Set(figures.filter((figure) => groups.every((rows) => mayShow(rows.filter(knownBy[figure]).map(({ team }) => team)))));
}

function mask(group: SummaryGroup, safe: ReadonlySet<Figure>): SummaryGroup {
  return {
    ...group,
    last12Weeks: safe.has("last12Weeks") ? group.last12Weeks : null,
    last52Weeks: safe.has("last52Weeks") ? group.last52Weeks : null,
    waiting: safe.has("waiting") ? group.waiting : null,
    wteNeeded: safe.has("last12Weeks") ? group.wteNeeded : null,
    longestWaitWeeks: null,
    teamsAbove: null,
    // Those are suppressed by a rule of their own.
    details: null,
  };
}

/** A team with its second cards. */
export function cardsOf(row: TeamSummary): TeamCards {
  return { team: placedOf(row), cards: row.details };
}

/** Where a team stands in the roster. */
export function placedOf({ team: { id, place, area, organisation } }: Pick<TeamSummary, "team">): PlacedTeam {
  return { team: id, place, area, organisation };
}

function groupOf(name: string, rows: readonly TeamSummary[], guides: Guides, from: LocalDate | null): SummaryGroup {
  return {
    ...figuresOf(name, rows),
    trend: trendOfTeams(rows.map((row) => row.periods), guides)
      .filter(({ openedOn }) => from === null || Temporal.PlainDate.compare(openedOn, from) >= 0)
      .map(({ openedOn, load12 }) => ({
        openedOn: openedOn.toString(),
        load12: load12 === null ? null : rounded(load12, 2),
      })),
    details: detailsOf(rows.map(cardsOf)),
  };
}

/** What some teams come to, without what their earlier answers and their second cards say. */
function figuresOf(name: string, rows: readonly AnsweredRow[]): SummaryGroup {
  const twelve = rows.flatMap((row) => row.rolling12 ?? []);
  const waiting = rows.flatMap((row) => row.waiting ?? []);
  const waits = rows.flatMap((row) => row.longestWaitWeeks ?? []);
  return {
    name,
    teams: rows.length,
    answered: rows.filter((row) => row.answer !== null).length,
    carriedForward: carriedIn(rows),
    coverage: coverageOf(rows),
    last12Weeks: loadOf(sumRolling(twelve)),
    last52Weeks: loadOf(sumRolling(rows.flatMap((row) => row.rolling52 ?? []))),
    waiting: waiting.length === 0 ? null : waiting.reduce((sum, one) => sum + one, 0),
    longestWaitWeeks: waits.length === 0 ? null : waits.reduce((longest, one) => Math.max(longest, one)),
    teamsAbove: twelve.filter((one) => one.state === "above").length,
    wteNeeded: twelve.length === 0 ? null : rounded(twelve.reduce((sum, one) => sum + wteNeededFor(one), 0), 1),
    trend: [],
    details: null,
  };
}

/** Figures of some weeks as the API gives them. */
export function loadOf(one: Rolling | null): SummaryLoad {
  if (one === null) return null;
  return {
    newPeople: rounded(one.newPeople, 1),
    guide: guideOf(one),
    load: rounded(one.load, 2),
    state: one.state,
    daysCovered: Math.round(one.daysCovered),
    teams: one.teams,
    words: inWords(one),
  };
}

/** "61 of 70 teams, 9 carried forward". */
export function coverageOf(rows: readonly Pick<AnsweredRow, "answer">[]): string {
  return coverageInWords(rows.filter((row) => row.answer !== null).length, rows.length, carriedIn(rows));
}

/** The same from how many there are. */
export function coverageInWords(answered: number, teams: number, carried: number): string {
  return `${answered} of ${teams} teams${carried === 0 ? "" : `, ${carried} carried forward`}`;
}

/** ", 9 carried forward"; nothing for none. */
function carriedInWords(rows: readonly Pick<AnsweredRow, "answer">[]): string {
  const carried = carriedIn(rows);
  return carried === 0 ? "" : `, ${carried} carried forward`;
}

function carriedIn(rows: readonly Pick<AnsweredRow, "answer">[]): number {
  return rows.filter((row) => row.answer !== null && row.answer.carried.length > 0).length;
}

/** The guide range of some weeks, in people, as the API gives it. */
export function guideOf({ guide }: Rolling): NonNullable<SummaryLoad>["guide"] {
  return { low: rounded(guide.low, 1), high: rounded(guide.high, 1) };
}

/** A number with at most so many decimals. */
export function rounded(number: number, decimals: number): number {
  return Number(number.toFixed(decimals));
}
