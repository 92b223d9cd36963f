import { type LocalDate, Temporal } from "../../kernel/time.ts";
import { type Guides, type Rolling, type RollingSums, rolling, sumRolling, wteNeededFor } from "./caseload.ts";
import type { Details, SummaryGroup } from "./contract.ts";
import { basisInWords, detailsFor, type Guard } from "./details.ts";
import { loadQuestionSet } from "./question-set.ts";
import { ringKeyOf } from "./ring.ts";
import type { Figures } from "./standing-ports.ts";
import type { TeamSummary } from "./summary.ts";
import { cardsOf, coverageInWords, loadOf, rounded } from "./summary-groups.ts";

/**
 * A group of a summary out of sums over its teams. What doesn't add up (the longest wait, the first and last day) is
 * kept as how many teams there are with each value.
 */

type Span = 12 | 52;
const rollingFigures = ["newPeople", "low", "high", "days", "periods", "carriedPeriods", "unknown", "wte", "teams"] as const;

/**
 * What a team adds to the figures of every group that it is in.
 * @param openings of the rounds that the trend goes over
 */
export function figuresOf(row: TeamSummary, guides: Guides, openings: readonly LocalDate[]): Figures {
  const { answer, rolling12, rolling52, waiting, longestWaitWeeks } = row;
  const figures: Record<string, number> = {
    teams: 1,
    answered: answer === null ? 0 : 1,
    carried: answer !== null && answer.carried.length > 0 ? 1 : 0,
    reasons: ringKeyOf(row) === null ? 0 : 1,
    above: rolling12?.state === "above" ? 1 : 0,
    wteNeeded: rolling12 === null ? 0 : wteNeededFor(rolling12),
    "waiting.teams": waiting === null ? 0 : 1,
    waiting: waiting ?? 0,
    ...(longestWaitWeeks === null ? {} : { [`longestWait.${longestWaitWeeks}`]: 1 }),
    ...rollingOf("12", rolling12),
    ...rollingOf("52", rolling52),
    ...saidBy(row),
  };
  const own = new Set(row.periods.map(({ openedOn }) => openedOn.toString()));
  for (const opening of openings) {
    const day = opening.toString();
    const one = rolling(row.periods, guides, opening, 12);
    if (own.has(day)) figures[`trend.${day}.answered`] = 1;
    if (one !== null) Object.assign(figures, { [`trend.${day}.teams`]: 1, [`trend.${day}.newPeople`]: one.newPeople, [`trend.${day}.high`]: one.guide.high });
  }
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0));
}

function rollingOf(span: "12" | "52", one: Rolling | null): Figures {
  if (one === null) return {};
  const values = { ...one, low: one.guide.low, high: one.guide.high, days: one.daysCovered };
  return Object.fromEntries(rollingFigures.map((figure) => [`${span}.${figure}`, values[figure]]));
}

/** Shows everything, and counts those who chose nothing among those who answered. */
const counting: Guard = {
  admit: (_, said) => said,
  mayTellApart: () => true,
  parts: (parts, teams) => (parts.length > 0 || teams.length === 0 ? parts : [{ value: "", words: "", teams: [] }]),
};

function saidBy(row: TeamSummary): Figures {
  const details = detailsFor([cardsOf(row)], counting);
  if (details === null) return {};
  const figures: Record<string, number> = {};
  for (const [name, said] of Object.entries(details)) {
    if (said === null) continue;
    figures[`said.${name}.teams`] = 1;
    figures[`said.${name}.from.${said.from}`] = 1;
    figures[`said.${name}.to.${said.to}`] = 1;
    figures[`said.${name}.sum`] = "of" in said ? said.teams : "count" in said ? said.count : "wte" in said ? said.wte : 0;
    for (const { value, words } of choicesOf(said)) if (value !== "") figures[`said.${name}.choice.${value}.${words}`] = 1;
  }
  return figures;
}

function choicesOf(said: NonNullable<Details[keyof Details]>): { value: string; words: string }[] {
  if ("reasons" in said) return said.reasons.map(({ reason, words }) => ({ value: reason, words }));
  if ("answers" in said) return said.answers.map(({ answer, words }) => ({ value: answer, words }));
  if ("items" in said) return said.items.map(({ pressure, words }) => ({ value: pressure, words }));
  return [];
}

/** Figures by their name, summed over some parts of a network. */
export type Sums = ReadonlyMap<string, number>;

export function sumsOf(parts: readonly { readonly figure: string; readonly value: number }[]): Sums {
  const sums = new Map<string, number>();
  for (const { figure, value } of parts) sums.set(figure, (sums.get(figure) ?? 0) + value);
  return sums;
}

/** Who answered, of these teams, as people read it. */
export function coverageIn(sums: Sums): string {
  return coverageInWords(at(sums, "answered"), at(sums, "teams"), at(sums, "carried"));
}

/** The figures of the last weeks of all teams behind the sums; null where none is known. */
export function rollingIn(sums: Sums, weeks: Span): Rolling | null {
  const figure = (name: (typeof rollingFigures)[number]) => at(sums, `${weeks}.${name}`);
  const teams = figure("teams");
  if (teams === 0) return null;
  const all: RollingSums = {
    ...{ teams, newPeople: figure("newPeople"), guide: { low: figure("low"), high: figure("high") }, weeksAsked: weeks },
    ...{ daysCovered: figure("days") / teams, periods: figure("periods"), carriedPeriods: figure("carriedPeriods") },
    ...{ unknown: figure("unknown"), wte: figure("wte") },
  };
  return sumRolling([all]);
}

/** The names of the figures that `rollingIn` needs, for a store to give only those. */
export function rollingNeeds(weeks: Span): string[] {
  return rollingFigures.map((name) => `${weeks}.${name}`);
}

/**
 * A group of a lead's summary.
 * @param questionSet of the round that it is as of, in whose order answers come that as many teams gave
 * @param from the first opening of the trend; null for all that are there
 */
export function groupFrom(name: string, sums: Sums, questionSet: string, from: LocalDate | null): SummaryGroup {
  const twelve = rollingIn(sums, 12);
  const waits = under(sums, "longestWait.").map(([weeks]) => Number(weeks));
  return {
    name,
    teams: at(sums, "teams"),
    answered: at(sums, "answered"),
    carriedForward: at(sums, "carried"),
    coverage: coverageIn(sums),
    last12Weeks: loadOf(twelve),
    last52Weeks: loadOf(rollingIn(sums, 52)),
    waiting: at(sums, "waiting.teams") === 0 ? null : at(sums, "waiting"),
    longestWaitWeeks: waits.length === 0 ? null : Math.max(...waits),
    teamsAbove: at(sums, "above"),
    wteNeeded: twelve === null ? null : rounded(at(sums, "wteNeeded"), 1),
    trend: trendIn(sums, from),
    details: detailsIn(sums, questionSet),
  };
}

function trendIn(sums: Sums, from: LocalDate | null): SummaryGroup["trend"] {
  const first = from?.toString() ?? "";
  return under(sums, "trend.")
    .flatMap(([figure]) => (figure.endsWith(".answered") ? [figure.slice(0, -".answered".length)] : []))
    .filter((day) => day >= first)
    .sort()
    .map((day) => {
      const known = at(sums, `trend.${day}.teams`) > 0;
      const load12 = known ? rounded(at(sums, `trend.${day}.newPeople`) / at(sums, `trend.${day}.high`), 2) : null;
      return { openedOn: day, load12 };
    });
}

function detailsIn(all: Sums, questionSet: string): Details | null {
  const order = choicesInOrder(questionSet);
  // Each figure is looked through several times, so they are told apart first.
  const byFigure = Map.groupBy(under(all, "said."), ([name]) => name.slice(0, name.indexOf(".")));
  const said = <T>(figure: keyof Details, make: (basis: Basis, sum: number, choices: readonly Choice[]) => T | null): T | null => {
    const sums: Sums = new Map((byFigure.get(figure) ?? []).map(([name, value]) => [name.slice(figure.length + 1), value]));
    const basis = basisOf(sums);
    return basis === null ? null : make(basis, at(sums, "sum"), choicesIn(sums, order));
  };
  const yesNo = (figure: "intakePaused" | "appointmentsLongEnough") => said(figure, (basis, yes) => ({ ...basis, teams: yes, of: basis.teams }));
  const wte = (figure: "vacancies" | "contractsEnding") => said(figure, (basis, sum) => ({ ...basis, wte: rounded(sum, 2) }));
  const details: Details = {
    referrals: said("referrals", (basis, count, choices) => ({
      ...{ ...basis, count },
      reasons: choices.map(({ value, words, teams }) => ({ reason: value, words, teams })),
    })),
    intakePaused: yesNo("intakePaused"),
    vacancies: wte("vacancies"),
    staffWhoLeft: said("staffWhoLeft", (basis, count) => ({ ...basis, count })),
    contractsEnding: wte("contractsEnding"),
    supervision: said("supervision", (basis, _, choices) =>
      choices.length === 0 ? null : { ...basis, answers: choices.map(({ value, words, teams }) => ({ answer: value, words, teams })) },
    ),
    pressures: said("pressures", (basis, _, choices) =>
      choices.length === 0 ? null : { ...basis, items: choices.map(({ value, words, teams }) => ({ pressure: value, words, teams })) },
    ),
    appointmentsLongEnough: yesNo("appointmentsLongEnough"),
  };
  return Object.values(details).every((figure) => figure === null) ? null : details;
}

interface Basis {
  readonly teams: number;
  readonly from: string;
  readonly to: string;
  readonly words: string;
}

function basisOf(sums: Sums): Basis | null {
  const days = (which: "from" | "to") => under(sums, `${which}.`).map(([day]) => day).sort();
  const [teams, from, to] = [at(sums, "teams"), days("from").at(0), days("to").at(-1)];
  if (teams === 0 || from === undefined || to === undefined) return null;
  return { teams, from, to, words: basisInWords(teams, Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)) };
}

interface Choice {
  readonly value: string;
  readonly words: string;
  readonly teams: number;
}

/** Most teams first, then in the question's order. */
function choicesIn(sums: Sums, order: readonly string[]): Choice[] {
  return under(sums, "choice.")
    .map(([name, teams]) => {
      const dot = name.indexOf(".");
      return { value: name.slice(0, dot), words: name.slice(dot + 1), teams };
    })
    .sort((a, b) => b.teams - a.teams || order.indexOf(a.value + a.words) - order.indexOf(b.value + b.words));
}

function choicesInOrder(questionSet: string): string[] {
  return loadQuestionSet(questionSet)
    .themes.flatMap(({ questions }) => questions)
    .flatMap((question) => ("choices" in question ? question.choices.map(({ value, title }) => value + title) : []));
}

function at(sums: Sums, figure: string): number {
  return sums.get(figure) ?? 0;
}

/** What follows a beginning in the names of the figures that aren't 0, with their values. */
function under(sums: Sums, beginning: string): [string, number][] {
  return [...sums].flatMap(([figure, value]): [string, number][] =>
    value !== 0 && figure.startsWith(beginning) ? [[figure.slice(beginning.length), value]] : [],
  );
}
