import { type Kysely, type Selectable, sql } from "kysely";
import { z } from "zod";
import type { ConversationRef } from "../../features/deliveries/messenger.ts";
import { channels, type Delivery, type DeliveryCounts, deliveryStates, type Purpose } from "../../features/deliveries/model.ts";
import type { ClaimedDelivery, Conversation, ConversationStore, DeliveryStore } from "../../features/deliveries/ports.ts";
import { asId, type DeliveryId, type NetworkId, newId, type PersonId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { chunksOf, dateOf, instantOf, localDateOf } from "./values.ts";

const purpose = z.enum(["check-in", "reminder", "nudge", "details", "request", "test"]) satisfies z.ZodType<Purpose>;
const channel = z.enum(channels);
const state = z.enum(deliveryStates);
const conversationState = z.enum(["open", "blocked", "not-installed", "unknown"]);

const columns = [
  "deliveries.id",
  "deliveries.occasion",
  "deliveries.purpose",
  "deliveries.subject",
  "deliveries.recipient",
  "deliveries.channel",
  "deliveries.state",
  "deliveries.reason",
  "deliveries.attempts",
  "deliveries.updated_at",
] as const;

type Row = Pick<
  Selectable<Database["deliveries"]>,
  "id" | "occasion" | "purpose" | "subject" | "recipient" | "channel" | "state" | "reason" | "attempts" | "updated_at"
>;

function deliveryOf(row: Row): Delivery {
  return {
    id: asId(row.id),
    occasion: row.occasion,
    purpose: purpose.parse(row.purpose),
    subject: row.subject,
    recipient: asId(row.recipient),
    channel: channel.parse(row.channel),
    state: state.parse(row.state),
    reason: row.reason,
    attempts: row.attempts,
    updatedAt: instantOf(row.updated_at),
  };
}

/** The ledger of deliveries of one network. */
export function deliveryStore(db: Kysely<Database>, network: NetworkId): DeliveryStore {
  const select = () => db.selectFrom("deliveries").select(columns).where("deliveries.network", "=", network);
  /** Pending ones that no worker has in hand. */
  const waiting = () =>
    db
      .updateTable("deliveries")
      .where("network", "=", network)
      .where("state", "=", "pending")
      .where("attempt_started_at", "is", null);

  return {
    async add(deliveries, at) {
      const added: Delivery[] = [];
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
              channel: "teams",
              unasked: delivery.unasked,
              state: delivery.skip ? "skipped" : "pending",
              reason: delivery.reason,
              created_at: dateOf(at),
              updated_at: dateOf(at),
            })),
          )
          .onConflict((conflict) => conflict.columns(["network", "occasion", "purpose", "subject", "recipient"]).doNothing())
          .returning(columns)
          .execute();
        added.push(...rows.map(deliveryOf));
      }
      return added;
    },

    async claim(tries, at) {
      if (tries.length === 0) return [];
      const ids = tries.map((one) => one.id);
      const attempts = tries.map((one) => one.attempt);
      const claimed = await sql<{ id: string }>`
        update deliveries set attempts = wanted.attempt + 1, attempt_started_at = ${dateOf(at)}, updated_at = ${dateOf(at)}
        from unnest(${ids}::uuid[], ${attempts}::int[]) as wanted (id, attempt)
        where deliveries.network = ${network} and deliveries.id = wanted.id and deliveries.state = 'pending'
          and (deliveries.attempts = wanted.attempt
            or (deliveries.attempts = wanted.attempt + 1 and deliveries.attempt_started_at is not null))
        returning deliveries.id`.execute(db);
      if (claimed.rows.length === 0) return [];
      const rows = await select()
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
        .where("deliveries.id", "in", claimed.rows.map((row) => row.id))
        .execute();
      return rows.map(
        (row): ClaimedDelivery => ({
          ...deliveryOf(row),
          recipientName: row.name,
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
      for (const one of settlements) {
        await db
          .updateTable("deliveries")
          .set({
            state: one.state,
            reason: one.reason,
            unreachable: one.unreachable,
            attempt_started_at: null,
            updated_at: dateOf(at),
            ...(one.state === "delivered" ? { delivered_at: dateOf(at) } : {}),
          })
          .where("network", "=", network)
          .where("id", "=", one.id)
          .execute();
      }
    },

    async reopen(ids, at) {
      if (ids.length === 0) return [];
      const rows = await db
        .updateTable("deliveries")
        .set({ state: "pending", reason: null, unreachable: false, attempts: 0, attempt_started_at: null, updated_at: dateOf(at) })
        .where("network", "=", network)
        .where("id", "in", ids)
        .where("state", "!=", "pending")
        .returning(columns)
        .execute();
      return rows.map(deliveryOf);
    },

    async takeOver(ids, at) {
      if (ids.length === 0) return [];
      const rows = await waiting()
        .set((eb) => ({ attempts: eb("attempts", "+", 1), reason: null, updated_at: dateOf(at) }))
        .where("id", "in", ids)
        .returning(columns)
        .execute();
      return rows.map(deliveryOf);
    },

    async giveUp(occasion, wanted, recipient, reason, at) {
      await waiting()
        .set({ state: "skipped", reason, updated_at: dateOf(at) })
        .where("occasion", "=", occasion)
        .where("purpose", "=", wanted)
        .$if(recipient !== null, (query) => query.where("recipient", "=", recipient ?? ""))
        .execute();
    },

    async byId(id) {
      const row = await select().where("deliveries.id", "=", id).executeTakeFirst();
      return row === undefined ? null : deliveryOf(row);
    },

    async byIds(ids) {
      if (ids.length === 0) return [];
      return (await select().where("deliveries.id", "in", ids).execute()).map(deliveryOf);
    },

    async about(occasion, subject) {
      return (await select().where("occasion", "=", occasion).where("subject", "=", subject).execute()).map(deliveryOf);
    },

    async ofOccasion(occasion, wanted) {
      return (await select().where("occasion", "=", occasion).where("purpose", "=", wanted).execute()).map(deliveryOf);
    },

    async undeliveredTo(person, since) {
      const rows = await select()
        .where("recipient", "=", person)
        .where("unreachable", "=", true)
        .where("created_at", ">=", dateOf(since))
        .execute();
      return rows.map(deliveryOf);
    },

    async counts(occasions, wanted) {
      if (occasions.length === 0) return new Map();
      const rows = await db
        .selectFrom("deliveries")
        .select(["occasion", "state", (eb) => eb.fn.countAll<number | string>().as("n")])
        .where("network", "=", network)
        .where("purpose", "=", wanted)
        .where("occasion", "in", occasions)
        .groupBy(["occasion", "state"])
        .execute();
      return new Map(occasions.map((occasion) => [occasion, countsOf(rows.filter((row) => row.occasion === occasion))]));
    },

    async page({ occasion, purpose: wanted, areas, limit, after }) {
      const rows = await select()
        .innerJoin("people", (join) =>
          join.onRef("people.network", "=", "deliveries.network").onRef("people.id", "=", "deliveries.recipient"),
        )
        .leftJoin("teams", (join) =>
          join.onRef("teams.network", "=", "deliveries.network").onRef("teams.id", "=", "deliveries.subject"),
        )
        .select(["people.name", "teams.name as about"])
        .where("deliveries.occasion", "=", occasion)
        .where("deliveries.purpose", "=", wanted)
        .$if(areas !== null, (query) => query.where("teams.area", "in", [...(areas ?? [])]))
        .$if(after !== null, (query) => query.where("deliveries.id", ">", after ?? ""))
        .orderBy("deliveries.id")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...deliveryOf(row), recipientName: row.name, about: row.about }));
    },

    async lastUnasked(people, since, otherThan) {
      if (people.length === 0) return new Map();
      const rows = await db
        .selectFrom("deliveries")
        .select(["recipient", (eb) => eb.fn.max("delivered_at").as("at")])
        .where("network", "=", network)
        .where("recipient", "in", people)
        .where("unasked", "=", true)
        .$if(otherThan !== null, (query) => query.where("occasion", "!=", otherThan ?? ""))
        .where("delivered_at", ">", dateOf(since))
        .groupBy("recipient")
        .execute();
      return new Map(rows.flatMap((row) => (row.at === null ? [] : [[asId<PersonId>(row.recipient), instantOf(row.at)]])));
    },

    async sent(delivery, message, at) {
      await db
        .insertInto("sent_cards")
        .values({
          network,
          delivery,
          service_url: message.serviceUrl,
          conversation_id: message.conversationId,
          activity_id: message.activityId,
          sent_at: dateOf(at),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async sentMessages(deliveries) {
      if (deliveries.length === 0) return new Map();
      const rows = await db
        .selectFrom("sent_cards")
        .selectAll()
        .where("network", "=", network)
        .where("delivery", "in", deliveries)
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

function countsOf(rows: readonly { state: string; n: number | string }[]): DeliveryCounts {
  const of = (wanted: string) => rows.filter((row) => row.state === wanted).reduce((sum, row) => sum + Number(row.n), 0);
  return {
    intended: rows.reduce((sum, row) => sum + Number(row.n), 0),
    delivered: of("delivered"),
    failed: of("failed"),
    skipped: of("skipped"),
    pending: of("pending"),
  };
}

function conversationOf(row: {
  conversation_id: string | null;
  service_url: string | null;
  state: string | null;
}): Conversation | null {
  if (row.state === null) return null;
  const ref: ConversationRef | null =
    row.conversation_id === null || row.service_url === null
      ? null
      : { conversationId: row.conversation_id, serviceUrl: row.service_url };
  return { ref, state: conversationState.parse(row.state) };
}

/** The chats of one network's people with the bot. */
export function conversationStore(db: Kysely<Database>, network: NetworkId): ConversationStore {
  return {
    async of(person) {
      const row = await db
        .selectFrom("conversations")
        .select(["conversation_id", "service_url", "state"])
        .where("network", "=", network)
        .where("person", "=", person)
        .executeTakeFirst();
      return row === undefined ? null : conversationOf(row);
    },
    async save(person, { ref, state: newState }, at) {
      const values = {
        conversation_id: ref?.conversationId ?? null,
        service_url: ref?.serviceUrl ?? null,
        state: newState,
        updated_at: dateOf(at),
      };
      await db
        .insertInto("conversations")
        .values({ network, person, ...values })
        .onConflict((conflict) => conflict.columns(["network", "person"]).doUpdateSet(values))
        .execute();
    },
  };
}
