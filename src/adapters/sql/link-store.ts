import { type Kysely, type Selectable, sql } from "kysely";
import type { Link } from "../../features/links/model.ts";
import type { LinkStore } from "../../features/links/ports.ts";
import { asId, type NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, instantOf } from "./values.ts";

function linkOf(row: Selectable<Database["links"]>): Link {
  return {
    id: asId(row.id),
    delivery: asId(row.delivery),
    person: asId(row.person),
    sentTo: row.sent_to,
    issuedAt: instantOf(row.issued_at),
    expiresAt: instantOf(row.expires_at),
    revokedAt: row.revoked_at === null ? null : instantOf(row.revoked_at),
  };
}

/** The links of one network's people. */
export function linkStore(db: Kysely<Database>, network: NetworkId): LinkStore {
  const select = () => db.selectFrom("links").selectAll().where("network", "=", network);
  const renewals = () => db.selectFrom("link_renewals").where("network", "=", network);
  const unrevoked = () => db.updateTable("links").where("network", "=", network).where("revoked_at", "is", null);
  return {
    async add(link) {
      await db
        .insertInto("links")
        .values({
          network,
          id: link.id,
          delivery: link.delivery,
          person: link.person,
          sent_to: link.sentTo,
          issued_at: dateOf(link.issuedAt),
          expires_at: dateOf(link.expiresAt),
          revoked_at: link.revokedAt === null ? null : dateOf(link.revokedAt),
        })
        .execute();
    },

    async byId(id) {
      const row = await select().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : linkOf(row);
    },

    async latestTo(delivery) {
      const row = await select()
        .where("delivery", "=", delivery)
        .where("revoked_at", "is", null)
        .orderBy("issued_at", "desc")
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : linkOf(row);
    },

    async revokeTo(deliveries, at) {
      if (deliveries.length === 0) return;
      await unrevoked().set({ revoked_at: dateOf(at) }).where("delivery", "=", anyOf(deliveries)).execute();
    },

    async revokeOf(person, at) {
      const rows = await unrevoked()
        .set({ revoked_at: dateOf(at) })
        .where("person", "=", person)
        .where("expires_at", ">", dateOf(at))
        .returning("id")
        .execute();
      return rows.length;
    },

    async ofPerson(person) {
      const rows = await select().where("person", "=", person).orderBy("issued_at").orderBy("id").execute();
      return rows.map(linkOf);
    },

    async renewalsOf(person, since) {
      // Held until the transaction is done, so that two at once can't both be the last that is allowed.
      await sql`select id from people where network = ${network} and id = ${person} for update`.execute(db);
      const rows = await renewals().select("asked_at").where("person", "=", person).where("asked_at", ">", dateOf(since)).execute();
      return rows.length;
    },

    async renewed(person, at) {
      await db.insertInto("link_renewals").values({ network, person, asked_at: dateOf(at) }).execute();
    },

    async eraseOf(person) {
      await db.deleteFrom("link_renewals").where("network", "=", network).where("person", "=", person).execute();
      const gone = await db.deleteFrom("links").where("network", "=", network).where("person", "=", person).returning("id").execute();
      return gone.length;
    },

    async forget(before) {
      const ended = dateOf(before);
      await db.deleteFrom("links").where("network", "=", network).where("expires_at", "<", ended).execute();
      await db.deleteFrom("link_renewals").where("network", "=", network).where("asked_at", "<", ended).execute();
    },
  };
}
