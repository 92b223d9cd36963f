import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { daysBetween, Temporal } from "../../src/kernel/time.ts";

describe("days between two days", () => {
  it("are what the calendar has between them", () => {
    const day = fc.integer({ min: -300_000, max: 300_000 }).map((days) => Temporal.PlainDate.from("2026-11-01").add({ days }));
    fc.assert(
      fc.property(day, day, (from, to) => {
        expect(daysBetween(from, to)).toBe(from.until(to, { largestUnit: "days" }).days);
      }),
    );
  });
});
