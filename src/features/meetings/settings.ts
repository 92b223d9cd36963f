import { z } from "zod";
import { day, holidayOverrides, text, timeOfDay, wholeNumber, yesOrNo, zone } from "../../kernel/setting-fields.ts";
import { dayInWords, Temporal } from "../../kernel/time.ts";
import { daysBetweenMessages } from "../deliveries/model.ts";

const aMailbox = "Organiser: give the e-mail address of a mailbox, or null.";
const ranges = "Dates to avoid: give a list of at most 50 ranges, each with from, to and name.";
const minutesInADay = 24 * 60;
/**
 * A network's settings for its meetings, as its leads change them. `MeetingSettings.parse({})` gives the defaults;
 * every message is a sentence that says what to change. The weekday of the meetings is that of `firstOn`.
 */
export const MeetingSettings = z
  .object({
    title: text("Title", 100).default("Network meeting"),
    /** The day of the first meeting, from which all others are counted; null: no series yet. */
    firstOn: day("First meeting").nullable().default(null),
    everyWeeks: wholeNumber(1, 26, "Weeks between meetings").default(6),
    /** Local time in `zone`. */
    start: timeOfDay("Start").default("10:00"),
    minutes: wholeNumber(15, 480, "Length in minutes").default(90),
    zone: zone.default("Europe/London"),
    /** The mailbox that owns the meetings; null: the one that the environment names. */
    organiser: z.email({ error: aMailbox }).toLowerCase().nullable().default(null),
    /** How many meetings to keep booked ahead. */
    keepAhead: wholeNumber(1, 8, "Meetings booked ahead").default(3),
    /** Ranges without meetings, both ends included: half terms (which have no national list), Christmas. */
    avoid: z
      .array(
        z.object({ from: day("From"), to: day("To"), name: text("Name of the dates to avoid", 60) }, { error: ranges }),
        { error: ranges },
      )
      .max(50, { error: ranges })
      .default([]),
    holidayOverrides,
    /** True when the best date is booked without a lead's confirmation. */
    bookByItself: yesOrNo("Books by itself").default(false),
    hideAttendees: yesOrNo("Hide the attendee list").default(true),
    /** Days before the meeting on which members get the card that asks whether they come. */
    rsvpDays: wholeNumber(8, 60, "Days before the meeting for the card").default(14),
    /** Days before the meeting on which those without an answer are reminded. */
    reminderDays: wholeNumber(1, 53, "Days before the meeting for the reminder").default(7),
    /** Fewest people who must have said yes; null: none needed. */
    quorum: wholeNumber(1, 500, "Quorum").nullable().default(null),
    /** Fewest days from the booking to the meeting. */
    minLeadDays: wholeNumber(1, 90, "Fewest days between booking and meeting").default(14),
  })
  .superRefine((settings, context) => {
    const fault = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
    const first = settings.firstOn === null ? null : Temporal.PlainDate.from(settings.firstOn);
    if (first !== null && first.dayOfWeek > 5) {
      const written = `${dayInWords(first)} ${first.year}`;
      fault(["firstOn"], `First meeting: ${written} is a weekend. Choose a day from Monday to Friday.`);
    }
    if (minutesOf(settings.start) + settings.minutes > minutesInADay)
      fault(["minutes"], "A meeting must end on the day on which it starts: choose an earlier start or fewer minutes.");
    if (settings.rsvpDays - settings.reminderDays < daysBetweenMessages)
      fault(
        ["reminderDays"],
        `The reminder must come at least ${daysBetweenMessages} days after the card, which goes ` +
          `${settings.rsvpDays} days before the meeting: people get at most one message a week.`,
      );
    settings.avoid.forEach((range, index) => {
      if (range.from > range.to)
        fault(["avoid", index, "to"], `${range.name}: the last day (to) can't be before the first (from).`);
    });
  });

export type MeetingSettings = z.infer<typeof MeetingSettings>;

/** A time of day ("HH:MM") in minutes from midnight. */
export function minutesOf(time: string): number {
  const { hour, minute } = Temporal.PlainTime.from(time);
  return hour * 60 + minute;
}
