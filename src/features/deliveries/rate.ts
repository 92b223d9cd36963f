/** At most `requests` in any `milliseconds`. */
export interface Window {
  readonly requests: number;
  readonly milliseconds: number;
}

/** Teams: requests of one bot in one conversation ("Rate limiting", Teams platform documentation). */
export const conversationWindows: readonly Window[] = [
  { requests: 7, milliseconds: 1_000 },
  { requests: 8, milliseconds: 2_000 },
  { requests: 60, milliseconds: 30_000 },
  { requests: 1_800, milliseconds: 3_600_000 },
];

/**
 * Requests reach the service a little earlier or later than they were sent, so each window is taken this much longer
 * (milliseconds) than it is.
 */
const jitterAllowance = 25;
/** The same among replicas: their clocks differ, and none of them knows when another is held up. */
const jitterAllowanceAmongSeveral = 40;

/** Replicas' clocks are closer together than this (milliseconds); more means that the clock has been set back. */
const clockTolerance = 60_000;

/** For how long a refused request slows the others down, in milliseconds: long enough for a machine that was busy to have rest. */
export const refusalsCountFor = 90_000;
/** By how much a refusal widens a second's allowance, in milliseconds. */
const allowancePerRefusal = 11;
/** No second is widened by more (milliseconds): what is left is 92.6 % of the limit, and each refused request waits by itself. */
const mostAllowance = 80;

/**
 * The time between two requests, in milliseconds, that keeps any second within the limit. Spreading them evenly keeps
 * within the sliding window wherever it is laid, and needs only the neighbours of a moment to be looked at. Where requests
 * were refused all the same, they travel less evenly than was allowed for, so that the others keep a wider distance.
 * @param lately.refusals how many requests the service has refused as too many
 * @param lately.areSeveral true when more than one replica has sent
 */
export function gapFor(requestsPerSecond: number, { refusals = 0, areSeveral = false } = {}): number {
  const allowance = (areSeveral ? jitterAllowanceAmongSeveral : jitterAllowance) + refusals * allowancePerRefusal;
  return (1000 + Math.min(allowance, mostAllowance)) / requestsPerSecond;
}

/**
 * The first moment from `from` on that is at least `gap` away from every moment taken. Gaps before a moment that was
 * taken far ahead are used, so that one slow conversation holds up no other.
 * @param taken ascending; all times are in milliseconds
 */
export function firstGap(taken: readonly number[], from: number, gap: number): number {
  let moment = from;
  for (const other of taken) {
    if (other >= moment + gap) break;
    if (other > moment - gap) moment = other + gap;
  }
  return moment;
}

/**
 * The first moment from `from` on at which one more request keeps within every sliding window.
 * @param hits moments of earlier and already reserved requests, ascending; all times are in milliseconds
 */
export function firstWithin(hits: readonly number[], from: number, windows: readonly Window[]): number {
  const ends = windows.map(({ requests, milliseconds }) => {
    const earliest = hits.at(-requests);
    return earliest === undefined ? from : earliest + milliseconds + jitterAllowance;
  });
  return Math.max(from, hits.at(-1) ?? from, ...ends);
}

/**
 * The moments that can still matter at `now`, ascending: however far ahead they were reserved, unless they were written
 * at a time that is yet to come, because the clock has been set back since.
 * @param savedAt when the moments were written, by the clock of then
 * @param longest the longest window; all times are in milliseconds
 */
export function recent(hits: readonly number[], savedAt: number, now: number, longest: number): number[] {
  const since = now - longest - jitterAllowance;
  const isSetBack = savedAt > now + clockTolerance;
  return hits.filter((hit) => hit > since && !(isSetBack && hit > now)).sort((a, b) => a - b);
}
