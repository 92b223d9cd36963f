import { type LocalDate, Temporal } from "../../kernel/time.ts";
import type { Answers } from "./answers.ts";
import type { PlacedTeam } from "./combine.ts";
import type { Details } from "./contract.ts";
import type { PastDetails } from "./model.ts";
import { loadQuestionSet, themeNamed } from "./question-set.ts";
import { shortDay } from "./words.ts";

/**
 * What teams said on the second cards, added up. Their themes take turns, so each team's latest answer to a question
 * counts; what was left blank is "don't know" and counts nowhere.
 */

/** What is looked at of a second card. */
export type DetailsCard = Pick<PastDetails, "round" | "opensOn" | "periodFrom" | "questionSet" | "theme" | "answers">;

/** A team with its second cards, oldest first. */
export interface TeamCards {
  readonly team: PlacedTeam;
  readonly cards: readonly DetailsCard[];
}

/** A team's latest answer to a question, and the card that it stands on. */
export interface Said<T> {
  readonly team: PlacedTeam;
  readonly value: T;
  readonly card: DetailsCard;
}

/** One answer of a choice, and who gave it. */
export interface Part {
  readonly value: string;
  readonly words: string;
  readonly teams: readonly PlacedTeam[];
}

/** The figures whose teams are counted each for itself: those of the contract, and the reasons for the referrals. */
export type DetailFigure = keyof Details | "reasons";

/** Decides what a reader gets to see. */
export interface Guard {
  /** The teams that a figure is made of; none where it isn't shown. */
  admit<T>(figure: DetailFigure, said: readonly Said<T>[]): readonly Said<T>[];
  /** Whether a part of a figure's teams may be told from the rest. */
  mayTellApart(teams: readonly PlacedTeam[]): boolean;
  /** The answers of a choice that show, of which each team gave one or several; what goes together is called `other`. */
  parts(parts: readonly Part[], teams: readonly PlacedTeam[], choose: "one" | "several", other: string): readonly Part[];
}

/** For those who may see each team's answers. */
const everything: Guard = {
  admit: (_, said) => said,
  mayTellApart: () => true,
  parts: (parts) => parts,
};

const countFor = { weeks: 26 };

/** The first opening whose answers still count at `asOf`: longer ago than every theme's turn, at any usual cadence. */
export function detailsCountFrom(asOf: LocalDate): LocalDate {
  return asOf.subtract(countFor);
}

/** What teams said, for people who may see each of them. Null when nobody knows anything. */
export function detailsOf(teams: readonly TeamCards[]): Details | null {
  return detailsFor(teams, everything);
}

/** What teams said, as far as `guard` lets it be seen. Null when nothing is. */
export function detailsFor(teams: readonly TeamCards[], guard: Guard): Details | null {
  const details: Details = {
    referrals: referrals(teams, guard),
    intakePaused: yesNo("intakePaused", teams, guard),
    vacancies: wte("vacancies", teams, guard),
    staffWhoLeft: count("staffWhoLeft", teams, guard),
    contractsEnding: wte("contractsEnding", teams, guard),
    supervision: supervision(teams, guard),
    pressures: pressures(teams, guard),
    appointmentsLongEnough: yesNo("appointmentsLongEnough", teams, guard),
  };
  return Object.values(details).every((figure) => figure === null) ? null : details;
}

/** The question that a figure rests on. */
export function questionOf(figure: Exclude<DetailFigure, "reasons">): string {
  return figure === "referrals" ? "neededAnotherService" : figure;
}

/** Each team's latest answer that `read` finds. */
function latest<T>(teams: readonly TeamCards[], read: (answers: Answers) => T | null): Said<T>[] {
  return teams.flatMap(({ team, cards }) => {
    const card = cards.findLast(({ answers }) => read(answers) !== null);
    const value = card === undefined ? null : read(card.answers);
    return card === undefined || value === null ? [] : [{ team, value, card }];
  });
}

function referrals(teams: readonly TeamCards[], guard: Guard): Details["referrals"] {
  const said = guard.admit("referrals", latest(teams, (answers) => numberAt(answers, questionOf("referrals"))));
  if (said.length === 0) return null;
  // A reason goes with the count on the same card; where there were no referrals it says nothing.
  const withReason = said.flatMap((one) => {
    const reason = one.value > 0 ? textAt(one.card.answers, "mainReason") : null;
    return reason === null ? [] : [{ ...one, value: [reason] }];
  });
  const named = guard.admit("reasons", withReason);
  const naming = new Set(teamsOf(named));
  const without = teamsOf(said).filter((team) => !naming.has(team));
  const reasons =
    without.length > 0 && !guard.mayTellApart(without)
      ? []
      : guard.parts(partsOf("mainReason", named), teamsOf(named), "one", "Other reasons");
  return {
    ...basis(said, "since"),
    count: sum(said),
    reasons: reasons.map(({ value, words, teams: those }) => ({ reason: value, words, teams: those.length })),
  };
}

function supervision(teams: readonly TeamCards[], guard: Guard): Details["supervision"] {
  const said = guard.admit("supervision", latest(teams, (answers) => listAt(answers, "supervision")));
  const parts = guard.parts(partsOf("supervision", said), teamsOf(said), "one", "Other answers");
  if (parts.length === 0) return null;
  const answers = parts.map(({ value, words, teams: those }) => ({ answer: value, words, teams: those.length }));
  return { ...basis(said, "at"), answers };
}

function pressures(teams: readonly TeamCards[], guard: Guard): Details["pressures"] {
  const said = guard.admit("pressures", latest(teams, (answers) => listAt(answers, "pressures")));
  const parts = guard.parts(partsOf("pressures", said), teamsOf(said), "several", "Other pressures");
  if (parts.length === 0) return null;
  const items = parts.map(({ value, words, teams: those }) => ({ pressure: value, words, teams: those.length }));
  return { ...basis(said, "at"), items };
}

function yesNo(
  figure: "intakePaused" | "appointmentsLongEnough",
  teams: readonly TeamCards[],
  guard: Guard,
): Details["intakePaused"] {
  const said = guard.admit(figure, latest(teams, (answers) => booleanAt(answers, figure)));
  if (said.length === 0) return null;
  const [yes, no] = [said.filter(({ value }) => value), said.filter(({ value }) => !value)];
  if (!guard.mayTellApart(teamsOf(yes)) || !guard.mayTellApart(teamsOf(no))) return null;
  return { ...basis(said, figure === "intakePaused" ? "since" : "at"), teams: yes.length, of: said.length };
}

function wte(figure: "vacancies" | "contractsEnding", teams: readonly TeamCards[], guard: Guard): Details["vacancies"] {
  const said = guard.admit(figure, latest(teams, (answers) => numberAt(answers, figure)));
  return said.length === 0 ? null : { ...basis(said, "at"), wte: Number(sum(said).toFixed(2)) };
}

function count(figure: "staffWhoLeft", teams: readonly TeamCards[], guard: Guard): Details["staffWhoLeft"] {
  const said = guard.admit(figure, latest(teams, (answers) => numberAt(answers, figure)));
  return said.length === 0 ? null : { ...basis(said, "since"), count: sum(said) };
}

/** The answers of a choice with those who gave them: most teams first, then in the question's order. */
function partsOf(question: string, said: readonly Said<readonly string[]>[]): Part[] {
  // Few cards stand for all: most were asked the same.
  const asked = new Map(said.map(({ card }) => [`${card.questionSet} ${card.theme}`, card]));
  const choices = new Map([...asked.values()].flatMap((card) => choicesOf(card, question)));
  return [...choices]
    .map(([value, words]) => ({ value, words, teams: teamsOf(said.filter((one) => one.value.includes(value))) }))
    .filter(({ teams }) => teams.length > 0)
    .sort((a, b) => b.teams.length - a.teams.length);
}

function choicesOf({ questionSet, theme }: DetailsCard, id: string): (readonly [string, string])[] {
  const question = themeNamed(theme, loadQuestionSet(questionSet)).questions.find((one) => one.id === id);
  if (question === undefined || !("choices" in question)) return [];
  return question.choices.map(({ value, title }) => [value, title] as const);
}

/** From how many teams and which days a figure is; counts run from the opening before, the rest is about the opening. */
function basis(said: readonly Said<unknown>[], about: "since" | "at") {
  const starts = said.map(({ card }) => (about === "since" ? card.periodFrom : card.opensOn));
  const [from] = distinct(starts);
  const to = distinct(said.map(({ card }) => card.opensOn)).at(-1);
  return {
    teams: said.length,
    from: String(from),
    to: String(to),
    words: from === undefined || to === undefined ? "" : basisInWords(said.length, from, to),
  };
}

/** Each of some days once, in order. */
function distinct(days: readonly LocalDate[]): LocalDate[] {
  return [...new Map(days.map((day) => [day.toString(), day])).values()].sort(Temporal.PlainDate.compare);
}

/** "5 teams, 19 May to 11 August 2026". */
export function basisInWords(teams: number, from: LocalDate, to: LocalDate): string {
  return `${teams} ${teams === 1 ? "team" : "teams"}, ${daysInWords(from, to)}`;
}

/** "19 May to 11 August 2026". */
function daysInWords(from: LocalDate, to: LocalDate): string {
  const end = `${shortDay(to, to)} ${to.year}`;
  return from.equals(to) ? end : `${shortDay(from, to)} to ${end}`;
}

function teamsOf(said: readonly Said<unknown>[]): PlacedTeam[] {
  return said.map(({ team }) => team);
}

function sum(said: readonly Said<number>[]): number {
  return said.reduce((total, { value }) => total + value, 0);
}

function numberAt(answers: Answers, id: string): number | null {
  const answer = answers[id];
  return typeof answer === "number" ? answer : null;
}

function textAt(answers: Answers, id: string): string | null {
  const answer = answers[id];
  return typeof answer === "string" ? answer : null;
}

function booleanAt(answers: Answers, id: string): boolean | null {
  const answer = answers[id];
  return typeof answer === "boolean" ? answer : null;
}

/** What was chosen, whether one answer or several could be. */
function listAt(answers: Answers, id: string): readonly string[] | null {
  const answer = answers[id];
  if (typeof answer === "string") return [answer];
  return Array.isArray(answer) ? answer.filter((one) => typeof one === "string") : null;
}
