import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { nextWaveOn } from "../../../src/features/pulse/schedule.ts";
import { type LocalDate, momentOn, Temporal } from "../../../src/kernel/time.ts";
import { type HolidayOverrides, isWorkingDay } from "../../../src/kernel/working-days.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const none = { add: [], remove: [] };
const every = (everyWeeks: number, holidayOverrides: HolidayOverrides = none) => ({ everyWeeks, holidayOverrides });
const daysBetween = (from: LocalDate, to: LocalDate) => from.until(to, { largestUnit: "days" }).days;

/** Meetings on Thursdays, every six weeks. */
const meetings = Array.from({ length: 60 }, (_, nth) => day("2026-01-08").add({ weeks: 6 * nth }));

describe("the next wave", () => {
  it.each([
    ["is due after twelve weeks", "2026-11-24", 12, [], "2027-02-16"],
    ["moves off a bank holiday", "2026-10-05", 12, [], "2026-12-29"],
    ["moves off Good Friday to the Thursday before", "2027-01-01", 12, [], "2027-03-25"],
    ["moves off a weekend to the nearer working day", "2026-11-28", 12, [], "2027-02-19"],
    ["lies in the middle between two meetings", "2026-11-24", 12, ["2027-01-21", "2027-03-04"], "2027-02-11"],
    ["takes the later middle when due on a meeting's day", "2026-11-24", 12, ["2027-01-05", "2027-02-16", "2027-03-30"], "2027-03-09"],
    ["takes the nearer middle when due on a meeting's day", "2026-11-24", 12, ["2027-01-26", "2027-02-16", "2027-03-30"], "2027-02-05"],
    ["keeps a week from the last meeting known", "2026-11-24", 12, ["2027-02-15"], "2027-02-22"],
    ["keeps a week before the only meeting known", "2026-11-24", 12, ["2027-02-17"], "2027-02-10"],
    ["stays where it is when the only meeting is far away", "2026-11-24", 12, ["2026-12-10"], "2027-02-16"],
    ["moves three weeks at most", "2026-11-24", 12, ["2027-02-11", "2027-06-10"], "2027-03-09"],
    ["moves less than half its rhythm", "2026-11-24", 4, ["2026-12-21", "2027-03-30"], "2027-01-04"],
    ["is never on a meeting's day", "2026-11-24", 12, ["2027-02-15", "2027-02-16", "2027-02-17"], "2027-02-18"],
  ])("%s", (_, last, weeks, around, expected) => {
    expect(nextWaveOn(day(last), every(weeks), around.map(day)).toString()).toBe(expected);
  });

  it("goes by the holidays that leads added and removed", () => {
    const added = every(12, { add: ["2027-02-16"], remove: [] });
    expect(nextWaveOn(day("2026-11-24"), added, []).toString()).toBe("2027-02-17");
    const removed = every(12, { add: [], remove: ["2026-12-28"] });
    expect(nextWaveOn(day("2026-10-05"), removed, []).toString()).toBe("2026-12-28");
  });

  it("keeps its rhythm between six-weekly meetings for years, over both changes of the clocks", () => {
    let last = day("2026-02-02");
    for (let wave = 0; wave < 24; wave += 1) {
      const next = nextWaveOn(last, every(12), meetings);
      const nearest = Math.min(...meetings.map((meeting) => Math.abs(daysBetween(meeting, next))));
      expect(isWorkingDay(next)).toBe(true);
      expect(nearest).toBeGreaterThanOrEqual(wave === 0 ? 18 : 17);
      // The first was opened anywhere; from then on there are twelve weeks, give or take a holiday.
      if (wave > 0) expect(Math.abs(daysBetween(last, next) - 84)).toBeLessThanOrEqual(4);
      // Half past nine stays half past nine, in summer and in winter.
      expect(momentOn(next, "09:30", "Europe/London").toZonedDateTimeISO("Europe/London").hour).toBe(9);
      last = next;
    }
    expect(last.year).toBe(2031);
  });

  it("is a working day after the last one, near the day it is due, and on no meeting's day", () => {
    const someDay = fc.nat({ max: 2000 }).map((days) => day("2026-01-01").add({ days }));
    fc.assert(
      fc.property(someDay, fc.integer({ min: 4, max: 52 }), fc.array(someDay, { maxLength: 40 }), (last, weeks, around) => {
        const next = nextWaveOn(last, every(weeks), around);
        expect(isWorkingDay(next)).toBe(true);
        expect(around.some((meeting) => meeting.equals(next))).toBe(false);
        expect(daysBetween(last, next)).toBeGreaterThan(0);
        // Three weeks, and what holidays and dense meetings add.
        expect(Math.abs(daysBetween(last.add({ weeks }), next))).toBeLessThanOrEqual(21 + 12);
        expect(nextWaveOn(last, every(weeks), around.toReversed()).equals(next)).toBe(true);
      }),
    );
  });
});
