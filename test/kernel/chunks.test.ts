import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { chunksOf } from "../../src/kernel/chunks.ts";

describe("portions", () => {
  it("have every item once, in its order, and none is empty or too large", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (items, size) => {
        const portions = chunksOf(items, size);
        expect(portions.flat()).toEqual(items);
        expect(portions.every((one) => one.length > 0 && one.length <= size)).toBe(true);
      }),
    );
  });
});
