import { type Kysely, sql } from "kysely";
import { actorOf } from "../../features/roster/model.ts";
import type { Identity } from "../../features/roster/model.ts";
import type { Directory } from "../../features/roster/ports.ts";
import type { Actor } from "../../kernel/actor.ts";
import { asId, type NetworkId, newId } from "../../kernel/ids.ts";
import { together } from "../../kernel/together.ts";
import { managesSomeTeam, type PersonRow, personOf } from "./roster-rows.ts";
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
    // Everybody who does anything is looked up first, so those who come at the same moment are looked up together.
    actorByIdentity: together<Identity, Actor | null>(
      ({ tenantId }) => tenantId,
      async (identities) => {
        // One after the other by the indexes: the planner would read everybody in a network of a thousand for ten people's sake.
        const { rows } = await sql<PersonRow & { object_id: string; manages_teams: boolean }>`
          select people.*, identity.object_id, ${managesSomeTeam} as manages_teams
          from unnest(${identities.map(({ objectId }) => objectId)}::uuid[]) as wanted (object_id)
          cross join lateral (
            select * from identities where tenant_id = ${identities[0].tenantId} and object_id = wanted.object_id offset 0) identity
          cross join lateral (
            select * from people where network = identity.network and id = identity.person and left_on is null offset 0) people`.execute(db);
        const found = new Map(rows.map((row) => [row.object_id, actorOf(personOf(row), row.manages_teams)]));
        return identities.map(({ objectId }) => found.get(objectId.toLowerCase()) ?? null);
      },
    ),
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
