import type { Kysely } from "kysely";
import type { DeliveryStore } from "../../features/deliveries/ports.ts";
import { asId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { deliveriesOf, deliveryOf } from "./delivery-rows.ts";
import type { Database } from "./tables.ts";
import { dateOf } from "./values.ts";

/** What didn't reach people only because their chat stood in the way, to be made up for once it doesn't. */
export function missedDeliveries(
  db: Kysely<Database>,
  network: NetworkId,
): Pick<DeliveryStore, "undeliveredTo" | "linkedSince" | "missedSince"> {
  return {
    async undeliveredTo(person, since) {
      const rows = await deliveriesOf(db, network)
        .where("recipient", "=", person)
        .where("unreachable", "=", true)
        .where("created_at", ">=", dateOf(since))
        .execute();
      return rows.map(deliveryOf);
    },

    async linkedSince(since) {
      // Every try by an account leaves a chat or the reason why there is none, so these haven't been tried yet.
      const rows = await db
        .selectFrom("deliveries")
        .innerJoin("people", (join) =>
          join.onRef("people.network", "=", "deliveries.network").onRef("people.id", "=", "deliveries.recipient"),
        )
        .innerJoin("identities", (join) =>
          join.onRef("identities.network", "=", "deliveries.network").onRef("identities.person", "=", "deliveries.recipient"),
        )
        .leftJoin("conversations", (join) =>
          join
            .onRef("conversations.network", "=", "deliveries.network")
            .onRef("conversations.person", "=", "deliveries.recipient"),
        )
        .select("deliveries.recipient")
        .distinct()
        .where("deliveries.network", "=", network)
        .where("deliveries.unreachable", "=", true)
        .where((eb) => eb.or([eb("deliveries.state", "=", "skipped"), eb("deliveries.channel", "=", "link")]))
        .where("deliveries.created_at", ">=", dateOf(since))
        .where("conversations.person", "is", null)
        .where("people.left_on", "is", null)
        .where("people.stopped_at", "is", null)
        .execute();
      return rows.map((row) => asId<PersonId>(row.recipient));
    },

    async missedSince(since) {
      const rows = await db
        .selectFrom("deliveries")
        .innerJoin("people", (join) =>
          join.onRef("people.network", "=", "deliveries.network").onRef("people.id", "=", "deliveries.recipient"),
        )
        .select("deliveries.recipient")
        .distinct()
        .where("deliveries.network", "=", network)
        .where("deliveries.unreachable", "=", true)
        // A mail that failed would fail for ever, once a minute.
        .where("deliveries.channel", "=", "teams")
        .where("deliveries.created_at", ">=", dateOf(since))
        .where("people.left_on", "is", null)
        .where("people.stopped_at", "is", null)
        .execute();
      return rows.map((row) => asId<PersonId>(row.recipient));
    },
  };
}
