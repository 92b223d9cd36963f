import type { PersonId } from "../../kernel/ids.ts";
import { type LocalDate, Temporal } from "../../kernel/time.ts";
import type { Candidate } from "./candidates.ts";
import { fairness, type Fairness, type Exclusions, type RecentlyOut } from "./fairness.ts";
import { type Counts, countsInWords, distanceInWords, fairnessInWords } from "./planning-words.ts";
import { type FreeBusy, type PlannedPerson, type Presence, presenceAt } from "./presence.ts";

export interface RankedSlot extends Candidate {
  readonly isPlanned: boolean;
  readonly counts: Counts;
  /** The weights of those who can't come, and a quarter of the weights of those not known; less is better. */
  readonly cost: number;
  /** The estimated share, 0 to 1, of those not away who can't come, by weight. */
  readonly shareOut: number;
  /** Who doesn't work then or is busy; what the next ranking's history is made of. */
  readonly excluded: readonly PersonId[];
  /** Plain words without a capital or full stop, the distance from the planned day first. */
  readonly reasons: readonly string[];
}

export interface Ranking {
  readonly planned: LocalDate;
  readonly candidates: readonly Candidate[];
  readonly people: readonly PlannedPerson[];
  readonly busy: FreeBusy;
  readonly history: Exclusions;
  /** The zone in which people's non-working times are meant. */
  readonly zone: string;
}

/** What somebody of whom nothing is known costs, beside 1 for somebody who can't come and 0 for somebody free. */
const costOfUnknown = 0.25;
/** Calendars speak for those that aren't known once they cover this share of the people who work then, by weight. */
const enoughCovered = 0.25;

/**
 * The candidates, best first: those that nothing forbids before all others, then by cost, then the nearest to the
 * planned day, then the earlier. The order doesn't depend on the order of candidates, people or busy times.
 */
export function rank(ranking: Ranking): RankedSlot[] {
  const weights = fairness(ranking.history);
  return ranking.candidates.map((candidate) => slotOf(ranking, weights, candidate)).sort(byWorth(ranking.planned));
}

function slotOf(ranking: Ranking, { weightOf, recentlyOut }: Fairness, candidate: Candidate): RankedSlot {
  const { planned, people, busy, zone } = ranking;
  const counts = { free: 0, busy: 0, nonWorking: 0, away: 0, unknown: 0 };
  const weights = { ...counts };
  const lately: Record<Presence, RecentlyOut[]> = { free: [], busy: [], nonWorking: [], away: [], unknown: [] };
  const excluded: PersonId[] = [];
  for (const person of people) {
    const presence = presenceAt(person, candidate, busy, zone);
    counts[presence] += 1;
    weights[presence] += weightOf(person.id);
    if (presence === "busy" || presence === "nonWorking") excluded.push(person.id);
    const out = recentlyOut(person.id);
    if (out !== null) lately[presence].push(out);
  }
  const again = [...lately.busy, ...lately.nonWorking];
  return {
    ...candidate,
    isPlanned: candidate.date.equals(planned),
    counts,
    cost: weights.busy + weights.nonWorking + weights.away + costOfUnknown * weights.unknown,
    shareOut: shareOut(weights),
    excluded: excluded.sort(),
    reasons: [
      distanceInWords(planned.until(candidate.date, { largestUnit: "days" }).days),
      ...candidate.faults,
      ...countsInWords(counts),
      ...fairnessInWords({ again, able: lately.free, unknown: lately.unknown }),
    ],
  };
}

/**
 * Those not known are taken to be as busy as those known, when calendars cover enough people to say so; a handful
 * doesn't speak for everyone, so below that only those known to be out count as out. Who is away is out on most of the
 * days around and so speaks neither for nor against one.
 */
function shareOut({ free, busy, nonWorking, unknown }: Counts): number {
  const working = free + busy + unknown;
  if (working + nonWorking === 0) return 0;
  const covered = free + busy;
  const busyShare = covered > 0 && covered >= enoughCovered * working ? busy / covered : 0;
  return (nonWorking + busy + unknown * busyShare) / (working + nonWorking);
}

function byWorth(planned: LocalDate): (a: RankedSlot, b: RankedSlot) => number {
  const distance = (slot: RankedSlot) => Math.abs(planned.until(slot.date, { largestUnit: "days" }).days);
  const unfit = (slot: RankedSlot) => Number(slot.faults.length > 0);
  return (a, b) =>
    unfit(a) - unfit(b) ||
    a.cost - b.cost ||
    distance(a) - distance(b) ||
    Temporal.Instant.compare(a.startsAt, b.startsAt);
}
