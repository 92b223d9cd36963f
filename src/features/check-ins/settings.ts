import { z } from "zod";
import { day, holidayOverrides, timeOfDay, wholeNumber, zone } from "../../kernel/setting-fields.ts";
import { jobRoles } from "../roster/model.ts";
import type { GuideRange, Guides } from "./caseload.ts";
import { daysBetweenMessages } from "../deliveries/model.ts";

const perYear = "A guide range: give low and high as people per year, above 0 and up to 10,000.";
const annual = z.number({ error: perYear }).positive({ error: perYear }).max(10_000, { error: perYear });

const guideRange = z
  .object({ low: annual, high: annual }, { error: perYear })
  .refine((range) => range.low <= range.high, { error: "The guide range's low end can't be above its high end." });

/**
 * A network's settings for check-ins, as its leads change them. `CheckInSettings.parse({})` gives the defaults; every
 * message is a sentence that says what to change.
 */
export const CheckInSettings = z
  .object({
    /** Weeks from one opening to the next. */
    cadenceWeeks: wholeNumber(1, 26, "Weeks between check-ins").default(6),
    /** The day from which openings are counted; null counts from the last opening. */
    firstOpensOn: day("First opening").nullable().default(null),
    /** 1 is Monday, 7 is Sunday. */
    weekday: wholeNumber(1, 7, "Weekday").default(2),
    time: timeOfDay("Time").default("09:30"),
    zone: zone.default("Europe/London"),
    daysOpen: wholeNumber(2, 42, "Days open").default(14),
    /** Days after the opening. */
    reminderDays: z
      .array(wholeNumber(1, 42, "Reminder day"), { error: "Reminder days: give a list of days, such as [7]." })
      .max(5, { error: "Reminder days: give at most five." })
      .default([7]),
    guides: z
      .object({
        link_worker: guideRange.nullable().default({ low: 200, high: 250 }),
        care_coordinator: guideRange.nullable().default(null),
        health_coach: guideRange.nullable().default(null),
      })
      .prefault({}),
    /** Weeks that someone is supported for, for the estimate of people being supported. */
    weeksSupported: wholeNumber(1, 104, "Weeks of support").default(13),
    /** Working days within which a lead replies to a request. */
    requestDueWorkingDays: wholeNumber(1, 10, "Working days to reply").default(2),
    holidayOverrides,
    /** False when rounds open only by a lead's hand. */
    opensByItself: z.boolean({ error: "Opens by itself: give true or false." }).default(true),
  })
  .superRefine((settings, context) => {
    for (const message of reminderFaults(settings.reminderDays, settings.daysOpen))
      context.addIssue({ code: "custom", path: ["reminderDays"], message });
  });

export type CheckInSettings = z.infer<typeof CheckInSettings>;

/** The guide ranges that are set, by job role. */
export function guidesOf(settings: CheckInSettings): Guides {
  const guides: Partial<Record<(typeof jobRoles)[number], GuideRange>> = {};
  for (const role of jobRoles) {
    const range = settings.guides[role];
    if (range !== null) guides[role] = range;
  }
  return guides;
}

function reminderFaults(reminderDays: readonly number[], daysOpen: number): string[] {
  const sorted = reminderDays.toSorted((a, b) => a - b);
  return sorted.flatMap((reminder, index) => {
    const previous = sorted[index - 1] ?? 0;
    const after = index === 0 ? "the opening" : `the one on day ${previous}`;
    const apart = `at least ${daysBetweenMessages} days after ${after}: people get at most one message a week`;
    const inTime = `before the check-in closes on day ${daysOpen}`;
    return [
      ...(reminder - previous < daysBetweenMessages ? [apart] : []),
      ...(reminder >= daysOpen ? [inTime] : []),
    ].map((rule) => `The reminder on day ${reminder} must come ${rule}.`);
  });
}
