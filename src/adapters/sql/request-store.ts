import type { Kysely } from "kysely";
import type { RequestStore } from "../../features/check-ins/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import { requestOf } from "./check-in-rows.ts";
import type { Database } from "./tables.ts";
import { anyOf, chunksOf, dateOf } from "./values.ts";

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
    async byIds(ids) {
      const rows = await requests().where("id", "=", anyOf(ids)).execute();
      return new Map(rows.map(requestOf).map((request) => [request.id, request]));
    },
    async ofTeams(round, teams) {
      const rows = await requests().where("round", "=", round).where("team", "=", anyOf(teams)).execute();
      return new Map(rows.map(requestOf).map((request) => [request.team, request]));
    },
    async lock(id) {
      const row = await requests().where("id", "=", id).forUpdate().executeTakeFirst();
      return row === undefined ? null : requestOf(row);
    },
    async lockOf(round, team) {
      const row = await requests().where("round", "=", round).where("team", "=", team).forUpdate().executeTakeFirst();
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
  };
}
