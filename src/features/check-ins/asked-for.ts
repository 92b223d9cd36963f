import type { NetworkId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import type { DeliveryKey } from "../deliveries/model.ts";
import { deliver, resend, sendAgain } from "../deliveries/outbox.ts";
import type { CheckInStores } from "./ports.ts";

/**
 * Sends a card that its recipient asked for, now or later; one that was asked for before is sent again, and one that
 * waits for later goes now when it is asked for now.
 */
export async function sendAskedFor(
  tx: CheckInStores,
  network: NetworkId,
  key: DeliveryKey,
  now: Instant,
  notBefore: Instant | null,
): Promise<void> {
  const added = await deliver(tx, network, [{ ...key, unasked: false, skip: false, reason: null, notBefore }], now);
  if (added.length > 0) return;
  const earlier = await tx.deliveries.toPerson(key.occasion, key.purpose, key.recipient);
  const ids = earlier.filter((delivery) => delivery.subject === key.subject).map((delivery) => delivery.id);
  if (notBefore === null) await resend(tx, network, ids, now);
  await sendAgain(tx, network, ids, now, notBefore);
}
