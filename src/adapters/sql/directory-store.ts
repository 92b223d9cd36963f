import { type Kysely, sql } from "kysely";
import { actorOf } from "../../features/roster/model.ts";
import type { Directory } from "../../features/roster/ports.ts";
import { asId, type NetworkId, newId } from "../../kernel/ids.ts";
import { managesTeam, personOf } from "./roster-rows.ts";
import type { Database } from "./tables.ts";

/** Finds out which network somebody belongs to: the one store whose queries aren't scoped to a network. */
export function directory(db: Kysely<Database>): Directory {
  return {
    async networks() {
      const rows = await db.selectFrom("networks").select(["id", "name"]).orderBy("created_at").orderBy("id").execute();
      return rows.map(({ id, name }) => ({ id: asId<NetworkId>(id), name }));
    },
    async createNetwork(name) {
      const { id } = await db
        .insertInto("networks")
        .values({ id: newId<NetworkId>(), name })
        // So that asking twice gives the same network.
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ name }))
        .returning("id")
        .executeTakeFirstOrThrow();
      return asId<NetworkId>(id);
    },
    async actorByIdentity({ objectId, tenantId }) {
      const row = await db
        .selectFrom("identities")
        .innerJoin("people", (join) =>
          join.onRef("people.network", "=", "identities.network").onRef("people.id", "=", "identities.person"),
        )
        .selectAll("people")
        .select(sql<boolean>`${managesTeam()}`.as("manages_teams"))
        .where("identities.object_id", "=", objectId)
        .where("identities.tenant_id", "=", tenantId)
        .where("people.left_on", "is", null)
        .executeTakeFirst();
      return row === undefined ? null : actorOf(personOf(row), row.manages_teams);
    },
    async unlinkedByEmail(email) {
      const rows = await db
        .selectFrom("people")
        .select(["people.network", "people.id"])
        .where("people.email", "=", email)
        .where("people.left_on", "is", null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("identities")
                .select("identities.person")
                .whereRef("identities.network", "=", "people.network")
                .whereRef("identities.person", "=", "people.id"),
            ),
          ),
        )
        .limit(2)
        .execute();
      const [row] = rows;
      // With the same e-mail in two networks nobody can say which one is meant.
      return row === undefined || rows.length > 1 ? null : { network: asId(row.network), person: asId(row.id) };
    },
  };
}
