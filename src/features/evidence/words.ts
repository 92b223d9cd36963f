import { dayInWords, type LocalDate } from "../../kernel/time.ts";
import type { SummaryLoad } from "../check-ins/contract.ts";
import type { ResultSummary } from "../pulse/contract.ts";

export type ShownLoad = NonNullable<SummaryLoad>;

/** "Tuesday 11 August 2026": what is printed is read in other years too. */
export function fullDay(date: LocalDate): string {
  return `${dayInWords(date)} ${date.year}`;
}

/** "1,212". */
export function inFigures(number: number): string {
  return number.toLocaleString("en-GB");
}

export const stateSentences = {
  below: "Below the guide range, which doesn't mean spare capacity.",
  in: "In the guide range.",
  above: "Above the guide range.",
} as const;

/** "212 new people; guide 196 to 245. In the guide range." */
export function loadInWords(load: ShownLoad): string {
  return `${load.words}. ${stateSentences[load.state]}`;
}

/** The coverage of a round, with how many teams a figure is made of where that isn't the number of those that answered. */
export function coverageWith(coverage: string, teams: number): string {
  return coverage.startsWith(`${teams} of `) ? coverage : `${coverage}; figures from ${countInWords(teams, "team")}`;
}

/** "1 team", "5 teams". */
export function countInWords(count: number, one: string, many = `${one}s`): string {
  return `${inFigures(count)} ${count === 1 ? one : many}`;
}

/** "About 40 of about 70 people answered (60%)." Numbers of people come rounded to 5. */
export function responseInWords({ people, responseRate }: Pick<ResultSummary, "people" | "responseRate">): string {
  const about = (count: number) => (count === 0 ? "fewer than 5" : `about ${inFigures(count)}`);
  const rate = responseRate === null ? "" : ` (${responseRate}%)`;
  const answered = about(people.answered);
  return `${answered.charAt(0).toUpperCase()}${answered.slice(1)} of ${about(people.asked)} people answered${rate}.`;
}

export const notEnoughTeams = "Not shown, because too few teams stand behind it.";
/** Of an answer to a second card, where two check-ins may also differ by too few teams. */
export const heldBack = "Not shown, because too few teams stand behind it, or a single one could be worked out.";

/** Of a normal distribution, 95 % lies within so many standard deviations. */
const z = 1.96;

/**
 * How far a count can be from what it usually would be by chance alone, in whole people: the distance to the upper end
 * of the 95 % score interval of a Poisson count, z²/2 + z√(count + z²/4), which is the longer one. What comes in
 * clusters varies more, so this is the least to expect.
 */
export function chanceMargin(count: number): number {
  return Math.ceil(z ** 2 / 2 + z * Math.sqrt(count + z ** 2 / 4));
}
