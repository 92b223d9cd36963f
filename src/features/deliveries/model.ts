import type { DeliveryId, PersonId } from "../../kernel/ids.ts";
import { type Instant, Temporal } from "../../kernel/time.ts";
import type { SendFault } from "./messenger.ts";
import type { Channel, DeliveryState, Purpose } from "./words.ts";

export { type Channel, channels, confidentialPurposes, type DeliveryState, deliveryStates, type Purpose, purposes } from "./words.ts";

/** Those whose cards an occasion exists for: what its counts are about. */
export const mainPurposes: readonly Purpose[] = ["check-in", "rsvp"];

/** What makes a delivery the same delivery: asked for twice, it is still one. */
export interface DeliveryKey {
  /** The round (later: meeting, wave) that the card belongs to. */
  readonly occasion: string;
  readonly purpose: Purpose;
  /** What the card is about: a team, a request. */
  readonly subject: string;
  readonly recipient: PersonId;
}

/** One card meant for one person. */
export interface Delivery extends DeliveryKey {
  readonly id: DeliveryId;
  readonly channel: Channel;
  readonly state: DeliveryState;
  /** In plain words: why it was skipped or failed, or what it waits for. */
  readonly reason: string | null;
  readonly attempts: number;
  /** When it last arrived; kept while it is sent again. */
  readonly deliveredAt: Instant | null;
  readonly updatedAt: Instant;
}

/** A delivery with the turn that its job must name: every time it is queued anew, earlier jobs lose it. */
export interface QueuedDelivery extends Delivery {
  readonly turn: number;
}

/** A delivery to be made, or the record of why none is made. */
export interface NewDelivery extends DeliveryKey {
  /** True when nobody asked for the message, so that it counts towards one a week. */
  readonly unasked: boolean;
  /** True when it is known beforehand that the card shouldn't go; the reason says why. */
  readonly skip: boolean;
  readonly reason: string | null;
  /** Not before this moment; null for now. */
  readonly notBefore: Instant | null;
  /** True for a card that follows from one which was opened by a link: it is on that page at once, and nothing is sent. */
  readonly onPage?: boolean;
}

/** Always: intended = delivered + failed + skipped + pending. */
export interface DeliveryCounts {
  readonly intended: number;
  readonly delivered: number;
  readonly failed: number;
  readonly skipped: number;
  readonly pending: number;
}

/** The shortest time between two messages to one person that they didn't ask for, in days; for all features together. */
export const daysBetweenMessages = 7;
/** How far back such messages are looked for. */
export const betweenMessages = { hours: daysBetweenMessages * 24 };
/** Messages a week apart keep their hour, although each takes a while to go; so half a day less still counts as a week. */
export const almostAWeek = { hours: daysBetweenMessages * 24 - 12 };

/** True when a message that came at `last`, or is to come then, is less than a week from now. */
export function isWithinAWeek(last: Instant, now: Instant): boolean {
  return Temporal.Instant.compare(now, last.add(almostAWeek)) < 0;
}

/** How often a card is tried before it is given up (the platform's advice is exponential backoff; the number is ours). */
export const maxAttempts = 5;

/** What follows from a fault: another try after some seconds, or the end with a reason in plain words. */
export type Consequence =
  | { readonly kind: "retry"; readonly afterSeconds: number; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string; readonly unreachable: boolean };

/** Faults that end when the person, or an admin for them, does something. */
const wantsThePerson: readonly SendFault["kind"][] = ["not-installed", "blocked", "disabled", "no-chat", "conversation-gone"];

/** How long to wait after a try, in seconds: about twice as long each time. */
export function backoffSeconds(attempts: number, random: number): number {
  return 2 ** attempts * (0.5 + random / 2);
}

/**
 * The same for what is sent by a service whose outage isn't watched: five tries last longer than an outage of ten
 * minutes, and no longer than half an hour.
 */
export function patientSeconds(attempts: number, random: number): number {
  return 4 * 7 ** (attempts - 1) * (0.5 + random / 2);
}

/** Who failed, as reasons name it. */
const services = { teams: "Teams", link: "The mail service" } as const satisfies Record<Channel, string>;

/**
 * Decides what to do about a fault.
 * @param attempts how often the card has been tried, this time included
 * @param random a number from 0 to 1, so that waiting replicas don't come back together
 * @param channel the way that was tried
 */
export function consequenceOf(
  fault: SendFault,
  attempts: number,
  random: number,
  recipient: string,
  channel: Channel = "teams",
): Consequence {
  const service = "at" in fault ? "Microsoft's sign-in service" : services[channel];
  if (fault.kind === "again") {
    if (attempts >= maxAttempts) {
      const reason = `${service} was busy or out of reach each of the ${attempts} times we tried.`;
      return { kind: "failed", reason, unreachable: false };
    }
    // A moment later than asked: the service counts from its own clock.
    const wait = channel === "link" ? patientSeconds : backoffSeconds;
    const afterSeconds = fault.afterSeconds === null ? wait(attempts, random) : fault.afterSeconds + random;
    return { kind: "retry", afterSeconds, reason: `${service} was busy; trying again (${attempts} of ${maxAttempts}).` };
  }
  return {
    kind: "failed",
    reason: failureInWords(fault.kind, fault.detail, recipient, service),
    unreachable: wantsThePerson.includes(fault.kind),
  };
}

function failureInWords(
  kind: Exclude<SendFault["kind"], "again">,
  detail: string,
  recipient: string,
  service: string,
): string {
  switch (kind) {
    case "unclear":
      return `${service} didn't say whether it arrived.`;
    case "not-installed":
      return `The app isn't installed in Teams for ${recipient}.`;
    case "blocked":
      return `${recipient} has blocked the bot in Teams.`;
    case "disabled":
      return "An admin has switched the bot off in Teams.";
    case "no-chat":
      return `${service} couldn't open a chat with ${recipient}.`;
    case "conversation-gone":
      return `${recipient}'s chat was deleted and couldn't be opened again.`;
    case "message-gone":
      return "The message isn't in the chat any more.";
    case "not-signed-in":
      return `Microsoft didn't let Steady in (${detail}). Whoever runs the server must put that right; then send it again.`;
    case "too-big":
      return `It is larger than ${service} accepts.`;
    case "refused":
      return `${service} refused it (${detail}).`;
  }
}
