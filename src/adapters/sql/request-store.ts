import { type Kysely, sql } from "kysely";
import type { HelpRequest } from "../../features/check-ins/model.ts";
import type { RequestStore } from "../../features/check-ins/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import { asId, type NetworkId, type TeamId } from "../../kernel/ids.ts";
import { requestOf } from "./check-in-rows.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, instantOf } from "./values.ts";

const unfinishedStates = ["open", "taken"] as const;

/** What teams of one network asked for. */
export function requestStore(db: Kysely<Database>, network: NetworkId): RequestStore {
  const requests = () => db.selectFrom("requests").selectAll("requests").where("requests.network", "=", network);
  const unfinished = () => requests().where("requests.state", "in", unfinishedStates);
  const ofAreas = (areas: readonly string[]) =>
    db.selectFrom("teams").select("id").where("teams.network", "=", network).where("area", "in", [...areas]);
  const insert = (request: HelpRequest) =>
    db.insertInto("requests").values({
      ...{ network, id: request.id, round: request.round, team: request.team },
      created_at: dateOf(request.updatedAt),
      ...changing(request),
    });

  return {
    async add(request) {
      const added = await insert(request)
        .onConflict((conflict) => conflict.columns(["network", "round", "team"]).doNothing())
        .returning("id")
        .executeTakeFirst();
      return added !== undefined;
    },
    async save(request) {
      await insert(request)
        .onConflict((conflict) => conflict.columns(["network", "id"]).doUpdateSet(changing(request)))
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
    async lockOf(round, teams) {
      // In one order, so that two who lock several never wait for each other.
      const rows = await requests().where("round", "=", round).where("team", "=", anyOf(teams)).orderBy("team").forUpdate().execute();
      return new Map(rows.map(requestOf).map((request) => [request.team, request]));
    },
    async unfinished(teams) {
      const found = [];
      for (const chunk of chunksOf(teams, 1000)) {
        const rows = await unfinished().where("team", "=", anyOf(chunk)).orderBy("id").execute();
        found.push(...rows.map(requestOf));
      }
      return found;
    },
    async page({ state, areas, team, limit, after }) {
      const rows = await requests()
        .$if(areas !== null, (query) => query.where("requests.team", "in", ofAreas(areas ?? [])))
        .$if(team !== null, (query) => query.where("requests.team", "=", team ?? ""))
        .$if(state === "unfinished", (query) => query.where("requests.state", "in", unfinishedStates).orderBy("due_on").orderBy("id"))
        .$if(state === "done", (query) => query.where("requests.state", "=", "done"))
        .$if(state !== "unfinished", (query) => query.orderBy("id", "desc"))
        .$if(after !== null && state !== "unfinished", (query) => query.where("id", "<", after ?? ""))
        .$if(after !== null && state === "unfinished", (query) =>
          query.where((eb) =>
            eb(
              eb.refTuple("requests.due_on", "requests.id"),
              ">",
              eb
                .selectFrom("requests as last")
                .select(["last.due_on", "last.id"])
                .where("last.network", "=", network)
                .where("last.id", "=", after ?? "")
                .$asTuple("due_on", "id"),
            ),
          ),
        )
        .limit(limit)
        .execute();
      return rows.map(requestOf);
    },
    async lastDone(teams) {
      const last = new Map<TeamId, NonNullable<HelpRequest["done"]>>();
      for (const chunk of chunksOf(teams, 1000)) {
        const rows = await sql<{ team: string; done_at: Date; done_by: string }>`
          select distinct on (team) team, done_at, done_by from requests
          where network = ${network} and team = any(${chunk}::uuid[]) and done_at is not null
          order by team, done_at desc`.execute(db);
        for (const row of rows.rows) last.set(asId<TeamId>(row.team), { at: instantOf(row.done_at), by: asId(row.done_by) });
      }
      return last;
    },
    async overdue(day, areas) {
      const row = await db
        .selectFrom("requests")
        .select((eb) => eb.fn.countAll<number | string>().as("n"))
        .where("requests.network", "=", network)
        .where("requests.state", "in", unfinishedStates)
        .where("due_on", "<", day.toString())
        .$if(areas !== null, (query) => query.where("requests.team", "in", ofAreas(areas ?? [])))
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },
  };
}

/** The columns that change after a request was added. */
function changing(request: HelpRequest) {
  return {
    asked_by: request.askedBy,
    reasons: [...request.reasons],
    owner: request.owner,
    due_on: request.dueOn.toString(),
    state: request.state,
    updated_at: dateOf(request.updatedAt),
    done_at: request.done === null ? null : dateOf(request.done.at),
    done_by: request.done?.by ?? null,
  };
}
