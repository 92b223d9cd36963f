import type { Actor } from "../../kernel/actor.ts";
import type { EventId } from "../../kernel/ids.ts";
import { type Instant, Temporal } from "../../kernel/time.ts";
import type { Purpose } from "../deliveries/model.ts";
import { sendAgain } from "../deliveries/outbox.ts";
import { type NetworkEvent, takesAnswers } from "./model.ts";
import type { MeetingDeps, MeetingStores } from "./ports.ts";

const untilTheStart: readonly Purpose[] = ["rsvp", "rsvp-reminder", "moved", "day-before", "quorum"];

/** Sends the failed cards of a meeting again, those that still say something; gives how many, or null without the meeting. */
export async function retryMeeting(deps: MeetingDeps, actor: Actor, id: EventId): Promise<number | null> {
  return deps.store.transaction(actor.network, async (tx) => {
    const event = await tx.events.lock(id);
    if (event === null) return null;
    const now = deps.clock.now();
    const cards = [];
    for (const purpose of purposesNow(event, now)) cards.push(...(await tx.deliveries.ofOccasion(id, purpose)));
    const failed = cards.filter(({ state }) => state === "failed").map((card) => card.id);
    const again = await sendAgain(tx, actor.network, failed, now);
    await tx.audit.record({ at: now, actor, action: "meeting.retry", subject: id, detail: { cards: again } });
    return again;
  });
}

/** How many cards of a meeting failed that `retryMeeting` would send again now. */
export async function failedCards({ deliveries }: Pick<MeetingStores, "deliveries">, event: NetworkEvent, now: Instant): Promise<number> {
  let failed = 0;
  for (const purpose of purposesNow(event, now)) failed += (await deliveries.counts([event.id], purpose)).get(event.id)?.failed ?? 0;
  return failed;
}

function purposesNow(event: NetworkEvent, now: Instant): Purpose[] {
  const isAhead = Temporal.Instant.compare(now, event.startsAt) < 0;
  const told: Purpose[] = event.cancelledAt !== null && isAhead ? ["cancelled"] : [];
  return [...(takesAnswers(event, now) ? untilTheStart : told), "notes"];
}
