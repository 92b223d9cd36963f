import type { DeliveryId, NetworkId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import { priorities, refreshCard, sendCard } from "./jobs.ts";
import type { Delivery, NewDelivery } from "./model.ts";
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
  const wanted = new Map(deliveries.map((delivery) => [keyOf(delivery), delivery.notBefore]));
  const pending = added.filter((delivery) => delivery.state === "pending");
  const isDelayed = (delivery: Delivery) => (wanted.get(keyOf(delivery)) ?? null) !== null;
  await enqueue(tx, network, pending.filter((delivery) => !isDelayed(delivery)), null);
  for (const delivery of pending.filter(isDelayed)) {
    await enqueue(tx, network, [delivery], wanted.get(keyOf(delivery)) ?? null);
  }
  return added;
}

/** Sends settled deliveries again, such as the failed ones of a round. */
export async function sendAgain(
  tx: Stores,
  network: NetworkId,
  ids: readonly DeliveryId[],
  at: Instant,
  notBefore: Instant | null = null,
): Promise<number> {
  const reopened = await tx.deliveries.reopen(ids, at);
  await enqueue(tx, network, reopened, notBefore);
  return reopened.length;
}

/** Sends pending deliveries now that wait for later; those that are being tried at this moment are left alone. */
export async function sendNow(tx: Stores, network: NetworkId, ids: readonly DeliveryId[], at: Instant): Promise<number> {
  const taken = await tx.deliveries.takeOver(ids, at);
  await enqueue(tx, network, taken, null);
  return taken.length;
}

/** Asks for the copies of these cards to be brought up to date. */
export async function refresh(tx: Stores, network: NetworkId, deliveries: readonly Delivery[]): Promise<void> {
  const payloads = deliveries.map((delivery) => ({ network, delivery: delivery.id, attempt: 0 }));
  if (payloads.length > 0) await tx.jobs.add(refreshCard, payloads, { priority: priorities.refresh });
}

async function enqueue(tx: Stores, network: NetworkId, deliveries: readonly Delivery[], runAt: Instant | null) {
  if (deliveries.length === 0) return;
  const payloads = deliveries.map(({ id, attempts }) => ({ network, delivery: id, attempt: attempts }));
  await tx.jobs.add(sendCard, payloads, { priority: priorities.send, ...(runAt === null ? {} : { runAt }) });
}

function keyOf(key: Delivery | NewDelivery): string {
  return [key.occasion, key.purpose, key.subject, key.recipient].join(" ");
}
