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
