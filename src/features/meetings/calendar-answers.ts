import type { EventId, NetworkId } from "../../kernel/ids.ts";
import { type Instant, Temporal } from "../../kernel/time.ts";
import { recordAnswer } from "./answering.ts";
import type { CalendarAnswer, CalendarEvent } from "./calendar.ts";
import type { Answer } from "./model.ts";
import type { MeetingDeps, Mirrored } from "./ports.ts";

/** What an answer in a calendar is to us; null when it is none. */
export const answerOf: Readonly<Record<CalendarAnswer, Answer | null>> = {
  accepted: "yes",
  tentative: "maybe",
  declined: "no",
  none: null,
};

/** Takes over the answers that people gave in their calendars, each where it is newer than what is known. */
export async function takeCalendarAnswers(
  deps: MeetingDeps,
  network: NetworkId,
  id: EventId,
  there: Pick<CalendarEvent, "attendees">,
): Promise<void> {
  const read = deps.store.read(network);
  const movedAt = (await read.events.byId(id))?.movedAt ?? null;
  const invitees = (await read.events.invitees(id)).filter(({ removedAt }) => removedAt === null);
  const people = new Map(invitees.map(({ email, person }) => [email, person]));
  const known = new Map((await read.events.rsvps(id)).map((rsvp) => [rsvp.person, rsvp]));
  const mirrored = await read.events.mirrored(id);
  const erased = await read.events.erasures();
  for (const attendee of there.attendees) {
    const person = people.get(attendee.email);
    const answer = answerOf[attendee.answer];
    const { answeredAt } = attendee;
    if (person === undefined || answer === null || answeredAt === null) continue;
    const before = known.get(person);
    if (before !== undefined && Temporal.Instant.compare(answeredAt, before.answeredAt) <= 0) continue;
    const erasedAt = erased.get(person);
    if (erasedAt !== undefined && Temporal.Instant.compare(answeredAt, erasedAt) <= 0) continue;
    const written = mirrored.get(person);
    // Once another answer has come from the calendar, or the meeting has moved, what we wrote isn't there any more.
    const isThere = before?.from !== "calendar" || before.answer === answer;
    const isOfThisTime = written !== undefined && (movedAt === null || Temporal.Instant.compare(movedAt, written.at) <= 0);
    if (isThere && isOfThisTime && isEcho(written, answer, answeredAt, before?.answer === answer)) continue;
    await deps.store.transaction(network, async (tx) => {
      const event = await tx.events.lock(id);
      if (event !== null) await recordAnswer(tx, deps, network, event, person, { answer, answeredAt, from: "calendar" });
    });
  }
}

/** The service's clock may be a little off, and a call may take a while. */
const echoWithin = { before: { minutes: 2 }, after: { seconds: 15 } };
/** An answer that we wrote may take this long to reach the organiser's calendar. */
const repeatedWithin = { minutes: 15 };

/**
 * True for an answer that we wrote to somebody's calendar ourselves: it says nothing that isn't known.
 * @param isKnown true for the answer that counts already; one that would change it has to be ours beyond doubt
 */
export function isEcho(written: Mirrored | undefined, answer: Answer, at: Instant, isKnown: boolean): boolean {
  if (written?.answer !== answer) return false;
  const isAfter = Temporal.Instant.compare(at, written.at.subtract(echoWithin.before)) >= 0;
  return isAfter && Temporal.Instant.compare(at, written.at.add(isKnown ? repeatedWithin : echoWithin.after)) <= 0;
}
