import type { Actor } from "../../kernel/actor.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import { refreshAll } from "../deliveries/outbox.ts";
import { askAgain, tellOfCancellation } from "./announcing.ts";
import { syncEvent } from "./jobs.ts";
import type { NetworkEvent } from "./model.ts";
import type { MeetingStores } from "./ports.ts";

/** Purposes whose cards show an event as it stands. */
export const eventCards = ["rsvp", "rsvp-reminder", "moved", "cancelled", "day-before"] as const;

/** Where an event was changed: here (by nobody when the network did it by itself), or in the organiser's calendar. */
export type ChangedBy = { readonly in: "network"; readonly actor: Actor | null } | { readonly in: "calendar" };

/**
 * Records, inside a transaction that holds the event locked, that it has moved: its cards show the new time, and
 * whoever had said yes or maybe is asked again. The calendar follows what was changed here.
 */
export async function recordMove(
  tx: MeetingStores,
  network: NetworkId,
  event: NetworkEvent,
  to: Pick<NetworkEvent, "startsAt" | "endsAt">,
  by: ChangedBy,
  now: Instant,
): Promise<NetworkEvent> {
  const { startsAt, endsAt } = to;
  const moved = await save(tx, network, { ...event, startsAt, endsAt, movedAt: now, moves: event.moves + 1 }, by);
  await askAgain(tx, network, moved, now);
  await refreshAll(tx, network, event.id, eventCards);
  const detail = by.in === "calendar" ? { in: by.in } : { from: event.startsAt.toString(), to: startsAt.toString() };
  await tx.audit.record({ at: now, actor: actorOf(by), action: "meeting.move", subject: event.id, detail });
  return moved;
}

/**
 * Records, inside a transaction that holds the event locked, that it was cancelled: its cards say so, those that wait
 * to be sent are given up, and those who were coming are told. The calendar follows what was changed here.
 */
export async function recordCancellation(
  tx: MeetingStores,
  network: NetworkId,
  event: NetworkEvent,
  by: ChangedBy,
  now: Instant,
): Promise<NetworkEvent> {
  const cancelled = await save(tx, network, { ...event, cancelledAt: now }, by);
  for (const purpose of eventCards.filter((one) => one !== "cancelled")) {
    await tx.deliveries.giveUp(event.id, purpose, null, "The meeting was cancelled before the card could go.", now);
  }
  await tellOfCancellation(tx, network, cancelled, now);
  await refreshAll(tx, network, event.id, eventCards);
  const detail = by.in === "calendar" ? { in: by.in } : {};
  await tx.audit.record({ at: now, actor: actorOf(by), action: "meeting.cancel", subject: event.id, detail });
  return cancelled;
}

async function save(tx: MeetingStores, network: NetworkId, changed: NetworkEvent, by: ChangedBy): Promise<NetworkEvent> {
  const { calendar } = changed;
  const event: NetworkEvent = by.in === "calendar" ? changed : { ...changed, calendar: { ...calendar, state: "pending", reason: null } };
  await tx.events.save(event);
  if (by.in === "network") await tx.jobs.add(syncEvent, [{ network, event: event.id, attempt: 0 }]);
  return event;
}

function actorOf(by: ChangedBy): Actor | null {
  return by.in === "network" ? by.actor : null;
}
