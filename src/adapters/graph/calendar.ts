import type { Client } from "@microsoft/microsoft-graph-client";
import type { Event } from "@microsoft/microsoft-graph-types";
import { z } from "zod";
import type { Calendar, CalendarEvent, CalendarResult } from "../../features/meetings/calendar.ts";
import { calendarAnswers } from "./calendar-answers.ts";
import { calendarCalls, success, userPath } from "./calendar-calls.ts";
import { calendarChanges } from "./calendar-changes.ts";
import { attendeeOf, eventOf, eventProperties, GraphEvent, localTime, transactionProperty } from "./calendar-events.ts";
import { calendarSubscriptions } from "./calendar-subscriptions.ts";
import { refusalCodeOf } from "./faults.ts";
import { freeBusy } from "./free-busy.ts";

export interface GraphCalendarOptions {
  readonly client: Client;
  /** Milliseconds since 1970; the machine's clock when left out. */
  readonly now?: () => number;
}

/** "Event resource type": the most attendees that an event may have. */
const mostAttendees = 500;

const Found = z.object({ value: z.array(GraphEvent) });

const tooMany = (count: number): CalendarResult<never> => ({
  ok: false,
  fault: { kind: "too-many", detail: `${count} attendees, ${mostAttendees} at most` },
});

/**
 * Calendars by way of Graph. Each call sends each of its requests once; no more than four are under way for one
 * mailbox. Throws a Fault "unexpected-answer" for answers that don't have what they must.
 */
export function graphCalendar({ client, now = () => Date.now() }: GraphCalendarOptions): Calendar {
  const calls = calendarCalls(client, now);
  const { attempt, get, post, act, patch } = calls;
  const eventPath = (organiser: string, id: string) => `${userPath(organiser)}/events/${encodeURIComponent(id)}`;

  async function madeBy(organiser: string, transactionId: string): Promise<CalendarEvent | undefined> {
    const isIt = `ep/id eq '${transactionProperty}' and ep/value eq '${transactionId.replaceAll("'", "''")}'`;
    const filter = `singleValueExtendedProperties/Any(ep: ${isIt})`;
    const query = `$filter=${encodeURIComponent(filter)}&$select=${eventProperties}`;
    const found = await get(organiser, `${userPath(organiser)}/events?${query}`, Found);
    return found.value[0];
  }

  const change = (organiser: string, event: Pick<CalendarEvent, "id" | "version">, body: Event) =>
    attempt(async () => {
      const path = eventPath(organiser, event.id);
      return success(await patch(organiser, path, body, GraphEvent, event.version));
    });

  return {
    book: (organiser, draft) =>
      attempt(async () => {
        if (draft.attendees.length > mostAttendees) return tooMany(draft.attendees.length);
        try {
          return success(await post(organiser, `${userPath(organiser)}/events`, eventOf(draft), GraphEvent));
        } catch (error) {
          // Its status was seen to be 400 and 409.
          if (refusalCodeOf(error) !== "ErrorDuplicateTransactionId") throw error;
        }
        const found = await madeBy(organiser, draft.transactionId);
        if (found !== undefined) return success(found);
        // It may not be there yet, or it was deleted by hand; booking it under another id could make it twice.
        const detail = "ErrorDuplicateTransactionId, no event";
        return { ok: false, fault: { kind: "again", afterSeconds: null, detail } };
      }),
    find: (organiser, transactionId) => attempt(async () => success((await madeBy(organiser, transactionId)) ?? null)),
    read: (organiser, id) =>
      attempt(async () => {
        const path = `${eventPath(organiser, id)}?$select=${eventProperties}`;
        return success(await get(organiser, path, GraphEvent));
      }),
    setAttendees: async (organiser, event, attendees) =>
      attendees.length > mostAttendees
        ? tooMany(attendees.length)
        : change(organiser, event, { attendees: attendees.map(attendeeOf) }),
    move: (organiser, event, { startsAt, endsAt, zone }) =>
      change(organiser, event, { start: localTime(startsAt, zone), end: localTime(endsAt, zone) }),
    cancel: (organiser, id, comment) =>
      attempt(async () => {
        try {
          await act(organiser, `${eventPath(organiser, id)}/cancel`, { comment });
        } catch (error) {
          // A missing mailbox is another matter than a missing event.
          if (refusalCodeOf(error) !== "ErrorItemNotFound") throw error;
        }
        return success(null);
      }),
    ...calendarAnswers(calls),
    ...freeBusy(calls),
    ...calendarChanges(calls),
    ...calendarSubscriptions(calls),
  };
}
