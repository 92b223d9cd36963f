import { z } from "zod";
import { type LocalDate, Temporal } from "../../kernel/time.ts";
import { mayShow, type PlacedTeam } from "./combine.ts";
import type { Details } from "./contract.ts";
import { type DetailFigure, detailsCountFrom, detailsFor, type Guard, type Part, questionOf, type Said, type TeamCards } from "./details.ts";
import type { Round } from "./model.ts";
import { themeOf } from "./round-questions.ts";

/**
 * What the second cards said, for people outside the leads. Only the answers of the round that asked count, each figure
 * stands on three teams of two employers or more, and so does whatever can be told apart within it: those who say yes
 * and those who say no, those who named a pressure and those who didn't. Two rounds differ by no team or by as many as
 * may be shown, those who joined and those who fell silent each for themselves: if a single team answered one of them
 * only, its answer would be what is left after subtraction, for most teams say the same each time.
 */

/** Which teams (ids) stood behind what was shown, by figure, the latest last. */
export const Behind = z.record(z.string(), z.array(z.object({ on: z.iso.date(), teams: z.array(z.string()) })));
export type Behind = z.infer<typeof Behind>;

export interface CombinedDetails {
  readonly details: Details | null;
  readonly behind: Behind;
}

/** How long what was shown can be compared with what comes after. */
const comparedFor = { weeks: 52 };

/**
 * The figures at the close of a round: what it asked, anew; what others asked, as it was shown at their close, as long
 * as it counts.
 * @param teams every team that ever stood behind a figure, at least, with all of its cards
 */
export function combinedDetails(
  round: Round,
  teams: readonly TeamCards[],
  before: CombinedDetails,
): CombinedDetails {
  const since = round.opensOn.subtract(comparedFor);
  const behind = Object.fromEntries(
    Object.entries(before.behind).map(([figure, shown]) => [figure, shown.filter(({ on }) => isFrom(on, since))]),
  );
  const asked = teams.map(({ team, cards }) => ({ team, cards: cards.filter((card) => card.round === round.id) }));
  const shown = new Map<DetailFigure, readonly string[]>();
  const fresh = detailsFor(asked, guardOf(behind, teams.map(({ team }) => team), shown));
  for (const [figure, those] of shown) {
    const isShown = figure === "reasons" ? (fresh?.referrals?.reasons.length ?? 0) > 0 : fresh !== null && fresh[figure] !== null;
    if (isShown) behind[figure] = [...(behind[figure] ?? []), { on: round.opensOn.toString(), teams: [...those] }];
  }
  return { details: merged(round, fresh, before.details), behind };
}

function merged(round: Round, fresh: Details | null, before: Details | null): Details | null {
  const questions = new Set(themeOf(round).questions.map(({ id }) => id));
  const countFrom = detailsCountFrom(round.opensOn);
  const pick = <F extends keyof Details>(figure: F): Details[F] | null => {
    if (questions.has(questionOf(figure))) return fresh?.[figure] ?? null;
    const old = before?.[figure] ?? null;
    return old !== null && isFrom(old.to, countFrom) ? old : null;
  };
  const details: Details = {
    referrals: pick("referrals"),
    intakePaused: pick("intakePaused"),
    vacancies: pick("vacancies"),
    staffWhoLeft: pick("staffWhoLeft"),
    contractsEnding: pick("contractsEnding"),
    supervision: pick("supervision"),
    pressures: pick("pressures"),
    appointmentsLongEnough: pick("appointmentsLongEnough"),
  };
  return Object.values(details).every((figure) => figure === null) ? null : details;
}

function isFrom(day: string, first: LocalDate): boolean {
  return Temporal.PlainDate.compare(Temporal.PlainDate.from(day), first) >= 0;
}

/** @param admitted is told which teams each figure stands on */
function guardOf(behind: Behind, known: readonly PlacedTeam[], admitted: Map<DetailFigure, readonly string[]>): Guard {
  const byId = new Map(known.map((team) => [team.team, team]));
  const placed = (id: string): PlacedTeam => byId.get(id) ?? { team: id, place: null, area: null, organisation: null };
  const isSafe = (teams: readonly PlacedTeam[], earlier: Behind[string]) => {
    const ids = new Set(teams.map(({ team }) => team));
    return (
      mayShow(teams) &&
      earlier.every((shown) => {
        const before = new Set(shown.teams);
        const joined = teams.filter(({ team }) => !before.has(team));
        const silent = shown.teams.filter((id) => !ids.has(id)).map(placed);
        return [joined, silent].every((part) => part.length === 0 || mayShow(part));
      })
    );
  };
  return {
    admit<T>(figure: DetailFigure, said: readonly Said<T>[]) {
      const earlier = behind[figure] ?? [];
      const last = earlier.at(-1);
      // Where too few have joined to be seen, those of the last time may still be shown without them.
      const ofLast = new Set(last?.teams);
      const withoutNew = said.filter(({ team }) => ofLast.has(team.team));
      const safe = [said, withoutNew].find((some) => isSafe(some.map(({ team }) => team), earlier)) ?? [];
      if (safe.length > 0) admitted.set(figure, safe.map(({ team }) => team.team));
      return safe;
    },
    mayTellApart: mayShow,
    parts: (parts, teams, choose, other) => (choose === "one" ? safeParts(parts, other) : safeChoices(parts, teams, other)),
  };
}

/**
 * Answers of which each team gave one: those that too few gave go together under `other`, and as many more as that
 * needs, the fewest first. None when that leaves a single answer, for then everybody's would be known.
 */
function safeParts(parts: readonly Part[], other: string): Part[] {
  const small = parts.filter(({ teams }) => !mayShow(teams));
  const open = parts.filter((part) => !small.includes(part) && !(small.length > 0 && part.value === "other"));
  const rest = parts.filter((part) => !open.includes(part));
  while (rest.length > 0 && !mayShow(rest.flatMap(({ teams }) => teams))) {
    const fewest = open.pop();
    if (fewest === undefined) return [];
    rest.push(fewest);
  }
  const shown = rest.length === 0 ? open : [...open, together(rest, other)];
  return shown.length < 2 ? [] : shown;
}

/**
 * Answers of which each team gave several: those that too few gave go together under `other`; what too few didn't give
 * isn't shown, for that would tell about them.
 */
function safeChoices(parts: readonly Part[], all: readonly PlacedTeam[], other: string): Part[] {
  const isSafe = ({ teams }: Part) => {
    const those = new Set(teams);
    return mayShow(teams) && mayShow(all.filter((team) => !those.has(team)));
  };
  const small = parts.filter(({ teams }) => !mayShow(teams));
  const rest = small.length === 0 ? [] : parts.filter((part) => small.includes(part) || part.value === "other");
  const open = parts.filter((part) => !rest.includes(part));
  return [...open, ...(rest.length === 0 ? [] : [together(rest, other)])].filter(isSafe);
}

function together(parts: readonly Part[], words: string): Part {
  const [only] = parts;
  const isOwn = parts.length === 1 && only?.value === "other";
  return { value: "other", words: isOwn ? only.words : words, teams: [...new Set(parts.flatMap(({ teams }) => teams))] };
}
