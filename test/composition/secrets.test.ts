import { describe, expect, it } from "@jest/globals";
import { shuffled } from "../../src/composition/secrets.ts";

describe("shuffling", () => {
  it("gives every order, each about as often as any other", () => {
    const seen = new Map<string, number>();
    for (let draw = 0; draw < 24_000; draw += 1) {
      const order = shuffled(["a", "b", "c", "d"]).join("");
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    // 1,000 each is expected, with a standard deviation of 31: seven of them is beyond any chance.
    for (const times of seen.values()) expect(Math.abs(times - 1_000)).toBeLessThan(220);
  });

  it("keeps every item once, and leaves what it was given as it was", () => {
    const items = Object.freeze(Array.from({ length: 500 }, (_, place) => place));
    expect(shuffled(items).sort((a, b) => a - b)).toEqual(items);
    expect(shuffled([])).toEqual([]);
    expect(shuffled([undefined, undefined])).toEqual([undefined, undefined]);
  });
});
