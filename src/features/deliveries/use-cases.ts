import type { Actor } from "../../kernel/actor.ts";
import type { DeliveryId, NetworkId, PersonId } from "../../kernel/ids.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock } from "../../kernel/time.ts";
import type { ConversationRef } from "./messenger.ts";
import type { Purpose } from "./model.ts";
import { sendAgain } from "./outbox.ts";
import type { CardSource, DeliveryRow, DeliveryStores } from "./ports.ts";
import { renderAll } from "./sending.ts";

export interface DeliveryDeps {
  readonly store: Store<DeliveryStores>;
  readonly clock: Clock;
  readonly sources: readonly CardSource[];
}

/** One page of an occasion's ledger; a lead of some areas sees the rows about teams in those areas. */
export async function listDeliveries(
  deps: Pick<DeliveryDeps, "store">,
  actor: Actor,
  query: { occasion: string; purpose: Purpose; limit: number; after: DeliveryId | null },
): Promise<DeliveryRow[]> {
  const areas = actor.scope?.kind === "areas" ? actor.scope.areas : null;
  return deps.store.read(actor.network).deliveries.page({ ...query, areas });
}

/**
 * Remembers where a person's chat is. Somebody who installed or unblocked the app again gets the cards that they
 * missed for want of it.
 */
export async function personIsBack(
  deps: DeliveryDeps,
  network: NetworkId,
  person: PersonId,
  ref: ConversationRef,
): Promise<void> {
  const before = await deps.store.read(network).conversations.of(person);
  const isOpen = before?.state === "open";
  const isSame = before?.ref?.conversationId === ref.conversationId && before.ref.serviceUrl === ref.serviceUrl;
  if (isOpen && isSame) return;
  await deps.store.transaction(network, (tx) =>
    tx.conversations.save(person, { ref, state: "open" }, deps.clock.now()),
  );
  if (!isOpen) await makeUpFor(deps, network, person);
}

/** How far back a missed card is still made up for; rounds are closed well before. */
const longestRound = { hours: 24 * 42 };

/** Sends what a person missed while they couldn't be reached, as far as its feature still wants it sent. */
export async function makeUpFor(deps: DeliveryDeps, network: NetworkId, person: PersonId): Promise<void> {
  const now = deps.clock.now();
  const missed = await deps.store.read(network).deliveries.undeliveredTo(person, now.subtract(longestRound));
  const contents = await renderAll(deps, network, missed);
  const wanted = missed.filter((delivery) => contents.get(delivery.id)?.kind === "card");
  if (wanted.length === 0) return;
  await deps.store.transaction(network, async (tx) => {
    // Two signs of life at once (a chat's start and an installation come together) must not send a card twice.
    const still = new Set((await tx.deliveries.undeliveredTo(person, now.subtract(longestRound))).map(({ id }) => id));
    await sendAgain(tx, network, wanted.map(({ id }) => id).filter((id) => still.has(id)), now);
  });
}

/** Remembers that the app was removed for a person, so that nothing is tried until they are back. */
export async function personRemovedApp(deps: DeliveryDeps, network: NetworkId, person: PersonId): Promise<void> {
  await deps.store.transaction(network, (tx) =>
    tx.conversations.save(person, { ref: null, state: "not-installed" }, deps.clock.now()),
  );
}
