import { chunksOf } from "../../kernel/chunks.ts";
import type { DeliveryId, NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import type { Instant } from "../../kernel/time.ts";
import { allOf } from "../../kernel/together.ts";
import { drawAll } from "./drawing.ts";
import { priorities, type RefreshCards, refreshCards, refreshedAtOnce } from "./jobs.ts";
import type { SentMessage } from "./messenger.ts";
import { backoffSeconds, consequenceOf, maxAttempts } from "./model.ts";
import { momentFor } from "./moments.ts";
import type { Content } from "./ports.ts";
import type { SendingDeps } from "./sending.ts";

/** The worker that brings cards already in a chat up to date, so that every copy shows what is recorded. */
export function cardRefresher(deps: SendingDeps): JobHandler<RefreshCards> {
  return {
    kind: refreshCards,
    async run(payloads) {
      for (const [network, ofNetwork] of Map.groupBy(payloads, (payload) => payload.network)) {
        const attempts = new Map(ofNetwork.flatMap(({ deliveries, attempt }) => deliveries.map((delivery) => [delivery, attempt])));
        for (const some of chunksOf([...attempts], refreshedAtOnce)) await refreshBatch(deps, network, new Map(some));
      }
    },
  };
}

interface Copies {
  readonly delivery: DeliveryId;
  readonly attempt: number;
  readonly card: Extract<Content, { kind: "card" }>["card"];
  readonly updates: readonly { readonly message: SentMessage; readonly moment: Instant | undefined }[];
}

async function refreshBatch(deps: SendingDeps, network: NetworkId, attempts: ReadonlyMap<DeliveryId, number>): Promise<void> {
  const ids = [...attempts.keys()];
  const [underWay, messages, deliveries] = await deps.store.transaction(network, (tx) =>
    // What is under way is asked before the copies are looked up: a card that arrives in between is among them.
    allOf([tx.deliveries.underWay(ids), tx.deliveries.sentMessages(ids), tx.deliveries.byIds(ids)]),
  );
  const contents = await drawAll(deps, network, deliveries, "refresh");
  // A card that is on its way was drawn before this change, perhaps, and can't be changed until it has arrived.
  for (const id of underWay) {
    const attempt = (attempts.get(id) ?? 0) + 1;
    await again(deps, network, id, attempt, backoffSeconds(attempt, 1));
  }
  const wanted = ids.flatMap((id) => (messages.get(id) ?? []).map((message) => ({ id, message })));
  const moments = await deps.rate.reserve(wanted.map(({ message }) => message.conversationId));
  const updates = wanted.map(({ id, message }, index) => ({ id, message, moment: moments[index] }));
  await Promise.all(
    [...Map.groupBy(updates, ({ id }) => id)].map(([delivery, ofDelivery]) => {
      const content = contents.get(delivery);
      if (content?.kind !== "card") return Promise.resolve();
      const attempt = attempts.get(delivery) ?? 0;
      return refreshOne(deps, network, { delivery, attempt, card: content.card, updates: ofDelivery });
    }),
  );
}

async function refreshOne(deps: SendingDeps, network: NetworkId, copies: Copies): Promise<void> {
  const { delivery } = copies;
  for (const { message, moment } of copies.updates) {
    await momentFor(deps, message.conversationId, moment);
    const result = await deps.messenger.updateCard(message, copies.card);
    if (result.ok) continue;
    const { fault } = result;
    if (fault.kind === "message-gone" || fault.kind === "conversation-gone") {
      await deps.store.transaction(network, (tx) => tx.deliveries.forgetSent(delivery, message.activityId));
      continue;
    }
    deps.logger.warn({ network, delivery, fault: fault.kind, detail: fault.detail }, "a card wasn't updated");
    const attempt = copies.attempt + 1;
    if (fault.kind !== "again") continue;
    if (fault.isTooFast === true) await deps.rate.refused();
    const consequence = consequenceOf(fault, attempt, deps.random(), "");
    if (consequence.kind !== "retry") continue;
    await again(deps, network, delivery, attempt, consequence.afterSeconds);
    return;
  }
}

/** Puts a card back to be refreshed later, unless that has been done often enough. */
async function again(deps: SendingDeps, network: NetworkId, delivery: DeliveryId, attempt: number, seconds: number) {
  if (attempt >= maxAttempts) return;
  const runAt = deps.clock.now().add({ milliseconds: Math.ceil(seconds * 1000) });
  await deps.store.transaction(network, (tx) =>
    tx.jobs.add(refreshCards, [{ network, deliveries: [delivery], attempt }], { runAt, priority: priorities.refresh }),
  );
}
