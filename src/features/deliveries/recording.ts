import type { NetworkId } from "../../kernel/ids.ts";
import type { Store } from "../../kernel/store.ts";
import { allOf, together } from "../../kernel/together.ts";
import type { Hindrance } from "./hindrances.ts";
import { insist, type InsistingDeps } from "./insisting.ts";
import { priorities, sendCard, sendLink } from "./jobs.ts";
import type { SentMessage } from "./messenger.ts";
import type { ClaimedDelivery, DeliveryStores, Settlement } from "./ports.ts";

/** What one try came to. */
export type Outcome =
  | Hindrance
  | { readonly kind: "sent"; readonly message: SentMessage }
  /** Teams can't reach this person, so the card goes by a link. */
  | { readonly kind: "link"; readonly reason: string };

interface Try {
  readonly network: NetworkId;
  readonly delivery: ClaimedDelivery;
  readonly outcome: Outcome;
}

export type Recorder = (ended: Try) => Promise<unknown>;

/**
 * Writes down what tries came to, each as soon as it is known; those that end while others are being written share a
 * transaction.
 */
export function recorder(deps: InsistingDeps & { readonly store: Store<DeliveryStores> }): Recorder {
  return together<Try, null>(
    ({ network }) => network,
    async (ended) => {
      const write = () => deps.store.transaction(ended[0].network, async (tx) => {
        const now = deps.clock.now();
        const sent = ended.flatMap(({ delivery: { id }, outcome }) => {
          return outcome.kind === "sent" ? [{ delivery: id, message: outcome.message }] : [];
        });
        await allOf([tx.deliveries.settle(ended.flatMap(settlementOf), now), tx.deliveries.sent(sent, now)]);
        for (const { network, delivery, outcome } of ended) {
          const { id, turn } = delivery;
          const job = { network, delivery: id, turn };
          if (outcome.kind === "wait") {
            await tx.deliveries.postpone(id, outcome, now);
            await tx.jobs.add(sendCard, [job], { runAt: outcome.until, priority: priorities.send });
          } else if (outcome.kind === "link") {
            await tx.deliveries.moveTo(id, "link", outcome.reason, now);
            await tx.jobs.add(sendLink, [job], { priority: priorities.send });
          }
        }
      });
      await insist(deps, write);
      return ended.map(() => null);
    },
  );
}

function settlementOf({ delivery: { id }, outcome }: Try): Settlement[] {
  if (outcome.kind === "settled") return [outcome.settlement];
  if (outcome.kind !== "sent") return [];
  return [{ id, state: "delivered", reason: null, unreachable: false, channel: "teams" }];
}
