import type { NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import { priorities, refreshCard, type SendCard } from "./jobs.ts";
import type { SentMessage } from "./messenger.ts";
import { consequenceOf, type Delivery, maxAttempts } from "./model.ts";
import type { Content } from "./ports.ts";
import type { SendingDeps } from "./sending.ts";

/** The worker that brings cards already in a chat up to date, so that every copy shows what is recorded. */
export function cardRefresher(deps: SendingDeps): JobHandler<SendCard> {
  return {
    kind: refreshCard,
    async run(payloads) {
      for (const [network, wanted] of Map.groupBy(payloads, (payload) => payload.network)) {
        const attempts = new Map(wanted.map(({ delivery, attempt }) => [delivery, attempt]));
        const read = deps.store.read(network);
        const deliveries = await read.deliveries.byIds([...attempts.keys()]);
        const messages = await read.deliveries.sentMessages([...attempts.keys()]);
        for (const source of deps.sources) {
          const ofSource = deliveries.filter((delivery) => delivery.purpose === source.purpose);
          if (ofSource.length === 0) continue;
          const contents = await source.render(network, ofSource, "refresh");
          await Promise.all(
            ofSource.map((delivery) =>
              refreshOne(deps, network, delivery, {
                content: contents.get(delivery.id),
                messages: messages.get(delivery.id) ?? [],
                attempt: attempts.get(delivery.id) ?? 0,
              }),
            ),
          );
        }
      }
    },
  };
}

async function refreshOne(
  deps: SendingDeps,
  network: NetworkId,
  delivery: Delivery,
  job: { content: Content | undefined; messages: readonly SentMessage[]; attempt: number },
): Promise<void> {
  if (job.content?.kind !== "card") return;
  const { card } = job.content;
  const moments = await deps.rate.reserve(job.messages.map((message) => message.conversationId));
  for (const [index, message] of job.messages.entries()) {
    const moment = moments[index];
    if (moment !== undefined) await deps.pause.until(moment);
    const result = await deps.messenger.updateCard(message, card);
    if (result.ok) continue;
    const { fault } = result;
    if (fault.kind === "message-gone" || fault.kind === "conversation-gone") {
      await deps.store.transaction(network, (tx) => tx.deliveries.forgetSent(delivery.id, message.activityId));
      continue;
    }
    deps.logger.warn({ network, delivery: delivery.id, fault: fault.kind, detail: fault.detail }, "a card wasn't updated");
    const attempt = job.attempt + 1;
    if (fault.kind !== "again" || attempt >= maxAttempts) continue;
    const consequence = consequenceOf(fault, attempt, deps.random(), "");
    if (consequence.kind !== "retry") continue;
    const runAt = deps.clock.now().add({ milliseconds: Math.ceil(consequence.afterSeconds * 1000) });
    await deps.store.transaction(network, (tx) =>
      tx.jobs.add(refreshCard, [{ network, delivery: delivery.id, attempt }], { runAt, priority: priorities.refresh }),
    );
    return;
  }
}
