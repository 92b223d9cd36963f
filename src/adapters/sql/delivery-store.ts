import { type ExpressionBuilder, type Kysely, type Selectable, sql } from "kysely";
import { z } from "zod";
import {
  channels,
  type Delivery,
  type DeliveryCounts,
  deliveryStates,
  purposes,
  type QueuedDelivery,
} from "../../features/deliveries/model.ts";
import type { ClaimedDelivery, DeliveryStore } from "../../features/deliveries/ports.ts";
import { asId, type DeliveryId, type NetworkId, newId, type PersonId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import { conversationOf } from "./conversation-store.ts";
import type { Database } from "./tables.ts";
import { anyOf, chunksOf, dateOf, instantOf, localDateOf } from "./values.ts";

const purpose = z.enum(purposes);
const channel = z.enum(channels);
const state = z.enum(deliveryStates);

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
  "deliveries.delivered_at",
  "deliveries.updated_at",
] as const;
const queued = [...columns, "deliveries.turn"] as const;

type Row = Pick<
  Selectable<Database["deliveries"]>,
  "id" | "occasion" | "purpose" | "subject" | "recipient" | "channel" | "state" | "reason" | "attempts" | "delivered_at" | "updated_at"
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
    deliveredAt: row.delivered_at === null ? null : instantOf(row.delivered_at),
    updatedAt: instantOf(row.updated_at),
  };
}

/** What takes a delivery from every job that was made for it before; Teams is asked first each time. */
function nextTurn(eb: ExpressionBuilder<Database, "deliveries">, at: Instant) {
  return { channel: "teams", turn: eb("turn", "+", 1), reason: null, attempt_started_at: null, updated_at: dateOf(at) };
}

function queuedOf(row: Row & { readonly turn: number }): QueuedDelivery {
  return { ...deliveryOf(row), turn: row.turn };
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
  /** Whatever became of a later sending, a copy that is in a chat has to tell the truth. */
  const copies = () =>
    db
      .selectFrom("deliveries")
      .select("id")
      .where("network", "=", network)
      .where((eb) =>
        eb.or([
          eb.and([eb("state", "=", "pending"), eb("attempt_started_at", "is not", null)]),
          eb.exists(
            eb
              .selectFrom("sent_cards")
              .select("sent_cards.delivery")
              .where("sent_cards.network", "=", network)
              .whereRef("sent_cards.delivery", "=", "deliveries.id"),
          ),
        ]),
      );

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
          .returning(queued)
          .execute();
        added.push(...rows.map(queuedOf));
      }
      return added;
    },

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
      for (const one of settlements) {
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
          .where("id", "=", one.id)
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
        .returning(queued)
        .execute();
      return rows.map(queuedOf);
    },

    async takeOver(ids, at, dueAt) {
      if (ids.length === 0) return [];
      const rows = await waiting()
        .set((eb) => ({ ...nextTurn(eb, at), due_at: dateOf(dueAt) }))
        .where("id", "=", anyOf(ids))
        .returning(queued)
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
        .returning(queued)
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

    async byId(id) {
      const row = await select().where("deliveries.id", "=", id).executeTakeFirst();
      return row === undefined ? null : deliveryOf(row);
    },

    async byIds(ids) {
      if (ids.length === 0) return [];
      return (await select().where("deliveries.id", "=", anyOf(ids)).execute()).map(deliveryOf);
    },

    async about(occasion, subject) {
      return (await select().where("occasion", "=", occasion).where("subject", "=", subject).execute()).map(deliveryOf);
    },

    async toPerson(occasion, wanted, recipient) {
      const rows = await select()
        .where("occasion", "=", occasion)
        .where("purpose", "=", wanted)
        .where("recipient", "=", recipient)
        .execute();
      return rows.map(deliveryOf);
    },

    async copiesAbout(occasion, subject) {
      const rows = await copies().where("occasion", "=", occasion).where("subject", "=", subject).execute();
      return rows.map((row) => asId<DeliveryId>(row.id));
    },

    async copiesOf(occasion, purposes) {
      const rows = await copies().where("occasion", "=", occasion).where("purpose", "in", purposes).execute();
      return rows.map((row) => asId<DeliveryId>(row.id));
    },

    async underWay(ids) {
      if (ids.length === 0) return new Set();
      const rows = await db
        .selectFrom("deliveries")
        .select("id")
        .where("network", "=", network)
        .where("id", "=", anyOf(ids))
        .where("state", "=", "pending")
        .where("attempt_started_at", "is not", null)
        .execute();
      return new Set(rows.map((row) => asId<DeliveryId>(row.id)));
    },

    async ofOccasion(occasion, wanted) {
      return (await select().where("occasion", "=", occasion).where("purpose", "=", wanted).execute()).map(deliveryOf);
    },

    async waitingForMail(person) {
      const rows = await db
        .selectFrom("deliveries")
        .select("id")
        .where("network", "=", network)
        .where("recipient", "=", person)
        .where("state", "=", "pending")
        .where("channel", "=", "link")
        .execute();
      return rows.map((row) => asId<DeliveryId>(row.id));
    },

    async undeliveredTo(person, since) {
      const rows = await select()
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

    async toPersonSince(person, since) {
      const rows = await select().where("recipient", "=", person).where("created_at", ">=", dateOf(since)).execute();
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

    async page({ occasion, purposes: wanted, areas, limit, after }) {
      const rows = await select()
        .innerJoin("people", (join) =>
          join.onRef("people.network", "=", "deliveries.network").onRef("people.id", "=", "deliveries.recipient"),
        )
        .leftJoin("teams", (join) =>
          join.onRef("teams.network", "=", "deliveries.network").onRef("teams.id", "=", "deliveries.subject"),
        )
        .select(["people.name", "teams.name as about"])
        .where("deliveries.occasion", "=", occasion)
        .where("deliveries.purpose", "in", [...wanted])
        // A card about no team belongs to the area of whoever it is for.
        .$if(areas !== null, (query) =>
          query.where((eb) => eb(eb.fn.coalesce("teams.area", eb.case().when("teams.id", "is", null).then(eb.ref("people.area")).end()), "in", [...(areas ?? [])])),
        )
        .$if(after !== null, (query) => query.where("deliveries.id", ">", after ?? ""))
        .orderBy("deliveries.id")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...deliveryOf(row), recipientName: row.name, about: row.about }));
    },

    async lastUnasked(people, since, otherThan) {
      if (people.length === 0) return new Map();
      // What is on its way counts from when it is due: two features may have something to say in the same minute.
      const at = sql<Date>`case when state = 'pending' then due_at else delivered_at end`;
      const rows = await db
        .selectFrom("deliveries")
        .select(["recipient", sql<Date | null>`max(${at})`.as("at")])
        .where("network", "=", network)
        .where("recipient", "=", anyOf(people))
        .where("unasked", "=", true)
        .$if(otherThan !== null, (query) => query.where("occasion", "!=", otherThan ?? ""))
        .where(at, ">", dateOf(since))
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
