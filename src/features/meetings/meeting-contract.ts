import { z } from "zod";
import { answers } from "./constants.ts";

export const moment = z.iso.datetime({ offset: true });

/** How far the cards of something have come. */
export const counts = z.object({ intended: z.int(), delivered: z.int(), failed: z.int(), skipped: z.int(), pending: z.int() });

/** A meeting as lists and the Overview have it. */
export const MeetingResource = z.object({
  id: z.string(),
  state: z.enum(["booking", "booked", "cancelled", "held"]),
  title: z.string(),
  startsAt: moment,
  endsAt: moment,
  zone: z.string(),
  plannedOn: z.iso.date().nullable(),
  capacity: z.int().nullable(),
  joinUrl: z.string().nullable(),
  calendar: z.object({
    state: z.enum(["pending", "in-step", "failed"]),
    reason: z.string().nullable().describe("In words: what it waits for, or what an admin has to mend"),
  }),
  deliveries: counts,
  rsvps: z.object({ invited: z.int(), yes: z.int(), maybe: z.int(), no: z.int(), none: z.int(), waiting: z.int() }),
  attended: z.int().nullable().describe("How many were there; null until a lead has marked it, and for everyone but leads and admins"),
  yours: z.enum(answers).nullable(),
  isWaiting: z.boolean().describe("Whether you said yes and wait for a place"),
  isListed: z.boolean().describe("Whether others may see by name that you come"),
  raise: z.string().nullable().describe("What you want to raise"),
  mayAnswer: z.boolean().describe("Whether you are invited and answers are still taken"),
});
export type MeetingResource = z.infer<typeof MeetingResource>;
