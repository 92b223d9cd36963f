import { type ExpressionBuilder, type Insertable, type Kysely, sql } from "kysely";
import type { NewDelivery, QueuedDelivery } from "../../features/deliveries/model.ts";
import type { DeliveryStore } from "../../features/deliveries/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import { type DeliveryId, type NetworkId, newId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import { queuedColumns, queuedOf } from "./delivery-rows.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, jsonOf } from "./values.ts";

/** What takes a delivery from every job that was made for it before; Teams is asked first each time. */
function nextTurn(eb: ExpressionBuilder<Database, "deliveries">, at: Instant) {
  return { channel: "teams", turn: eb("turn", "+", 1), reason: null, attempt_started_at: null, updated_at: dateOf(at) };
}

const newColumns = [
  "id",
  "occasion",
  "purpose",
  "subject",
  "recipient",
  "channel",
  "unasked",
  "state",
  "reason",
  "delivered_at",
  "due_at",
] as const satisfies readonly (keyof Insertable<Database["deliveries"]>)[];

/** A delivery as it begins, by its columns. */
function newRow(delivery: NewDelivery, at: Instant): Readonly<Record<(typeof newColumns)[number], unknown>> {
  const { occasion, purpose, subject, recipient, unasked, skip, reason, notBefore } = delivery;
  const row = { id: newId<DeliveryId>(), occasion, purpose, subject, recipient, unasked, due_at: dateOf(notBefore ?? at) };
  if (delivery.onPage === true) {
    return { ...row, channel: "link", state: "delivered", reason: "On the page of their link.", delivered_at: dateOf(at) };
  }
  return { ...row, channel: "teams", state: skip ? "skipped" : "pending", reason, delivered_at: null };
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
        // As one parameter: a statement with one for each value would be another one for each number of cards.
        const given = jsonOf(chunk.map((delivery) => newRow(delivery, at)));
        const rows = await db
          .insertInto("deliveries")
          .columns(["network", ...newColumns, "created_at", "updated_at"])
          .expression(
            sql`select ${network}::uuid, ${sql.join(newColumns.map((column) => sql.ref(column)))}, ${dateOf(at)}::timestamptz, ${dateOf(at)}::timestamptz
              from jsonb_to_recordset(${given}::jsonb) as given (id uuid, occasion uuid, purpose text, subject uuid, recipient uuid,
                channel text, unasked boolean, state text, reason text, delivered_at timestamptz, due_at timestamptz)`,
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
