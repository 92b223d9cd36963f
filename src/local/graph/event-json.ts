import type { Held } from "./calendar-store.ts";
import { sameAddress, type Copy, type Meeting } from "./meeting.ts";
import { writeTime } from "./zones.ts";

/** What Graph writes for a moment that there wasn't. */
const never = "0001-01-01T00:00:00Z";
const iso = (ms: number | null): string => (ms === null ? never : new Date(ms).toISOString());

export const changeKeyOf = ({ id, version }: Copy): string => Buffer.from(`${id} ${version}`).toString("base64");
export const etagOf = (copy: Copy): string => `W/"${changeKeyOf(copy)}"`;

/** An event as Graph shows it to who reads one mailbox, with times in a zone. */
export function eventJson({ meeting, copy }: Held, zone: string): object {
  const isOrganizer = sameAddress(copy.mailbox, meeting.organiser.address);
  return {
    "@odata.etag": etagOf(copy),
    id: copy.id,
    createdDateTime: iso(meeting.createdAt),
    lastModifiedDateTime: iso(copy.modifiedAt),
    changeKey: changeKeyOf(copy),
    categories: [],
    transactionId: isOrganizer ? meeting.transactionId : null,
    originalStartTimeZone: meeting.zone,
    originalEndTimeZone: meeting.zone,
    iCalUId: meeting.iCalUId,
    hasAttachments: false,
    subject: copy.state === "cancelled" ? `Canceled: ${meeting.subject}` : meeting.subject,
    bodyPreview: meeting.body.replace(/<[^>]*>/g, "").trim().slice(0, 255),
    isAllDay: false,
    isCancelled: copy.state === "cancelled",
    isOrganizer,
    responseRequested: true,
    seriesMasterId: null,
    showAs: showAs(copy),
    type: "singleInstance",
    isOnlineMeeting: meeting.joinUrl !== null,
    onlineMeetingProvider: meeting.joinUrl === null ? "unknown" : "teamsForBusiness",
    isDraft: false,
    hideAttendees: meeting.hideAttendees,
    recurrence: null,
    responseStatus: { response: copy.response, time: iso(copy.respondedAt) },
    body: { contentType: "html", content: meeting.body },
    start: writeTime(meeting.startsAt, zone),
    end: writeTime(meeting.endsAt, zone),
    attendees: attendeesFor(meeting, copy, isOrganizer),
    organizer: { emailAddress: meeting.organiser },
    onlineMeeting: meeting.joinUrl === null ? null : { joinUrl: meeting.joinUrl },
  };
}

// Only the organiser sees how the others stand, and with a hidden list attendees see no others at all.
function attendeesFor(meeting: Meeting, { mailbox }: Copy, isOrganizer: boolean): object[] {
  const shown = meeting.attendees.filter(
    ({ address }) => isOrganizer || !meeting.hideAttendees || sameAddress(address, mailbox),
  );
  return shown.map(({ name, address, type, response, respondedAt }) => ({
    type,
    status: isOrganizer ? { response, time: iso(respondedAt) } : { response: "none", time: never },
    emailAddress: { name, address },
  }));
}

/** How the time of an event counts in its owner's free/busy. */
export function showAs({ response, state }: Copy): "busy" | "tentative" | "free" {
  if (state !== "there") return "free";
  return response === "accepted" || response === "organizer" ? "busy" : "tentative";
}
