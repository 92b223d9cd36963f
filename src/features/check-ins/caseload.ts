import { daysBetween, type LocalDate } from "../../kernel/time.ts";
import { type JobRole, jobRoles, type Posts } from "../roster/model.ts";

/**
 * Caseload against the guide range. The range is a yearly flow of new people per whole-time equivalent (WTE), "a
 * typical caseload of 200-250 people per year" (Health Education England); it is never compared with the people being
 * supported at one moment. Blank figures are "don't know", never 0.
 */

/** People per year per WTE, from low to high. */
export interface GuideRange {
  readonly low: number;
  readonly high: number;
}

/** Guide ranges by job role; a role for which none was set is absent. */
export type Guides = Readonly<Partial<Record<JobRole, GuideRange>>>;

/** A number of people, from low to high. */
export interface People {
  readonly low: number;
  readonly high: number;
}

export type LoadState = "below" | "in" | "above";

/** What one team answered at one opening, about the days since the opening that it answered before. */
export interface TeamPeriod {
  readonly openedOn: LocalDate;
  /** The previous answered opening; `openedOn` less `days`. */
  readonly from: LocalDate;
  /** Length in days; the period is the days up to, and not including, `openedOn`. */
  readonly days: number;
  /** WTE in post at the opening: the present answer's, taken for the whole period. */
  readonly posts: Posts;
  /** New people in the period by job role; a role left blank is absent. */
  readonly newPeople: Readonly<Partial<Record<JobRole, number>>>;
  /** True when figures of this answer were carried forward from the one before. */
  readonly carried: boolean;
}

/** New people against the guide range over the last weeks, of one team or of several together. */
export interface Rolling {
  /** New people that could be compared; a part of a person where a period lies partly in the window. */
  readonly newPeople: number;
  /** People that the guide range gives for the same posts and days. */
  readonly guide: People;
  /** newPeople ÷ guide.high. */
  readonly load: number;
  readonly state: LoadState;
  /** Days of the window that the figures cover; the mean over teams when there are several. */
  readonly daysCovered: number;
  readonly weeksAsked: number;
  /** Periods that lie in the window, wholly or partly. */
  readonly periods: number;
  readonly carriedPeriods: number;
  /** Periods in which a role with a guide was left blank; what is blank counts neither as people nor as guide. */
  readonly unknown: number;
  /** WTE behind the guide: the mean over the days covered, summed over teams. */
  readonly wte: number;
  /** Teams behind these figures. */
  readonly teams: number;
}

/** The figures that add up over teams. */
export type RollingSums = Omit<Rolling, "load" | "state">;

const daysPerYear = 365;
const weeksPerYear = 52;

/** Roles that can be compared: with a guide, and WTE above 0 in post. */
function comparable(posts: Posts, guides: Guides): { role: JobRole; wte: number; guide: GuideRange }[] {
  return jobRoles.flatMap((role) => {
    const wte = posts[role];
    const guide = guides[role];
    return wte !== undefined && wte > 0 && guide !== undefined ? [{ role, wte, guide }] : [];
  });
}

/**
 * The new people that the guide range gives for these posts in `days` days: WTE × annual × days ÷ 365, summed over the
 * roles with a guide. Null, "can't be calculated", when no such role has WTE above 0, or when `days` isn't above 0.
 */
export function guideFor(posts: Posts, guides: Guides, days: number): People | null {
  const roles = comparable(posts, guides);
  if (roles.length === 0 || !(days > 0)) return null;
  const years = days / daysPerYear;
  return {
    low: sum(roles.map(({ wte, guide }) => wte * guide.low * years)),
    high: sum(roles.map(({ wte, guide }) => wte * guide.high * years)),
  };
}

/** New people ÷ the guide's high end: 1 is the top of the range. */
export function load(newPeople: number, guide: People): number {
  return newPeople / guide.high;
}

/** Where a number of people stands; both ends of the range belong to it. */
export function stateOf(newPeople: number, guide: People): LoadState {
  // Sums of shares are exact only to the last binary digits, which must not decide a state.
  const slack = guide.high * 1e-9;
  if (newPeople > guide.high + slack) return "above";
  return newPeople < guide.low - slack ? "below" : "in";
}

/**
 * A team's new people against the guide range in the `weeks` weeks before `asOf` (not included). Null, "can't be
 * calculated", when no period in the window has a known figure for a role with a guide and WTE above 0.
 *
 * A period that lies partly in the window counts by its share of days, people and guide alike: nobody knows on which
 * of its days people came, an even spread is the least that can be assumed, and leaving such periods out or in whole
 * would make the window jump whenever an opening moves off a bank holiday. Days that no answer covers count nowhere,
 * so 52 weeks of a new team rest on the days that it has, and `daysCovered` says how many.
 */
export function rolling(
  periods: readonly TeamPeriod[],
  guides: Guides,
  asOf: LocalDate,
  weeks: 12 | 52,
): Rolling | null {
  const total = { newPeople: 0, low: 0, high: 0, days: 0, wteDays: 0 };
  let counted = 0;
  let carriedPeriods = 0;
  let unknown = 0;
  for (const period of periods) {
    const days = daysWithin(period, asOf, weeks * 7);
    const roles = comparable(period.posts, guides);
    if (days <= 0 || roles.length === 0) continue;
    counted += 1;
    if (period.carried) carriedPeriods += 1;
    const known = roles.filter(({ role }) => period.newPeople[role] !== undefined);
    if (known.length < roles.length) unknown += 1;
    if (known.length === 0) continue;
    for (const { role, wte, guide } of known) {
      total.newPeople += ((period.newPeople[role] ?? 0) * days) / period.days;
      total.low += (wte * guide.low * days) / daysPerYear;
      total.high += (wte * guide.high * days) / daysPerYear;
      total.wteDays += wte * days;
    }
    total.days += days;
  }
  if (total.days === 0) return null;
  return judged({
    newPeople: total.newPeople,
    guide: { low: total.low, high: total.high },
    daysCovered: total.days,
    weeksAsked: weeks,
    periods: counted,
    carriedPeriods,
    unknown,
    wte: total.wteDays / total.days,
    teams: 1,
  });
}

/** How many of a period's days lie in the `window` days before `asOf`. */
function daysWithin(period: TeamPeriod, asOf: LocalDate, window: number): number {
  const endsBefore = daysBetween(period.openedOn, asOf);
  return Math.min(endsBefore + period.days, window) - Math.max(endsBefore, 0);
}

/**
 * Several teams as one: people, guides and WTE are summed and the load taken from the sums; percentages are never
 * averaged. Null when the list is empty. All must be asked for the same number of weeks.
 */
export function sumRolling(list: readonly RollingSums[]): Rolling | null {
  const [first] = list;
  if (first === undefined) return null;
  const add = (figure: (one: RollingSums) => number) => sum(list.map(figure));
  const teams = add((one) => one.teams);
  return judged({
    newPeople: add((one) => one.newPeople),
    guide: { low: add((one) => one.guide.low), high: add((one) => one.guide.high) },
    daysCovered: add((one) => one.daysCovered * one.teams) / teams,
    weeksAsked: first.weeksAsked,
    periods: add((one) => one.periods),
    carriedPeriods: add((one) => one.carriedPeriods),
    unknown: add((one) => one.unknown),
    wte: add((one) => one.wte),
    teams,
  });
}

function judged(figures: RollingSums): Rolling {
  const { newPeople, guide } = figures;
  return { ...figures, load: load(newPeople, guide), state: stateOf(newPeople, guide) };
}

/**
 * An estimate of the people being supported at one moment when each is supported for `weeksOpen` weeks:
 * WTE × annual × weeks ÷ 52, from low to high (13 weeks at 200 to 250 a year: 50 to 62.5 per WTE).
 * Null as in `guideFor`.
 */
export function expectedSupported(posts: Posts, guides: Guides, weeksOpen: number): People | null {
  return guideFor(posts, guides, (weeksOpen / weeksPerYear) * daysPerYear);
}

/**
 * WTE that a team would need on top of its posts, in their present mix of roles, for its load to come down to the top
 * of the guide range: WTE × (load − 1); 0 when it is within or below. `newPeople` are those of the roles with a guide,
 * in `days` days. Null as in `guideFor`.
 */
export function wteNeeded(newPeople: number, guides: Guides, days: number, posts: Posts): number | null {
  const guide = guideFor(posts, guides, days);
  if (guide === null) return null;
  return extraWte(sum(comparable(posts, guides).map(({ wte }) => wte)), load(newPeople, guide));
}

/**
 * The same for figures over weeks. For an area, sum this over its teams: staff of one employer can't make up for
 * another's, so a team below the range takes nothing off what its neighbour needs.
 */
export function wteNeededFor(one: Rolling): number {
  return extraWte(one.wte, one.load);
}

function extraWte(wte: number, itsLoad: number): number {
  return Math.max(0, wte * (itsLoad - 1));
}

export interface TrendPoint {
  readonly openedOn: LocalDate;
  /** Load over the 12 weeks before that opening; null where it can't be calculated. */
  readonly load12: number | null;
}

/** A team's 12-week load at each of its openings, oldest first. */
export function trend(periods: readonly TeamPeriod[], guides: Guides): TrendPoint[] {
  return trendOfTeams([periods], guides);
}

/** The 12-week load of several teams together at each opening that any of them answered, oldest first. */
export function trendOfTeams(teams: readonly (readonly TeamPeriod[])[], guides: Guides): TrendPoint[] {
  const openings = new Map(teams.flat().map(({ openedOn }) => [openedOn.toString(), openedOn]));
  return [...openings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, openedOn]) => {
      const each = teams.flatMap((periods) => rolling(periods, guides, openedOn, 12) ?? []);
      return { openedOn, load12: sumRolling(each)?.load ?? null };
    });
}

const sentences: Readonly<Record<LoadState, string>> = {
  below: "Below the guide range. This doesn't mean spare capacity.",
  in: "In the guide range.",
  above: "Above the guide range.",
};

/** The state as a phrase within a sentence: "above the guide range". */
export function stateInWords(state: LoadState): string {
  return `${state} the guide range`;
}

/** The state as a sentence of its own; "below" never reads as spare capacity. */
export function stateSentence(state: LoadState): string {
  return sentences[state];
}

/**
 * "27 new people; guide 23 to 29": rounded to the nearest whole person, with "about" in front when the count is itself
 * a share of a longer period. Where whole people would contradict the state (29 people against a guide that ends at
 * 28.8), the numbers get as many decimals as it takes, two at most.
 */
export function inWords({ newPeople, guide }: Pick<Rolling, "newPeople" | "guide">): string {
  const whole = Math.abs(newPeople - Math.round(newPeople)) < 1e-6;
  const shown = (decimals: number) => ({
    people: rounded(newPeople, whole ? 0 : decimals),
    guide: { low: rounded(guide.low, decimals), high: rounded(guide.high, decimals) },
  });
  const truthful = [shown(0), shown(1)].find((one) => stateOf(one.people, one.guide) === stateOf(newPeople, guide));
  const numbers = truthful ?? shown(2);
  const noun = numbers.people === 1 ? "new person" : "new people";
  const [people, low, high] = [numbers.people, numbers.guide.low, numbers.guide.high].map(inFigures);
  return `${whole ? "" : "about "}${people} ${noun}; guide ${low} to ${high}`;
}

/** "1,212". */
function inFigures(number: number): string {
  return number.toLocaleString("en-GB");
}

function rounded(number: number, decimals: number): number {
  return Number(number.toFixed(decimals));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
