import type { CalendarStore, Held } from "./calendar-store.ts";
import type { Doing } from "./doing.ts";
import { sameAddress } from "./meeting.ts";
import { answerEvent, type Answering } from "./responses.ts";

export interface OwnAttendee {
  readonly name: string;
  readonly address: string;
  readonly answer: OwnEvent["answer"];
}

/** An event as its owner sees it in their calendar. Times are ISO 8601 in UTC. */
export interface OwnEvent {
  readonly iCalUId: string;
  readonly subject: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** The zone in which it was booked, by the name that the organiser gave. */
  readonly zone: string;
  readonly joinUrl: string | null;
  /** HTML. */
  readonly body: string;
  readonly organiser: { readonly name: string; readonly address: string };
  readonly isOrganiser: boolean;
  readonly isCancelled: boolean;
  readonly answer: "accepted" | "tentative" | "declined" | "none";
  /** How many others are invited; null when the organiser keeps the list to themself. */
  readonly others: number | null;
  /** How each attendee stands, which only the organiser sees: empty for the others. */
  readonly attendees: readonly OwnAttendee[];
}

/**
 * What somebody sees in their calendar, by start; people outside the tenant keep theirs elsewhere and got the
 * invitation by mail. What they declined is there, so that they can think again.
 */
export function ownCalendar(store: CalendarStore, address: string): OwnEvent[] {
  return shownTo(store, address)
    .toSorted((one, other) => one.meeting.startsAt - other.meeting.startsAt)
    .map(({ meeting, copy }) => {
      const isOrganiser = sameAddress(copy.mailbox, meeting.organiser.address);
      return {
        iCalUId: meeting.iCalUId,
        subject: meeting.subject,
        startsAt: new Date(meeting.startsAt).toISOString(),
        endsAt: new Date(meeting.endsAt).toISOString(),
        zone: meeting.zone,
        joinUrl: meeting.joinUrl,
        body: meeting.body,
        organiser: meeting.organiser,
        isOrganiser,
        isCancelled: copy.state === "cancelled",
        answer: words[copy.response],
        others: meeting.hideAttendees && !isOrganiser ? null : meeting.attendees.filter(isOther(copy)).length,
        attendees: isOrganiser
          ? meeting.attendees.map(({ name, address, response }) => ({ name, address, answer: words[response] }))
          : [],
      };
    });
}

const isOther =
  ({ mailbox }: Held["copy"]) =>
  ({ address }: { readonly address: string }) =>
    !sameAddress(address, mailbox);

const words = {
  none: "none",
  notResponded: "none",
  organizer: "accepted",
  accepted: "accepted",
  tentativelyAccepted: "tentative",
  declined: "declined",
} as const;

const shownTo = (store: CalendarStore, address: string): Held[] =>
  store.held(address.toLowerCase()).filter(({ copy }) => copy.state !== "away" || copy.response === "declined");

/**
 * Answers an invitation as Outlook does, from the calendar or from the mail, for people of other tenants too. False
 * when there is nothing to answer.
 */
export function answerInOutlook(
  doing: Doing,
  address: string,
  iCalUId: string,
  how: Answering,
  delay: number,
): boolean {
  const held = shownTo(doing.store, address).find(({ meeting }) => meeting.iCalUId === iCalUId);
  return held !== undefined && answerEvent(doing, held, how, { send: true, delay }) === null;
}
