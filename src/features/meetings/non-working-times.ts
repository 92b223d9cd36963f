import { z } from "zod";
import { timeOfDay, wholeNumber } from "../../kernel/setting-fields.ts";

/** A part of every week in which somebody doesn't work, in local time. */
export const NonWorkingTime = z
  .object({
    /** 1 is Monday, 7 is Sunday. */
    weekday: wholeNumber(1, 7, "Weekday"),
    /** "HH:MM"; null: from the beginning of the day. */
    from: timeOfDay("From").nullable(),
    /** "HH:MM", not included; null: to the end of the day. */
    to: timeOfDay("To").nullable(),
  })
  .refine(({ from, to }) => (from ?? "00:00") < (to ?? "24:00"), {
    error: "To: give a time after the one that it starts from.",
  });

export type NonWorkingTime = z.infer<typeof NonWorkingTime>;

/** All such parts of somebody's week. */
export const NonWorking = z.array(NonWorkingTime).max(50, { error: "Give at most 50 times." });

export type NonWorking = readonly NonWorkingTime[];
