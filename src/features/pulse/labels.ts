import type { Instrument } from "./instrument.ts";
import type { Response } from "./model.ts";
import { scoreOf } from "./scoring.ts";

/**
 * Responses as they may be kept once their wave is closed, in the order in which they came: the labels of groups that
 * are too small to hide in are dropped. Afterwards every label stands on at least `threshold` responses with a score,
 * and so do those without a label, unless there are none at all; or nothing is labelled.
 *
 * First each group with fewer people with a score than `threshold` loses its label, then the smallest that is left, for
 * as long as those without one are too few (of groups of one size, the one whose name comes first).
 *
 * It isn't enough to count scores among the unlabelled: the only one there who took part, without enough answers for a
 * score, would be found by whoever knows who took part. So a single unlabelled response asks for company.
 */
export function withLabelsDropped(
  instrument: Instrument,
  responses: readonly Response[],
  threshold: number,
): Response[] {
  const isScored = responses.map(({ choices }) => scoreOf(instrument, choices) !== null);
  const scoredIn = (belongs: (group: string | null) => boolean) =>
    responses.filter(({ group }, place) => isScored[place] === true && belongs(group)).length;
  const names = [...new Set(responses.flatMap(({ group }) => group ?? []))];
  const largestFirst = names
    .map((name) => ({ name, size: scoredIn((group) => group === name) }))
    .filter(({ size }) => size >= threshold)
    .sort((a, b) => b.size - a.size || (a.name < b.name ? 1 : -1));
  for (let count = largestFirst.length; ; count -= 1) {
    const kept = new Set(largestFirst.slice(0, count).map(({ name }) => name));
    const isBare = (group: string | null) => group === null || !kept.has(group);
    const hides = !responses.some(({ group }) => isBare(group)) || scoredIn(isBare) >= threshold;
    if (count === 0 || hides) {
      return responses.map(({ group, choices }) => ({ group: isBare(group) ? null : group, choices }));
    }
  }
}
