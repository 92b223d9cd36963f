import { describe, expect, it } from "@jest/globals";
import { Temporal } from "../../src/kernel/time.ts";
import { isWorkingDay } from "../../src/kernel/working-days.ts";
import { firstMeeting } from "../../src/local/sample.ts";

describe("the first meeting of the sample's series", () => {
  it("is a working Tuesday in about three weeks, on whatever day somebody starts", () => {
    const start = Temporal.PlainDate.from("2026-01-01");
    for (let day = 0; day < 3 * 365; day += 1) {
      const today = start.add({ days: day });
      const first = firstMeeting(today);
      expect(first.dayOfWeek).toBe(2);
      expect(isWorkingDay(first)).toBe(true);
      const { days } = today.until(first, { largestUnit: "days" });
      expect(days).toBeGreaterThanOrEqual(18);
      expect(days).toBeLessThanOrEqual(31);
    }
  });
});
