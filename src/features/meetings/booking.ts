import type { Actor } from "../../kernel/actor.ts";
import { type EventId, type NetworkId, newId } from "../../kernel/ids.ts";
import { type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";
import { audienceIn, inviteeChanges } from "./audience.ts";
import { organiserOf, readSettings } from "./deps.ts";
import { recordCancellation, recordMove } from "./event-changes.ts";
import { syncEvent } from "./jobs.ts";
import { isSameTime, mostAttendees, type NetworkEvent, stateOf, takesAnswers } from "./model.ts";
import { closePoll } from "./poll-closing.ts";
import type { MeetingDeps, MeetingStores } from "./ports.ts";

export interface BookingWish {
  /** The rhythm's date that this is the meeting of; null for one outside of the series. */
  readonly planned: { readonly index: number; readonly on: LocalDate } | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly title?: string;
  readonly capacity?: number | null;
  /** Whom the slot leaves out, as the plan found; what the next planning makes up for. */
  readonly excluded?: readonly Actor["person"][];
}

export type BookingResult =
  | { readonly ok: true; readonly event: NetworkEvent }
  | { readonly ok: false; readonly why: "no-organiser" | "past" | "taken" | "nobody" }
  | { readonly ok: false; readonly why: "too-many"; readonly count: number };

/**
 * Books a meeting: the event, its invitees and the work of putting it into the calendar, in one transaction. The
 * calendar follows; whatever happens to this process, it gets the event once.
 * @param actor null when the network books by itself
 */
export async function bookMeeting(
  deps: MeetingDeps,
  network: NetworkId,
  actor: Actor | null,
  wish: BookingWish,
): Promise<BookingResult> {
  return deps.store.transaction(network, async (tx): Promise<BookingResult> => {
    const now = deps.clock.now();
    const settings = await readSettings(tx.settings);
    const organiser = organiserOf(settings, deps);
    if (organiser === null) return { ok: false, why: "no-organiser" };
    if (Temporal.Instant.compare(wish.startsAt, now) <= 0) return { ok: false, why: "past" };
    const audience = await audienceIn(tx);
    if (audience.length === 0) return { ok: false, why: "nobody" };
    if (audience.length > mostAttendees) return { ok: false, why: "too-many", count: audience.length };
    const event: NetworkEvent = {
      id: newId<EventId>(),
      kind: "meeting",
      title: wish.title ?? settings.title,
      planned: wish.planned,
      startsAt: wish.startsAt,
      endsAt: wish.endsAt,
      zone: settings.zone,
      organiser,
      hideAttendees: settings.hideAttendees,
      capacity: wish.capacity ?? null,
      cancelledAt: null,
      movedAt: null,
      moves: 0,
      bookedAt: now,
      calendar: { state: "pending", reason: null, eventId: null, iCalUid: null, joinUrl: null },
      agenda: { items: null },
      notes: null,
    };
    if (!(await tx.events.add(event))) return { ok: false, why: "taken" };
    await tx.events.saveInvitees(inviteeChanges(event, audience, [], now));
    if (event.planned !== null) await closePoll(tx, network, event.planned.on, now);
    if (wish.excluded !== undefined) await tx.events.saveExclusions(event.id, wish.excluded);
    await tx.jobs.add(syncEvent, [{ network, event: event.id, attempt: 0 }]);
    const detail = { startsAt: event.startsAt.toString(), invited: audience.length };
    await tx.audit.record({ at: now, actor, action: "meeting.book", subject: event.id, detail });
    return { ok: true, event };
  });
}

export type ChangeResult =
  | { readonly ok: true; readonly event: NetworkEvent }
  | { readonly ok: false; readonly why: "unknown" | "over" | "past" };

/**
 * Moves a meeting. Its cards show the new time, whoever had said yes or maybe is asked again, and the calendar follows;
 * the rhythm of later meetings stays as it is.
 */
export async function moveMeeting(
  deps: MeetingDeps,
  network: NetworkId,
  actor: Actor | null,
  id: EventId,
  to: { readonly startsAt: Instant; readonly endsAt: Instant },
): Promise<ChangeResult> {
  return changeEvent(deps, network, id, async (tx, event, now) => {
    if (Temporal.Instant.compare(to.startsAt, now) <= 0) return { ok: false, why: "past" };
    if (isSameTime(event, to)) return { ok: true, event };
    return { ok: true, event: await recordMove(tx, network, event, to, { in: "network", actor }, now) };
  });
}

/** Cancels a meeting: its cards say so, those who were coming are told, and the calendar follows. */
export async function cancelMeeting(
  deps: MeetingDeps,
  network: NetworkId,
  actor: Actor | null,
  id: EventId,
): Promise<ChangeResult> {
  return changeEvent(deps, network, id, async (tx, event, now) => {
    return { ok: true, event: await recordCancellation(tx, network, event, { in: "network", actor }, now) };
  });
}

/** Runs a change of an event that hasn't started and isn't cancelled; nobody else changes it meanwhile. */
async function changeEvent(
  deps: MeetingDeps,
  network: NetworkId,
  id: EventId,
  change: (tx: MeetingStores, event: NetworkEvent, now: Instant) => Promise<ChangeResult>,
): Promise<ChangeResult> {
  return deps.store.transaction(network, async (tx): Promise<ChangeResult> => {
    const now = deps.clock.now();
    const event = await tx.events.lock(id);
    if (event === null) return { ok: false, why: "unknown" };
    const isOpen = takesAnswers(event, now) && stateOf(event, now) !== "held";
    return isOpen ? change(tx, event, now) : { ok: false, why: "over" };
  });
}
