import type { Kysely } from "kysely";
import type { DeliveryStore } from "../../features/deliveries/ports.ts";
import { asId, type DeliveryId, type NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf } from "./values.ts";

/** The messages that deliveries became, so that their cards can be changed where they are. */
export function sentCards(
  db: Kysely<Database>,
  network: NetworkId,
): Pick<DeliveryStore, "sent" | "sentMessages" | "forgetSent"> {
  return {
    async sent(cards, at) {
      if (cards.length === 0) return;
      await db
        .insertInto("sent_cards")
        .values(
          cards.map(({ delivery, message }) => ({
            network,
            delivery,
            service_url: message.serviceUrl,
            conversation_id: message.conversationId,
            activity_id: message.activityId,
            sent_at: dateOf(at),
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async sentMessages(deliveries) {
      if (deliveries.length === 0) return new Map();
      const rows = await db
        .selectFrom("sent_cards")
        .selectAll()
        .where("network", "=", network)
        .where("delivery", "=", anyOf(deliveries))
        .orderBy("sent_at")
        .execute();
      const messages = rows.map((row) => ({
        delivery: asId<DeliveryId>(row.delivery),
        serviceUrl: row.service_url,
        conversationId: row.conversation_id,
        activityId: row.activity_id,
      }));
      return Map.groupBy(messages, (message) => message.delivery);
    },

    async forgetSent(delivery, activityId) {
      await db
        .deleteFrom("sent_cards")
        .where("network", "=", network)
        .where("delivery", "=", delivery)
        .where("activity_id", "=", activityId)
        .execute();
    },
  };
}
