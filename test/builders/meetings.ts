import type { Delivery } from "../../src/features/deliveries/model.ts";
import type { Invitee, NetworkEvent, Rsvp } from "../../src/features/meetings/model.ts";
import type { MeetingView } from "../../src/features/meetings/views.ts";
import { asId, type DeliveryId, type EventId } from "../../src/kernel/ids.ts";
import { dateIn, Temporal } from "../../src/kernel/time.ts";
import { personId, zone } from "./planning.ts";

/** The moment at which London's clocks show this. */
export const at = (wallClock: string) => Temporal.PlainDateTime.from(wallClock).toZonedDateTime(zone).toInstant();

const event = asId<EventId>("019aaf2e-6f10-7c3a-9d54-2f0c7b1e8a01");

/** A network meeting on Tuesday 17 November 2026, booked in the calendar. */
export function aMeeting(more: Partial<NetworkEvent> = {}): NetworkEvent {
  return {
    id: event,
    kind: "meeting",
    title: "Network meeting",
    planned: null,
    startsAt: at("2026-11-17T10:00"),
    endsAt: at("2026-11-17T11:30"),
    zone,
    organiser: "network@example.org",
    hideAttendees: true,
    capacity: null,
    cancelledAt: null,
    movedAt: null,
    moves: 0,
    bookedAt: at("2026-10-01T10:00"),
    calendar: { state: "in-step", reason: null, eventId: "e1", iCalUid: "i1", joinUrl: "https://teams.example.org/join" },
    agenda: { items: null },
    notes: null,
    ...more,
  };
}

export function anRsvp(person: number, more: Partial<Rsvp> = {}): Rsvp {
  const answeredAt = more.answeredAt ?? at("2026-11-03T10:05");
  const shared = { raise: null, isListed: false, mirror: "none", from: "card" } as const;
  const isYes = (more.answer ?? "yes") === "yes";
  return { event, person: personId(person), answer: "yes", answeredAt, yesSince: isYes ? answeredAt : null, ...shared, ...more };
}

export function anInvitee(person: number, more: Partial<Invitee> = {}): Invitee {
  return { event, person: personId(person), email: `person${person}@example.org`, removedAt: null, ...more };
}

/** What a card about a meeting can say to the first person, who hasn't answered, two weeks before it. */
export function aMeetingView(more: Partial<MeetingView> = {}): MeetingView {
  const now = more.now ?? at("2026-11-03T10:05");
  const delivery: Delivery = {
    id: asId<DeliveryId>("019aaf2e-6f10-7c3a-9d54-2f0c7b1e8a02"),
    occasion: event,
    subject: event,
    purpose: "rsvp",
    recipient: personId(1),
    channel: "teams",
    state: "delivered",
    reason: null,
    attempts: 1,
    deliveredAt: at("2026-11-03T09:30"),
    updatedAt: at("2026-11-03T09:30"),
  };
  return {
    delivery,
    network: "Test network",
    event: aMeeting(),
    now,
    today: dateIn(zone, now),
    isTheirs: true,
    lead: null,
    answer: null,
    last: null,
    place: null,
    areas: [],
    counts: { yes: 0, maybe: 0, no: 0 },
    invited: 70,
    named: [],
    agenda: [],
    quorum: null,
    ...more,
  };
}
