import { dateIn, dayInWords, type Instant, momentOn, Temporal } from "../../kernel/time.ts";
import { nextWorkingDay } from "../../kernel/working-days.ts";
import { rosterZone } from "../roster/model.ts";
import type { ClaimedDelivery } from "./ports.ts";

/** Why this person can't or shouldn't get a card at all now; null when they can. */
export function obstacleTo(delivery: ClaimedDelivery): string | null {
  const name = delivery.recipientName;
  if (delivery.left) return `${name} has left the network.`;
  if (delivery.stopped) return `${name} has said stop.`;
  if (delivery.conversation?.state === "blocked") return `${name} has blocked the bot in Teams.`;
  if (delivery.conversation?.state === "not-installed") return `The app isn't installed in Teams for ${name}.`;
  if (delivery.identity === null && delivery.conversation?.ref == null) {
    return `No Microsoft account is known for ${name} yet; it is linked when they first meet the bot.`;
  }
  return null;
}

/** When cards that waited for somebody's return go out, in the roster's zone. */
const morning = "09:30";

interface Absence {
  readonly at: Instant;
  readonly reason: string;
}

/** What nobody asked for waits until its recipient is back; its feature decides then whether it is still wanted. */
export function absenceOf({ unasked, awayUntil }: ClaimedDelivery, now: Instant): Absence | null {
  const today = dateIn(rosterZone, now);
  if (!unasked || awayUntil === null || Temporal.PlainDate.compare(awayUntil, today) < 0) return null;
  const at = momentOn(nextWorkingDay(awayUntil.add({ days: 1 })), morning, rosterZone);
  return { at, reason: `Away until ${dayInWords(awayUntil, today)}; the card follows then.` };
}
