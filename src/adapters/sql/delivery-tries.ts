import { type Kysely, sql } from "kysely";
import type { ClaimedDelivery, DeliveryStore } from "../../features/deliveries/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import { conversationOf } from "./conversation-store.ts";
import { deliveriesOf, queuedOf } from "./delivery-rows.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, localDateOf } from "./values.ts";

/** A try of a delivery: how it begins, and what becomes of it. */
export function deliveryTries(
  db: Kysely<Database>,
  network: NetworkId,
): Pick<DeliveryStore, "claim" | "settle" | "postpone" | "moveTo"> {
  return {
    async claim(tries, at) {
      if (tries.length === 0) return [];
      const ids = tries.map((one) => one.id);
      const turns = tries.map((one) => one.turn);
      const claimed = await sql<{ id: string }>`
        update deliveries set turn = wanted.turn + 1, attempt_started_at = ${dateOf(at)}, updated_at = ${dateOf(at)},
          attempts = attempts + case when deliveries.turn = wanted.turn then 1 else 0 end
        from unnest(${ids}::uuid[], ${turns}::int[]) as wanted (id, turn)
        where deliveries.network = ${network} and deliveries.id = wanted.id and deliveries.state = 'pending'
          and (deliveries.turn = wanted.turn
            or (deliveries.turn = wanted.turn + 1 and deliveries.attempt_started_at is not null))
        returning deliveries.id`.execute(db);
      if (claimed.rows.length === 0) return [];
      const rows = await deliveriesOf(db, network)
        .innerJoin("people", (join) =>
          join.onRef("people.network", "=", "deliveries.network").onRef("people.id", "=", "deliveries.recipient"),
        )
        .leftJoin("conversations", (join) =>
          join
            .onRef("conversations.network", "=", "deliveries.network")
            .onRef("conversations.person", "=", "deliveries.recipient"),
        )
        .leftJoin("identities", (join) =>
          join.onRef("identities.network", "=", "deliveries.network").onRef("identities.person", "=", "deliveries.recipient"),
        )
        .select([
          "people.name",
          "people.email",
          "deliveries.turn",
          "deliveries.unasked",
          "people.stopped_at",
          "people.away_until",
          "people.left_on",
          "conversations.conversation_id",
          "conversations.service_url",
          "conversations.state as conversation_state",
          "identities.object_id",
          "identities.tenant_id",
        ])
        .distinctOn("deliveries.id")
        .where("deliveries.id", "=", anyOf(claimed.rows.map((row) => row.id)))
        .execute();
      return rows.map(
        (row): ClaimedDelivery => ({
          ...queuedOf(row),
          recipientName: row.name,
          recipientEmail: row.email,
          unasked: row.unasked,
          stopped: row.stopped_at !== null,
          awayUntil: row.away_until === null ? null : localDateOf(row.away_until),
          left: row.left_on !== null,
          identity:
            row.object_id === null || row.tenant_id === null
              ? null
              : { objectId: row.object_id, tenantId: row.tenant_id },
          conversation: conversationOf({ ...row, state: row.conversation_state }),
        }),
      );
    },

    async settle(settlements, at) {
      // Those that ended alike are written at once.
      const alike = Map.groupBy(settlements, (one) => JSON.stringify({ ...one, id: null }));
      for (const same of alike.values()) {
        const [one] = same;
        if (one === undefined) continue;
        await db
          .updateTable("deliveries")
          .set({
            state: one.state,
            reason: one.reason,
            unreachable: one.unreachable,
            attempt_started_at: null,
            updated_at: dateOf(at),
            ...(one.channel === undefined ? {} : { channel: one.channel }),
            ...(one.state === "delivered" ? { delivered_at: dateOf(at) } : {}),
          })
          .where("network", "=", network)
          .where("id", "=", anyOf(same.map(({ id }) => id)))
          .execute();
      }
    },

    async postpone(id, { until, reason, isTry }, at) {
      await db
        .updateTable("deliveries")
        .set((eb) => ({
          reason,
          due_at: dateOf(until),
          attempt_started_at: null,
          updated_at: dateOf(at),
          ...(isTry ? {} : { attempts: eb("attempts", "-", 1) }),
        }))
        .where("network", "=", network)
        .where("id", "=", id)
        .where("state", "=", "pending")
        .execute();
    },

    async moveTo(id, to, reason, at) {
      await db
        .updateTable("deliveries")
        .set({ channel: to, reason, attempts: 0, attempt_started_at: null, due_at: dateOf(at), updated_at: dateOf(at) })
        .where("network", "=", network)
        .where("id", "=", id)
        .where("state", "=", "pending")
        .execute();
    },
  };
}
