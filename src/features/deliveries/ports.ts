import type { Card } from "../../kernel/cards.ts";
import type { DeliveryId, NetworkId, PersonId } from "../../kernel/ids.ts";
import type { JobQueue } from "../../kernel/jobs.ts";
import type { AuditLog } from "../../kernel/store.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import type { Identity } from "../roster/model.ts";
import type { RosterStore } from "../roster/ports.ts";
import type { ConversationRef, SentMessage } from "./messenger.ts";
import type { Channel, Delivery, DeliveryCounts, DeliveryState, NewDelivery, Purpose, QueuedDelivery } from "./model.ts";

/** A delivery that is being tried, with what is known about reaching its recipient. */
export interface ClaimedDelivery extends QueuedDelivery {
  readonly recipientName: string;
  readonly recipientEmail: string;
  readonly identity: Identity | null;
  readonly conversation: Conversation | null;
  /** True when nobody asked for the message. */
  readonly unasked: boolean;
  readonly stopped: boolean;
  /** Away up to and including this day. */
  readonly awayUntil: LocalDate | null;
  readonly left: boolean;
}

/** The state of a person's chat: open, or why nothing can be sent until they or an admin act. */
export interface Conversation {
  readonly ref: ConversationRef | null;
  readonly state: "open" | "blocked" | "not-installed" | "disabled" | "unknown";
}

/** How a delivery ended. */
export interface Settlement {
  readonly id: DeliveryId;
  readonly state: Exclude<DeliveryState, "pending">;
  readonly reason: string | null;
  /** True when only the person's chat stood in the way, so that the card can be made up for once they are back. */
  readonly unreachable: boolean;
  /** How it went out in the end; as before when left out. */
  readonly channel?: Channel;
}

/** What a claimed delivery waits for. */
export interface Wait {
  readonly until: Instant;
  readonly reason: string;
  /** False when no card was tried, so that none of its tries is used up. */
  readonly isTry: boolean;
}

/** A delivery as the ledger shows it. */
export interface DeliveryRow extends Delivery {
  readonly recipientName: string;
  /** The team that the card is about, when it is about one. */
  readonly about: string | null;
}

export interface DeliveryStore {
  /** Adds those that aren't there yet (by key) and returns them. */
  add(deliveries: readonly NewDelivery[], at: Instant): Promise<QueuedDelivery[]>;
  /**
   * Takes pending deliveries for a try, which moves their turn on. A job whose turn is over finds nothing, except that
   * a try which began and never ended (the process was killed) may be taken again.
   */
  claim(tries: readonly { id: DeliveryId; turn: number }[], at: Instant): Promise<ClaimedDelivery[]>;
  settle(settlements: readonly Settlement[], at: Instant): Promise<void>;
  /** Lets a claimed delivery wait; whoever calls this enqueues the job of its turn. */
  postpone(id: DeliveryId, wait: Wait, at: Instant): Promise<void>;
  /** Hands a claimed delivery to the other channel, with no tries counted; whoever calls this enqueues the job of its turn. */
  moveTo(id: DeliveryId, channel: Channel, reason: string | null, at: Instant): Promise<void>;
  /**
   * Makes settled deliveries pending again, in a new turn, for Teams first, and with no attempts counted; returns those
   * that were changed, for the caller to enqueue.
   */
  reopen(ids: readonly DeliveryId[], at: Instant, dueAt: Instant): Promise<QueuedDelivery[]>;
  /**
   * Takes pending deliveries that nobody is trying from the jobs that wait to try them: those find that their turn is
   * over. Returns the ones that were taken, for the caller to enqueue, for Teams first.
   */
  takeOver(ids: readonly DeliveryId[], at: Instant, dueAt: Instant): Promise<QueuedDelivery[]>;
  /**
   * Takes up to `limit` pending deliveries that were due, and last touched, before `before`: their jobs are lost.
   * Returns them for the caller to enqueue.
   */
  takeOverdue(before: Instant, limit: number, at: Instant): Promise<QueuedDelivery[]>;
  /** Skips an occasion's pending deliveries that nobody is trying, of one recipient or (null) of all. */
  giveUp(occasion: string, purpose: Purpose, recipient: PersonId | null, reason: string, at: Instant): Promise<void>;
  byId(id: DeliveryId): Promise<Delivery | null>;
  byIds(ids: readonly DeliveryId[]): Promise<Delivery[]>;
  /** Every delivery about a subject within an occasion. */
  about(occasion: string, subject: string): Promise<Delivery[]>;
  /** An occasion's deliveries of a purpose to one person. */
  toPerson(occasion: string, purpose: Purpose, recipient: PersonId): Promise<Delivery[]>;
  /** Those about a subject within an occasion that are in a chat or on their way there. */
  copiesAbout(occasion: string, ...subjects: readonly string[]): Promise<DeliveryId[]>;
  /** Those of an occasion and some purposes that are in a chat or on their way there. */
  copiesOf(occasion: string, purposes: readonly Purpose[]): Promise<DeliveryId[]>;
  /** Which of these are being sent at this moment. */
  underWay(ids: readonly DeliveryId[]): Promise<Set<DeliveryId>>;
  /** Every delivery of an occasion and purpose. */
  ofOccasion(occasion: string, purpose: Purpose): Promise<Delivery[]>;
  /** A person's pending deliveries that are to go by a link. */
  waitingForMail(person: PersonId): Promise<DeliveryId[]>;
  /** What a person didn't get because they couldn't be reached, made since the given moment. */
  undeliveredTo(person: PersonId, since: Instant): Promise<Delivery[]>;
  /** Who missed something for want of an account, made since the given moment, and has one now. */
  linkedSince(since: Instant): Promise<PersonId[]>;
  /** Who missed something because Teams couldn't reach them, and was sent no link to it, made since the given moment. */
  missedSince(since: Instant): Promise<PersonId[]>;
  /** Everything meant for a person, made since the given moment. */
  toPersonSince(person: PersonId, since: Instant): Promise<Delivery[]>;
  counts(occasions: readonly string[], purpose: Purpose): Promise<Map<string, DeliveryCounts>>;
  /** One page in the order in which they were made; `areas` null means all. */
  page(query: {
    occasion: string;
    purposes: readonly Purpose[];
    areas: readonly string[] | null;
    limit: number;
    after: DeliveryId | null;
  }): Promise<DeliveryRow[]>;
  /**
   * When each of these people last got an unasked message, or gets one that is on its way, if that is after `since`.
   * A pulse wave's reminders count for everybody who was asked: they go only to those who haven't taken part.
   * @param otherThan an occasion whose own messages don't count, or null
   */
  lastUnasked(people: readonly PersonId[], since: Instant, otherThan: string | null): Promise<Map<PersonId, Instant>>;
  /**
   * The first card that each of these people was, or is to be, sent without having asked for it, of those made after
   * the moment for what an occasion or a wave exists for; nobody who has none.
   */
  firstUnaskedSince(people: readonly PersonId[], moment: Instant): Promise<Map<PersonId, DeliveryId>>;
  /** Inside a transaction: deletes an occasion's deliveries of some purposes, with their messages and links. */
  forgetAll(occasion: string, purposes: readonly Purpose[]): Promise<void>;
  sent(cards: readonly { readonly delivery: DeliveryId; readonly message: SentMessage }[], at: Instant): Promise<void>;
  sentMessages(deliveries: readonly DeliveryId[]): Promise<Map<DeliveryId, SentMessage[]>>;
  forgetSent(delivery: DeliveryId, activityId: string): Promise<void>;
}

export interface ConversationStore {
  of(person: PersonId): Promise<Conversation | null>;
  /** People without a chat are absent. */
  ofAll(people: readonly PersonId[]): Promise<Map<PersonId, Conversation>>;
  save(person: PersonId, conversation: Conversation, at: Instant): Promise<void>;
}

export interface DeliveryStores {
  readonly deliveries: DeliveryStore;
  readonly conversations: ConversationStore;
  readonly roster: RosterStore;
  readonly audit: AuditLog;
  readonly jobs: JobQueue;
}

/** Shares out the moments at which requests may be made, over all replicas. */
export interface SendRate {
  /**
   * Reserves one moment per wanted request, in order.
   * @param conversations the conversation that each request goes to, or null for one that opens a conversation
   */
  reserve(conversations: readonly (string | null)[]): Promise<readonly Instant[]>;
  /** Takes note that the service refused a request as one too many: for some minutes all keep a wider distance. */
  refused(): Promise<void>;
}

/** Shares out the moments at which mails may be sent, over all replicas. */
export interface MailRate {
  reserve(): Promise<Instant>;
}

/** Makes the personal link to a card. */
export interface LinkMaker {
  /**
   * The address of the page that shows this card to its recipient; the same one for as long as it is valid.
   * @param sentTo the e-mail address that gets it; the link is void once the roster has another one
   * @param until when it ends
   * @returns the address, and what identifies the link without opening it
   */
  linkTo(
    network: NetworkId,
    delivery: Delivery,
    sentTo: string,
    until: Instant,
  ): Promise<{ readonly url: string; readonly id: string }>;
  /** Whether a link still opens its card: it may have been ended, or its person's address changed, since it was made. */
  isGood(network: NetworkId, id: string): Promise<boolean>;
}

/** Waits; the only way in which a feature lets time pass. */
export interface Pause {
  until(moment: Instant): Promise<void>;
  /** True when a moment is so long past that it was missed; left out where waiting takes no time. */
  isMissed?(moment: Instant): boolean;
  /** True when a moment is further ahead than one is reserved without need. */
  isFarOff?(moment: Instant): boolean;
}

/** Why and until when a person's cards wait. */
export interface Absence {
  readonly until: Instant;
  readonly reason: string;
}

/**
 * How a network deals with people who are away: given the last day that somebody is away, when a card that nobody asked
 * for follows; null when they are back.
 */
export type Absences = (network: NetworkId) => Promise<(awayUntil: LocalDate, now: Instant) => Absence | null>;

/** What a mail says about the card that it links to: never a figure, and nothing that anybody answered. */
export interface LinkWords {
  readonly subject: string;
  /** What is asked, and until when. */
  readonly lines: readonly string[];
  /** What the link says. */
  readonly button: string;
  /** In whose name the mail is written, and to whom answers to it go; null when the network alone stands behind it. */
  readonly from: { readonly name: string; readonly email: string } | null;
  readonly network: string;
  /** Who will see the answers, as a sentence. */
  readonly seenBy: string;
  /** When the link ends. */
  readonly until: Instant;
}

export type Content =
  | {
      readonly kind: "card";
      readonly card: Card;
      readonly notification: string;
      readonly link: LinkWords;
    }
  /** Nothing to send (or to change) any more, and why. */
  | { readonly kind: "skip"; readonly reason: string };

/** The feature that a purpose belongs to; it knows what the card says at this moment. */
export interface CardSource {
  readonly purpose: Purpose;
  /**
   * The card of each delivery as it should look now.
   * @param occasion "send" for a card about to go out, "refresh" for one that is there already
   */
  render(
    network: NetworkId,
    deliveries: readonly Delivery[],
    occasion: "send" | "refresh",
  ): Promise<ReadonlyMap<DeliveryId, Content>>;
}

/** What a card looks like; or that it can't be drawn, for good when a template or question set is at fault. */
export type Drawn = Content | { readonly kind: "undrawable"; readonly isForGood: boolean };
export type DrawnCards = ReadonlyMap<DeliveryId, Drawn>;
