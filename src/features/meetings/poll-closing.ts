import type { NetworkId } from "../../kernel/ids.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import { refreshAll } from "../deliveries/outbox.ts";
import type { MeetingStores } from "./ports.ts";

/** Closes the poll about a date, because a slot was booked; its cards say so. */
export async function closePoll(tx: MeetingStores, network: NetworkId, plannedOn: LocalDate, now: Instant): Promise<void> {
  const closed = await tx.polls.close(plannedOn, now);
  if (closed === null) return;
  await tx.deliveries.giveUp(closed, "poll", null, "The date was booked before the card could go.", now);
  await refreshAll(tx, network, closed, ["poll"]);
}
