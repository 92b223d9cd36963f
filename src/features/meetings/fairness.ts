import type { PersonId } from "../../kernel/ids.ts";

/** Who couldn't come to each of the last slots, because they don't work then or were busy; newest slot first. */
export type Exclusions = readonly Iterable<PersonId>[];

/** Somebody who was left out lately. */
export interface RecentlyOut {
  /** Left out of the newest slot. */
  readonly missedLast: boolean;
  /** The oldest slot that they were left out of, counted from 1 for the newest. */
  readonly oldest: number;
}

export interface Fairness {
  /** How much somebody counts when slots are compared: from 1 to 3. */
  weightOf(person: PersonId): number;
  /** Null for somebody whom the last slots suited. */
  recentlyOut(person: PersonId): RecentlyOut | null;
}

/** What being left out adds to a weight of 1, for the newest slot first; older ones add nothing. */
const added: readonly number[] = [1, 0.75, 0.5, 0.25];
const heaviest = 3;

/**
 * Weighs people by whom the last slots left out: 1, and 1 more for the newest slot, 0.75 for the one before it, then
 * 0.5 and 0.25, but never above 3. So somebody left out of the last meeting counts as two, and no small group outweighs
 * everyone else for ever. The figures are a choice, not taken from anywhere; all are quarters, so that sums of them
 * are exact in any order.
 */
export function fairness(history: Exclusions): Fairness {
  const slots = history.slice(0, added.length).map((people) => new Set(people));
  return {
    weightOf(person) {
      const sum = added.reduce((weight, more, nth) => weight + (slots[nth]?.has(person) === true ? more : 0), 1);
      return Math.min(heaviest, sum);
    },
    recentlyOut(person) {
      const oldest = slots.findLastIndex((slot) => slot.has(person)) + 1;
      return oldest === 0 ? null : { missedLast: slots[0]?.has(person) === true, oldest };
    },
  };
}
