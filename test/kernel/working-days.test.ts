import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Temporal } from "../../src/kernel/time.ts";
import { addWorkingDays, bankHolidays, isWorkingDay, nextWorkingDay } from "../../src/kernel/working-days.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const dates = fc.integer({ min: 0, max: 15 * 365 }).map((days) => day("2025-01-01").add({ days }));

/** Easter Sunday by the anonymous Gregorian algorithm (Meeus, Jones, Butcher). */
function easter(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(n / 31), day: (n % 31) + 1 });
}

/** The year's holidays by the published rules, worked out without the library. */
function byTheRules(year: number): string[] {
  const firstMonday = (from: string) => {
    const start = day(from);
    return start.add({ days: (8 - start.dayOfWeek) % 7 });
  };
  const lastMonday = (from: string) => {
    const end = day(from);
    return end.subtract({ days: end.dayOfWeek - 1 });
  };
  const days = [
    easter(year).subtract({ days: 2 }),
    easter(year).add({ days: 1 }),
    firstMonday(`${year}-05-01`),
    lastMonday(`${year}-05-31`),
    lastMonday(`${year}-08-31`),
  ].map(String);
  for (const fixed of [`${year}-01-01`, `${year}-12-25`, `${year}-12-26`]) {
    let date = day(fixed);
    // Christmas Day never takes Boxing Day's place.
    const taken = fixed.endsWith("12-25") ? [...days, `${year}-12-26`] : days;
    while (date.dayOfWeek > 5 || taken.includes(String(date))) date = date.add({ days: 1 });
    days.push(String(date));
  }
  return days.sort();
}

describe("bank holidays", () => {
  it("are those that the government published for 2026 and 2027", () => {
    expect([...bankHolidays(2026)].sort()).toEqual(
      ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"].map((rest) => `2026-${rest}`),
    );
    expect([...bankHolidays(2027)].sort()).toEqual(
      ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"].map((rest) => `2027-${rest}`),
    );
  });

  it.each(Array.from({ length: 16 }, (_, index) => 2025 + index))("follow the rules in %d", (year) => {
    expect([...bankHolidays(year)].sort()).toEqual(byTheRules(year));
  });

  it("take in days that leads add and leave out those that they remove", () => {
    const overrides = { add: ["2026-06-15", "2027-06-15"], remove: ["2026-05-04"] };
    const days = bankHolidays(2026, overrides);
    expect(days.has("2026-06-15")).toBe(true);
    expect(days.has("2027-06-15")).toBe(false);
    expect(days.has("2026-05-04")).toBe(false);
    expect(bankHolidays(2026).has("2026-05-04")).toBe(true);
    expect(isWorkingDay(day("2026-06-15"), overrides)).toBe(false);
    expect(isWorkingDay(day("2026-05-04"), overrides)).toBe(true);
  });
});

describe("working days", () => {
  it("move on from Good Friday to the Tuesday after Easter", () => {
    expect(String(nextWorkingDay(day("2026-04-03")))).toBe("2026-04-07");
    expect(String(nextWorkingDay(day("2026-04-07")))).toBe("2026-04-07");
  });

  it("are counted forwards and backwards over a holiday", () => {
    expect(String(addWorkingDays(day("2026-12-24"), 2))).toBe("2026-12-30");
    expect(String(addWorkingDays(day("2026-12-30"), -2))).toBe("2026-12-24");
    expect(String(addWorkingDays(day("2026-12-26"), 0))).toBe("2026-12-26");
  });

  it("never end on a weekend or a bank holiday, and come back to where they started", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 30 }), (date, n) => {
        const start = nextWorkingDay(date);
        const end = addWorkingDays(start, n);
        expect(end.dayOfWeek).toBeLessThan(6);
        expect(bankHolidays(end.year).has(end.toString())).toBe(false);
        expect(String(addWorkingDays(end, -n))).toBe(String(start));
      }),
    );
  });
});
