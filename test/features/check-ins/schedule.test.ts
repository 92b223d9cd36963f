import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { closesAt, nextOpening, reminderTimes } from "../../../src/features/check-ins/schedule.ts";
import { CheckInSettings } from "../../../src/features/check-ins/settings.ts";
import { dateIn, momentOn, Temporal } from "../../../src/kernel/time.ts";
import { addWorkingDays, isWorkingDay } from "../../../src/kernel/working-days.ts";

const zone = "Europe/London";
const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[${zone}]`).toInstant();
const inLondon = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(zone).toPlainDateTime().toString();
const settingsWith = (more: object = {}) => CheckInSettings.parse(more);

const moments = fc
  .integer({ min: 0, max: 5 * 365 * 24 * 60 })
  .map((minutes) => Temporal.Instant.from("2026-01-01T00:00Z").add({ minutes }));
const someSettings = fc
  .record({
    cadenceWeeks: fc.integer({ min: 1, max: 26 }),
    weekday: fc.integer({ min: 1, max: 7 }),
    time: fc.constantFrom("00:00", "01:30", "09:30", "23:59"),
    daysOpen: fc.integer({ min: 22, max: 42 }),
    reminderDays: fc.constantFrom([], [7], [7, 14], [21, 8]),
  })
  .map(settingsWith);

describe("the next opening", () => {
  it.each([
    ["keeps six weeks from the first", "2026-11-24", "2026-11-24T09:30", null, "2027-01-05T09:30:00"],
    ["is the first itself until it has passed", "2026-11-24", "2026-11-24T09:29", null, "2026-11-24T09:30:00"],
    ["waits for a first that lies ahead", "2027-06-01", "2026-11-24T09:30", null, "2027-06-01T09:30:00"],
    ["moves off Boxing Day's substitute", "2026-11-17", "2026-12-01T12:00", null, "2026-12-29T09:30:00"],
    ["counts on from the last when there's no first", null, "2026-11-24T09:31", "2026-11-24", "2027-01-05T09:30:00"],
    ["is the coming weekday when there's neither", null, "2026-11-26T12:00", null, "2026-12-01T09:30:00"],
    ["is later today when today is the weekday", null, "2026-11-24T08:00", null, "2026-11-24T09:30:00"],
    ["counts on from one opened by hand", null, "2026-11-26T12:00", "2026-11-26", "2027-01-05T09:30:00"],
    ["doesn't open twice on one day", "2026-11-24", "2026-11-24T08:00", "2026-11-24", "2027-01-05T09:30:00"],
    ["skips what was missed while nothing ran", "2020-01-07", "2026-11-24T12:00", "2020-01-07", "2026-12-01T09:30:00"],
  ])("%s", (_, firstOpensOn, after, last, expected) => {
    const opening = nextOpening(settingsWith({ firstOpensOn }), at(after), last === null ? null : day(last));
    expect(inLondon(opening.opensAt)).toBe(expected);
    expect(opening.opensOn.toString()).toBe(expected.slice(0, 10));
  });

  it("keeps its rhythm when one opening moves off a holiday", () => {
    const monday = settingsWith({ weekday: 1 });
    const moved = nextOpening(monday, at("2027-03-01T00:00"), day("2027-02-15"));
    expect(moved.opensOn.toString()).toBe("2027-03-30");
    expect(nextOpening(monday, moved.opensAt, moved.opensOn).opensOn.toString()).toBe("2027-05-10");
  });

  it("heeds days that leads added to the holidays", () => {
    const settings = settingsWith({ firstOpensOn: "2026-11-24", holidayOverrides: { add: ["2026-11-24"] } });
    expect(nextOpening(settings, at("2026-11-20T12:00"), null).opensOn.toString()).toBe("2026-11-25");
  });

  it("is at the same local time on both sides of both clock changes", () => {
    const weekly = settingsWith({ cadenceWeeks: 1, firstOpensOn: "2027-03-23" });
    const offsets = ["2027-03-22T12:00", "2027-03-29T12:00", "2027-10-25T12:00", "2027-11-01T12:00"].map((after) =>
      nextOpening(weekly, at(after), null).opensAt.toString(),
    );
    expect(offsets).toEqual([
      "2027-03-23T09:30:00Z",
      "2027-03-30T08:30:00Z",
      "2027-10-26T08:30:00Z",
      "2027-11-02T09:30:00Z",
    ]);
  });

  it("is never on a weekend or holiday and always later, from 2026 to 2030", () => {
    fc.assert(
      fc.property(someSettings, moments, fc.boolean(), (settings, after, fromLast) => {
        const last = fromLast ? dateIn(zone, after) : null;
        const { opensOn, opensAt } = nextOpening(settings, after, last);
        expect(isWorkingDay(opensOn)).toBe(true);
        expect(Temporal.Instant.compare(opensAt, after)).toBe(1);
        expect(opensAt.equals(momentOn(opensOn, settings.time, zone))).toBe(true);
        if (last !== null) expect(Temporal.PlainDate.compare(opensOn, last)).toBe(1);
      }),
    );
  });

  it("stays within days of a rhythm of whole weeks, from 2026 to 2030", () => {
    for (const weekday of [1, 2, 3, 4, 5, 6, 7]) {
      const settings = settingsWith({ weekday });
      let last = nextOpening(settings, at("2026-01-03T00:00"), null);
      const start = last.opensOn.subtract({ days: 6 });
      const first = start.add({ days: (weekday - start.dayOfWeek + 7) % 7 });
      for (let round = 1; last.opensOn.year < 2031; round += 1) {
        last = nextOpening(settings, last.opensAt, last.opensOn);
        const moved = first.add({ days: 42 * round }).until(last.opensOn, { largestUnit: "days" }).days;
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThanOrEqual(5);
      }
    }
  });
});

describe("the close", () => {
  it.each([
    ["comes the set days later at five", "2026-11-24T09:30", null, "2026-12-08T17:00:00"],
    ["is five o'clock local after the clocks go forward", "2027-03-23T09:30", null, "2027-04-06T17:00:00"],
    ["comes three working days before the meeting", "2026-11-24T09:30", "2026-12-17", "2026-12-14T17:00:00"],
    ["counts working days over Christmas", "2026-12-15T09:30", "2026-12-30", "2026-12-23T17:00:00"],
    ["passes over a meeting after the next opening", "2026-11-24T09:30", "2027-01-06", "2026-12-08T17:00:00"],
    ["passes over a meeting that has been", "2026-11-24T09:30", "2026-11-17", "2026-12-08T17:00:00"],
    ["passes over a meeting that leaves no time to answer", "2026-11-24T09:30", "2026-11-30", "2026-12-08T17:00:00"],
  ])("%s", (_, opens, meeting, expected) => {
    const closes = closesAt(settingsWith(), at(opens), meeting === null ? null : day(meeting));
    expect(inLondon(closes)).toBe(expected);
  });

  it.each([
    ["moves from Good Friday to the next working day", "2027-03-12T09:30", {}, "2027-03-30T17:00:00"],
    ["moves from a day that leads added to the holidays", "2026-11-24T09:30", { holidayOverrides: { add: ["2026-12-08"] } }, "2026-12-09T17:00:00"],
    ["comes before the next opening when the cadence is shorter", "2026-11-24T09:30", { cadenceWeeks: 2 }, "2026-12-07T17:00:00"],
    ["comes before a next opening that a holiday moves", "2026-12-14T09:30", { cadenceWeeks: 2, weekday: 1 }, "2026-12-24T17:00:00"],
  ])("%s", (_, opens, settings, expected) => {
    expect(inLondon(closesAt(settingsWith(settings), at(opens), null))).toBe(expected);
  });

  it("is on a working day, two days on or later, and before the next opening, from 2026 to 2030", () => {
    fc.assert(
      fc.property(someSettings, moments, (settings, after) => {
        const { opensAt, opensOn } = nextOpening(settings, after, null);
        const closes = closesAt(settings, opensAt, null);
        expect(isWorkingDay(dateIn(zone, closes))).toBe(true);
        expect(opensOn.until(dateIn(zone, closes), { largestUnit: "days" }).days).toBeGreaterThanOrEqual(2);
        expect(Temporal.Instant.compare(closes, nextOpening(settings, opensAt, opensOn).opensAt)).toBe(-1);
      }),
    );
  });

  it("leaves three working days before a meeting that it heeds", () => {
    fc.assert(
      fc.property(someSettings, moments, fc.integer({ min: -10, max: 200 }), (settings, after, until) => {
        const { opensAt, opensOn } = nextOpening(settings, after, null);
        const meeting = opensOn.add({ days: until });
        const closed = closesAt(settings, opensAt, meeting);
        if (closed.equals(closesAt(settings, opensAt, null))) return;
        expect(dateIn(zone, closed).toString()).toBe(addWorkingDays(meeting, -3).toString());
        expect(opensOn.until(dateIn(zone, closed), { largestUnit: "days" }).days).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});

describe("reminders", () => {
  it("come on the set days at the set time", () => {
    const settings = settingsWith({ reminderDays: [14, 7], daysOpen: 20 });
    const opens = at("2026-11-24T09:30");
    const times = reminderTimes(settings, opens, closesAt(settings, opens, null)).map(inLondon);
    expect(times).toEqual(["2026-12-01T09:30:00", "2026-12-08T09:30:00"]);
  });

  it("move off a holiday, and the next stays a week later", () => {
    const settings = settingsWith({ reminderDays: [7, 14], daysOpen: 20 });
    const opens = at("2027-03-22T09:30");
    const times = reminderTimes(settings, opens, closesAt(settings, opens, null)).map(inLondon);
    expect(times).toEqual(["2027-03-30T09:30:00", "2027-04-06T09:30:00"]);
  });

  it("come a day later after an opening late in the day, so that a week lies between", () => {
    const settings = settingsWith();
    const opens = at("2026-11-24T22:00");
    expect(reminderTimes(settings, opens, closesAt(settings, opens, null)).map(inLondon)).toEqual(["2026-12-02T09:30:00"]);
  });

  it("are left out when the meeting closes the round before them", () => {
    const settings = settingsWith();
    const opens = at("2026-11-24T09:30");
    expect(reminderTimes(settings, opens, closesAt(settings, opens, day("2026-12-03")))).toEqual([]);
  });

  it("are on working days, before the close, and a week apart", () => {
    fc.assert(
      fc.property(someSettings, moments, (settings, after) => {
        const { opensAt } = nextOpening(settings, after, null);
        const closes = closesAt(settings, opensAt, null);
        let previous = dateIn(zone, opensAt);
        for (const time of reminderTimes(settings, opensAt, closes)) {
          const on = dateIn(zone, time);
          expect(isWorkingDay(on)).toBe(true);
          expect(previous.until(on, { largestUnit: "days" }).days).toBeGreaterThanOrEqual(7);
          expect(Temporal.Instant.compare(time, closes)).toBe(-1);
          previous = on;
        }
      }),
    );
  });
});
