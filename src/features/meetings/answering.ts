import type { Actor } from "../../kernel/actor.ts";
import { asId, type DeliveryId, type EventId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { findPersonalData, refusal } from "../../kernel/personal-data.ts";
import { dateIn, type Instant, momentOn, Temporal } from "../../kernel/time.ts";
import { nextWorkingDay } from "../../kernel/working-days.ts";
import type { Delivery, Purpose } from "../deliveries/model.ts";
import { refresh, sendAskedFor } from "../deliveries/outbox.ts";
import { cardTime } from "./announcing.ts";
import { longestRaise } from "./constants.ts";
import { readSettings } from "./deps.ts";
import { mirrorAnswer } from "./jobs.ts";
import {
  type Answer,
  isStale,
  type NetworkEvent,
  type NewAnswer,
  type Rsvp,
  takesAnswers,
  withAnswer,
} from "./model.ts";
import type { MeetingDeps, MeetingStores } from "./ports.ts";
import { changedPlaces, isTakenOff, placesByPerson, standing } from "./standing.ts";

/** An answer with what may come with it; what is left out stays as it was. */
export type GivenAnswer = NewAnswer & { readonly raise?: string | null; readonly isListed?: boolean };

/**
 * Records an answer, inside a transaction that holds the event locked. The newest by its own time counts; given twice
 * it is one. The person's own cards follow, and those of people whose place in the waiting list has changed: if every
 * answer changed everybody's cards, 70 answers would be 4,900 updates.
 * @returns "older" when a newer answer is there already, "over" for one given after the start or to a cancelled event
 */
export async function recordAnswer(
  tx: MeetingStores,
  deps: Pick<MeetingDeps, "memberCalendars">,
  network: NetworkId,
  event: NetworkEvent,
  person: PersonId,
  given: GivenAnswer,
): Promise<"recorded" | "older" | "over"> {
  const { answer, answeredAt, from } = given;
  if (!takesAnswers(event, answeredAt)) return "over";
  const rsvps = await tx.events.rsvps(event.id);
  const invitees = await tx.events.invitees(event.id);
  const blank = { event: event.id, person, raise: null, isListed: false, mirror: "none" } as const;
  const own = rsvps.find((rsvp) => rsvp.person === person) ?? null;
  const counted = withAnswer(withoutStalePlace(event, own), { answer, answeredAt, from }, blank);
  if (counted === null) return "older";
  const isInvited = invitees.some((invitee) => invitee.person === person && invitee.removedAt === null);
  const toCalendar = deps.memberCalendars && isInvited ? "pending" : "none";
  const rsvp: Rsvp = {
    ...counted,
    raise: given.raise === undefined ? counted.raise : given.raise,
    isListed: given.isListed ?? counted.isListed,
    mirror: from === "calendar" ? "done" : toCalendar,
  };
  await tx.events.saveRsvp(rsvp);
  if (rsvp.mirror === "pending") await tx.jobs.add(mirrorAnswer, [{ network, event: event.id, person, attempt: 0 }]);
  const places = (all: readonly Rsvp[]) => placesByPerson(standing(event, all, invitees), event.capacity);
  const others = rsvps.filter((one) => one.person !== person);
  const moved = changedPlaces(places(rsvps), places([...others, rsvp]));
  await refreshCopies(tx, network, event.id, moved.add(person));
  return "recorded";
}

// Who said yes to an earlier time and says so again comes after those who have said it to the present one: nobody who
// was told that they have a place loses it.
function withoutStalePlace(event: NetworkEvent, own: Rsvp | null): Rsvp | null {
  return own !== null && isStale(event, own) ? { ...own, answer: "no", yesSince: null } : own;
}

/** Asks for these people's cards about an event to be brought up to date. */
export async function refreshCopies(
  tx: Pick<MeetingStores, "deliveries" | "jobs">,
  network: NetworkId,
  event: EventId,
  people: ReadonlySet<PersonId>,
): Promise<void> {
  if (people.size === 0) return;
  const copies = new Set(await tx.deliveries.copiesAbout(event, event));
  const cards = await tx.deliveries.about(event, event);
  const wanted = cards.filter(({ id, recipient }) => people.has(recipient) && copies.has(id));
  await refresh(tx, network, wanted.map(({ id }) => id));
}

/** What a card about an event sends: "" for a text that was left empty. */
export interface CardInput {
  readonly answer: Answer;
  readonly raise: string;
  readonly isListed: boolean;
}

export type CardOutcome =
  /** What counts now is on the card: this answer, or a newer one from a calendar. */
  | { readonly kind: "recorded"; readonly delivery: Delivery }
  /** Nothing is recorded; `raise` is what may be shown again, `error` what to change about it. */
  | { readonly kind: "invalid"; readonly delivery: Delivery; readonly filled: FilledIn }
  /** It has started, or is cancelled. */
  | { readonly kind: "over"; readonly event: NetworkEvent }
  | { readonly kind: "not-yours" }
  /** They had the card, and have been taken off the list of those invited since. */
  | { readonly kind: "not-invited" };

/** What an asking card starts with when it isn't fresh. */
export interface FilledIn {
  readonly raise: string;
  readonly isListed: boolean;
  readonly error: string;
}

/** Purposes whose cards have buttons to answer with. */
const answerable: readonly Purpose[] = ["rsvp", "rsvp-reminder", "moved", "day-before"];

interface Pressed {
  readonly tx: MeetingStores;
  readonly delivery: Delivery;
  readonly event: NetworkEvent;
  readonly now: Instant;
}

/**
 * Finds what a pressed card is about, and runs `work` in one transaction that holds the event, if the person may answer
 * it: only the one whom the card was meant for, and only until the meeting starts or is cancelled.
 */
async function pressed<T>(
  deps: MeetingDeps,
  actor: Actor,
  id: DeliveryId,
  work: (context: Pressed) => Promise<T>,
): Promise<T | Extract<CardOutcome, { kind: "over" | "not-yours" | "not-invited" }>> {
  return deps.store.transaction(actor.network, async (tx) => {
    const delivery = await tx.deliveries.byId(id);
    const isOwn = delivery?.recipient === actor.person && answerable.includes(delivery.purpose);
    const event = delivery !== null && isOwn ? await tx.events.lock(asId<EventId>(delivery.occasion)) : null;
    if (delivery === null || event === null) return { kind: "not-yours" };
    const now = deps.clock.now();
    const isOff = isTakenOff(await tx.events.invitees(event.id), actor.person);
    const isOver = !takesAnswers(event, now);
    // A button that is still there and does nothing any more goes away.
    if (isOff || isOver) await refreshCopies(tx, actor.network, event.id, new Set([actor.person]));
    if (isOff) return { kind: "not-invited" };
    return isOver ? { kind: "over", event } : work({ tx, delivery, event, now });
  });
}

/** Records what somebody answered on their card. What looks like a patient's details is neither kept nor given back. */
export async function answerByCard(
  deps: MeetingDeps,
  actor: Actor,
  id: DeliveryId,
  { answer, raise, isListed }: CardInput,
): Promise<CardOutcome> {
  return pressed<CardOutcome>(deps, actor, id, async ({ tx, delivery, event, now }) => {
    const text = raise.trim();
    const wrong = wrongWith(text);
    if (wrong !== null) return { kind: "invalid", delivery, filled: { ...wrong, isListed } };
    const given = { answer, raise: text === "" ? null : text, isListed };
    const result = await recordNow(tx, deps, actor, event, given, now);
    return result === "over" ? { kind: "over", event } : { kind: "recorded", delivery };
  });
}

/** What is wrong with a text to raise, and what of it may be shown again; null when nothing is. */
function wrongWith(text: string): Pick<FilledIn, "raise" | "error"> | null {
  const found = findPersonalData(text);
  if (found !== null) return { raise: "", error: refusal(found) };
  if (text.length <= longestRaise) return null;
  const error = `This is ${text.length} characters long; ${longestRaise} are the most. Shorten it and send again.`;
  return { raise: text, error };
}

async function recordNow(
  tx: MeetingStores,
  deps: MeetingDeps,
  actor: Actor,
  event: NetworkEvent,
  given: Pick<GivenAnswer, "answer" | "raise" | "isListed">,
  now: Instant,
): Promise<"recorded" | "older" | "over"> {
  const answeredAt = momentAfter(await tx.events.rsvp(event.id, actor.person), now);
  return recordAnswer(tx, deps, actor.network, event, actor.person, { ...given, answeredAt, from: "card" });
}

export type DirectOutcome =
  | { readonly kind: "recorded"; readonly event: NetworkEvent }
  | { readonly kind: "over"; readonly event: NetworkEvent }
  | { readonly kind: "invalid"; readonly error: string }
  | { readonly kind: "unknown" | "not-invited" };

/** Records what somebody answered without a card; their cards and calendar follow as they do after a pressed button. */
export async function answerDirectly(
  deps: MeetingDeps,
  actor: Actor,
  id: EventId,
  { raise, ...given }: Pick<GivenAnswer, "answer" | "raise" | "isListed">,
): Promise<DirectOutcome> {
  return deps.store.transaction(actor.network, async (tx): Promise<DirectOutcome> => {
    const event = await tx.events.lock(id);
    if (event === null) return { kind: "unknown" };
    const invitees = await tx.events.invitees(id);
    const isInvited = invitees.some(({ person, removedAt }) => person === actor.person && removedAt === null);
    if (!isInvited) return { kind: "not-invited" };
    const now = deps.clock.now();
    if (!takesAnswers(event, now)) return { kind: "over", event };
    const text = raise?.trim() ?? "";
    const wrong = wrongWith(text);
    if (wrong !== null) return { kind: "invalid", error: wrong.error };
    const kept = raise === undefined ? given : { ...given, raise: text === "" ? null : text };
    const result = await recordNow(tx, deps, actor, event, kept, now);
    return { kind: result === "over" ? "over" : "recorded", event };
  });
}

// Two presses within one tick of the clock, or on two replicas whose clocks differ a little, came one after the other
// all the same. Only a newer answer from a calendar stays the newer one.
function momentAfter(before: Rsvp | null, now: Instant): Instant {
  if (before === null || Temporal.Instant.compare(before.answeredAt, now) < 0) return now;
  const isFirst = before.from === "card" || before.answeredAt.equals(now);
  return isFirst ? before.answeredAt.add({ milliseconds: 1 }) : now;
}

export type Reminder =
  | { readonly kind: "reminder"; readonly at: Instant; readonly event: NetworkEvent }
  /** The meeting starts before the card could come again. */
  | { readonly kind: "too-late"; readonly event: NetworkEvent }
  /** They have said stop, so nothing would come. */
  | { readonly kind: "stopped" }
  | Exclude<CardOutcome, { kind: "invalid" }>;

/** Sends the question again on the next working day, because the person asked for it. */
export async function remindTomorrow(deps: MeetingDeps, actor: Actor, id: DeliveryId): Promise<Reminder> {
  return pressed<Reminder>(deps, actor, id, async ({ tx, delivery, event, now }) => {
    const own = await tx.events.rsvp(event.id, actor.person);
    if (own !== null && !isStale(event, own)) return { kind: "recorded", delivery };
    if ((await tx.roster.person(actor.person))?.stoppedAt != null) return { kind: "stopped" };
    const { holidayOverrides } = await readSettings(tx.settings);
    const day = nextWorkingDay(dateIn(event.zone, now).add({ days: 1 }), holidayOverrides);
    const at = momentOn(day, cardTime, event.zone);
    if (Temporal.Instant.compare(at, event.startsAt) >= 0) return { kind: "too-late", event };
    const key = { occasion: event.id, subject: event.id, recipient: actor.person, purpose: "rsvp-reminder" } as const;
    await sendAskedFor(tx, actor.network, key, now, at);
    return { kind: "reminder", at, event };
  });
}
