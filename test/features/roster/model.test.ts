import { describe, expect, it } from "@jest/globals";
import { awayUntil, isAway } from "../../../src/features/roster/model.ts";
import { Temporal } from "../../../src/kernel/time.ts";

const day = (text: string) => Temporal.PlainDate.from(text);

describe("somebody who is away", () => {
  it("is so up to and including the last day", () => {
    const person = { awayUntil: day("2026-11-06") };
    const days = ["2026-11-05", "2026-11-06", "2026-11-07"].map(day);
    expect(days.map((today) => isAway(person, today))).toEqual([true, true, false]);
    expect(days.map((today) => awayUntil(person, today)?.toString() ?? null)).toEqual(["2026-11-06", "2026-11-06", null]);
    expect(isAway({ awayUntil: null }, day("2026-11-06"))).toBe(false);
  });
});
