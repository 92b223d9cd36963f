import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { defaultInstrument } from "../../../src/features/pulse/instrument.ts";
import { withLabelsDropped } from "../../../src/features/pulse/labels.ts";
import type { Response } from "../../../src/features/pulse/model.ts";
import { scoreOf } from "../../../src/features/pulse/scoring.ts";
import { onlyFirst, people, someResponses } from "./answers.ts";

const dropped = (responses: readonly Response[], threshold = 10) =>
  withLabelsDropped(defaultInstrument, responses, threshold);

/** How many responses have each label. */
function labels(responses: readonly Response[]): Record<string, number> {
  const byLabel = Map.groupBy(dropped(responses), ({ group }) => group ?? "none");
  return Object.fromEntries([...byLabel].map(([label, those]) => [label, those.length]));
}

const isScored = ({ choices }: Response) => scoreOf(defaultInstrument, choices) !== null;

describe("labels at the close", () => {
  it.each<[string, Response[], Record<string, number>]>([
    [
      "stay when every group is large enough",
      [...people("North", 10, 1), ...people("South", 12, 2)],
      { North: 10, South: 12 },
    ],
    [
      "go with a small group, and with the smallest other",
      [...people("North", 9, 1), ...people("East", 15, 1), ...people("South", 12, 2)],
      { none: 21, East: 15 },
    ],
    [
      "go with small groups that are enough together",
      [...people("North", 5, 1), ...people("East", 5, 1), ...people("South", 12, 2)],
      { none: 10, South: 12 },
    ],
    [
      "go from one group for a single person without one",
      [...people(null, 1, 1), ...people("North", 15, 1), ...people("South", 12, 2)],
      { none: 13, North: 15 },
    ],
    [
      "go from the first by name of two equal groups",
      [...people(null, 1, 1), ...people("South", 12, 1), ...people("North", 12, 2)],
      { none: 13, South: 12 },
    ],
    [
      "all go when nothing else hides the few",
      [...people("North", 3, 1), ...people("South", 12, 2)],
      { none: 15 },
    ],
    [
      "all go when fewer than ten answered",
      people("North", 9, 1),
      { none: 9 },
    ],
  ])("%s", (_, responses, expected) => {
    expect(labels(responses)).toEqual(expected);
  });

  it("count only people with a score", () => {
    const unscored = Array.from({ length: 5 }, () => ({ group: "North", choices: onlyFirst(0) }));
    expect(labels([...people("North", 9, 1), ...unscored, ...people("South", 12, 2), ...people("West", 20, 2)])).toEqual({
      none: 26,
      West: 20,
    });
  });

  it("give company to a single person without a group and without a score", () => {
    const alone: Response = { group: null, choices: onlyFirst(0) };
    expect(labels([alone, ...people("North", 15, 1), ...people("South", 12, 2)])).toEqual({ none: 13, North: 15 });
  });

  it("leave everybody among at least the threshold, whatever was said", () => {
    fc.assert(
      fc.property(someResponses, fc.integer({ min: 10, max: 20 }), (responses, threshold) => {
        const kept = dropped(responses, threshold);
        const byLabel = Map.groupBy(kept, ({ group }) => group);
        if (responses.filter(isScored).length < threshold) byLabel.delete(null);
        for (const those of byLabel.values()) expect(those.filter(isScored).length).toBeGreaterThanOrEqual(threshold);
      }),
      { numRuns: 300 },
    );
  });

  it("take off labels and change nothing else", () => {
    fc.assert(
      fc.property(someResponses, (responses) => {
        const kept = dropped(responses);
        expect(kept.map(({ choices }) => choices)).toEqual(responses.map(({ choices }) => choices));
        expect(kept.every(({ group }, nth) => group === null || group === responses[nth]?.group)).toBe(true);
        expect(dropped(kept)).toEqual(kept);
      }),
    );
  });

  it("don't depend on the order of responses", () => {
    fc.assert(
      fc.property(someResponses, (responses) => {
        expect(dropped(responses.toReversed()).toReversed()).toEqual(dropped(responses));
      }),
    );
  });
});
