import type { NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock, Instant } from "../../kernel/time.ts";
import { drawAll } from "./drawing.ts";
import { type Hindrance, hindranceTo, inSeconds, skipped } from "./hindrances.ts";
import { priorities, type SendCard, sendCard, sendLink } from "./jobs.ts";
import type { ConversationRef, Messenger, SendFault, SendResult, SentMessage } from "./messenger.ts";
import { consequenceOf } from "./model.ts";
import { momentFor } from "./moments.ts";
import { teamsObstacle } from "./obstacles.ts";
import type {
  Absences,
  CardSource,
  ClaimedDelivery,
  Content,
  Conversation,
  DeliveryStores,
  Pause,
  SendRate,
} from "./ports.ts";

export interface SendingDeps {
  readonly store: Store<DeliveryStores>;
  readonly messenger: Messenger;
  readonly rate: SendRate;
  readonly pause: Pause;
  readonly sources: readonly CardSource[];
  readonly absences: Absences;
  readonly clock: Clock;
  readonly logger: Logger;
  /** True when a link can be mailed to people whom Teams can't reach. */
  readonly canMail: boolean;
  /** A random number from 0 to 1. */
  readonly random: () => number;
}

type CardContent = Extract<Content, { kind: "card" }>;

/** What one try came to. */
type Outcome =
  | Hindrance
  | { readonly kind: "sent"; readonly message: SentMessage }
  /** Teams can't reach this person, so the card goes by a link. */
  | { readonly kind: "link"; readonly reason: string };

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
      tries.map(({ delivery, turn }) => ({ id: delivery, turn })),
      deps.clock.now(),
    ),
  );
  const contents = await drawAll(deps, network, claimed, "send");
  const absenceOf = await deps.absences(network);
  const sendable: { delivery: ClaimedDelivery; content: CardContent }[] = [];
  for (const delivery of claimed) {
    const content = contents.get(delivery.id);
    const { random, clock } = deps;
    const hindrance = hindranceTo(delivery, content, { now: clock.now(), random, absenceOf }) ?? detour(deps, delivery);
    if (hindrance !== null) await record(deps, network, delivery, hindrance);
    else if (content?.kind === "card") sendable.push({ delivery, content });
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

/** What becomes of a card whose recipient is known to be out of Teams' reach; null when Teams is tried. */
function detour(deps: SendingDeps, delivery: ClaimedDelivery): Outcome | null {
  const obstacle = teamsObstacle(delivery);
  if (obstacle === null) return null;
  return deps.canMail ? { kind: "link", reason: obstacle } : skipped(delivery, `${obstacle} ${noMailbox}`, true);
}

const noMailbox = "No mailbox is set to send links from.";

async function send(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  content: CardContent,
  moment: Instant | undefined,
): Promise<Outcome> {
  const known = delivery.conversation?.ref ?? null;
  await momentFor(deps, known?.conversationId ?? null, moment);
  const first =
    known === null
      ? await sendToNewChat(deps, network, delivery, content)
      : await deps.messenger.sendCard(known, content.card, content.notification);
  // People delete chats; the old id is then gone for good, and a new chat can be opened, once.
  const isGone = !first.ok && first.fault.kind === "conversation-gone" && known !== null;
  if (isGone) await momentFor(deps, null);
  const result = isGone ? await sendToNewChat(deps, network, delivery, content) : first;
  if (!result.ok) return afterFault(deps, network, delivery, result.fault);
  // A chat that was shut, as by an admin, takes messages again.
  const isOpenAgain = known !== null && !isGone && delivery.conversation?.state !== "open";
  if (isOpenAgain) await saveConversation(deps, network, delivery, { ref: known, state: "open" });
  return { kind: "sent", message: result.value };
}

/** Opens the chat, in the moment reserved for it, and sends into it in a moment of its own. */
async function sendToNewChat(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  content: CardContent,
): Promise<SendResult<SentMessage>> {
  const opened = await open(deps, network, delivery);
  if (!opened.ok) return opened;
  await momentFor(deps, opened.value.conversationId);
  return deps.messenger.sendCard(opened.value, content.card, content.notification);
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
  if (fault.kind === "disabled") {
    await saveConversation(deps, network, delivery, { ref: delivery.conversation?.ref ?? null, state: "disabled" });
  } else if (fault.kind === "blocked" || fault.kind === "not-installed") {
    await saveConversation(deps, network, delivery, { ref: null, state: fault.kind });
  } else if (fault.kind === "conversation-gone" || fault.kind === "no-chat") {
    await saveConversation(deps, network, delivery, { ref: null, state: "unknown" });
  }
  const consequence = consequenceOf(fault, delivery.attempts, deps.random(), delivery.recipientName);
  deps.logger.warn(
    { network, delivery: delivery.id, attempts: delivery.attempts, fault: fault.kind, detail: fault.detail },
    "a card didn't go",
  );
  if (consequence.kind === "retry") {
    const until = inSeconds(deps.clock.now(), consequence.afterSeconds);
    return { kind: "wait", until, reason: consequence.reason, isTry: true };
  }
  const { reason, unreachable } = consequence;
  if (unreachable && deps.canMail) return { kind: "link", reason };
  const why = unreachable ? `${reason} ${noMailbox}` : reason;
  return { kind: "settled", settlement: { id: delivery.id, state: "failed", reason: why, unreachable } };
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
  const { id, turn } = delivery;
  const job = { network, delivery: id, turn };
  await deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    switch (outcome.kind) {
      case "wait":
        await tx.deliveries.postpone(id, outcome, now);
        return tx.jobs.add(sendCard, [job], { runAt: outcome.until, priority: priorities.send });
      case "link":
        await tx.deliveries.moveTo(id, "link", outcome.reason, now);
        return tx.jobs.add(sendLink, [job], { priority: priorities.send });
      case "settled":
        return tx.deliveries.settle([outcome.settlement], now);
      case "sent": {
        const delivered = { id, state: "delivered", reason: null, unreachable: false, channel: "teams" } as const;
        await tx.deliveries.settle([delivered], now);
        return tx.deliveries.sent(id, outcome.message, now);
      }
    }
  });
}
