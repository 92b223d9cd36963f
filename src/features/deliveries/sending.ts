import type { NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock, Instant } from "../../kernel/time.ts";
import { priorities, type SendCard, sendCard } from "./jobs.ts";
import type { ConversationRef, Messenger, SendFault, SendResult, SentMessage } from "./messenger.ts";
import { consequenceOf, type Delivery } from "./model.ts";
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
    if (content?.kind !== "card") {
      await record(deps, network, delivery, skipped(delivery, content?.reason ?? "It is no longer needed.", false));
    } else if (obstacle !== null) await record(deps, network, delivery, skipped(delivery, obstacle, true));
    else sendable.push({ delivery, content });
  }
  const moments = await deps.rate.reserve(
    sendable.flatMap(({ delivery }) => {
      const ref = delivery.conversation?.ref?.conversationId;
      return ref === undefined ? [null, null] : [ref];
    }),
  );
  const queue = [...moments];
  await Promise.all(
    sendable.map(async ({ delivery, content }) => {
      const own = queue.splice(0, delivery.conversation?.ref == null ? 2 : 1);
      await record(deps, network, delivery, await send(deps, network, delivery, content, own));
    }),
  );
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

/** Why this person can't or shouldn't get a card at all now; null when they can. */
function obstacleTo(delivery: ClaimedDelivery): string | null {
  const name = delivery.recipientName;
  if (delivery.left) return `${name} has left the network.`;
  if (delivery.stopped) return `${name} has said stop.`;
  if (delivery.conversation?.state === "blocked") return `${name} has blocked the bot in Teams.`;
  if (delivery.conversation?.state === "not-installed") return `The app isn't installed in Teams for ${name}.`;
  if (delivery.identity === null && delivery.conversation?.ref == null) {
    return `No Microsoft account is known for ${name} yet; it is linked when they first meet the bot.`;
  }
  return null;
}

function skipped(delivery: ClaimedDelivery, reason: string, unreachable: boolean): Outcome {
  return { kind: "settled", settlement: { id: delivery.id, state: "skipped", reason, unreachable } };
}

async function send(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  content: Extract<Content, { kind: "card" }>,
  moments: readonly Instant[],
): Promise<Outcome> {
  const known = delivery.conversation?.ref ?? null;
  await waitFor(deps, moments[0]);
  const opened = known === null ? await open(deps, network, delivery) : { ok: true as const, value: known };
  if (!opened.ok) return afterFault(deps, network, delivery, opened.fault);
  await waitFor(deps, moments[1]);
  const first = await deps.messenger.sendCard(opened.value, content.card, content.notification);
  // People delete chats; the old id is then gone for good, and a new chat can be opened, once.
  const result = !first.ok && first.fault.kind === "conversation-gone" && known !== null
    ? await sendToNewChat(deps, network, delivery, content)
    : first;
  if (!result.ok) return afterFault(deps, network, delivery, result.fault);
  return {
    kind: "settled",
    settlement: { id: delivery.id, state: "delivered", reason: null, unreachable: false },
    message: result.value,
  };
}

async function sendToNewChat(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  content: Extract<Content, { kind: "card" }>,
): Promise<SendResult<SentMessage>> {
  const [first, second] = await deps.rate.reserve([null, null]);
  await waitFor(deps, first);
  const reopened = await open(deps, network, delivery);
  await waitFor(deps, second);
  return reopened.ok ? deps.messenger.sendCard(reopened.value, content.card, content.notification) : reopened;
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
