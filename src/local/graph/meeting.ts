import { z } from "zod";

const Party = z.object({ name: z.string(), address: z.string() });

/** How somebody stands to a meeting, in Graph's words (responseType). */
const Response = z.enum(["none", "organizer", "tentativelyAccepted", "accepted", "declined", "notResponded"]);
export type Response = z.infer<typeof Response>;

/** A meeting as one mailbox has it. Times are in milliseconds since 1970. */
export const Copy = z.object({
  id: z.string(),
  /** The owner's address, lower-cased; the first copy of a meeting is its organiser's. */
  mailbox: z.string(),
  /** Counts up with each change of this copy. */
  version: z.number(),
  /** This copy's latest change among all changes of all calendars. */
  changed: z.number(),
  modifiedAt: z.number(),
  response: Response,
  respondedAt: z.number().nullable(),
  /** "away" for one that its owner's calendar doesn't show any more, such as one that they declined. */
  state: z.enum(["there", "cancelled", "away"]),
});
export type Copy = Readonly<z.infer<typeof Copy>>;

const Invited = Party.extend({ type: z.string(), response: Response, respondedAt: z.number().nullable() });
export type Invited = Readonly<z.infer<typeof Invited>>;

export const Meeting = z.object({
  iCalUId: z.string(),
  organiser: Party,
  transactionId: z.string().nullable(),
  createdAt: z.number(),
  subject: z.string(),
  /** HTML, with the block that Teams adds. */
  body: z.string(),
  startsAt: z.number(),
  endsAt: z.number(),
  /** The zone's name as the organiser gave it. */
  zone: z.string(),
  joinUrl: z.string().nullable(),
  hideAttendees: z.boolean(),
  /** Single-value extended properties by their ids. */
  properties: z.record(z.string(), z.string()),
  attendees: z.array(Invited),
  /** Answers on their way to the organiser. */
  underWay: z.array(z.object({ address: z.string(), response: Response, at: z.number(), due: z.number() })),
  copies: z.array(Copy),
});
/** A meeting with everybody's copies of it. */
export type Meeting = Readonly<z.infer<typeof Meeting>>;

export const sameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
