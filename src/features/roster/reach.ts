import type { ChatState, Listing, Reach } from "./model.ts";

export interface ReachFacts {
  /** Whether a Microsoft account is known. */
  readonly hasAccount: boolean;
  /** Their chat with the bot; null while there has been none. */
  readonly chat: ChatState | null;
  /** The roster's hint that they work in another tenant. */
  readonly external: boolean;
  readonly stopped: boolean;
  /** Whether a mailbox is set to send links from. */
  readonly canMail: boolean;
}

/** What is said of somebody whom Teams reaches as far as anybody knows. */
export const inTeams = "In Teams.";

/**
 * How somebody will get their cards, as far as is known now. What Teams said about their chat goes before the roster's
 * hint: a card is tried in Teams whatever the hint, and goes by a link when Teams refuses it.
 */
export function reachOf({ hasAccount, chat, external, stopped, canMail }: ReachFacts): Reach {
  if (stopped) return { by: "none", why: "Not at all: they have said stop." };
  if (chat === "open") return { by: "teams", why: inTeams };
  if (chat !== null && chat !== "unknown") return withoutTeams(refusals[chat], canMail);
  if (!hasAccount) {
    return canMail
      ? { by: "link", why: "By a link in an e-mail, until they first meet the bot in Teams." }
      : { by: "none", why: "Not yet: no Microsoft account is known, and no mailbox is set to send links." };
  }
  if (!external) return { by: "teams", why: inTeams };
  const otherwise = canMail ? "by a link in an e-mail." : "not at all: no mailbox is set to send links.";
  return { by: "teams", why: `In Teams if the app is installed for them; otherwise ${otherwise}` };
}

/** How a person in a list will get their cards. */
export function reachOfListing({ person, linked, chat }: Listing, canMail: boolean): Reach {
  const { external, stoppedAt } = person;
  return reachOf({ hasAccount: linked, chat, external, stopped: stoppedAt !== null, canMail });
}

const refusals = {
  blocked: "they have blocked the bot in Teams",
  "not-installed": "the app isn't installed in Teams for them",
  disabled: "an admin has switched the bot off in Teams",
} as const satisfies Record<Exclude<ChatState, "open" | "unknown">, string>;

function withoutTeams(refusal: string, canMail: boolean): Reach {
  return canMail
    ? { by: "link", why: `By a link in an e-mail: ${refusal}.` }
    : { by: "none", why: `Not at all: ${refusal}, and no mailbox is set to send links.` };
}
