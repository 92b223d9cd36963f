import type { EventId, PersonId } from "../../kernel/ids.ts";
import { type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { answers } from "./constants.ts";

/** Kinds of event; a meeting of the whole network is the first. */
export const eventKinds = ["meeting"] as const;
export type EventKind = (typeof eventKinds)[number];

/** How an event stands in the organiser's calendar. */
export type CalendarState =
  /** Something is still to be written to the calendar. */
  | "pending"
  | "in-step"
  /** It can't be written until somebody mends something; the reason says what. */
  | "failed";

/** Something that people are invited to: it has an audience, and it may have a capacity. */
export interface NetworkEvent {
  readonly id: EventId;
  readonly kind: EventKind;
  readonly title: string;
  /** Its place in a series, and the date that the rhythm has for it; null for one outside of any series. */
  readonly planned: { readonly index: number; readonly on: LocalDate } | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly zone: string;
  /** The mailbox that owns it. */
  readonly organiser: string;
  readonly hideAttendees: boolean;
  /** How many can come; null for everybody. */
  readonly capacity: number | null;
  readonly cancelledAt: Instant | null;
  /** When it was last given another time; answers from before are asked for again. */
  readonly movedAt: Instant | null;
  /** How often it was given another time. */
  readonly moves: number;
  readonly bookedAt: Instant;
  readonly calendar: {
    readonly state: CalendarState;
    readonly reason: string | null;
    /** Null until it is in the calendar. */
    readonly eventId: string | null;
    readonly iCalUid: string | null;
    readonly joinUrl: string | null;
  };
  readonly agenda: Agenda;
  readonly notes: Notes | null;
}

/** What is to be talked about, as the lead has it; null as long as the draft is what counts. */
export interface Agenda {
  readonly items: readonly string[] | null;
}

/** What came of a meeting. */
export interface Notes {
  readonly text: string;
  readonly actions: readonly { readonly what: string; readonly who: string; readonly dueOn: string | null }[];
}

export type Answer = (typeof answers)[number];

/** One person's answer; the newest by its own time counts, wherever it was given. */
export interface Rsvp {
  readonly event: EventId;
  readonly person: PersonId;
  readonly answer: Answer;
  readonly answeredAt: Instant;
  /** Since when the answer has been yes: the order of a waiting list. Null for other answers. */
  readonly yesSince: Instant | null;
  readonly from: "card" | "calendar";
  /** What they want to raise; free text, passed by the guard. */
  readonly raise: string | null;
  /** True when others may see that they come. */
  readonly isListed: boolean;
  /** Whether the person's own calendar has this answer: to be written, done, or not to be written. */
  readonly mirror: "pending" | "done" | "none";
}

/** Somebody who is invited, under one address; a changed address is another invitation. */
export interface Invitee {
  readonly event: EventId;
  readonly person: PersonId;
  /** The address under which they are in the calendar's event. */
  readonly email: string;
  /** Set once they are to be taken off again. */
  readonly removedAt: Instant | null;
}

/** Most attendees that a calendar event takes (Outlook: "Exchange Online limits"). */
export const mostAttendees = 500;

export type EventState = "booking" | "booked" | "cancelled" | "held";

/** An event as people see it at a moment. */
export function stateOf(event: NetworkEvent, now: Instant): EventState {
  if (event.cancelledAt !== null) return "cancelled";
  if (Temporal.Instant.compare(event.endsAt, now) <= 0) return "held";
  return event.calendar.eventId === null ? "booking" : "booked";
}

/** True when both are from the same moment to the same moment. */
export function isSameTime(a: Times, b: Times): boolean {
  return a.startsAt.equals(b.startsAt) && a.endsAt.equals(b.endsAt);
}

type Times = Pick<NetworkEvent, "startsAt" | "endsAt">;

/** True while answers are taken: until it starts, or is cancelled. */
export function takesAnswers(event: NetworkEvent, now: Instant): boolean {
  return event.cancelledAt === null && Temporal.Instant.compare(now, event.startsAt) < 0;
}

/** True for an answer that was given before the event was moved, so that it says nothing about the new time. */
export function isStale(event: Pick<NetworkEvent, "movedAt">, rsvp: Pick<Rsvp, "answeredAt">): boolean {
  return event.movedAt !== null && Temporal.Instant.compare(rsvp.answeredAt, event.movedAt) < 0;
}

/** Who has a place and who waits for one, in the order in which they said yes; ids decide between equals. */
export function placesOf(
  rsvps: readonly Rsvp[],
  capacity: number | null,
): { readonly coming: readonly PersonId[]; readonly waiting: readonly PersonId[] } {
  const inOrder = rsvps
    .filter((rsvp) => rsvp.answer === "yes")
    .toSorted((a, b) => {
      const bySince = Temporal.Instant.compare(a.yesSince ?? a.answeredAt, b.yesSince ?? b.answeredAt);
      return bySince === 0 ? (a.person < b.person ? -1 : 1) : bySince;
    })
    .map((rsvp) => rsvp.person);
  const places = capacity ?? inOrder.length;
  return { coming: inOrder.slice(0, places), waiting: inOrder.slice(places) };
}

/** An answer that comes in, from a card or from a calendar. */
export type NewAnswer = Pick<Rsvp, "answer" | "answeredAt" | "from">;

/**
 * The answer that counts once another one has come in: the newer by its own time. An answer that says the same later
 * keeps its place in the waiting list.
 * @returns null when the one that is there is as new or newer
 */
export function withAnswer(before: Rsvp | null, given: NewAnswer, blank: Omit<Rsvp, keyof NewAnswer | "yesSince">): Rsvp | null {
  if (before !== null && Temporal.Instant.compare(given.answeredAt, before.answeredAt) <= 0) return null;
  const wasYes = before?.answer === "yes" ? before.yesSince : null;
  return { ...(before ?? blank), ...given, yesSince: given.answer === "yes" ? (wasYes ?? given.answeredAt) : null };
}
