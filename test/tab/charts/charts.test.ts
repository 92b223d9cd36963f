import { describe, expect, it } from "@jest/globals";
import { percent, rangeOf } from "../../../src/tab/charts/load.ts";
import { daysAfter, labelledDays, percentOf, ticksTo } from "../../../src/tab/charts/scale.ts";
import { stretches } from "../../../src/tab/charts/stretches.ts";
import { nearest } from "../../../src/tab/charts/use-reading.ts";

describe("an axis", () => {
  it("reaches at least its highest value in up to five marks that are easy to read", () => {
    expect(ticksTo(1.2)).toEqual([0, 0.5, 1, 1.5]);
    expect(ticksTo(1)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(ticksTo(100)).toEqual([0, 25, 50, 75, 100]);
    expect(ticksTo(7)).toEqual([0, 2, 4, 6, 8]);
    expect(ticksTo(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(ticksTo(0)).toEqual([0, 1]);
    for (const most of [0.07, 0.9, 1.01, 3, 11, 49.9, 50, 1234]) {
      const ticks = ticksTo(most);
      expect({ most, reaches: (ticks.at(-1) ?? 0) >= most, few: ticks.length <= 5 }).toEqual({ most, reaches: true, few: true });
    }
  });

  it("keeps what lies outside at its ends", () => {
    expect([percentOf(5, 0, 10), percentOf(12, 0, 10), percentOf(-1, 0, 10), percentOf(3, 3, 3)]).toEqual([50, 100, 0, 50]);
  });

  it("labels the last day, and of the others those that leave room", () => {
    const days = ["2026-01-06", "2026-02-17", "2026-03-31", "2026-05-12"];
    expect(labelledDays(days, "2026-01-06", "2026-05-12", 30)).toEqual(days);
    expect(labelledDays(days, "2026-01-06", "2026-05-12", 40)).toEqual(["2026-02-17", "2026-05-12"]);
    expect(labelledDays([], "2026-01-06", "2026-05-12", 30)).toEqual([]);
    expect(daysAfter("2026-11-10", -364)).toBe("2025-11-11");
  });
});

describe("a line over time", () => {
  it("breaks where a value can't be told", () => {
    const point = (on: string, value: number | null) => ({ on, value });
    const [a, b, c] = [point("2026-01-06", 1), point("2026-02-17", null), point("2026-03-31", 2)];
    expect(stretches([a, b, c])).toEqual([[a], [c]]);
    expect(stretches([b])).toEqual([]);
  });

  it("is read at the day nearest to where somebody points", () => {
    expect([nearest([10, 50, 90], 0), nearest([10, 50, 90], 69), nearest([10, 50, 90], 71), nearest([], 5)]).toEqual([0, 1, 2, 0]);
  });
});

describe("a load", () => {
  it("is a percentage of the guide's top, with the range on the same scale", () => {
    const load = { newPeople: 27, guide: { low: 23, high: 28.75 }, load: 0.94, daysCovered: 42, teams: 1, words: "27 new people; guide 23 to 29" };
    expect(percent(load.load)).toBe("94%");
    expect(rangeOf({ ...load, state: "in" })).toEqual({ low: 0.8, high: 1 });
    expect(rangeOf(null)).toBeNull();
  });
});
