import { type Kysely, type SqlBool, sql } from "kysely";
import type { DeliveryStore } from "../../features/deliveries/ports.ts";
import { asId, type DeliveryId, type NetworkId } from "../../kernel/ids.ts";
import { countsOf, deliveriesOf, deliveryOf } from "./delivery-rows.ts";
import type { Database } from "./tables.ts";
import { tallied } from "./tallies.ts";
import { anyOf, dateOf } from "./values.ts";

type Reads = Pick<
  DeliveryStore,
  | "byId"
  | "byIds"
  | "about"
  | "toPerson"
  | "ofOccasion"
  | "toPersonSince"
  | "copiesAbout"
  | "copiesOf"
  | "underWay"
  | "waitingForMail"
  | "counts"
  | "page"
>;

/** Finds deliveries by what they are about and whom they are for, and counts them. */
export function deliveryReads(db: Kysely<Database>, network: NetworkId): Reads {
  const select = () => deliveriesOf(db, network);
  /** Whatever became of a later sending, a copy that is in a chat has to tell the truth. */
  const copies = () =>
    db
      .selectFrom("deliveries")
      .select("id")
      .where("network", "=", network)
      .where((eb) =>
        eb.or([
          eb.and([eb("state", "=", "pending"), eb("attempt_started_at", "is not", null)]),
          // For "exists" the planner would read all cards that were ever sent, for a few deliveries' sake.
          sql<SqlBool>`(select true from sent_cards where sent_cards.network = ${network} and sent_cards.delivery = deliveries.id limit 1)`,
        ]),
      );

  return {
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

    async ofOccasion(occasion, wanted) {
      return (await select().where("occasion", "=", occasion).where("purpose", "=", wanted).execute()).map(deliveryOf);
    },

    async toPersonSince(person, since) {
      const rows = await select().where("recipient", "=", person).where("created_at", ">=", dateOf(since)).execute();
      return rows.map(deliveryOf);
    },

    async copiesAbout(occasion, ...subjects) {
      const rows = await copies().where("occasion", "=", occasion).where("subject", "=", anyOf(subjects)).execute();
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

    async counts(occasions, wanted) {
      if (occasions.length === 0) return new Map();
      const rows = await tallied(db, network, occasions, wanted);
      return new Map(occasions.map((occasion) => [occasion, countsOf(rows.filter((row) => row.about === occasion))]));
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
  };
}
