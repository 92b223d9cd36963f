import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { conversationWindows, firstGap, firstWithin, gapFor, recent } from "../../../src/features/deliveries/rate.ts";

/** The most moments that any window of this length holds, wherever it is laid. */
function most(moments: readonly number[], milliseconds: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  return Math.max(0, ...sorted.map((start) => sorted.filter((at) => at >= start && at < start + milliseconds).length));
}

const waits = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 150 });

describe("the app's limit", () => {
  it("holds in every window of a second, whenever requests are asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), waits, (perSecond, starts) => {
        const gap = gapFor(perSecond);
        const taken: number[] = [];
        for (const start of starts) {
          const at = firstGap(taken.toSorted((a, b) => a - b), start, gap);
          expect(at).toBeGreaterThanOrEqual(start);
          taken.push(at);
        }
        expect(most(taken, 1_000)).toBeLessThanOrEqual(perSecond);
      }),
    );
  });

  it("is kept at a greater distance the more requests were refused, and among several replicas, by at most 8 %", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(100), fc.boolean(), (perSecond, refusals, areSeveral) => {
        const second = (lately: Parameters<typeof gapFor>[1]) => gapFor(perSecond, lately) * perSecond;
        const [here, more, alone] = [second({ refusals, areSeveral }), second({ refusals: refusals + 1, areSeveral }), second({ refusals })];
        expect(here).toBeGreaterThanOrEqual(1_025);
        expect(here).toBeLessThanOrEqual(1_080.001);
        expect(more).toBeGreaterThanOrEqual(here);
        expect(here).toBeGreaterThanOrEqual(alone);
      }),
    );
    expect(gapFor(50, { refusals: 1 })).toBeGreaterThan(gapFor(50));
    expect(gapFor(50, { areSeveral: true })).toBeGreaterThan(gapFor(50));
  });

  it("lets a request into the gap before one that was reserved far ahead", () => {
    expect(firstGap([1_000, 30_000], 1_000, 20)).toBe(1_020);
  });

  it("keeps its distance from the reservation that follows", () => {
    expect(firstGap([1_000, 1_030], 1_000, 20)).toBe(1_050);
  });

  it("wastes no time: a full second takes all its requests", () => {
    const taken: number[] = [];
    for (let i = 0; i < 50; i += 1) taken.push(firstGap(taken, 0, gapFor(50)));
    expect(taken.at(-1)).toBeLessThan(1_025);
  });
});

describe("a conversation's limits", () => {
  it("hold in all four windows", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }), (pauses) => {
        const hits: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          hits.push(firstWithin(hits, now, conversationWindows));
        }
        for (const { requests, milliseconds } of conversationWindows) {
          expect(most(hits, milliseconds)).toBeLessThanOrEqual(requests);
        }
      }),
    );
  });

  it("let the first seven go at once, the eighth after a second and the ninth after two", () => {
    const hits: number[] = [];
    for (let i = 0; i < 9; i += 1) hits.push(firstWithin(hits, 0, conversationWindows));
    expect(hits.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(hits.slice(7)).toEqual([1_025, 2_025]);
  });
});

describe("what is remembered", () => {
  it("is what still counts, in order, however far ahead it was reserved", () => {
    expect(recent([99_000, 5_000, 98_000, 400_000], 99_000, 100_000, 2_000)).toEqual([98_000, 99_000, 400_000]);
  });

  it("isn't what a clock that was set back has left in the future", () => {
    expect(recent([99_000, 400_000], 390_000, 100_000, 2_000)).toEqual([99_000]);
  });
});
