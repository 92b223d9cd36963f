import type { Distribution } from "./model.ts";
import { percentOf } from "./rounding.ts";

/** No published part of a distribution stands for fewer people, unless for none (FACTS: cells of 1 to 4 are merged). */
export const smallestPart = 5;

/**
 * True when all values are the same, or all but a few (fewer than `smallestPart`). The few are allowed for since each
 * of them knows their own answer, and would otherwise learn everybody else's; and so that "they all said the same" is
 * never known for certain from something being withheld.
 */
export function areAlike(values: readonly number[]): boolean {
  const counts = [...Map.groupBy(values, (value) => value).values()].map((same) => same.length);
  return values.length - Math.max(0, ...counts) < smallestPart;
}

interface Part {
  readonly labels: readonly string[];
  readonly people: number;
}

/**
 * How people's choices spread, in whole percent. Choices that one to four people made are merged with a neighbouring
 * one, the smallest first and with its smaller neighbour, until there are none; a choice that nobody made may stand.
 * @param labels the choices, in the order of their scale
 * @param places for each person the place of their choice, from 0; in any order
 * @returns withheld when fewer than `threshold` people chose, or when a single part would be left that is everybody
 */
export function distributionOf(labels: readonly string[], places: readonly number[], threshold: number): Distribution {
  if (places.length < threshold) return { kind: "suppressed", why: "too-few" };
  const chose = (nth: number) => places.filter((place) => place === nth).length;
  const parts = merged(labels.map((label, nth) => ({ labels: [label], people: chose(nth) })));
  if (parts.filter(({ people }) => people > 0).length < 2) {
    return { kind: "suppressed", why: areAlike(places) ? "unanimous" : "too-few" };
  }
  const published = parts.map((part) => ({ labels: part.labels, percent: percentOf(part.people, places.length) }));
  return { kind: "shown", parts: published };
}

function merged(cells: readonly Part[]): readonly Part[] {
  const small = cells.filter(({ people }) => people > 0 && people < smallestPart);
  const fewest = Math.min(...small.map(({ people }) => people));
  const at = cells.findIndex(({ people }) => people === fewest);
  const [before, one, after] = [cells[at - 1], cells[at], cells[at + 1]];
  if (one === undefined || (before === undefined && after === undefined)) return cells;
  const first = after === undefined || (before !== undefined && before.people <= after.people) ? at - 1 : at;
  const pair = cells.slice(first, first + 2);
  const joined = {
    labels: pair.flatMap(({ labels }) => labels),
    people: pair.reduce((sum, { people }) => sum + people, 0),
  };
  return merged([...cells.slice(0, first), joined, ...cells.slice(first + 2)]);
}
