import type { DeliveryId, LinkId, NetworkId, PersonId } from "../../kernel/ids.ts";
import { type Instant, Temporal } from "../../kernel/time.ts";

/** A personal link to one card, as it was mailed. */
export interface Link {
  readonly id: LinkId;
  readonly delivery: DeliveryId;
  readonly person: PersonId;
  /** The address that got it. */
  readonly sentTo: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

/** What a token says once its signature is found to be ours. */
export interface LinkClaims {
  readonly network: NetworkId;
  readonly link: LinkId;
  /** For a further card of the same page; null for the card that the link was sent for. */
  readonly card: DeliveryId | null;
}

/** Whether a link still opens anything for a person with this address. */
export function isGood(link: Link, email: string, now: Instant): boolean {
  return isTheirs(link, email) && Temporal.Instant.compare(now, link.expiresAt) < 0;
}

/** Whether a link that may be over by time is all else that it was: nobody ended it, and its address is the person's. */
export function isTheirs(link: Link, email: string): boolean {
  return link.revokedAt === null && link.sentTo === email;
}

/** How many new links a person can ask for in a day; each is a mail to them, and whoever holds an old link can ask. */
export const renewalsPerDay = 3;
