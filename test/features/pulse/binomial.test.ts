import { describe, expect, it } from "@jest/globals";
import { atLeast } from "../../../src/features/pulse/binomial.ts";

describe("the chance of at least so many", () => {
  it.each([
    ["one of two coins", 1, 2, 0.5, 3 / 4],
    ["both of two coins", 2, 2, 0.5, 1 / 4],
    ["none", 0, 5, 0.3, 1],
    ["more than there are", 6, 5, 0.3, 0],
    // 10 * 0.6^3 * 0.4^2 + 5 * 0.6^4 * 0.4 + 0.6^5
    ["three of five at 60 %", 3, 5, 0.6, 0.68256],
    // Half of 1001 and its middle are symmetrical.
    ["half of many coins", 501, 1001, 0.5, 0.5],
  ])("%s", (_, k, n, p, expected) => {
    expect(atLeast(k, n, p)).toBeCloseTo(expected, 9);
  });
});
