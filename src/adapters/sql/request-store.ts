import type { Kysely } from "kysely";
import type { RequestStore } from "../../features/check-ins/ports.ts";
import { asId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { requestOf } from "./check-in-rows.ts";
import type { Database } from "./tables.ts";
import { chunksOf, dateOf } from "./values.ts";

/** What teams of one network asked for. */
export function requestStore(db: Kysely<Database>, network: NetworkId): RequestStore {
  const requests = () => db.selectFrom("requests").selectAll().where("network", "=", network);

  return {
    async save(request) {
      const values = {
        asked_by: request.askedBy,
        reasons: [...request.reasons],
        owner: request.owner,
        due_on: request.dueOn.toString(),
        state: request.state,
        updated_at: dateOf(request.updatedAt),
      };
      await db
        .insertInto("requests")
        .values({
          network,
          id: request.id,
          round: request.round,
          team: request.team,
          created_at: dateOf(request.updatedAt),
          ...values,
        })
        .onConflict((conflict) => conflict.columns(["network", "id"]).doUpdateSet(values))
        .execute();
    },
    async byId(id) {
      const row = await requests().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : requestOf(row);
    },
    async byIds(ids) {
      return ids.length === 0 ? [] : (await requests().where("id", "in", ids).execute()).map(requestOf);
    },
    async of(round, team) {
      const row = await requests().where("round", "=", round).where("team", "=", team).executeTakeFirst();
      return row === undefined ? null : requestOf(row);
    },
    async unfinished(teams) {
      const found = [];
      for (const chunk of chunksOf(teams, 1000)) {
        const rows = await requests().where("team", "in", chunk).where("state", "in", ["open", "taken"]).orderBy("id").execute();
        found.push(...rows.map(requestOf));
      }
      return found;
    },
    async openCounts(owners) {
      if (owners.length === 0) return new Map();
      const rows = await db
        .selectFrom("requests")
        .select(["owner", (eb) => eb.fn.countAll<number>().as("n")])
        .where("network", "=", network)
        .where("owner", "in", owners)
        .where("state", "in", ["open", "taken"])
        .groupBy("owner")
        .execute();
      return new Map(rows.map((row) => [asId<PersonId>(row.owner), Number(row.n)]));
    },
  };
}
