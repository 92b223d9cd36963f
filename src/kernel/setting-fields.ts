import { z } from "zod";

// Fields that the settings of several features share. Every message is a sentence that says what to change.

/** A whole number from `low` to `high`; `what` opens the message, as in "Days open: give a whole number …". */
export const wholeNumber = (low: number, high: number, what: string) => {
  const message = `${what}: give a whole number from ${low} to ${high}.`;
  return z.int({ error: message }).min(low, { error: message }).max(high, { error: message });
};

/** An ISO date; further checks of the same settings see only real ones. */
export const day = (what: string) =>
  z.iso.date({ error: `${what}: give a date as year-month-day, such as 2026-11-24.`, abort: true });

/** Words of 1 to `longest` characters. */
export const text = (what: string, longest: number) => {
  const error = `${what}: write 1 to ${longest} characters.`;
  return z.string({ error }).trim().min(1, { error }).max(longest, { error });
};

export const yesOrNo = (what: string) => z.boolean({ error: `${what}: give true or false.` });

/** A local time of day as "HH:MM"; further checks of the same settings see only real ones. */
export const timeOfDay = (what: string) => {
  const error = `${what}: give hours and minutes, such as 09:30.`;
  return z.string({ error }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error, abort: true });
};

const zoneName = "Time zone: give a name such as Europe/London.";

/** The IANA name of a time zone. */
export const zone = z.string({ error: zoneName }).refine(isZone, { error: zoneName });

/** Days that count as bank holidays besides the computed ones, and computed ones that don't; none by default. */
export const holidayOverrides = z
  .object({
    add: z.array(day("Added holiday")).max(100).default([]),
    remove: z.array(day("Removed holiday")).max(100).default([]),
  })
  .prefault({});

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}
