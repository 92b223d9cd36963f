import type { Kysely } from "kysely";
import type { DeliveryStore } from "../../features/deliveries/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { anyOf } from "./values.ts";

/** Deliveries of which nothing is to stay. */
export function forgottenDeliveries(db: Kysely<Database>, network: NetworkId): Pick<DeliveryStore, "forgetAll"> {
  return {
    async forgetAll(occasion, purposes) {
      if (purposes.length === 0) return;
      // Held first: what is sent at this moment would add a message or a link between the statements.
      const rows = await db
        .selectFrom("deliveries")
        .select("id")
        .where("network", "=", network)
        .where("occasion", "=", occasion)
        .where("purpose", "in", purposes)
        .orderBy("id")
        .forUpdate()
        .execute();
      if (rows.length === 0) return;
      const ids = anyOf(rows.map((row) => row.id));
      await db.deleteFrom("sent_cards").where("network", "=", network).where("delivery", "=", ids).execute();
      await db.deleteFrom("links").where("network", "=", network).where("delivery", "=", ids).execute();
      await db.deleteFrom("deliveries").where("network", "=", network).where("id", "=", ids).execute();
    },
  };
}
