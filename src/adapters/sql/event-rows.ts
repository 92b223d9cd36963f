import type { Selectable } from "kysely";
import { z } from "zod";
import { answers } from "../../features/meetings/constants.ts";
import { eventKinds, type Invitee, type NetworkEvent, type Rsvp } from "../../features/meetings/model.ts";
import type { Mirrored } from "../../features/meetings/ports.ts";
import { asId, type NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { dateOf, instantOf, jsonOf, localDateOf } from "./values.ts";

const kind = z.enum(eventKinds);
const calendarState = z.enum(["pending", "in-step", "failed"]);
const answer = z.enum(answers);
const givenIn = z.enum(["card", "calendar"]);
const mirror = z.enum(["pending", "done", "none"]);
const agenda = z.object({ items: z.array(z.string()).nullable() });
const notes = z.object({
  text: z.string(),
  actions: z.array(z.object({ what: z.string(), who: z.string(), dueOn: z.string().nullable() })),
});

const orNull = <T, R>(value: T | null, convert: (value: T) => R): R | null => (value === null ? null : convert(value));

/** An event from its row. */
export function eventOf(row: Selectable<Database["events"]>): NetworkEvent {
  const { planned_index: index, planned_on: on } = row;
  return {
    id: asId(row.id),
    kind: kind.parse(row.kind),
    title: row.title,
    planned: index === null || on === null ? null : { index, on: localDateOf(on) },
    startsAt: instantOf(row.starts_at),
    endsAt: instantOf(row.ends_at),
    zone: row.zone,
    organiser: row.organiser,
    hideAttendees: row.hide_attendees,
    capacity: row.capacity,
    bookedAt: instantOf(row.booked_at),
    movedAt: orNull(row.moved_at, instantOf),
    moves: row.moves,
    cancelledAt: orNull(row.cancelled_at, instantOf),
    calendar: {
      state: calendarState.parse(row.calendar_state),
      reason: row.calendar_reason,
      eventId: row.calendar_event_id,
      iCalUid: row.ical_uid,
      joinUrl: row.join_url,
    },
    agenda: agenda.parse(row.agenda),
    notes: orNull(row.notes, (value) => notes.parse(value)),
  };
}

/** The columns of an event. */
export function eventRow(network: NetworkId, event: NetworkEvent) {
  return {
    network,
    id: event.id,
    kind: event.kind,
    title: event.title,
    planned_index: event.planned?.index ?? null,
    planned_on: event.planned?.on.toString() ?? null,
    starts_at: dateOf(event.startsAt),
    ends_at: dateOf(event.endsAt),
    zone: event.zone,
    organiser: event.organiser,
    hide_attendees: event.hideAttendees,
    capacity: event.capacity,
    booked_at: dateOf(event.bookedAt),
    moved_at: orNull(event.movedAt, dateOf),
    moves: event.moves,
    cancelled_at: orNull(event.cancelledAt, dateOf),
    calendar_state: event.calendar.state,
    calendar_reason: event.calendar.reason,
    calendar_event_id: event.calendar.eventId,
    ical_uid: event.calendar.iCalUid,
    join_url: event.calendar.joinUrl,
    agenda: jsonOf(event.agenda),
    notes: orNull(event.notes, jsonOf),
  };
}

export function inviteeOf(row: Selectable<Database["event_invitees"]>): Invitee {
  const { event, person, email, removed_at } = row;
  return { event: asId(event), person: asId(person), email, removedAt: orNull(removed_at, instantOf) };
}

export function rsvpOf(row: Selectable<Database["rsvps"]>): Rsvp {
  return {
    event: asId(row.event),
    person: asId(row.person),
    answer: answer.parse(row.answer),
    answeredAt: instantOf(row.answered_at),
    yesSince: orNull(row.yes_since, instantOf),
    from: givenIn.parse(row.given_in),
    raise: row.raise,
    isListed: row.listed,
    mirror: mirror.parse(row.mirror),
  };
}

export function mirroredOf(row: Selectable<Database["rsvp_mirrors"]>): Mirrored {
  return { answer: answer.parse(row.answer), at: instantOf(row.written_at) };
}

export function rsvpRow(network: NetworkId, rsvp: Rsvp) {
  return {
    network,
    event: rsvp.event,
    person: rsvp.person,
    answer: rsvp.answer,
    answered_at: dateOf(rsvp.answeredAt),
    yes_since: orNull(rsvp.yesSince, dateOf),
    given_in: rsvp.from,
    raise: rsvp.raise,
    listed: rsvp.isListed,
    mirror: rsvp.mirror,
  };
}
