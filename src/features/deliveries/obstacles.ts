import type { ClaimedDelivery } from "./ports.ts";

type Facts = Pick<ClaimedDelivery, "recipientName" | "left" | "stopped" | "conversation" | "identity">;

/** Why this person gets nothing at all now, whichever way; null when they do. */
export function personalObstacle({ recipientName: name, left, stopped }: Facts): string | null {
  if (left) return `${name} has left the network.`;
  return stopped ? `${name} has said stop.` : null;
}

/** Why Teams can't reach this person until somebody does something; null when it can, or when that is yet to be seen. */
export function teamsObstacle({ recipientName: name, conversation, identity }: Facts): string | null {
  if (conversation?.state === "blocked") return `${name} has blocked the bot in Teams.`;
  if (conversation?.state === "not-installed") return `The app isn't installed in Teams for ${name}.`;
  if (identity === null && conversation?.ref == null) {
    return `No Microsoft account is known for ${name} yet; it is linked when they first meet the bot.`;
  }
  return null;
}

/** True for somebody whom Teams is worth trying for: their chat is open, or their account was never tried. */
export function isInReach({ conversation, identity }: Facts): boolean {
  return conversation === null ? identity !== null : conversation.state === "open";
}

/** Why a card went by a link, for the ledger. */
export function whyByLink(facts: Facts): string {
  const { recipientName: name, conversation } = facts;
  if (conversation?.state === "disabled") return "An admin has switched the bot off in Teams.";
  return teamsObstacle(facts) ?? `Teams couldn't reach ${name}.`;
}
