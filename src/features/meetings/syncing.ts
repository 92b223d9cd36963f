import type { NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { TabLink } from "../../kernel/tab-link.ts";
import type { Temporal } from "../../kernel/time.ts";
import { takeCalendarAnswers } from "./calendar-answers.ts";
import { setbackOf } from "./calendar-work.ts";
import type { Attendee, Calendar, CalendarEvent, CalendarResult } from "./calendar.ts";
import { attendeesWanted, draftOf } from "./invitation.ts";
import { syncEvent, type SyncEvent } from "./jobs.ts";
import { type Invitee, isSameTime, type NetworkEvent } from "./model.ts";
import type { MeetingDeps } from "./ports.ts";

export interface SyncDeps extends MeetingDeps {
  /** Null where no calendar service is set. */
  readonly calendar: Calendar | null;
  /** A random number from 0 to 1. */
  readonly random: () => number;
  readonly logger: Logger;
  /** Where those who are invited find the meeting in the tab. */
  readonly tabLink: TabLink;
  /** Begins to listen to a calendar that has a meeting now. */
  readonly watch: (network: NetworkId) => Promise<void>;
}

/**
 * The worker that brings the organiser's calendar into step with an event. It looks at what is there, does what is
 * missing, and may be killed and run again at any point: booking is repeated under the same transaction id, every
 * change names the version that it was decided on.
 */
export function calendarSyncer(deps: SyncDeps): JobHandler<SyncEvent> {
  return {
    kind: syncEvent,
    async run(payloads) {
      for (const payload of payloads) await syncOne(deps, payload);
    },
  };
}

async function syncOne(deps: SyncDeps, { network, event: id, attempt }: SyncEvent): Promise<void> {
  const read = deps.store.read(network);
  const event = await read.events.byId(id);
  if (event === null || event.calendar.state !== "pending") return;
  if (deps.calendar === null) {
    await settle(deps, network, event, { state: "failed", reason: "No calendar service is set, so nobody was invited by Outlook." });
    return;
  }
  const invitees = await read.events.invitees(id);
  const people = await read.roster.peopleByIds(invitees.map(({ person }) => person));
  const names = new Map([...people].map(([person, { name }]) => [person, name]));
  const done = await bringIntoStep(deps, deps.calendar, event, invitees, names);
  if (done.ok) {
    const { value } = done;
    if (value === null) return settle(deps, network, event, { state: "in-step", reason: null });
    const reason = value.joinUrl === null ? lostLink : null;
    await settle(deps, network, event, { state: reason === null ? "in-step" : "failed", reason }, { event: value, invitees });
    await takeCalendarAnswers(deps, network, id, value);
    if (event.calendar.eventId === null) await deps.watch(network);
    return;
  }
  const setback = setbackOf(done.fault, attempt, deps.random());
  deps.logger.warn({ network, event: id, attempt, fault: done.fault.kind, detail: done.fault.detail }, "the calendar isn't in step");
  if (setback.kind === "failed") return settle(deps, network, event, { state: "failed", reason: setback.reason });
  const runAt = deps.clock.now().add({ milliseconds: Math.ceil(setback.afterSeconds * 1000) });
  await deps.store.transaction(network, async (tx) => {
    const now = await tx.events.lock(id);
    if (now !== null) await tx.events.save({ ...now, calendar: { ...now.calendar, reason: setback.reason } });
    await tx.jobs.add(syncEvent, [{ network, event: id, attempt: attempt + 1 }], { runAt });
  });
}

const lostLink =
  "The online meeting was lost from the organiser's calendar. The link on the cards still works; check it in Outlook.";

/** Does what is missing in the calendar; gives the event as it is there then, or null when it is not to be there. */
async function bringIntoStep(
  deps: SyncDeps,
  calendar: Calendar,
  event: NetworkEvent,
  invitees: readonly Invitee[],
  names: ReadonlyMap<Invitee["person"], string>,
): Promise<CalendarResult<CalendarEvent | null>> {
  const { organiser } = event;
  if (event.cancelledAt !== null) return takeOff(calendar, event);
  if (event.calendar.eventId === null) {
    const invited = invitees.filter(({ removedAt }) => removedAt === null);
    const attendees = invited.map(({ person, email }): Attendee => ({ name: names.get(person) ?? email, email }));
    const booked = await calendar.book(organiser, draftOf(event, attendees, deps.tabLink(`meetings/${event.id}`)));
    if (!booked.ok) return booked;
    return keepUp(calendar, event, booked.value, invitees, names);
  }
  const there = await calendar.read(organiser, event.calendar.eventId);
  if (!there.ok) return there;
  if (there.value.isCancelled) return { ok: false, fault: { kind: "gone", detail: "cancelled" } };
  return keepUp(calendar, event, there.value, invitees, names);
}

/** Moves the calendar's event and changes its attendees, where either is wanted. */
async function keepUp(
  calendar: Calendar,
  event: NetworkEvent,
  there: CalendarEvent,
  invitees: readonly Invitee[],
  names: ReadonlyMap<Invitee["person"], string>,
): Promise<CalendarResult<CalendarEvent>> {
  const { organiser, startsAt, endsAt, zone } = event;
  let present = there;
  if (!isSameTime(present, event)) {
    const moved = await calendar.move(organiser, present, { startsAt, endsAt, zone });
    if (!moved.ok) return moved;
    present = moved.value;
  }
  const attendees = attendeesWanted(present, invitees, names);
  return attendees === null ? { ok: true, value: present } : calendar.setAttendees(organiser, present, attendees);
}

async function takeOff(calendar: Calendar, event: NetworkEvent): Promise<CalendarResult<null>> {
  const { organiser } = event;
  let id = event.calendar.eventId;
  if (id === null) {
    // It may have got there without our having learnt of it.
    const found = await calendar.find(organiser, event.id);
    if (!found.ok) return found;
    id = found.value?.id ?? null;
  }
  return id === null ? { ok: true, value: null } : calendar.cancel(organiser, id, "This meeting is cancelled.");
}

/**
 * Records how the calendar stands. What was changed here meanwhile isn't there yet, so it stays pending and the work
 * that the change enqueued does the rest.
 */
async function settle(
  deps: SyncDeps,
  network: NetworkId,
  before: NetworkEvent,
  outcome: Pick<NetworkEvent["calendar"], "state" | "reason">,
  there?: { readonly event: CalendarEvent; readonly invitees: readonly Invitee[] },
): Promise<void> {
  await deps.store.transaction(network, async (tx) => {
    const event = await tx.events.lock(before.id);
    if (event === null) return;
    const isOtherTime = !isSame(event.movedAt, before.movedAt) || !isSame(event.cancelledAt, before.cancelledAt);
    const isForOthers = there !== undefined && !isSameList(await tx.events.invitees(before.id), there.invitees);
    const hasChanged = isOtherTime || isForOthers;
    const known =
      there === undefined
        ? {}
        : { eventId: there.event.id, iCalUid: there.event.iCalUid, joinUrl: there.event.joinUrl ?? event.calendar.joinUrl };
    const { state, reason } = hasChanged ? event.calendar : outcome;
    await tx.events.save({ ...event, calendar: { ...event.calendar, ...known, state, reason } });
  });
}

/** True when the same addresses are invited. */
function isSameList(a: readonly Invitee[], b: readonly Invitee[]): boolean {
  const addresses = (list: readonly Invitee[]) => list.flatMap(({ email, removedAt }) => (removedAt === null ? [email] : []));
  return addresses(a).sort().join() === addresses(b).sort().join();
}

function isSame(a: Temporal.Instant | null, b: Temporal.Instant | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}
