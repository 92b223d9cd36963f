import type { LinkId, NetworkId, PersonId, DeliveryId } from "../../kernel/ids.ts";
import type { BotApp } from "../../kernel/bot-app.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock, Instant } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import type { DeliveryStores, DrawnCards } from "../deliveries/ports.ts";
import type { Link, LinkClaims } from "./model.ts";

/** The links of one network. */
export interface LinkStore {
  add(link: Link): Promise<void>;
  byId(id: LinkId): Promise<Link | null>;
  /** The link to a card that was issued last and isn't revoked. */
  latestTo(delivery: DeliveryId): Promise<Link | null>;
  /** Revokes the links to these cards. */
  revokeTo(deliveries: readonly DeliveryId[], at: Instant): Promise<void>;
  /** Revokes every link of a person; gives how many were still good. */
  revokeOf(person: PersonId, at: Instant): Promise<number>;
  /** Every link of a person, the oldest first. */
  ofPerson(person: PersonId): Promise<Link[]>;
  /** How often a person got new links since a moment; held as it is until the transaction is done. */
  renewalsOf(person: PersonId, since: Instant): Promise<number>;
  /** Records that a person got new links because they were asked for. */
  renewed(person: PersonId, at: Instant): Promise<void>;
  /** Deletes every link of a person, and the record of new ones; gives how many links went. */
  eraseOf(person: PersonId): Promise<number>;
  /** Forgets what ended before a moment. */
  forget(before: Instant): Promise<void>;
}

export interface LinkStores extends DeliveryStores {
  readonly links: LinkStore;
}

/** Signs and reads the tokens of links. */
export interface LinkTokens {
  /** The same token for the same claims. */
  sign(claims: LinkClaims): Promise<string>;
  /** Null for anything that this deployment didn't sign as it stands. */
  read(token: string): Promise<LinkClaims | null>;
}

/** Counts what is done with a link; false when it is too much at once. */
export interface Allowance {
  take(key: string): Promise<boolean>;
}

/** A file that a calendar program takes in. */
export interface CalendarFile {
  readonly fileName: string;
  readonly ics: string;
}

export interface LinkDeps {
  readonly store: Store<LinkStores>;
  readonly tokens: LinkTokens;
  readonly allowance: Allowance;
  readonly clock: Clock;
  /** The bot's application: what a button does here is what it does in Teams. */
  readonly app: () => BotApp;
  /** Draws cards as they stand ("refresh"), or as they would be sent now ("send"). */
  readonly draw: (network: NetworkId, deliveries: readonly Delivery[], moment: "send" | "refresh") => Promise<DrawnCards>;
  /** Whether there is something that a card's recipient can put into their calendar. */
  readonly hasCalendarFile: (network: NetworkId, delivery: Delivery) => Promise<boolean>;
  /** What a card is about, as a file for its recipient's calendar; null where there is nothing to put into one. */
  readonly calendarFile: (network: NetworkId, delivery: Delivery) => Promise<CalendarFile | null>;
  /** The public address of the page, ending in "/respond/". */
  readonly pageUrl: () => string;
}
