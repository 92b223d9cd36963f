import { z } from "zod";

/** One card of the page and the token that presses its buttons. */
export const LinkedCard = z.object({
  token: z.string(),
  card: z.record(z.string(), z.unknown()),
  hasCalendarFile: z.boolean().describe("True while POST /respond/api/calendar gives a file for this card"),
});

const stopped = z.boolean().describe("True while they have said stop");
const awayUntil = z.iso.date().nullable().describe("The last day on which they are away; null when they aren't");

/** POST /respond/api/card: what the link opens. Reading it changes nothing. */
export const OpenedLink = z.object({
  person: z.string().describe("Whom the link is for"),
  network: z.string(),
  stopped,
  awayUntil,
  cards: z.array(LinkedCard).min(1),
});
export type OpenedLink = z.infer<typeof OpenedLink>;

/** POST /respond/api/press: a button with its card's own data and what was typed, in one object, as Teams sends it. */
export const PressBody = z.object({
  action: z.object({ verb: z.string().min(1).max(100), data: z.record(z.string(), z.unknown()) }),
});

export const PressAnswer = z.object({
  reply: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("card"), card: z.record(z.string(), z.unknown()) }),
    z.object({ kind: z.literal("message"), text: z.string() }),
    z.object({ kind: z.literal("refused"), text: z.string() }),
  ]),
  more: z.array(LinkedCard).describe("Cards that follow from this one, such as the second one"),
});
export type PressAnswer = z.infer<typeof PressAnswer>;

/** POST /respond/api/say: the few commands that a link offers; "start" also by a link whose time is over. */
export const SayBody = z.object({
  text: z.enum(["stop", "start", "back"], { error: "Only stop, start and back can be said here." }),
});

export const SayAnswer = z.object({ text: z.string(), stopped, awayUntil });
export type SayAnswer = z.infer<typeof SayAnswer>;

/** POST /respond/api/calendar: what the card of the token is about, as an iCalendar file. */
export const CalendarAnswer = z.object({ fileName: z.string(), ics: z.string() });

/** POST /respond/api/renew: a new link goes to the address that the roster has, if anything is open. */
export const RenewAnswer = z.object({ text: z.string() });

export const NothingMore = z.object({});

export const RevokedLinks = z.object({ revoked: z.int().describe("Links that were still good") });
export type RevokedLinks = z.infer<typeof RevokedLinks>;
