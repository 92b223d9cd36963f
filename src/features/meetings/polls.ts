import type { PersonId, PollId } from "../../kernel/ids.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";

/** Asks members which of a few slots suit them, before one is booked. */
export interface Poll {
  readonly id: PollId;
  /** The rhythm's date that it is about. */
  readonly planned: { readonly index: number; readonly on: LocalDate };
  readonly slots: readonly { readonly startsAt: Instant; readonly endsAt: Instant }[];
  readonly askedAt: Instant;
  /** Set once a slot was booked, or another way was found. */
  readonly closedAt: Instant | null;
}

/** Which slots suit somebody, by their place in the poll; none is an answer too. */
export interface PollAnswer {
  readonly poll: PollId;
  readonly person: PersonId;
  readonly slots: readonly number[];
  readonly answeredAt: Instant;
}

/** Slots of a poll at most: what a lead asks the network to choose from. */
export const mostPollSlots = 3;

/** How many of those who answered each slot suits, in the poll's order. */
export function suiting(poll: Poll, answers: readonly PollAnswer[]): number[] {
  return poll.slots.map((_, place) => answers.filter(({ slots }) => slots.includes(place)).length);
}
