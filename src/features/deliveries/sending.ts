import type { NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock, Instant } from "../../kernel/time.ts";
import { priorities, type SendCard, sendCard } from "./jobs.ts";
import type { ConversationRef, Messenger, SendFault, SendResult, SentMessage } from "./messenger.ts";
import { consequenceOf, type Delivery } from "./model.ts";
import { absenceOf, obstacleTo } from "./obstacles.ts";
import type {
  CardSource,
  ClaimedDelivery,
  Content,
  Conversation,
  DeliveryStores,
  Pause,
  SendRate,
  Settlement,
} from "./ports.ts";

export interface SendingDeps {
  readonly store: Store<DeliveryStores>;
  readonly messenger: Messenger;
  readonly rate: SendRate;
  readonly pause: Pause;
  readonly sources: readonly CardSource[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** A random number from 0 to 1. */
  readonly random: () => number;
}

/** What one try came to. */
type Outcome =
  | { readonly kind: "settled"; readonly settlement: Settlement; readonly message?: SentMessage }
  | { readonly kind: "retry"; readonly at: Instant; readonly reason: string };

/** The worker that sends cards: claims a batch, renders it, sends each card in its own reserved moment, and records what came of it. */
export function cardSender(deps: SendingDeps): JobHandler<SendCard> {
  return {
    kind: sendCard,
    async run(payloads) {
      for (const [network, tries] of Map.groupBy(payloads, (payload) => payload.network)) {
        await sendBatch(deps, network, tries);
      }
    },
  };
}

async function sendBatch(deps: SendingDeps, network: NetworkId, tries: readonly SendCard[]): Promise<void> {
  const claimed = await deps.store.transaction(network, (tx) =>
    tx.deliveries.claim(
      tries.map(({ delivery, attempt }) => ({ id: delivery, attempt })),
      deps.clock.now(),
    ),
  );
  const contents = await renderAll(deps, network, claimed);
  const sendable: { delivery: ClaimedDelivery; content: Extract<Content, { kind: "card" }> }[] = [];
  for (const delivery of claimed) {
    const content = contents.get(delivery.id);
    const obstacle = obstacleTo(delivery);
    const absence = obstacle === null ? absenceOf(delivery, deps.clock.now()) : null;
    if (content?.kind !== "card") {
      await record(deps, network, delivery, skipped(delivery, content?.reason ?? "It is no longer needed.", false));
    } else if (obstacle !== null) await record(deps, network, delivery, skipped(delivery, obstacle, true));
    else if (absence !== null) await record(deps, network, delivery, { kind: "retry", ...absence });
    else sendable.push({ delivery, content });
  }
  const moments = await deps.rate.reserve(
    sendable.map(({ delivery }) => delivery.conversation?.ref?.conversationId ?? null),
  );
  // Every send is seen to its end before the batch fails: a job that runs again would send what is still under way.
  const sends = sendable.map(async ({ delivery, content }, index) => {
    await record(deps, network, delivery, await send(deps, network, delivery, content, moments[index]));
  });
  await Promise.allSettled(sends);
  await Promise.all(sends);
}

/** The cards of a batch, each by the source of its purpose; a delivery without an entry isn't needed any more. */
export async function renderAll(
  deps: Pick<SendingDeps, "sources">,
  network: NetworkId,
  claimed: readonly Delivery[],
): Promise<Map<string, Content>> {
  const contents = new Map<string, Content>();
  for (const source of deps.sources) {
    const ofSource = claimed.filter((delivery) => delivery.purpose === source.purpose);
    if (ofSource.length === 0) continue;
    for (const [id, content] of await source.render(network, ofSource, "send")) contents.set(id, content);
  }
  return contents;
}

function skipped(delivery: ClaimedDelivery, reason: string, unreachable: boolean): Outcome {
  return { kind: "settled", settlement: { id: delivery.id, state: "skipped", reason, unreachable } };
}

async function send(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  content: Extract<Content, { kind: "card" }>,
  moment: Instant | undefined,
): Promise<Outcome> {
  const known = delivery.conversation?.ref ?? null;
  await waitFor(deps, moment);
  const first =
    known === null
      ? await sendToNewChat(deps, network, delivery, content)
      : await deps.messenger.sendCard(known, content.card, content.notification);
  // People delete chats; the old id is then gone for good, and a new chat can be opened, once.
  const isGone = !first.ok && first.fault.kind === "conversation-gone" && known !== null;
  if (isGone) await reserveAndWait(deps, null);
  const result = isGone ? await sendToNewChat(deps, network, delivery, content) : first;
  if (!result.ok) return afterFault(deps, network, delivery, result.fault);
  return {
    kind: "settled",
    settlement: { id: delivery.id, state: "delivered", reason: null, unreachable: false },
    message: result.value,
  };
}

/** Opens the chat, in the moment reserved for it, and sends into it in a moment of its own. */
async function sendToNewChat(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  content: Extract<Content, { kind: "card" }>,
): Promise<SendResult<SentMessage>> {
  const opened = await open(deps, network, delivery);
  if (!opened.ok) return opened;
  await reserveAndWait(deps, opened.value.conversationId);
  return deps.messenger.sendCard(opened.value, content.card, content.notification);
}

async function reserveAndWait(deps: SendingDeps, conversation: string | null): Promise<void> {
  const [moment] = await deps.rate.reserve([conversation]);
  await waitFor(deps, moment);
}

async function waitFor(deps: SendingDeps, moment: Instant | undefined): Promise<void> {
  if (moment !== undefined) await deps.pause.until(moment);
}

async function open(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
): Promise<SendResult<ConversationRef>> {
  if (delivery.identity === null) {
    return { ok: false, fault: { kind: "conversation-gone", detail: "no account is known" } };
  }
  const opened = await deps.messenger.open(delivery.identity);
  if (opened.ok) await saveConversation(deps, network, delivery, { ref: opened.value, state: "open" });
  return opened;
}

/** Remembers what the fault says about the chat, and decides what becomes of the card. */
async function afterFault(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  fault: SendFault,
): Promise<Outcome> {
  if (fault.kind === "blocked" || fault.kind === "not-installed" || fault.kind === "conversation-gone") {
    const state = fault.kind === "conversation-gone" ? "unknown" : fault.kind;
    await saveConversation(deps, network, delivery, { ref: null, state });
  }
  const consequence = consequenceOf(fault, delivery.attempts, deps.random(), delivery.recipientName);
  deps.logger.warn(
    { network, delivery: delivery.id, attempts: delivery.attempts, fault: fault.kind, detail: fault.detail },
    "a card didn't go",
  );
  if (consequence.kind === "failed") {
    const { reason, unreachable } = consequence;
    return { kind: "settled", settlement: { id: delivery.id, state: "failed", reason, unreachable } };
  }
  const at = deps.clock.now().add({ milliseconds: Math.ceil(consequence.afterSeconds * 1000) });
  return { kind: "retry", at, reason: consequence.reason };
}

async function saveConversation(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  conversation: Conversation,
): Promise<void> {
  await deps.store.transaction(network, (tx) =>
    tx.conversations.save(delivery.recipient, conversation, deps.clock.now()),
  );
}

async function record(deps: SendingDeps, network: NetworkId, delivery: ClaimedDelivery, outcome: Outcome): Promise<void> {
  await deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    if (outcome.kind === "retry") {
      const { reason } = outcome;
      await tx.deliveries.settle([{ id: delivery.id, state: "pending", reason, unreachable: false }], now);
      const job = { network, delivery: delivery.id, attempt: delivery.attempts };
      await tx.jobs.add(sendCard, [job], { runAt: outcome.at, priority: priorities.send });
      return;
    }
    await tx.deliveries.settle([outcome.settlement], now);
    if (outcome.message !== undefined) await tx.deliveries.sent(delivery.id, outcome.message, now);
  });
}
