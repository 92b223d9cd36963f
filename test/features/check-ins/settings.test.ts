import { describe, expect, it } from "@jest/globals";
import { CheckInSettings, guidesOf } from "../../../src/features/check-ins/settings.ts";

const faults = (input: unknown) => {
  const result = CheckInSettings.safeParse(input);
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

const tooOften = "people get at most one message a week.";

describe("check-in settings", () => {
  it("have sensible defaults", () => {
    expect(CheckInSettings.parse({})).toEqual({
      cadenceWeeks: 6,
      firstOpensOn: null,
      weekday: 2,
      time: "09:30",
      zone: "Europe/London",
      daysOpen: 14,
      reminderDays: [7],
      guides: { link_worker: { low: 200, high: 250 }, care_coordinator: null, health_coach: null },
      weeksSupported: 13,
      requestDueWorkingDays: 2,
      holidayOverrides: { add: [], remove: [] },
      opensByItself: true,
    });
  });

  it("keep the guides of other roles when one is set", () => {
    const settings = CheckInSettings.parse({ guides: { health_coach: { low: 90, high: 110 } } });
    expect(guidesOf(settings)).toEqual({ link_worker: { low: 200, high: 250 }, health_coach: { low: 90, high: 110 } });
  });

  it.each([
    [{ cadenceWeeks: 0 }, "cadenceWeeks: Weeks between check-ins: give a whole number from 1 to 26."],
    [{ cadenceWeeks: 1.5 }, "cadenceWeeks: Weeks between check-ins: give a whole number from 1 to 26."],
    [{ daysOpen: 43 }, "daysOpen: Days open: give a whole number from 2 to 42."],
    [{ weekday: 8 }, "weekday: Weekday: give a whole number from 1 to 7."],
    [{ time: "9.30" }, "time: Time: give hours and minutes, such as 09:30."],
    [{ zone: "Europe/Atlantis" }, "zone: Time zone: give a name such as Europe/London."],
    [{ firstOpensOn: "2026-02-30" }, "firstOpensOn: First opening: give a date as year-month-day, such as 2026-11-24."],
    [
      { guides: { link_worker: { low: 250, high: 200 } } },
      "guides.link_worker: The guide range's low end can't be above its high end.",
    ],
    [
      { reminderDays: [3] },
      `reminderDays: The reminder on day 3 must come at least 7 days after the opening: ${tooOften}`,
    ],
    [
      { reminderDays: [12, 7], daysOpen: 20 },
      `reminderDays: The reminder on day 12 must come at least 7 days after the one on day 7: ${tooOften}`,
    ],
    [{ reminderDays: [14] }, "reminderDays: The reminder on day 14 must come before the check-in closes on day 14."],
  ])("refuse %j in plain words", (input, message) => {
    expect(faults(input)).toEqual([message]);
  });

  it("take no reminders, or several a week apart", () => {
    expect(faults({ reminderDays: [] })).toEqual([]);
    expect(faults({ reminderDays: [14, 7], daysOpen: 15 })).toEqual([]);
  });
});
