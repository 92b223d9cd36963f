import type { Attendee as GraphAttendee, DateTimeTimeZone, Event } from "@microsoft/microsoft-graph-types";
import { z } from "zod";
import type { Attendee, AttendeeStatus, CalendarAnswer, CalendarEvent, EventDraft } from "../../features/meetings/calendar.ts";
import { Temporal, type Instant } from "../../kernel/time.ts";

/** A time in the zone that every call asks for. */
export const UtcTime = z
  .object({ dateTime: z.iso.datetime({ local: true }), timeZone: z.literal("UTC") })
  .transform(({ dateTime }) => Temporal.PlainDateTime.from(dateTime).toZonedDateTime("UTC").toInstant());

/** A moment with its offset; null for the year 1, which Graph writes for "never". */
export const Moment = z.iso.datetime({ offset: true }).transform((text): Instant | null => {
  return text.startsWith("0001-") ? null : Temporal.Instant.from(text);
});

const answers: Readonly<Record<string, CalendarAnswer>> = {
  organizer: "accepted",
  accepted: "accepted",
  tentativelyAccepted: "tentative",
  declined: "declined",
};

/** How somebody has answered, and when. */
export const Status = z.object({ response: z.string().nullish(), time: Moment.nullish() }).nullish();

/** An answer in our words; without a time where there is none. */
export function answerIn(status: z.infer<typeof Status>): Pick<AttendeeStatus, "answer" | "answeredAt"> {
  const answer = answers[status?.response ?? "none"] ?? "none";
  return { answer, answeredAt: answer === "none" ? null : (status?.time ?? null) };
}

const Person = z.object({
  emailAddress: z.object({ name: z.string().nullish(), address: z.string().nullish() }),
  status: Status,
});

/** Graph's event, as far as it is read. */
export const GraphEvent = z
  .object({
    id: z.string(),
    "@odata.etag": z.string(),
    iCalUId: z.string(),
    subject: z.string().nullish(),
    start: UtcTime,
    end: UtcTime,
    isCancelled: z.boolean().nullish(),
    onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish(),
    attendees: z.array(Person).nullish(),
  })
  .transform(
    (event): CalendarEvent => ({
      id: event.id,
      iCalUid: event.iCalUId,
      version: event["@odata.etag"],
      subject: event.subject ?? "",
      startsAt: event.start,
      endsAt: event.end,
      joinUrl: event.onlineMeeting?.joinUrl ?? null,
      isCancelled: event.isCancelled ?? false,
      attendees: (event.attendees ?? []).flatMap(attendeeStatus),
    }),
  );

/** What is asked for where Graph lets one choose: no bodies. */
export const eventProperties = "id,iCalUId,subject,start,end,isCancelled,onlineMeeting,attendees";

function attendeeStatus({ emailAddress, status }: z.infer<typeof Person>) {
  if (emailAddress.address === null || emailAddress.address === undefined) return [];
  const email = emailAddress.address.toLowerCase();
  return [{ name: emailAddress.name ?? email, email, ...answerIn(status) }];
}

/**
 * The extended property in which an event carries the transaction id that made it: the service finds events by such
 * properties, and not by their transaction ids.
 */
export const transactionProperty = "String {5d0d3c0e-6a55-4b0c-9a3d-1f6f6a7f7b52} Name SteadyTransaction";

/** Graph's form of what an event is to be. */
export function eventOf(draft: EventDraft): Event {
  return {
    transactionId: draft.transactionId,
    singleValueExtendedProperties: [{ id: transactionProperty, value: draft.transactionId }],
    subject: draft.subject,
    body: { contentType: "html", content: draft.body },
    start: localTime(draft.startsAt, draft.zone),
    end: localTime(draft.endsAt, draft.zone),
    attendees: draft.attendees.map(attendeeOf),
    hideAttendees: draft.hideAttendees,
    isOnlineMeeting: true,
    onlineMeetingProvider: "teamsForBusiness",
    // An answer is yes, maybe or no; another time is the network's business.
    allowNewTimeProposals: false,
  };
}

export const attendeeOf = ({ name, email }: Attendee): GraphAttendee => ({
  emailAddress: { name, address: email },
  type: "required",
});

/** A moment in a zone, without offset, as Graph takes it; the zone by its IANA name. */
export function localTime(at: Instant, zone: string): DateTimeTimeZone {
  return { dateTime: at.toZonedDateTimeISO(zone).toPlainDateTime().toString(), timeZone: zone };
}
