import type { ExpressionBuilder, Kysely } from "kysely";
import type { QueuedDelivery } from "../../features/deliveries/model.ts";
import type { DeliveryStore } from "../../features/deliveries/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import { type DeliveryId, type NetworkId, newId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import { queuedColumns, queuedOf } from "./delivery-rows.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf } from "./values.ts";

/** What takes a delivery from every job that was made for it before; Teams is asked first each time. */
function nextTurn(eb: ExpressionBuilder<Database, "deliveries">, at: Instant) {
  return { channel: "teams", turn: eb("turn", "+", 1), reason: null, attempt_started_at: null, updated_at: dateOf(at) };
}

/** Deliveries between tries: how they come to wait for one, for another one, or for none. */
export function deliveryTurns(
  db: Kysely<Database>,
  network: NetworkId,
): Pick<DeliveryStore, "add" | "reopen" | "takeOver" | "takeOverdue" | "giveUp"> {
  /** Pending ones that no worker has in hand. */
  const waiting = () =>
    db
      .updateTable("deliveries")
      .where("network", "=", network)
      .where("state", "=", "pending")
      .where("attempt_started_at", "is", null);

  return {
    async add(deliveries, at) {
      const added: QueuedDelivery[] = [];
      for (const chunk of chunksOf(deliveries, 500)) {
        const rows = await db
          .insertInto("deliveries")
          .values(
            chunk.map((delivery) => ({
              network,
              id: newId<DeliveryId>(),
              occasion: delivery.occasion,
              purpose: delivery.purpose,
              subject: delivery.subject,
              recipient: delivery.recipient,
              channel: delivery.onPage === true ? "link" : "teams",
              unasked: delivery.unasked,
              state: delivery.onPage === true ? "delivered" : delivery.skip ? "skipped" : "pending",
              reason: delivery.onPage === true ? "On the page of their link." : delivery.reason,
              delivered_at: delivery.onPage === true ? dateOf(at) : null,
              due_at: dateOf(delivery.notBefore ?? at),
              created_at: dateOf(at),
              updated_at: dateOf(at),
            })),
          )
          .onConflict((conflict) => conflict.columns(["network", "occasion", "purpose", "subject", "recipient"]).doNothing())
          .returning(queuedColumns)
          .execute();
        added.push(...rows.map(queuedOf));
      }
      return added;
    },

    async reopen(ids, at, dueAt) {
      if (ids.length === 0) return [];
      const rows = await db
        .updateTable("deliveries")
        .set((eb) => ({
          ...nextTurn(eb, at),
          state: "pending",
          unreachable: false,
          attempts: 0,
          due_at: dateOf(dueAt),
        }))
        .where("network", "=", network)
        .where("id", "=", anyOf(ids))
        .where("state", "!=", "pending")
        .returning(queuedColumns)
        .execute();
      return rows.map(queuedOf);
    },

    async takeOver(ids, at, dueAt) {
      if (ids.length === 0) return [];
      const rows = await waiting()
        .set((eb) => ({ ...nextTurn(eb, at), due_at: dateOf(dueAt) }))
        .where("id", "=", anyOf(ids))
        .returning(queuedColumns)
        .execute();
      return rows.map(queuedOf);
    },

    async takeOverdue(before, limit, at) {
      const overdue = db
        .selectFrom("deliveries")
        .select("id")
        .where("network", "=", network)
        .where("state", "=", "pending")
        .where("due_at", "<", dateOf(before))
        .where("updated_at", "<", dateOf(before))
        .orderBy("due_at")
        .limit(limit)
        .forUpdate()
        .skipLocked();
      const rows = await db
        .updateTable("deliveries")
        .set((eb) => nextTurn(eb, at))
        .where("network", "=", network)
        .where("id", "in", overdue)
        .returning(queuedColumns)
        .execute();
      return rows.map(queuedOf);
    },

    async giveUp(occasion, wanted, recipient, reason, at) {
      await waiting()
        .set({ state: "skipped", reason, updated_at: dateOf(at) })
        .where("occasion", "=", occasion)
        .where("purpose", "=", wanted)
        .$if(recipient !== null, (query) => query.where("recipient", "=", recipient ?? ""))
        .execute();
    },
  };
}
