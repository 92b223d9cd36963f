import type { Stores } from "../../adapters/sql/store.ts";
import { consequenceOf } from "../../features/deliveries/model.ts";
import { personalObstacle, teamsObstacle } from "../../features/deliveries/obstacles.ts";
import type { ClaimedDelivery, Settlement } from "../../features/deliveries/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Store } from "../../kernel/store.ts";
import type { Instant } from "../../kernel/time.ts";
import { localTenant } from "../stand-ins.ts";
import { luckOf } from "./luck.ts";

/** Puts itself between the features and their store, so that a year of history can be written in a few seconds. */
export interface Recording {
  readonly through: (store: Store<Stores>) => Store<Stores>;
  /**
   * Runs `work` in one transaction, those of its use cases included: one wait for the disk instead of hundreds. Jobs
   * are dropped meanwhile: what was sent long ago is recorded, and not sent again.
   */
  together(network: NetworkId, work: () => Promise<void>): Promise<void>;
}

const noJobs = { add: () => Promise.resolve() };

export function createRecording(): Recording {
  let store: Store<Stores> | null = null;
  let open: Stores | null = null;
  return {
    through(given) {
      store = given;
      return {
        transaction: (network, work) => (open === null ? given.transaction(network, work) : work(open)),
        read: (network) => open ?? given.read(network),
      };
    },
    async together(network, work) {
      await store?.transaction(network, async (tx) => {
        open = { ...tx, jobs: noJobs };
        try {
          await work();
        } finally {
          open = null;
        }
      });
    },
  };
}

/** Cards that fail for want of a clear answer, of a hundred. */
const lostOfHundred = 1;
const atOnce = 1_000;

/** Lets every card that is due arrive, or not, as it would have. */
export async function arrive({ transaction }: Store<Stores>, network: NetworkId, now: Instant): Promise<void> {
  await transaction(network, async ({ deliveries }) => {
    for (;;) {
      const due = await deliveries.takeOverdue(now.add({ seconds: 1 }), atOnce, now);
      if (due.length === 0) return;
      const claimed = await deliveries.claim(due.map(({ id, turn }) => ({ id, turn })), now);
      await deliveries.settle(claimed.map((delivery) => settlementOf(delivery, now)), now);
    }
  });
}

function settlementOf(delivery: ClaimedDelivery, now: Instant): Settlement {
  const { id, purpose, recipientName } = delivery;
  const obstacle = personalObstacle(delivery);
  if (obstacle !== null) return { id, state: "skipped", reason: obstacle, unreachable: true };
  const outOfReach = teamsObstacle(delivery) ?? strangersObstacle(delivery);
  if (outOfReach !== null) {
    return { id, state: "delivered", reason: `${outOfReach} Sent as a link by e-mail.`, unreachable: false, channel: "link" };
  }
  if (luckOf("lost", purpose, recipientName, now.toString()).chance(lostOfHundred / 100)) {
    const lost = consequenceOf({ kind: "unclear", detail: "" }, 1, 0, recipientName);
    return { id, state: "failed", reason: lost.reason, unreachable: false };
  }
  return { id, state: "delivered", reason: null, unreachable: false, channel: "teams" };
}

/** Teams opens no chats with people of other tenants. */
function strangersObstacle({ identity, recipientName }: ClaimedDelivery): string | null {
  if (identity === null || identity.tenantId === localTenant) return null;
  return consequenceOf({ kind: "no-chat", detail: "" }, 1, 0, recipientName).reason;
}
