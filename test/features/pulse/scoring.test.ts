import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { defaultInstrument } from "../../../src/features/pulse/instrument.ts";
import type { Choices } from "../../../src/features/pulse/model.ts";
import { bandOf, scoreOf } from "../../../src/features/pulse/scoring.ts";
import { someChoices } from "./answers.ts";

/** The places of the choices by item, in the order of the inventory; null for one left blank. */
function answers(...places: (number | null)[]): Choices {
  const ids = defaultInstrument.items.map(({ id }) => id);
  return Object.fromEntries(ids.flatMap((id, nth) => (places[nth] == null ? [] : [[id, places[nth]]])));
}

describe("the score of the Copenhagen inventory", () => {
  // Places: 0 is always, or a very high degree (100); 4 is never, or a very low one (0). The fourth item is reversed.
  it.each([
    // 100 + 75 + 50 + (100 - 25) + 75 + 50 + 25 = 450
    ["a mixed answer", answers(0, 1, 2, 3, 1, 2, 3), 450 / 7],
    // 6 * 100 + (100 - 100)
    ["always everything, energy too", answers(0, 0, 0, 0, 0, 0, 0), 600 / 7],
    ["the worst there is", answers(0, 0, 0, 4, 0, 0, 0), 100],
    ["the best there is", answers(4, 4, 4, 0, 4, 4, 4), 0],
    ["the middle of everything", answers(2, 2, 2, 2, 2, 2, 2), 50],
    // (100 + 75 + (100 - 0) + 25) / 4: just enough
    ["four of seven items", answers(0, 1, null, 4, null, 3, null), 75],
    ["three of seven items", answers(0, 1, null, 4, null, null, null), null],
    ["nothing", answers(), null],
  ])("for %s", (_, choices, expected) => {
    const score = scoreOf(defaultInstrument, choices);
    if (expected === null) expect(score).toBeNull();
    else expect(score).toBeCloseTo(expected, 10);
  });

  it("leaves out what isn't a choice or an item", () => {
    expect(scoreOf(defaultInstrument, { ...answers(2, 2, 2, 2), burnt: 0, frustrating: 9 })).toBe(50);
  });

  it("lies between 0 and 100, and is there from half of the items on", () => {
    fc.assert(
      fc.property(someChoices, (choices) => {
        const score = scoreOf(defaultInstrument, choices);
        expect(score !== null).toBe(Object.keys(choices).length >= 4);
        expect(score ?? 0).toBeGreaterThanOrEqual(0);
        expect(score ?? 0).toBeLessThanOrEqual(100);
      }),
    );
  });

  it("doesn't depend on the order of items or answers", () => {
    fc.assert(
      fc.property(
        someChoices,
        fc.shuffledSubarray([...defaultInstrument.items], { minLength: 7 }),
        (choices, items) => {
          const turned = Object.fromEntries(Object.entries(choices).reverse());
          expect(scoreOf({ ...defaultInstrument, items }, turned)).toBe(scoreOf(defaultInstrument, choices));
        },
      ),
    );
  });

  it("grows with every answer that says more of burnout, and falls with more energy", () => {
    fc.assert(
      fc.property(someChoices, fc.nat({ max: 6 }), (choices, nth) => {
        const { id, isReversed } = defaultInstrument.items[nth] ?? { id: "", isReversed: false };
        const place = choices[id] === undefined ? 0 : choices[id];
        const before = scoreOf(defaultInstrument, choices);
        fc.pre(before !== null && place > 0);
        const after = scoreOf(defaultInstrument, { ...choices, [id]: place - 1 }) ?? NaN;
        expect(Math.sign(after - before)).toBe(isReversed ? -1 : 1);
      }),
    );
  });

  it.each([
    [0, "under 50"],
    [49.9, "under 50"],
    [50, "50 to 74"],
    [74.9, "50 to 74"],
    [75, "75 to 99"],
    [99.9, "75 to 99"],
    [100, "100"],
  ])("of %d lies in the band %s", (score, label) => {
    expect(defaultInstrument.bands[bandOf(defaultInstrument, score)]?.label).toBe(label);
  });
});
