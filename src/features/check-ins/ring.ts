import { dayInWords, type LocalDate, Temporal } from "../../kernel/time.ts";
import { inWords, type Rolling } from "./caseload.ts";
import { askedOf, type RequestReason } from "./model.ts";

/** What is known of a team when a lead asks whom to ring. */
export interface RingCandidate {
  readonly id: string;
  readonly name: string;
  readonly area: string | null;
  /** Names. */
  readonly managers: readonly string[];
  /** The value chosen in the team's latest answer; null when it hasn't answered. */
  readonly feeling: string | null;
  readonly rolling12: Rolling | null;
  /** People; null when it isn't known. */
  readonly waiting: number | null;
  readonly longestWaitWeeks: number | null;
  readonly openRequest: {
    readonly reasons: readonly RequestReason[];
    readonly dueOn: LocalDate;
    readonly overdue: boolean;
    /** The lead who has taken it on, by name; null while nobody has. */
    readonly takenBy: string | null;
  } | null;
  /** When a lead last marked a request of the team as done; null when none ever was. */
  readonly lastSpoke: LastSpoke | null;
  /** Rounds in a row that the team left unanswered. */
  readonly roundsUnanswered: number;
}

/** A lead has spoken to a team. */
export interface LastSpoke {
  readonly on: LocalDate;
  /** Name. */
  readonly by: string;
  /** Since the round opened that the summary is as of. */
  readonly sinceOpening: boolean;
  /** Since the team last answered. */
  readonly sinceAnswer: boolean;
}

export interface Ring<T extends RingCandidate = RingCandidate> {
  readonly team: T;
  /** Plain lines with numbers, the one that ranks first in front. */
  readonly why: readonly string[];
  /** Who has taken on what is asked, or has dealt with it since the round opened, as a sentence; null for nobody. */
  readonly standing: string | null;
}

/** Rounds in a row without an answer that are a reason to ring. */
const silentRounds = 2;

interface Reason {
  readonly rank: number;
  /** Within a rank, compared in order; lower first. */
  readonly order: readonly number[];
  readonly line: string;
}

/**
 * The teams to ring first, `count` at most, each with all its reasons. A team without a reason is never listed.
 *
 * | rank | reason                                        | within the rank                                          |
 * |------|-----------------------------------------------|----------------------------------------------------------|
 * | 1    | open request for "more than we can do safely" | overdue first, then by the day it's due                  |
 * | 2    | any other open request that is overdue        | by the day it's due                                      |
 * | 3    | above the guide range over 12 weeks           | highest load first                                       |
 * | 4    | feels that way without such a request, or     | "more than we can do safely" before "stretched", longest |
 * |      | feels stretched                               | wait first, then most people waiting                     |
 * | 5    | two rounds or more without an answer          | most rounds first                                        |
 *
 * Once a lead has spoken to a team, what it said before is no reason any more, nor is its silence until the next round;
 * what is left, such as a load above the range, puts it below all teams to which nobody has spoken since the round
 * opened, unless it asks for something anew. A team that a lead has taken on stays where it is. A team stands where its
 * first reason puts it; ties go by name, then id, so the order never depends on the input's.
 */
export function teamsToRing<T extends RingCandidate>(teams: readonly T[], count = 3): Ring<T>[] {
  return teams
    .flatMap((team) => {
      const reasons = reasonsFor(team);
      const key = keyOf(team, reasons);
      return key === null ? [] : [{ team, reasons, key }];
    })
    .sort((a, b) => compareKeys(a.key, b.key) || compareTeams(a.team, b.team))
    .slice(0, Math.max(0, count))
    .map(({ team, reasons }) => ({ team, why: reasons.map(({ line }) => line), standing: standingOf(team) }));
}

/**
 * Where a team stands among those to ring by what doesn't change with the day, lower numbers first: a request is a
 * reason here only where it would be one before it is due. Null for a team without such a reason. In this order come
 * those of which no request is overdue, and those whose workload is more than they can do safely.
 */
export function ringKeyOf(team: RingCandidate): readonly number[] | null {
  const { openRequest } = team;
  const undated = { ...team, openRequest: openRequest === null ? null : { ...openRequest, overdue: false } };
  return keyOf(undated, reasonsFor(undated));
}

function keyOf({ lastSpoke }: RingCandidate, [first]: readonly Reason[]): number[] | null {
  if (first === undefined) return null;
  const isSpokenTo = lastSpoke?.sinceOpening === true && first.rank > lastRequestRank;
  return [isSpokenTo ? 1 : 0, first.rank, ...first.order];
}

/** What teams of the same rank are sorted by: the name, in an order that every store keeps. */
export function nameKeyOf({ name }: Pick<RingCandidate, "name">): string {
  return name.toLowerCase();
}

/** The ranks up to this one are of requests. */
const lastRequestRank = 2;

function standingOf({ openRequest, lastSpoke }: RingCandidate): string | null {
  if (openRequest !== null && openRequest.takenBy !== null) return `${openRequest.takenBy} has taken this on.`;
  return lastSpoke?.sinceOpening === true ? `Dealt with by ${lastSpoke.by} on ${dayInWords(lastSpoke.on)}.` : null;
}

/** A team's reasons, the first-ranking one in front. */
function reasonsFor(team: RingCandidate): Reason[] {
  return [requestReason(team), loadReason(team), feelingReason(team), silenceReason(team)]
    .filter((reason) => reason !== null)
    .sort((a, b) => a.rank - b.rank);
}

function requestReason({ openRequest }: RingCandidate): Reason | null {
  if (openRequest === null) return null;
  const { reasons, dueOn, overdue } = openRequest;
  const unsafe = reasons.includes("unsafe");
  if (!unsafe && !overdue) return null;
  const due = `a reply ${overdue ? "was" : "is"} due by ${dayInWords(dueOn)}`;
  const dueDay = Temporal.PlainDate.from("1970-01-01").until(dueOn, { largestUnit: "days" }).days;
  return unsafe
    ? { rank: 1, order: [overdue ? 0 : 1, dueDay], line: `Says it's more than they can do safely; ${due}.` }
    : { rank: 2, order: [dueDay], line: askedOf(reasons).length === 0 ? meant(dueOn) : `Asked for ${asked(reasons)}; ${due}.` };
}

const askedFor: Readonly<Record<Exclude<RequestReason, "lead">, string>> = {
  unsafe: "help",
  network: "something to be raised at the network",
  peer: "advice from a peer",
  call: "a call",
};

function asked(reasons: readonly RequestReason[]): string {
  return reasons.flatMap((reason) => (reason === "lead" ? [] : [askedFor[reason]])).join(" and ");
}

function meant(dueOn: LocalDate): string {
  return `A lead meant to ring by ${dayInWords(dueOn)}.`;
}

function loadReason({ rolling12 }: RingCandidate): Reason | null {
  if (rolling12?.state !== "above") return null;
  const line = `Above the guide range over ${rolling12.weeksAsked} weeks: ${inWords(rolling12)}.`;
  return { rank: 3, order: [-rolling12.load], line };
}

function feelingReason({ feeling, openRequest, lastSpoke, waiting, longestWaitWeeks }: RingCandidate): Reason | null {
  if (feeling !== "stretched" && feeling !== "unsafe") return null;
  if (lastSpoke?.sinceAnswer === true) return null;
  if (feeling === "unsafe" && openRequest?.reasons.includes("unsafe") === true) return null;
  const said = feeling === "unsafe" ? "Said it was more than they could do safely" : "Feels stretched";
  const waits = [
    ...(waiting === null ? [] : [`${counted(waiting, "person", "people")} waiting`]),
    ...(longestWaitWeeks === null ? [] : [`longest wait ${counted(longestWaitWeeks, "week", "weeks")}`]),
  ];
  return {
    rank: 4,
    order: [feeling === "unsafe" ? 0 : 1, -(longestWaitWeeks ?? -1), -(waiting ?? -1)],
    line: waits.length === 0 ? `${said}.` : `${said}; ${waits.join(", ")}.`,
  };
}

function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function silenceReason({ roundsUnanswered, lastSpoke }: RingCandidate): Reason | null {
  if (roundsUnanswered < silentRounds || lastSpoke?.sinceOpening === true) return null;
  return { rank: 5, order: [-roundsUnanswered], line: `Hasn't answered for ${roundsUnanswered} rounds.` };
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [place, one] of a.entries()) {
    const difference = one - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareTeams(a: RingCandidate, b: RingCandidate): number {
  const [first, second] = [nameKeyOf(a), nameKeyOf(b)];
  if (first !== second) return first < second ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
