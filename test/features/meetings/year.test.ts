import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { seriesDates } from "../../../src/features/meetings/series.ts";
import { candidatesFor } from "../../../src/features/meetings/candidates.ts";
import { bankHolidays } from "../../../src/kernel/working-days.ts";
import { day, proposalFor, settingsWith, zone } from "../../builders/planning.ts";

const avoid = [
  { from: "2026-10-26", to: "2026-10-30", name: "Half term" },
  { from: "2026-12-21", to: "2027-01-01", name: "Christmas" },
  { from: "2027-02-15", to: "2027-02-19", name: "Half term" },
];

/** A planned day, why it can't be booked (or null), and what is proposed, in UTC; written by hand from a calendar. */
type Row = [plannedOn: string, fault: string | null, bestStart: string, bestEnd: string, reason: string];

const tuesdays: Row[] = [
  ["2026-10-06", null, "2026-10-06T09:00:00Z", "2026-10-06T10:30:00Z", "as planned"],
  // The clocks went back on 25 October.
  ["2026-11-17", null, "2026-11-17T10:00:00Z", "2026-11-17T11:30:00Z", "as planned"],
  ["2026-12-29", "in Christmas (21 December to 1 January)", "2027-01-04T10:00:00Z", "2027-01-04T11:30:00Z", "6 days later than planned"],
  ["2027-02-09", null, "2027-02-09T10:00:00Z", "2027-02-09T11:30:00Z", "as planned"],
  ["2027-03-23", null, "2027-03-23T10:00:00Z", "2027-03-23T11:30:00Z", "as planned"],
  // They went forward on 28 March.
  ["2027-05-04", null, "2027-05-04T09:00:00Z", "2027-05-04T10:30:00Z", "as planned"],
  ["2027-06-15", null, "2027-06-15T09:00:00Z", "2027-06-15T10:30:00Z", "as planned"],
  ["2027-07-27", null, "2027-07-27T09:00:00Z", "2027-07-27T10:30:00Z", "as planned"],
  ["2027-09-07", null, "2027-09-07T09:00:00Z", "2027-09-07T10:30:00Z", "as planned"],
  ["2027-10-19", null, "2027-10-19T09:00:00Z", "2027-10-19T10:30:00Z", "as planned"],
  ["2027-11-30", null, "2027-11-30T10:00:00Z", "2027-11-30T11:30:00Z", "as planned"],
];

const mondaysAtEaster: Row[] = [
  ["2026-10-12", null, "2026-10-12T09:00:00Z", "2026-10-12T10:30:00Z", "as planned"],
  ["2026-11-23", null, "2026-11-23T10:00:00Z", "2026-11-23T11:30:00Z", "as planned"],
  ["2027-01-04", null, "2027-01-04T10:00:00Z", "2027-01-04T11:30:00Z", "as planned"],
  // A whole week to avoid: the Friday before it is nearer than the Monday after it.
  ["2027-02-15", "in Half term (15 to 19 February)", "2027-02-12T10:00:00Z", "2027-02-12T11:30:00Z", "3 days earlier than planned"],
  // Easter Monday, the day after the clocks go forward.
  ["2027-03-29", "bank holiday (Easter Monday)", "2027-03-30T09:00:00Z", "2027-03-30T10:30:00Z", "1 day later than planned"],
  ["2027-05-10", null, "2027-05-10T09:00:00Z", "2027-05-10T10:30:00Z", "as planned"],
  ["2027-06-21", null, "2027-06-21T09:00:00Z", "2027-06-21T10:30:00Z", "as planned"],
  ["2027-08-02", null, "2027-08-02T09:00:00Z", "2027-08-02T10:30:00Z", "as planned"],
  ["2027-09-13", null, "2027-09-13T09:00:00Z", "2027-09-13T10:30:00Z", "as planned"],
];

const mondaysInAugust: Row[] = [
  ["2026-09-28", null, "2026-09-28T09:00:00Z", "2026-09-28T10:30:00Z", "as planned"],
  ["2026-11-09", null, "2026-11-09T10:00:00Z", "2026-11-09T11:30:00Z", "as planned"],
  ["2026-12-21", "in Christmas (21 December to 1 January)", "2026-12-18T10:00:00Z", "2026-12-18T11:30:00Z", "3 days earlier than planned"],
  ["2027-02-01", null, "2027-02-01T10:00:00Z", "2027-02-01T11:30:00Z", "as planned"],
  ["2027-03-15", null, "2027-03-15T10:00:00Z", "2027-03-15T11:30:00Z", "as planned"],
  ["2027-04-26", null, "2027-04-26T09:00:00Z", "2027-04-26T10:30:00Z", "as planned"],
  ["2027-06-07", null, "2027-06-07T09:00:00Z", "2027-06-07T10:30:00Z", "as planned"],
  ["2027-07-19", null, "2027-07-19T09:00:00Z", "2027-07-19T10:30:00Z", "as planned"],
  ["2027-08-30", "bank holiday (Summer bank holiday)", "2027-08-31T09:00:00Z", "2027-08-31T10:30:00Z", "1 day later than planned"],
  ["2027-10-11", null, "2027-10-11T09:00:00Z", "2027-10-11T10:30:00Z", "as planned"],
];

describe("a year of meetings", () => {
  it.each([
    ["on Tuesdays", tuesdays],
    ["on Mondays, through Easter", mondaysAtEaster],
    ["on Mondays, through Christmas and August", mondaysInAugust],
  ])("%s is planned as the calendar says", (_, rows) => {
    const firstOn = rows[0]![0];
    const settings = settingsWith({ firstOn, avoid });
    const series = seriesDates(settings, day(firstOn), rows.length);
    expect(series.map(({ index }) => index)).toEqual(rows.map((__, index) => index));
    const planned = series.map((date): Row => {
      const { slots, best, isFine } = proposalFor(date.on.toString(), { settings, planned: date });
      const faults = slots.filter((slot) => slot.isPlanned).flatMap((slot) => slot.faults);
      expect(isFine).toBe(faults.length === 0);
      const [starts, ends] = [String(best?.startsAt), String(best?.endsAt)];
      return [String(date.on), faults[0] ?? null, starts, ends, best?.reasons.join("; ") ?? ""];
    });
    expect(planned).toEqual(rows);
  });
});

describe("the rhythm", () => {
  const series = { firstOn: "2026-10-06", everyWeeks: 6 };
  const datesFrom = (from: string, count = 2) =>
    seriesDates(series, day(from), count).map(({ index, on }) => `${index}: ${String(on)}`);

  it.each([
    ["starts with the first meeting, however early it is asked for", "2020-01-01", ["0: 2026-10-06", "1: 2026-11-17"]],
    ["includes the day itself", "2026-11-17", ["1: 2026-11-17", "2: 2026-12-29"]],
    ["goes on the day after", "2026-11-18", ["2: 2026-12-29", "3: 2027-02-09"]],
    ["crosses years", "2027-11-01", ["10: 2027-11-30", "11: 2028-01-11"]],
  ])("%s", (_, from, expected) => {
    expect(datesFrom(from)).toEqual(expected);
  });

  it("has no dates without a first one", () => {
    expect(seriesDates({ firstOn: null, everyWeeks: 6 }, day("2026-10-06"), 3)).toEqual([]);
  });

  const firsts = fc
    .integer({ min: 0, max: 4 * 365 })
    .map((days) => day("2026-01-01").add({ days }))
    .filter((date) => date.dayOfWeek <= 5);
  const someSettings = fc
    .record({
      firstOn: firsts.map(String),
      everyWeeks: fc.integer({ min: 1, max: 26 }),
      start: fc.constantFrom("00:00", "01:30", "09:00", "10:00", "15:45"),
      minutes: fc.integer({ min: 15, max: 480 }),
    })
    .map(settingsWith);

  const starts = fc.integer({ min: -400, max: 2000 });

  it("keeps whole steps of weeks from the first date, wherever one starts to look", () => {
    fc.assert(
      fc.property(someSettings, starts, fc.integer({ min: 1, max: 8 }), (settings, ahead, count) => {
        const first = day(settings.firstOn ?? "");
        const from = first.add({ days: ahead });
        const dates = seriesDates(settings, from, count);
        expect(dates).toHaveLength(count);
        for (const [nth, { index, on }] of dates.entries()) {
          expect(first.until(on, { largestUnit: "days" }).days).toBe(index * settings.everyWeeks * 7);
          expect(index).toBe(dates[0]!.index + nth);
          expect(from.until(on, { largestUnit: "days" }).days).toBeGreaterThanOrEqual(0);
        }
        const before = dates[0]!.on.subtract({ weeks: settings.everyWeeks });
        expect(dates[0]!.index === 0 || before.until(from, { largestUnit: "days" }).days > 0).toBe(true);
      }),
    );
  });

  it("offers only days within a week, at the set local time, and no bank holiday that isn't flagged", () => {
    fc.assert(
      fc.property(someSettings, fc.integer({ min: 0, max: 30 }), (settings, skip) => {
        const from = day(settings.firstOn ?? "").add({ weeks: skip * settings.everyWeeks });
        const [planned] = seriesDates(settings, from, 1);
        const candidates = candidatesFor(settings, planned!.on, day("2025-01-01"));
        expect(candidates.filter(({ date }) => date.equals(planned!.on))).toHaveLength(1);
        for (const { date, startsAt, endsAt, faults } of candidates) {
          const local = startsAt.toZonedDateTimeISO(zone);
          expect(Math.abs(planned!.on.until(date, { largestUnit: "days" }).days)).toBeLessThanOrEqual(7);
          expect(local.toPlainDate().equals(date)).toBe(true);
          expect(local.toPlainTime().toString({ smallestUnit: "minute" })).toBe(settings.start);
          expect(startsAt.until(endsAt).total("minutes")).toBe(settings.minutes);
          expect(date.dayOfWeek).toBeLessThan(6);
          const isFlagged = faults.some((fault) => fault.startsWith("bank holiday"));
          expect(isFlagged).toBe(bankHolidays(date.year).has(date.toString()));
        }
      }),
    );
  });
});
