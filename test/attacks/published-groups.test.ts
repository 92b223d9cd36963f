import { expect, it } from "@jest/globals";
import { publishedGroups, type Told } from "./published-groups.ts";

const some = (group: string | null, count: number, answered = true): Told[] =>
  Array.from({ length: count }, (_, place) => ({ id: `${group} ${place} ${answered}`, group, vector: answered ? { a: 1 } : {} }));
const sizes = (people: readonly Told[]) =>
  publishedGroups(people, 10, (vector) => "a" in vector).map((group) => group.length).sort((a, b) => a - b);

it("hides people among their own group when ten of it have a score", () => {
  expect(sizes([...some("North", 10), ...some("South", 12)])).toEqual([10, 12]);
});

it("counts those without a score among the hidden, not among those who hide", () => {
  expect(sizes([...some("North", 9), ...some("North", 3, false), ...some("South", 12)])).toEqual([24]);
});

it("lets the smallest group join those without one until they are ten", () => {
  expect(sizes([...some(null, 1), ...some("East", 15), ...some("North", 10), ...some("South", 12)])).toEqual([11, 12, 15]);
  expect(sizes([...some("East", 15), ...some("West", 4)])).toEqual([19]);
});
