import { type Kysely, sql } from "kysely";
import type { ClosingStore } from "../../features/check-ins/closing-ports.ts";
import { asId, type NetworkId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import { roundOf } from "./check-in-rows.ts";
import type { Database } from "./tables.ts";
import { dateOf, localDateOf } from "./values.ts";

/** What is worked out after the rounds of one network have closed. */
export function closingStore(db: Kysely<Database>, network: NetworkId): ClosingStore {
  return {
    async begin(round) {
      await db.insertInto("unfrozen_rounds").values({ network, round, taken_at: null }).execute();
    },
    async take(now, since) {
      const { rows } = await sql<{ round: string }>`
        update unfrozen_rounds set taken_at = ${dateOf(now)}
        where network = ${network} and (taken_at is null or taken_at < ${dateOf(since)}) and round = (
          select waiting.round from unfrozen_rounds waiting
          join check_in_rounds round on round.network = waiting.network and round.id = waiting.round
          where waiting.network = ${network} order by round.opened_at limit 1)
        returning round`.execute(db);
      const [row] = rows;
      return row === undefined ? null : asId<RoundId>(row.round);
    },
    async end(round) {
      const ended = await db
        .deleteFrom("unfrozen_rounds")
        .where("network", "=", network)
        .where("round", "=", round)
        .returning("round")
        .executeTakeFirst();
      return ended !== undefined;
    },
    async saveMedian(round, { teams, median12 }) {
      await db
        .insertInto("round_medians")
        .values({ network, round, teams, median12 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async medians(from, to) {
      const { rows } = await sql<{ opens_on: string; median12: number | null }>`
        select round.opens_on, median.median12 from check_in_rounds round
        left join round_medians median on median.network = round.network and median.round = round.id
        where round.network = ${network} and round.opens_on between ${from.toString()}::date and ${to.toString()}::date
          and case when median.round is null
            then exists (select from check_ins answer where answer.network = round.network and answer.round = round.id)
            else median.teams > 0 end
        order by round.opens_on`.execute(db);
      return rows.map((row) => ({ openedOn: localDateOf(row.opens_on), median12: row.median12 }));
    },
    async withoutMedian(from) {
      const rows = await db
        .selectFrom("check_in_rounds as round")
        .selectAll()
        .where("network", "=", network)
        .where("opens_on", ">=", from.toString())
        .where("closed_at", "is not", null)
        .where(({ exists, not, selectFrom }) =>
          not(exists(selectFrom("round_medians as m").whereRef("m.network", "=", "round.network").whereRef("m.round", "=", "round.id"))),
        )
        .where(({ exists, not, selectFrom }) =>
          not(exists(selectFrom("unfrozen_rounds as u").whereRef("u.network", "=", "round.network").whereRef("u.round", "=", "round.id"))),
        )
        .orderBy("opens_on")
        .execute();
      return rows.map(roundOf);
    },
    async teamsAfter(team, count) {
      const rows = await db
        .selectFrom("teams")
        .select("id")
        .where("network", "=", network)
        .$if(team !== null, (query) => query.where("id", ">", team ?? ""))
        .orderBy("id")
        .limit(count)
        .execute();
      return rows.map(({ id }) => asId<TeamId>(id));
    },
  };
}
