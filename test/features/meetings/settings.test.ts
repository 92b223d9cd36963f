import { describe, expect, it } from "@jest/globals";
import { MeetingSettings } from "../../../src/features/meetings/settings.ts";

const faults = (input: unknown) => {
  const result = MeetingSettings.safeParse(input);
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

describe("meeting settings", () => {
  it("have sensible defaults", () => {
    expect(MeetingSettings.parse({})).toEqual({
      title: "Network meeting",
      firstOn: null,
      everyWeeks: 6,
      start: "10:00",
      minutes: 90,
      zone: "Europe/London",
      organiser: null,
      keepAhead: 3,
      avoid: [],
      holidayOverrides: { add: [], remove: [] },
      bookByItself: false,
      hideAttendees: true,
      rsvpDays: 14,
      reminderDays: 7,
      quorum: null,
      minLeadDays: 14,
    });
  });

  it("keep what is given, without spaces around the title and with a small-letter mailbox", () => {
    const settings = MeetingSettings.parse({
      title: "  Managers' meeting ",
      firstOn: "2026-10-06",
      organiser: "Meetings@Example.org",
      avoid: [{ from: "2026-12-21", to: "2026-12-21", name: "Christmas" }],
      start: "16:00",
      minutes: 480,
    });
    expect(settings).toMatchObject({ title: "Managers' meeting", organiser: "meetings@example.org", minutes: 480 });
  });

  it.each([
    [{ title: " " }, "title: Title: write 1 to 100 characters."],
    [{ firstOn: "2026-02-30" }, "firstOn: First meeting: give a date as year-month-day, such as 2026-11-24."],
    [
      { firstOn: "2026-10-10" },
      "firstOn: First meeting: Saturday 10 October 2026 is a weekend. Choose a day from Monday to Friday.",
    ],
    [{ everyWeeks: 27 }, "everyWeeks: Weeks between meetings: give a whole number from 1 to 26."],
    [{ start: "10am" }, "start: Start: give hours and minutes, such as 09:30."],
    [{ start: "24:00" }, "start: Start: give hours and minutes, such as 09:30."],
    [{ minutes: 10 }, "minutes: Length in minutes: give a whole number from 15 to 480."],
    [
      { start: "23:00" },
      "minutes: A meeting must end on the day on which it starts: choose an earlier start or fewer minutes.",
    ],
    [{ zone: "London" }, "zone: Time zone: give a name such as Europe/London."],
    [{ organiser: "nobody" }, "organiser: Organiser: give the e-mail address of a mailbox, or null."],
    [{ keepAhead: 9 }, "keepAhead: Meetings booked ahead: give a whole number from 1 to 8."],
    [
      { avoid: [{ from: "2027-02-20", to: "2027-02-15", name: "Half term" }] },
      "avoid.0.to: Half term: the last day (to) can't be before the first (from).",
    ],
    [
      { avoid: [{ from: "2027-02-31", to: "2027-02-15", name: "Half term" }] },
      "avoid.0.from: From: give a date as year-month-day, such as 2026-11-24.",
    ],
    [
      { avoid: [{ from: "2027-02-15", to: "2027-02-20", name: "" }] },
      "avoid.0.name: Name of the dates to avoid: write 1 to 60 characters.",
    ],
    [
      { avoid: Array.from({ length: 51 }, () => ({ from: "2027-02-15", to: "2027-02-20", name: "Half term" })) },
      "avoid: Dates to avoid: give a list of at most 50 ranges, each with from, to and name.",
    ],
    [{ avoid: ["Christmas"] }, "avoid.0: Dates to avoid: give a list of at most 50 ranges, each with from, to and name."],
    [
      { holidayOverrides: { add: ["Monday"] } },
      "holidayOverrides.add.0: Added holiday: give a date as year-month-day, such as 2026-11-24.",
    ],
    [{ bookByItself: "yes" }, "bookByItself: Books by itself: give true or false."],
    [{ hideAttendees: null }, "hideAttendees: Hide the attendee list: give true or false."],
    [{ rsvpDays: 7 }, "rsvpDays: Days before the meeting for the card: give a whole number from 8 to 60."],
    [
      { rsvpDays: 14, reminderDays: 8 },
      "reminderDays: The reminder must come at least 7 days after the card, which goes 14 days before the meeting: people get at most one message a week.",
    ],
    [{ quorum: 0 }, "quorum: Quorum: give a whole number from 1 to 500."],
    [{ minLeadDays: 0 }, "minLeadDays: Fewest days between booking and meeting: give a whole number from 1 to 90."],
  ])("refuse %j in plain words", (input, message) => {
    expect(faults(input)).toContain(message);
  });
});
