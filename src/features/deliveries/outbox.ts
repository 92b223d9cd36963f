import { chunksOf } from "../../kernel/chunks.ts";
import type { DeliveryId, NetworkId, PersonId } from "../../kernel/ids.ts";
import { type Instant, Temporal } from "../../kernel/time.ts";
import { allOf } from "../../kernel/together.ts";
import { makeUp, priorities, refreshCards, refreshedAtOnce, sendCard } from "./jobs.ts";
import { daysBetweenMessages, type Delivery, type DeliveryKey, isWithinAWeek, type NewDelivery, type Purpose, type QueuedDelivery } from "./model.ts";
import type { DeliveryStores } from "./ports.ts";

type Stores = Pick<DeliveryStores, "deliveries" | "jobs">;

/**
 * Records cards meant for people and the work of sending them, in the caller's transaction: neither exists without
 * the other. Deliveries that exist already (by key) are left alone.
 * @returns those that were added
 */
export async function deliver(
  tx: Stores,
  network: NetworkId,
  deliveries: readonly NewDelivery[],
  at: Instant,
): Promise<Delivery[]> {
  const added = await tx.deliveries.add(deliveries, at);
  await enqueueAdded(tx, network, deliveries, added);
  return added;
}

/**
 * Delivers cards, and brings the copies of others about some subjects up to date. What it needs is read at once, and its
 * work is added at once: in the transaction of an answer every journey to the store counts.
 */
export async function deliverAndRefresh(
  tx: Stores,
  network: NetworkId,
  deliveries: readonly NewDelivery[],
  about: { readonly occasion: string; readonly subjects: readonly string[] },
  at: Instant,
): Promise<void> {
  const [copies, added] = await allOf([
    tx.deliveries.copiesAbout(about.occasion, ...about.subjects),
    tx.deliveries.add(deliveries, at),
  ]);
  await allOf([refresh(tx, network, copies), enqueueAdded(tx, network, deliveries, added)]);
}

const aWeek = { hours: daysBetweenMessages * 24 };

/**
 * Cards that nobody asked for: one that would be its recipient's second in a week waits until the week is over.
 * @param over until when the card makes sense, and what is over then; left out, it is never too late
 */
export async function aWeekApart(
  tx: Pick<Stores, "deliveries">,
  cards: readonly NewDelivery[],
  now: Instant,
  over?: { readonly at: Instant; readonly what: string },
): Promise<NewDelivery[]> {
  const people = cards.map(({ recipient }) => recipient);
  const last = await tx.deliveries.lastUnasked(people, now.subtract(aWeek), null);
  return cards.map((card): NewDelivery => {
    const before = last.get(card.recipient);
    if (before === undefined || !isWithinAWeek(before, now)) return { ...card, unasked: true };
    const notBefore = before.add(aWeek);
    const had = "Had another message less than a week ago";
    if (over !== undefined && Temporal.Instant.compare(notBefore, over.at) >= 0) {
      return { ...card, unasked: true, skip: true, reason: `${had}, and the ${over.what} closes before the week is over.` };
    }
    return { ...card, unasked: true, notBefore, reason: `${had}; the card follows.` };
  });
}

/** Those of these people who neither had nor are about to get a message within a week that they didn't ask for. */
export async function withoutMessageThisWeek(
  tx: Pick<Stores, "deliveries">,
  people: readonly PersonId[],
  now: Instant,
): Promise<PersonId[]> {
  const last = await tx.deliveries.lastUnasked(people, now.subtract(aWeek), null);
  return people.filter((person) => {
    const before = last.get(person);
    return before === undefined || !isWithinAWeek(before, now);
  });
}

/**
 * Sends settled deliveries again, such as the failed ones of a round.
 * @param notBefore the moment to wait for, or null for now
 */
export async function sendAgain(
  tx: Stores,
  network: NetworkId,
  ids: readonly DeliveryId[],
  at: Instant,
  notBefore: Instant | null = null,
): Promise<number> {
  const reopened = await tx.deliveries.reopen(ids, at, notBefore ?? at);
  await enqueue(tx, network, reopened, notBefore);
  return reopened.length;
}

/**
 * Sends pending deliveries that wait for later now, or at another moment; those that are being tried are left alone.
 * @param notBefore the moment to wait for, or null for now
 */
export async function resend(
  tx: Stores,
  network: NetworkId,
  ids: readonly DeliveryId[],
  at: Instant,
  notBefore: Instant | null = null,
): Promise<number> {
  const taken = await tx.deliveries.takeOver(ids, at, notBefore ?? at);
  await enqueue(tx, network, taken, notBefore);
  return taken.length;
}

/**
 * Sends a card that its recipient asked for, now (null) or later; one that was asked for before is sent again, and one
 * that waits for later goes now when it is asked for now.
 */
export async function sendAskedFor(
  tx: Stores,
  network: NetworkId,
  key: DeliveryKey,
  at: Instant,
  notBefore: Instant | null,
): Promise<void> {
  const added = await deliver(tx, network, [{ ...key, unasked: false, skip: false, reason: null, notBefore }], at);
  if (added.length > 0) return;
  const earlier = await tx.deliveries.toPerson(key.occasion, key.purpose, key.recipient);
  const ids = earlier.filter((delivery) => delivery.subject === key.subject).map((delivery) => delivery.id);
  if (notBefore === null) await resend(tx, network, ids, at);
  await sendAgain(tx, network, ids, at, notBefore);
}

/**
 * Lets Teams be tried again for somebody of whom it said that they don't have the app, and sends what they missed for
 * want of it; nothing for everybody else.
 */
export async function tryTeamsAgain(
  tx: Stores & Pick<DeliveryStores, "conversations">,
  network: NetworkId,
  person: PersonId,
  at: Instant,
): Promise<void> {
  if ((await tx.conversations.of(person))?.state !== "not-installed") return;
  await tx.conversations.save(person, { ref: null, state: "unknown" }, at);
  await resend(tx, network, await tx.deliveries.waitingForMail(person), at);
  await tx.jobs.add(makeUp, [{ network, person }]);
}

/** A delivery that was due this long ago, and untouched since, has lost its job. */
const overdueAfter = { minutes: 15 };
/** How many are taken up in one run; the next one takes more. */
const overdueAtOnce = 1_000;

/** Enqueues pending deliveries again whose jobs were lost, so that nobody stays pending for ever. */
export async function sendOverdue(tx: Stores, network: NetworkId, at: Instant): Promise<number> {
  const overdue = await tx.deliveries.takeOverdue(at.subtract(overdueAfter), overdueAtOnce, at);
  await enqueue(tx, network, overdue, null);
  return overdue.length;
}

/** Asks for every copy of the cards about some subjects to be brought up to date: those in a chat and those on their way. */
export async function refreshAbout(tx: Stores, network: NetworkId, occasion: string, ...subjects: readonly string[]): Promise<void> {
  await refresh(tx, network, await tx.deliveries.copiesAbout(occasion, ...subjects));
}

/** Asks for every copy of an occasion's cards of these purposes to be brought up to date. */
export async function refreshAll(
  tx: Stores,
  network: NetworkId,
  occasion: string,
  purposes: readonly Purpose[],
): Promise<void> {
  await refresh(tx, network, await tx.deliveries.copiesOf(occasion, purposes));
}

/** Asks for these cards to be brought up to date. */
export async function refresh(tx: Pick<Stores, "jobs">, network: NetworkId, deliveries: readonly DeliveryId[]): Promise<void> {
  const payloads = chunksOf(deliveries, refreshedAtOnce).map((some) => ({ network, deliveries: some, attempt: 0 }));
  if (payloads.length > 0) await tx.jobs.add(refreshCards, payloads, { priority: priorities.refresh });
}

/** The work of sending those that were added, each when it was wanted. */
async function enqueueAdded(tx: Stores, network: NetworkId, asked: readonly NewDelivery[], added: readonly QueuedDelivery[]) {
  const wanted = new Map(asked.map((delivery) => [keyOf(delivery), delivery.notBefore]));
  const pending = added.filter((delivery) => delivery.state === "pending");
  const moments = Map.groupBy(pending, (delivery) => wanted.get(keyOf(delivery))?.toString() ?? null);
  for (const group of moments.values()) {
    const [first] = group;
    await enqueue(tx, network, group, first === undefined ? null : (wanted.get(keyOf(first)) ?? null));
  }
}

async function enqueue(tx: Stores, network: NetworkId, deliveries: readonly QueuedDelivery[], runAt: Instant | null) {
  if (deliveries.length === 0) return;
  const payloads = deliveries.map(({ id, turn }) => ({ network, delivery: id, turn }));
  await tx.jobs.add(sendCard, payloads, { priority: priorities.send, ...(runAt === null ? {} : { runAt }) });
}

function keyOf(key: Delivery | NewDelivery): string {
  return [key.occasion, key.purpose, key.subject, key.recipient].join(" ");
}
