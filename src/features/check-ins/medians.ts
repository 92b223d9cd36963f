import type { NetworkId } from "../../kernel/ids.ts";
import type { LocalDate } from "../../kernel/time.ts";
import { type Guides, type Rolling, rolling, type TeamPeriod } from "./caseload.ts";
import type { ClosingStore, Median } from "./closing-ports.ts";
import type { CheckInDeps } from "./deps.ts";
import { shownFrom } from "./openings.ts";
import { asItStood, periodsOf } from "./periods.ts";
import type { CheckInStores } from "./ports.ts";
import { rounded } from "./summary-groups.ts";

/** Teams behind a median at least: any manager may see it. */
const fewestBehindMedian = 10;
/** Teams that are read in one go: few enough not to keep the process from answering others. */
const atOnce = 50;

/** The ids of all teams that a network ever had, in portions. */
export async function* teamPortions(closing: ClosingStore) {
  for (let last = null; ; ) {
    const ids = await closing.teamsAfter(last, atOnce);
    yield ids;
    last = ids.at(-1) ?? null;
    if (ids.length < atOnce) return;
  }
}

/** What the teams that answered an opening had as their 12-week load then. */
export interface Loads {
  answered: number;
  readonly loads: number[];
}

export function noLoads(): Loads {
  return { answered: 0, loads: [] };
}

/** Adds a team's, as it stood at an opening; nothing when it didn't answer it. */
function addOpening(sum: Loads, periods: readonly TeamPeriod[], guides: Guides, day: LocalDate): void {
  const byThen = asItStood(periods, day);
  if (byThen.length > 0) addTo(sum, rolling(byThen, guides, day, 12));
}

/** Adds one that answered; null where it gave too little to tell. */
export function addTo(sum: Loads, one: Rolling | null): void {
  sum.answered += 1;
  if (one !== null) sum.loads.push(one.load);
}

/** The middle of the loads at an opening. */
export function medianOf({ answered, loads }: Loads): Median {
  const middle = loads.length < fewestBehindMedian ? null : median(loads);
  return { teams: answered, median12: middle === null ? null : rounded(middle, 2) };
}

/**
 * Fills in the medians of the last 52 weeks' rounds that closed without one: of those that an earlier version closed.
 * They are what that version worked out whenever somebody looked: against the guide ranges of the latest round.
 * Runs every minute, and is harmless to overlap.
 */
export async function tendMedians(deps: Pick<CheckInDeps, "store">, network: NetworkId): Promise<void> {
  const read = deps.store.read(network);
  const latest = await read.rounds.latestBy(null);
  if (latest === null) return;
  const rounds = await read.closing.withoutMedian(shownFrom(latest.opensOn));
  const [first] = rounds;
  if (first === undefined) return;
  const sums = rounds.map((round) => ({ round, loads: noLoads() }));
  for await (const ids of teamPortions(read.closing)) {
    const past = await read.checkIns.since(ids, first.opensOn.subtract({ weeks: 12 }));
    for (const answers of Map.groupBy(past, ({ team }) => team).values()) {
      const periods = periodsOf(answers);
      for (const { round, loads } of sums) addOpening(loads, periods, latest.guides, round.opensOn);
    }
  }
  for (const { round, loads } of sums) await read.closing.saveMedian(round.id, medianOf(loads));
}

/** The openings of the last 52 weeks that somebody answered, with the medians of those that have closed. */
export async function mediansShown(read: CheckInStores, asOf: LocalDate) {
  const known = await read.closing.medians(shownFrom(asOf), asOf);
  return known.map(({ openedOn, median12 }) => ({ openedOn: openedOn.toString(), median12 }));
}

/** The middle of an ordered list, or the mean of the two in the middle; null of none. */
function median(numbers: readonly number[]): number | null {
  const ordered = Float64Array.from(numbers).sort();
  const [low, high] = [ordered[Math.ceil(ordered.length / 2) - 1], ordered[Math.floor(ordered.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
