import type { NetworkId, PersonId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import type { NewDelivery, Purpose } from "../deliveries/model.ts";
import { deliver, resend, sendAgain } from "../deliveries/outbox.ts";
import type { NetworkEvent } from "./model.ts";
import type { MeetingStores } from "./ports.ts";
import { isTakenOff } from "./standing.ts";

/** When cards that are due on a working day go, local time. */
export const cardTime = "09:30";

/** A card about an event that goes to somebody now. Moves, cancellations and notes don't count as unasked messages. */
export function cardAbout(event: { readonly id: string }, purpose: Purpose, recipient: PersonId): NewDelivery {
  const key = { occasion: event.id, subject: event.id, purpose, recipient };
  return { ...key, unasked: false, skip: false, reason: null, notBefore: null };
}

/** Asks those who had said yes or maybe whether they can come at the new time too; after each move anew. */
export async function askAgain(tx: MeetingStores, network: NetworkId, event: NetworkEvent, now: Instant): Promise<void> {
  await announce(tx, network, event, "moved", await comingTo(tx, event), now);
}

/** Tells those who had said yes or maybe that the meeting is cancelled. */
export async function tellOfCancellation(tx: MeetingStores, network: NetworkId, event: NetworkEvent, now: Instant): Promise<void> {
  await announce(tx, network, event, "cancelled", await comingTo(tx, event), now);
}

/** Sends a card about an event to these people; those who got one of the same purpose before get it again. */
export async function announce(
  tx: MeetingStores,
  network: NetworkId,
  event: Pick<NetworkEvent, "id">,
  purpose: Purpose,
  people: readonly PersonId[],
  now: Instant,
): Promise<void> {
  const wanted = new Set(people);
  const before = (await tx.deliveries.ofOccasion(event.id, purpose)).filter(({ recipient }) => wanted.has(recipient));
  const ids = before.map(({ id }) => id);
  await resend(tx, network, ids, now);
  await sendAgain(tx, network, ids, now);
  await deliver(tx, network, people.map((person) => cardAbout(event, purpose, person)), now);
}

async function comingTo(tx: MeetingStores, event: NetworkEvent): Promise<PersonId[]> {
  const rsvps = await tx.events.rsvps(event.id);
  const invitees = await tx.events.invitees(event.id);
  const coming = rsvps.filter(({ answer, person }) => answer !== "no" && !isTakenOff(invitees, person));
  return coming.map(({ person }) => person);
}
