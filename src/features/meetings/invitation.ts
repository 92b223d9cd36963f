import { escapeHtml } from "../../kernel/html.ts";
import type { Attendee, CalendarEvent, EventDraft } from "./calendar.ts";
import type { Invitee, NetworkEvent } from "./model.ts";

/** What the event in the calendar is to be when it is booked. */
export function draftOf(event: NetworkEvent, attendees: readonly Attendee[], tabUrl: string | null): EventDraft {
  const items = event.agenda.items ?? [];
  const agenda = items.length === 0 ? "" : `<p>Agenda:</p><ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`;
  const tab = tabUrl === null ? "" : `<p><a href="${escapeHtml(tabUrl)}">Open this meeting in Steady</a></p>`;
  const body =
    "<p>This is a meeting of your network. Say whether you come here or on the card from Steady; both count.</p>" +
    "<p>Please don't name patients in this invitation or in answers to it.</p>";
  return {
    // One planned date has one event in the store, and that has one id: so a try that is repeated books it once.
    transactionId: event.id,
    subject: event.title,
    body: `${body}${agenda}${tab}`,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    zone: event.zone,
    attendees,
    hideAttendees: event.hideAttendees,
  };
}

/**
 * The attendees that the calendar's event should have: those it has, without people who were taken off here, with
 * those who joined. Whom the organiser added by hand stays. Null when nothing is to be changed.
 */
export function attendeesWanted(
  event: Pick<CalendarEvent, "attendees">,
  invitees: readonly Invitee[],
  names: ReadonlyMap<Invitee["person"], string>,
): Attendee[] | null {
  const there = new Set(event.attendees.map(({ email }) => email));
  const wanted = invitees.filter(({ removedAt }) => removedAt === null);
  const current = new Set(wanted.map(({ email }) => email));
  const removed = new Set(invitees.filter(({ removedAt }) => removedAt !== null).map(({ email }) => email));
  const leaving = event.attendees.filter(({ email }) => removed.has(email) && !current.has(email));
  const joining = wanted.filter(({ email }) => !there.has(email));
  if (leaving.length === 0 && joining.length === 0) return null;
  const gone = new Set(leaving.map(({ email }) => email));
  return [
    ...event.attendees.filter(({ email }) => !gone.has(email)).map(({ name, email }) => ({ name, email })),
    ...joining.map(({ person, email }) => ({ name: names.get(person) ?? email, email })),
  ];
}
