import type { Actor } from "../../kernel/actor.ts";
import type { DeliveryId, NetworkId, PersonId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock } from "../../kernel/time.ts";
import { together } from "../../kernel/together.ts";
import { drawAll } from "./drawing.ts";
import { makeUp, type MakeUp } from "./jobs.ts";
import type { ConversationRef } from "./messenger.ts";
import type { Purpose } from "./model.ts";
import { resend, sendAgain, sendOverdue } from "./outbox.ts";
import type { CardSource, Conversation, DeliveryRow, DeliveryStores } from "./ports.ts";

export interface DeliveryDeps {
  readonly store: Store<DeliveryStores>;
  readonly clock: Clock;
  readonly sources: readonly CardSource[];
  readonly logger: Logger;
  /** True when a link can be mailed to people whom Teams can't reach. */
  readonly canMail: boolean;
}

/** One page of an occasion's ledger; a lead of some areas sees the rows about teams in those areas. */
export async function listDeliveries(
  deps: Pick<DeliveryDeps, "store">,
  actor: Actor,
  query: { occasion: string; purposes: readonly Purpose[]; limit: number; after: DeliveryId | null },
): Promise<DeliveryRow[]> {
  const areas = actor.scope?.kind === "areas" ? actor.scope.areas : null;
  return deps.store.read(actor.network).deliveries.page({ ...query, areas });
}

/** Somebody of whom there is a sign of life, and where their chat is. */
interface Seen {
  readonly network: NetworkId;
  readonly person: PersonId;
  readonly ref: ConversationRef;
}

/**
 * Remembers where a person's chat is. Somebody who installed or unblocked the app again gets the cards that they
 * missed for want of it, and those in Teams that were about to go by a link. Those who come at the same moment are
 * looked up together, since every press is a sign of life and hardly any brings something new.
 */
export function chatNoter(deps: Pick<DeliveryDeps, "store" | "clock">): (seen: Seen) => Promise<void> {
  const lookUp = together<Pick<Seen, "network" | "person">, Conversation | null>(
    ({ network }) => network,
    async (asked) => {
      const known = await deps.store.read(asked[0].network).conversations.ofAll(asked.map(({ person }) => person));
      return asked.map(({ person }) => known.get(person) ?? null);
    },
  );
  return async (seen) => noteChat(deps, seen, await lookUp(seen));
}

async function noteChat(
  deps: Pick<DeliveryDeps, "store" | "clock">,
  { network, person, ref }: Seen,
  before: Conversation | null,
): Promise<void> {
  const isOpen = before?.state === "open";
  const isSame = before?.ref?.conversationId === ref.conversationId && before.ref.serviceUrl === ref.serviceUrl;
  if (isOpen && isSame) return;
  await deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    await tx.conversations.save(person, { ref, state: "open" }, now);
    if (isOpen) return;
    await resend(tx, network, await tx.deliveries.waitingForMail(person), now);
    await tx.jobs.add(makeUp, [{ network, person }]);
  });
}

/** The worker that sends what people missed while they couldn't be reached. */
export function missedCardSender(deps: DeliveryDeps): JobHandler<MakeUp> {
  return {
    kind: makeUp,
    async run(payloads) {
      for (const { network, person } of payloads) await makeUpFor(deps, network, person);
    },
  };
}

/**
 * What a network's deliveries need every minute: lost jobs are replaced, and those whose account has become known (by
 * an import, from wherever) get what they missed for want of one, as does everybody once links can be mailed.
 */
export async function tendDeliveries(deps: DeliveryDeps, network: NetworkId): Promise<void> {
  const now = deps.clock.now();
  await deps.store.transaction(network, (tx) => sendOverdue(tx, network, now));
  const since = now.subtract(longestRound);
  const { deliveries } = deps.store.read(network);
  const reachable = new Set([
    ...(await deliveries.linkedSince(since)),
    ...(deps.canMail ? await deliveries.missedSince(since) : []),
  ]);
  for (const person of reachable) await makeUpFor(deps, network, person);
}

/** How far back a missed card is still made up for; rounds are closed well before. */
const longestRound = { hours: 24 * 42 };

/** Sends what a person missed while they couldn't be reached, as far as its feature still wants it sent. */
export async function makeUpFor(deps: DeliveryDeps, network: NetworkId, person: PersonId): Promise<void> {
  const now = deps.clock.now();
  const missed = await deps.store.read(network).deliveries.undeliveredTo(person, now.subtract(longestRound));
  if (missed.length === 0) return;
  const contents = await drawAll(deps, network, missed, "send");
  const isWanted = ({ id }: { id: DeliveryId }) => contents.get(id)?.kind === "card";
  await deps.store.transaction(network, async (tx) => {
    // Two signs of life at once (a chat's start and an installation come together) must not send a card twice.
    const still = new Set((await tx.deliveries.undeliveredTo(person, now.subtract(longestRound))).map(({ id }) => id));
    await sendAgain(tx, network, missed.filter(isWanted).map(({ id }) => id).filter((id) => still.has(id)), now);
    // What has become pointless isn't looked at again.
    const pointless = missed.flatMap(({ id, state, reason }) => {
      const kind = contents.get(id)?.kind;
      if (!still.has(id) || state === "pending" || kind === "card" || kind === "undrawable") return [];
      return [{ id, state, reason, unreachable: false }];
    });
    await tx.deliveries.settle(pointless, now);
  });
}

/** Remembers that the app was removed for a person, so that nothing is tried until they are back. */
export async function personRemovedApp(deps: DeliveryDeps, network: NetworkId, person: PersonId): Promise<void> {
  await deps.store.transaction(network, (tx) =>
    tx.conversations.save(person, { ref: null, state: "not-installed" }, deps.clock.now()),
  );
}
