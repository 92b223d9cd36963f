import { z } from "zod";
import { day, holidayOverrides, text, timeOfDay, wholeNumber, yesOrNo, zone } from "../../kernel/setting-fields.ts";
import { daysBetweenMessages } from "../deliveries/model.ts";
import { groupings } from "./constants.ts";
import { smallestThreshold } from "./model.ts";

const lines = "Support lines: give a list of 1 to 10, each with name, contact and lastChecked (a date, or null).";
const supportLine = z.strictObject(
  {
    name: text("Name of a support line", 60),
    /** How to reach it, as people read it: "call 116 123". */
    contact: text("Contact of a support line", 100),
    /** When somebody of the network last made sure of it; null when nobody has. */
    lastChecked: day("Last checked").nullable().default(null),
  },
  { error: lines },
);
export type SupportLine = z.infer<typeof supportLine>;

/** From FACTS, section 5: what everybody in England can call; nobody of the network has checked them yet. */
const knownLines: readonly SupportLine[] = [
  { name: "In an emergency", contact: "call 999", lastChecked: null },
  { name: "NHS 111", contact: "call 111 and choose option 2", lastChecked: null },
  { name: "Samaritans", contact: "call 116 123", lastChecked: null },
  { name: "Shout", contact: "text SHOUT to 85258", lastChecked: null },
];

const thresholds = `Smallest group shown: give a whole number from ${smallestThreshold} to 50, at least ${smallestThreshold}: smaller groups are never shown.`;
const areas = "Areas in order: give a list of at most 100 names.";
const grouping = "Groups: choose area or job-role.";

/**
 * A network's settings for its pulse, as its leads change them. `PulseSettings.parse({})` gives the defaults; every
 * message is a sentence that says what to change.
 */
export const PulseSettings = z
  .object({
    /** Weeks from one wave's opening to the next. */
    everyWeeks: wholeNumber(4, 52, "Weeks between waves").default(12),
    daysOpen: wholeNumber(7, 28, "Days open").default(14),
    /** Days after the opening. */
    reminderDays: z
      .array(wholeNumber(2, 27, "Reminder day"), { error: "Reminder days: give a list of days, such as [7]." })
      .max(3, { error: "Reminder days: give at most three." })
      .default([7]),
    time: timeOfDay("Time").default("09:30"),
    zone: zone.default("Europe/London"),
    /** False when waves open only by a lead's hand; the first one always does. */
    opensByItself: yesOrNo("Opens by itself").default(true),
    /** Fewest people of whom anything is shown. */
    threshold: z
      .int({ error: thresholds })
      .min(smallestThreshold, { error: thresholds })
      .max(50, { error: thresholds })
      .default(smallestThreshold),
    /** What reporting groups are made of; a change counts from the next wave. */
    groupBy: z.enum(groupings, { error: grouping }).default("area"),
    /** Areas so that neighbours stand beside each other; the others follow in the order of the alphabet. */
    areasInOrder: z.array(text("An area", 60), { error: areas }).max(100, { error: areas }).default([]),
    /** Days after the close when the single answers are deleted; what was published stays. */
    rawDays: wholeNumber(1, 30, "Days until single answers are deleted").default(30),
    supportLines: z
      .array(supportLine, { error: lines })
      .min(1, { error: lines })
      .max(10, { error: lines })
      .default([...knownLines]),
    holidayOverrides,
  })
  .superRefine(({ reminderDays, daysOpen }, context) => {
    for (const message of reminderFaults(reminderDays, daysOpen)) {
      context.addIssue({ code: "custom", path: ["reminderDays"], message });
    }
  });

export type PulseSettings = z.infer<typeof PulseSettings>;

function reminderFaults(reminderDays: readonly number[], daysOpen: number): string[] {
  return reminderDays.flatMap((reminder, index) => {
    const previous = reminderDays[index - 1] ?? 0;
    const after = index === 0 ? "the opening" : `the one on day ${previous}`;
    const apart = `at least ${daysBetweenMessages} days after ${after}: people get at most one message a week`;
    return [
      ...(reminder - previous < daysBetweenMessages ? [apart] : []),
      ...(reminder >= daysOpen ? [`before the survey closes on day ${daysOpen}`] : []),
    ].map((rule) => `The reminder on day ${reminder} must come ${rule}.`);
  });
}
