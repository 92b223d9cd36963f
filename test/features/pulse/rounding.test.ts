import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { mean, percentOf, responseRate, round5 } from "../../../src/features/pulse/rounding.ts";

describe("numbers of people", () => {
  it.each([[0, 0], [2, 0], [3, 5], [7, 5], [8, 10], [10, 10], [12, 10], [13, 15], [500, 500]])(
    "%d is published as %d",
    (people, expected) => expect(round5(people)).toBe(expected),
  );

  it("are never more than 2 off", () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), (people) => {
        expect(round5(people) % 5).toBe(0);
        expect(Math.abs(round5(people) - people)).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe("the response rate", () => {
  it.each([
    ["40 of 70, as 57 percent", 42, 70, 55],
    ["the same for one more", 41, 70, 55],
    ["nothing for the first two", 2, 70, 0],
    ["everybody", 69, 71, 100],
    ["nobody asked", 0, 0, null],
    ["too few asked to count", 2, 2, null],
  ])("%s", (_, sent, asked, expected) => {
    expect(responseRate(sent, asked)).toBe(expected);
  });

  it("is a multiple of 5 up to 100, and never falls when one more sends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 600 }), fc.nat({ max: 600 }), (asked, some) => {
        const sent = Math.min(some, asked - 1);
        const [before, after] = [responseRate(sent, asked) ?? NaN, responseRate(sent + 1, asked) ?? NaN];
        expect(before % 5).toBe(0);
        expect(after).toBeLessThanOrEqual(100);
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe("a mean", () => {
  it("is the same to the last bit in any order", () => {
    const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 });
    fc.assert(fc.property(values, (some) => expect(mean(some)).toBe(mean(some.toReversed()))));
  });
});

describe("percentages", () => {
  it.each([[5, 40, 13], [1, 3, 33], [2, 3, 67], [7, 7, 100], [0, 7, 0]])("%d of %d are %d", (part, whole, expected) => {
    expect(percentOf(part, whole)).toBe(expected);
  });
});
