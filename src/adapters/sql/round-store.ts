import { type Kysely, sql } from "kysely";
import type { RoundTeam } from "../../features/check-ins/model.ts";
import type { RoundStore } from "../../features/check-ins/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import { asId, type NetworkId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import { roundOf, roundTeamOf } from "./check-in-rows.ts";
import { tallied } from "./tallies.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, jsonOf } from "./values.ts";

/** Check-in rounds of one network. */
export function roundStore(db: Kysely<Database>, network: NetworkId): RoundStore {
  const rounds = () => db.selectFrom("check_in_rounds").selectAll().where("network", "=", network);
  const newestFirst = () => rounds().orderBy("opened_at", "desc").orderBy("id", "desc");
  const changeParts = (round: RoundId, teams: readonly TeamId[]) =>
    db.updateTable("round_teams").where("network", "=", network).where("round", "=", round).where("team", "=", anyOf(teams));
  const parts = () => db.selectFrom("round_teams").selectAll().where("network", "=", network);
  const addTeams = async (teams: readonly RoundTeam[]) => {
    for (const chunk of chunksOf(teams, 1000)) {
      const rows = chunk.map(({ round, team, periodFrom, state }) => ({ round, team, period_from: periodFrom.toString(), state }));
      await sql`
        insert into round_teams (network, round, team, period_from, state)
        select ${network}::uuid, round, team, period_from, state
        from jsonb_to_recordset(${jsonOf(rows)}::jsonb) as given (round uuid, team uuid, period_from date, state text)`.execute(db);
    }
  };

  return {
    addTeams,
    async open(round, teams) {
      // Opening a large network takes a while; whoever else opens it meanwhile is told so instead of waiting.
      const { rows: turn } = await sql<{ mine: boolean }>`
        select pg_try_advisory_xact_lock(hashtextextended(${`opening ${network}`}, 0)) as mine`.execute(db);
      if (turn[0]?.mine !== true) return false;
      const inserted = await db
        .insertInto("check_in_rounds")
        .values({
          network,
          id: round.id,
          opens_on: round.opensOn.toString(),
          opened_at: dateOf(round.openedAt),
          closes_at: dateOf(round.closesAt),
          closed_at: null,
          question_set: round.questionSet,
          theme: round.theme,
          guide: jsonOf(round.guides),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .executeTakeFirst();
      if (inserted === undefined) return false;
      await addTeams(teams);
      return true;
    },
    async close(round, at) {
      const closed = await db
        .updateTable("check_in_rounds")
        .set({ closed_at: dateOf(at) })
        .where("network", "=", network)
        .where("id", "=", round)
        .where("closed_at", "is", null)
        .returning("id")
        .executeTakeFirst();
      return closed !== undefined;
    },
    async byId(round) {
      const row = await rounds().where("id", "=", round).executeTakeFirst();
      return row === undefined ? null : roundOf(row);
    },
    async holdOpen(round) {
      const row = await rounds().where("id", "=", round).forShare().executeTakeFirst();
      return row === undefined ? null : roundOf(row);
    },
    async current() {
      const row = await rounds().where("closed_at", "is", null).executeTakeFirst();
      return row === undefined ? null : roundOf(row);
    },
    async latest() {
      const row = await newestFirst().limit(1).executeTakeFirst();
      return row === undefined ? null : roundOf(row);
    },
    async latestBy(day) {
      const row = await newestFirst()
        .$if(day !== null, (query) => query.where("opens_on", "<=", day?.toString() ?? ""))
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : roundOf(row);
    },
    async page({ limit, after }) {
      // Ids are time-ordered, so the cursor needs no second column.
      const rows = await rounds()
        .$if(after !== null, (query) => query.where("id", "<", after ?? ""))
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(roundOf);
    },
    async count() {
      const row = await db
        .selectFrom("check_in_rounds")
        .select((eb) => eb.fn.countAll<number | string>().as("n"))
        .where("network", "=", network)
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },
    async teams(round, only) {
      const ofRound = parts().where("round", "=", round);
      const rows = await (only === undefined ? ofRound : ofRound.where("team", "=", anyOf(only))).execute();
      return rows.map(roundTeamOf);
    },
    async teamCounts(round) {
      const rows = await tallied(db, network, [round], "teams");
      const of = (state: string) => rows.find((row) => row.state === state)?.n ?? 0;
      return { waiting: of("waiting"), answered: of("answered"), skipped: of("skipped") };
    },
    async team(round, team) {
      const row = await parts().where("round", "=", round).where("team", "=", team).executeTakeFirst();
      return row === undefined ? null : roundTeamOf(row);
    },
    async latestOf(team) {
      // Ids are time-ordered.
      const row = await parts().where("team", "=", team).orderBy("round", "desc").limit(1).executeTakeFirst();
      return row === undefined ? null : asId<RoundId>(row.round);
    },
    async setAnswered(round, ...teams) {
      await changeParts(round, teams).set({ state: "answered" }).execute();
    },
    async setSkipped(round, team) {
      await changeParts(round, [team]).set({ state: "skipped" }).where("state", "=", "waiting").execute();
    },
    async unansweredInARow(teams) {
      const counts = new Map<TeamId, number>();
      for (const chunk of chunksOf(teams, 1000)) {
        // Closed rounds since the last one that the team answered or sat out.
        const rows = await sql<{ team: string; n: number }>`
          select part.team, count(*)::int as n
          from round_teams part
          join check_in_rounds round on round.network = part.network and round.id = part.round
          where part.network = ${network} and part.team = any(${chunk}::uuid[]) and part.state = 'waiting'
            and round.closed_at is not null
            and not exists (
              select from round_teams later
              join check_in_rounds later_round on later_round.network = later.network and later_round.id = later.round
              where later.network = part.network and later.team = part.team and later.state <> 'waiting'
                and later_round.opened_at > round.opened_at)
          group by part.team`.execute(db);
        for (const row of rows.rows) counts.set(asId<TeamId>(row.team), row.n);
      }
      return counts;
    },
  };
}
