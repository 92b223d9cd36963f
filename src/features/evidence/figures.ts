import type { CaseloadSummary, Details, SummaryLoad } from "../check-ins/contract.ts";
import type { EvidenceFigure } from "./contract.ts";
import { countInWords, coverageWith, heldBack, inFigures, loadInWords, notEnoughTeams } from "./words.ts";

type Made = Pick<EvidenceFigure, "value" | "words"> & Partial<Pick<EvidenceFigure, "coverage" | "asOf">>;

/** The lines of the summary: the combined figures of the whole network, each with what stands behind it. */
export function summaryFigures({ total, coverage }: CaseloadSummary, asOf: string): EvidenceFigure[] {
  const line = (label: string, unit: EvidenceFigure["unit"], made: Made | null): EvidenceFigure =>
    made === null
      ? { label, value: null, unit, words: notEnoughTeams, coverage, asOf }
      : { label, unit, coverage, asOf, ...made };
  return [
    ...loadFigures(total.last12Weeks, coverage, line),
    line("New people over 52 weeks", "people", over52Weeks(total.last52Weeks, coverage)),
    line("WTE needed to return to the guide range", "WTE", wteNeeded(total.wteNeeded)),
    line("People waiting", "people", waiting(total.waiting)),
    ...detailFigures(total.details, (label, unit, made) => line(label, unit, made ?? { value: null, words: heldBack })),
  ];
}

type Line = (label: string, unit: EvidenceFigure["unit"], made: Made | null) => EvidenceFigure;

function loadFigures(load: SummaryLoad, coverage: string, line: Line): EvidenceFigure[] {
  const behind = load === null ? {} : { coverage: coverageWith(coverage, load.teams) };
  const made = (value: number | undefined, words: string) => (load === null || value === undefined ? null : { value, words, ...behind });
  return [
    line("New people over 12 weeks", "people", made(load?.newPeople, load === null ? "" : loadInWords(load))),
    line("Guide range for 12 weeks, low end", "people", made(load?.guide.low, "For the staff in post and the days that answers cover.")),
    line("Guide range for 12 weeks, top", "people", made(load?.guide.high, "For the staff in post and the days that answers cover.")),
    line("Load over 12 weeks", "of the guide's top", made(load?.load, "New people divided by the top of the guide range; 1 is the top.")),
  ];
}

function over52Weeks(load: SummaryLoad, coverage: string): Made | null {
  if (load === null) return null;
  const days = `Answers cover ${countInWords(load.daysCovered, "day")} of the 52 weeks, the mean over teams.`;
  return { value: load.newPeople, words: `${loadInWords(load)} ${days}`, coverage: coverageWith(coverage, load.teams) };
}

function wteNeeded(wte: number | null): Made | null {
  if (wte === null) return null;
  const words = "For every team above the guide range to come back to its top. Teams below it take nothing off.";
  return { value: wte, words };
}

function waiting(people: number | null): Made | null {
  return people === null ? null : { value: people, words: `${countInWords(people, "person", "people")}, over the teams that know.` };
}

/** What the second cards said. Each has a basis of its own: fewer teams answer them, and not in every round. */
function detailFigures(details: Details | null, line: Line): EvidenceFigure[] {
  const made = <T extends { words: string; to: string }>(
    part: T | null | undefined,
    value: (part: T) => number,
    words: (part: T) => string,
  ): Made | null =>
    part === null || part === undefined ? null : { value: value(part), words: words(part), coverage: part.words, asOf: part.to };
  const yes = (what: string) => (part: { teams: number; of: number }) => `${inFigures(part.teams)} of ${countInWords(part.of, "team")} ${what}.`;
  const wte = (words: string) => (part: { wte: number }) => `${inFigures(part.wte)} WTE ${words}.`;
  return [
    line("Referrals that needed another service", "people", made(details?.referrals, ({ count }) => count, ({ reasons }) =>
      reasons.length === 0 ? "Reasons aren't shown." : `Main reasons: ${teamsByChoice(reasons)}.`)),
    line("Teams whose intake is paused", "teams", made(details?.intakePaused, ({ teams }) => teams, yes("say that their intake is paused"))),
    line("Vacancies", "WTE", made(details?.vacancies, ({ wte }) => wte, wte("vacant"))),
    line("Staff who left", "people", made(details?.staffWhoLeft, ({ count }) => count, ({ count }) => `${countInWords(count, "person", "people")} left.`)),
    line("WTE on contracts that end within six months", "WTE", made(details?.contractsEnding, ({ wte }) => wte, wte("on contracts that end within six months"))),
    ...choiceFigures("Supervision this month", details?.supervision ?? null, details?.supervision?.answers ?? [], line),
    ...choiceFigures("What people bring more of", details?.pressures ?? null, details?.pressures?.items ?? [], line),
    line("Teams whose appointments are long enough", "teams", made(details?.appointmentsLongEnough, ({ teams }) => teams, yes("say that appointments are long enough"))),
  ];
}

interface Choice {
  readonly words: string;
  readonly teams: number;
}

/** A line for each choice, or a single one that says why there are none. */
function choiceFigures(
  label: string,
  basis: { readonly teams: number; readonly words: string; readonly to: string } | null,
  choices: readonly Choice[],
  line: Line,
): EvidenceFigure[] {
  if (basis === null || choices.length === 0) return [line(label, "teams", null)];
  return choices.map(({ words, teams }) =>
    line(`${label}: ${words}`, "teams", {
      value: teams,
      words: `${inFigures(teams)} of ${countInWords(basis.teams, "team")}.`,
      coverage: basis.words,
      asOf: basis.to,
    }),
  );
}

function teamsByChoice(choices: readonly Choice[]): string {
  return choices.map(({ words, teams }) => `${words} (${countInWords(teams, "team")})`).join(", ");
}
