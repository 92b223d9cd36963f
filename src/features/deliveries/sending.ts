import type { NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { Store } from "../../kernel/store.ts";
import { drawAll } from "./drawing.ts";
import { hindranceTo, inSeconds, skipped } from "./hindrances.ts";
import { insist, type InsistingDeps } from "./insisting.ts";
import { type SendCard, sendCard } from "./jobs.ts";
import type { ConversationRef, Messenger, SendFault, SendResult, SentMessage } from "./messenger.ts";
import { consequenceOf } from "./model.ts";
import { momentFor, type Moments, momentsFor } from "./moments.ts";
import { teamsObstacle } from "./obstacles.ts";
import { type Outage, secondsToWait } from "./outage.ts";
import { type Outcome, type Recorder, recorder } from "./recording.ts";
import type {
  Absences,
  CardSource,
  ClaimedDelivery,
  Content,
  Conversation,
  DeliveryStores,
  SendRate,
} from "./ports.ts";

export interface SendingDeps extends InsistingDeps {
  readonly store: Store<DeliveryStores>;
  readonly messenger: Messenger;
  readonly rate: SendRate;
  readonly outage: Outage;
  readonly sources: readonly CardSource[];
  readonly absences: Absences;
  readonly logger: Logger;
  /** True when a link can be mailed to people whom Teams can't reach. */
  readonly canMail: boolean;
  /** A random number from 0 to 1. */
  readonly random: () => number;
}

type CardContent = Extract<Content, { kind: "card" }>;

/** The worker that sends cards: claims a batch, renders it, sends each card in its own reserved moment, and records what came of it. */
export function cardSender(deps: SendingDeps): JobHandler<SendCard> {
  const record = recorder(deps);
  return {
    kind: sendCard,
    async run(payloads) {
      for (const [network, tries] of Map.groupBy(payloads, (payload) => payload.network)) {
        await sendBatch(deps, record, network, tries);
      }
    },
  };
}

async function sendBatch(deps: SendingDeps, record: Recorder, network: NetworkId, tries: readonly SendCard[]): Promise<void> {
  const claimed = await deps.store.transaction(network, (tx) =>
    tx.deliveries.claim(
      tries.map(({ delivery, turn }) => ({ id: delivery, turn })),
      deps.clock.now(),
    ),
  );
  const contents = await drawAll(deps, network, claimed, "send");
  const absenceOf = await deps.absences(network);
  const { random, clock } = deps;
  const circumstances = { now: clock.now(), random, absenceOf };
  const tried = claimed.map((delivery) => {
    const content = contents.get(delivery.id);
    return { delivery, content, hindrance: hindranceTo(delivery, content, circumstances) ?? detour(deps, delivery) };
  });
  const wanted = tried.flatMap(({ delivery, content, hindrance }) =>
    hindrance === null && content?.kind === "card" ? [{ delivery, content }] : [],
  );
  const isThere = wanted.length === 0 || (await isInReach(deps, wanted.map(({ delivery }) => delivery)));
  const sendable = isThere ? wanted : [];
  if (sendable.length > 0) await deps.messenger.getReady();
  const moments = await momentsFor(
    deps.rate,
    sendable.map(({ delivery }) => delivery.conversation?.ref?.conversationId ?? null),
  );
  // Every send is seen to its end before the batch fails: a job that runs again would send what is still under way.
  const ends = [
    ...tried.map(async ({ delivery, hindrance: outcome }) => {
      if (outcome !== null) await record({ network, delivery, outcome });
    }),
    ...(isThere ? [] : wanted).map(async ({ delivery }) => {
      const until = inSeconds(clock.now(), secondsToWait(random()));
      await record({ network, delivery, outcome: { kind: "wait", until, reason: away, isTry: false } });
    }),
    ...sendable.map(async ({ delivery, content }, index) => {
      await record({ network, delivery, outcome: await send(deps, network, delivery, content, moments[index]) });
    }),
  ];
  await Promise.allSettled(ends);
  await Promise.all(ends);
}

const away = "Teams is out of reach; the card goes when it is back.";

/**
 * True unless Teams is away. Whether it is back is seen by asking for somebody's chat: that sends nothing, however often
 * it is asked, and whatever becomes of the answer.
 */
async function isInReach(deps: SendingDeps, wanted: readonly ClaimedDelivery[]): Promise<boolean> {
  const { outage, messenger, clock } = deps;
  if (outage.since() === null) return true;
  const identity = wanted.find((delivery) => delivery.identity !== null)?.identity ?? null;
  if (identity === null) return true;
  if (!outage.mayLook(clock.now())) return false;
  await momentFor(deps, null);
  outage.note(await messenger.open(identity));
  return outage.since() === null;
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
  moments: Moments | undefined,
): Promise<Outcome> {
  const known = delivery.conversation?.ref ?? null;
  const first = known === null ? await sendToNewChat(deps, network, delivery, content, moments) : await sendTo(deps, known, content, moments);
  // People delete chats; the old id is then gone for good, and a new chat can be opened, once.
  const isGone = !first.ok && first.fault.kind === "conversation-gone" && known !== null;
  const result = isGone ? await sendToNewChat(deps, network, delivery, content) : first;
  if (!result.ok && result.fault.kind === "again" && result.fault.isTooFast === true) await deps.rate.refused();
  if (!result.ok) return afterFault(deps, network, delivery, result.fault);
  // A chat that was shut, as by an admin, takes messages again.
  const isOpenAgain = known !== null && !isGone && delivery.conversation?.state !== "open";
  if (isOpenAgain) await saveConversation(deps, network, delivery, { ref: known, state: "open" });
  return { kind: "sent", message: result.value };
}

async function sendTo(deps: SendingDeps, chat: ConversationRef, content: CardContent, moments?: Moments): Promise<SendResult<SentMessage>> {
  await momentFor(deps, chat.conversationId, moments?.sending);
  const result = await deps.messenger.sendCard(chat, content.card, content.notification);
  deps.outage.note(result);
  return result;
}

/** Opens the chat and sends into it, each in the moment reserved for it; in moments of their own where none are. */
async function sendToNewChat(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  content: CardContent,
  moments?: Moments,
): Promise<SendResult<SentMessage>> {
  await momentFor(deps, null, moments?.opening ?? undefined);
  const opened = await open(deps, network, delivery);
  return opened.ok ? sendTo(deps, opened.value, content, moments) : opened;
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
  deps.outage.note(opened);
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

/** Remembers a chat, whenever the store is back: a batch that ran again would open it, and might write into it, once more. */
async function saveConversation(
  deps: SendingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  conversation: Conversation,
): Promise<void> {
  const save = () => deps.store.transaction(network, (tx) => tx.conversations.save(delivery.recipient, conversation, deps.clock.now()));
  await insist(deps, save);
}
