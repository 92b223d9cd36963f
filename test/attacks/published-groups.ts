import type { Vector } from "./evidence.ts";

/** Somebody who took part, as the judge knows them. */
export interface Told {
  readonly id: string;
  readonly group: string | null;
  readonly vector: Vector;
}

/**
 * Among whom each person who took part must be hidden, by the rule and not by what the product did: a group with at
 * least `threshold` people with a score stands for itself; the rest are one, which the smallest groups join until it has
 * as many.
 * @param isScored whether somebody answered enough items for a score
 */
export function publishedGroups(people: readonly Told[], threshold: number, isScored: (vector: Vector) => boolean): string[][] {
  const sizeOf = (some: readonly Told[]) => some.filter(({ vector }) => isScored(vector)).length;
  const byName = Map.groupBy(people, ({ group }) => group);
  const named = [...byName].filter(([name, some]) => name !== null && sizeOf(some) >= threshold);
  const large = named.sort(([a, x], [b, y]) => sizeOf(x) - sizeOf(y) || (String(a) < String(b) ? -1 : 1)).map(([, some]) => some);
  let rest = people.filter((person) => !large.some((some) => some.includes(person)));
  while (rest.length > 0 && sizeOf(rest) < threshold && large.length > 0) rest = [...rest, ...large.shift()!];
  return [...large, rest].filter((some) => some.length > 0).map((some) => some.map(({ id }) => id));
}
