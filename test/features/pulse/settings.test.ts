import { describe, expect, it } from "@jest/globals";
import { PulseSettings } from "../../../src/features/pulse/settings.ts";

const faultsOf = (settings: object) => {
  const parsed = PulseSettings.safeParse(settings);
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => message);
};

describe("the pulse's settings", () => {
  it("have defaults: twelve weeks, a fortnight, one reminder, groups of ten, and support lines that nobody has checked", () => {
    const settings = PulseSettings.parse({});
    expect(settings).toMatchObject({
      everyWeeks: 12,
      daysOpen: 14,
      reminderDays: [7],
      time: "09:30",
      zone: "Europe/London",
      opensByItself: true,
      threshold: 10,
      groupBy: "area",
      areasInOrder: [],
      rawDays: 30,
    });
    const lines = settings.supportLines.map(({ name, contact }) => `${name} ${contact}`).join("\n");
    for (const known of ["999", "option 2", "116 123", "SHOUT to 85258"]) expect(lines).toContain(known);
    expect(settings.supportLines.map(({ lastChecked }) => lastChecked)).toEqual([null, null, null, null]);
  });

  it("never let fewer than ten people be shown, whatever is asked for", () => {
    for (const threshold of [9, 1, 0, -10, 9.99, 51, "10", null]) {
      expect(faultsOf({ threshold })).toEqual([expect.stringContaining("at least 10: smaller groups are never shown.")]);
    }
    expect(faultsOf({ threshold: 10 })).toEqual([]);
    expect(faultsOf({ threshold: 50 })).toEqual([]);
  });

  it("keep reminders a week apart and before the close", () => {
    expect(faultsOf({ reminderDays: [7, 14, 21], daysOpen: 28 })).toEqual([]);
    expect(faultsOf({ reminderDays: [5] })).toEqual([expect.stringContaining("at least 7 days after the opening")]);
    expect(faultsOf({ reminderDays: [7, 10] })).toEqual([expect.stringContaining("at least 7 days after the one on day 7")]);
    expect(faultsOf({ reminderDays: [14, 7], daysOpen: 21 })).toEqual([expect.stringContaining("The reminder on day 7")]);
    expect(faultsOf({ reminderDays: [14] })).toEqual([expect.stringContaining("before the survey closes on day 14")]);
    expect(faultsOf({ reminderDays: [7, 14, 21, 27], daysOpen: 28 })).not.toEqual([]);
  });

  it("need at least one support line, each with words and a real date or none", () => {
    const line = { name: "Samaritans", contact: "call 116 123" };
    expect(faultsOf({ supportLines: [{ ...line, lastChecked: "2027-01-12" }, line] })).toEqual([]);
    for (const supportLines of [[], [{ name: "Samaritans" }], [{ ...line, contact: " " }], [{ ...line, lastChecked: "2027-02-30" }], [{ ...line, telephone: "1" }]]) {
      expect(faultsOf({ supportLines })).not.toEqual([]);
    }
  });

  it("delete single answers after 30 days at the latest", () => {
    expect(faultsOf({ rawDays: 31 })).not.toEqual([]);
    expect(faultsOf({ rawDays: 1 })).toEqual([]);
  });
});
