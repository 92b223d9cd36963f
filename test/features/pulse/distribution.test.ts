import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { areAlike, distributionOf } from "../../../src/features/pulse/distribution.ts";

const names = ["A", "B", "C", "D", "E"];
const placesOf = (counts: readonly number[]) =>
  counts.flatMap((people, place) => Array.from({ length: people }, () => place));
const spread = (...counts: number[]) => distributionOf(names, placesOf(counts), 10);

/** "A 25, B+C 75". */
function inShort(...counts: number[]): string {
  const distribution = spread(...counts);
  if (distribution.kind === "suppressed") return distribution.why;
  return distribution.parts.map(({ labels, percent }) => `${labels.join("+")} ${percent}`).join(", ");
}

const someCounts = fc.array(fc.oneof(fc.nat({ max: 7 }), fc.nat({ max: 60 })), { minLength: 5, maxLength: 5 });

describe("a distribution", () => {
  it.each([
    ["shows large parts and empty ones", [10, 0, 20, 5, 5], "A 25, B 0, C 50, D 13, E 13"],
    ["merges a small part with its only neighbour", [3, 17, 20, 0, 0], "A+B 50, C 50, D 0, E 0"],
    ["merges a small part with the smaller neighbour", [20, 4, 6, 10, 0], "A 50, B+C 25, D 25, E 0"],
    ["merges small parts with each other", [20, 3, 2, 15, 0], "A 50, B+C 13, D 38, E 0"],
    ["merges over an empty part when it must", [10, 20, 7, 0, 3], "A 25, B 50, C+D+E 25"],
    ["shows nothing of fewer than ten", [5, 4, 0, 0, 0], "too-few"],
    ["shows nothing when everybody chose one", [0, 12, 0, 0, 0], "unanimous"],
    ["shows nothing, with the same words, when nearly everybody did", [0, 36, 4, 0, 0], "unanimous"],
    ["shows nothing when no two parts are large enough", [4, 3, 3, 0, 0], "too-few"],
  ])("%s", (_, counts, expected) => {
    expect(inShort(...counts)).toBe(expected);
  });

  it("never shows a part of one to four people, loses nobody and keeps the order of choices", () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const all = counts.reduce((sum, people) => sum + people, 0);
        const distribution = spread(...counts);
        if (distribution.kind === "suppressed") return;
        expect(all).toBeGreaterThanOrEqual(10);
        expect(distribution.parts.flatMap(({ labels }) => labels)).toEqual(names);
        const sizes = distribution.parts.map(({ labels }) =>
          labels.reduce((sum, label) => sum + (counts[names.indexOf(label)] ?? NaN), 0),
        );
        expect(sizes.filter((people) => people > 0 && people < 5)).toEqual([]);
        expect(sizes.filter((people) => people > 0).length).toBeGreaterThanOrEqual(2);
        const percents = sizes.map((people) => Math.round((100 * people) / all));
        expect(distribution.parts.map(({ percent }) => percent)).toEqual(percents);
      }),
      { numRuns: 500 },
    );
  });

  it("doesn't depend on the order of people", () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const places = placesOf(counts);
        expect(distributionOf(names, places.toReversed(), 10)).toEqual(distributionOf(names, places, 10));
      }),
    );
  });

  it("says the same of everybody and of nearly everybody, so that neither is known for certain", () => {
    fc.assert(
      fc.property(fc.nat({ max: 4 }), fc.integer({ min: 12, max: 60 }), fc.nat({ max: 4 }), (place, people, others) => {
        const counts = names.map((_, nth) => (nth === place ? people : nth === (place + 1) % 5 ? others : 0));
        expect(inShort(...counts)).toBe("unanimous");
      }),
    );
  });
});

describe("people are alike", () => {
  it.each([
    ["when all say the same", [12], true],
    ["when four differ", [8, 4], true],
    ["not when five differ", [8, 5], false],
    ["when four differ in different ways", [12, 1, 1, 1, 1], true],
    ["when there's nobody", [], true],
  ])("%s", (_, counts, expected) => {
    expect(areAlike(placesOf(counts))).toBe(expected);
  });
});
