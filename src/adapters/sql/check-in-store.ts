import { type AliasedExpression, type Kysely, type Selectable, sql } from "kysely";
import type { CheckInStore } from "../../features/check-ins/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import { asId, type NetworkId, type PersonId, type TeamId } from "../../kernel/ids.ts";
import { detailsOf, pastCheckInOf, pastDetailsOf, requestOf } from "./check-in-rows.ts";
import type { Database } from "./tables.ts";
import { dateOf, jsonOf, localDateOf } from "./values.ts";

/** What the teams of one network answered. */
export function checkInStore(db: Kysely<Database>, network: NetworkId): CheckInStore {
  const past = (answers: AliasedExpression<Selectable<Database["check_ins"]>, "answer">) =>
    db
      .selectFrom(answers)
      .selectAll("answer")
      .innerJoin("check_in_rounds", (join) =>
        join
          .onRef("check_in_rounds.network", "=", "answer.network")
          .onRef("check_in_rounds.id", "=", "answer.round"),
      )
      .innerJoin("round_teams", (join) =>
        join
          .onRef("round_teams.network", "=", "answer.network")
          .onRef("round_teams.round", "=", "answer.round")
          .onRef("round_teams.team", "=", "answer.team"),
      )
      .select(["check_in_rounds.opens_on", "check_in_rounds.question_set", "round_teams.period_from"]);
  // One team after the other: the planner, which doesn't know how much a round that has just opened has been answered
  // since, would read all answers of the round for a few teams' sake. "offset 0" keeps it from joining the two.
  const ofTeams = (teams: readonly TeamId[]) =>
    past(
      sql<Selectable<Database["check_ins"]>>`(
        select answer.* from unnest(${[...new Set(teams)]}::uuid[]) as wanted (team)
        cross join lateral (select * from check_ins where network = ${network} and team = wanted.team offset 0) answer)`.as("answer"),
    );
  const ofPerson = (person: PersonId) =>
    past(sql<Selectable<Database["check_ins"]>>`(select * from check_ins where network = ${network} and person = ${person})`.as("answer"));
  const details = () => db.selectFrom("check_in_details").selectAll().where("network", "=", network);

  return {
    async save(...checkIns) {
      const rows = checkIns.map(({ submittedAt, ...checkIn }) => ({ ...checkIn, submitted_at: dateOf(submittedAt) }));
      // In one order, so that two who save several never wait for each other.
      await sql`
        insert into check_ins (network, round, team, person, answers, posts, carried, submitted_at)
        select ${network}::uuid, round, team, person, answers, posts, carried, submitted_at
        from jsonb_to_recordset(${jsonOf(rows)}::jsonb) as given (round uuid, team uuid, person uuid, answers jsonb,
          posts jsonb, carried text[], submitted_at timestamptz)
        order by team
        on conflict (network, round, team) do update set person = excluded.person, answers = excluded.answers,
          posts = excluded.posts, carried = excluded.carried, submitted_at = excluded.submitted_at`.execute(db);
    },
    async saveDetails(given) {
      const values = {
        person: given.person,
        answers: jsonOf(given.answers),
        submitted_at: dateOf(given.submittedAt),
      };
      await db
        .insertInto("check_in_details")
        .values({ network, round: given.round, team: given.team, ...values })
        .onConflict((conflict) => conflict.columns(["network", "round", "team"]).doUpdateSet(values))
        .execute();
    },
    async detailsOfTeams(round, teams) {
      const { rows } = await sql<Selectable<Database["check_in_details"]>>`
        select details.* from unnest(${[...teams]}::uuid[]) as wanted (team)
        cross join lateral (
          select * from check_in_details where network = ${network} and round = ${round} and team = wanted.team offset 0) details`.execute(db);
      return new Map(rows.map(detailsOf).map((one) => [one.team, one]));
    },
    async latestBefore(teams, opensOn) {
      const latest = new Map();
      for (const chunk of chunksOf(teams, 1000)) {
        const rows = await ofTeams(chunk)
          .distinctOn("answer.team")
          .where("check_in_rounds.opens_on", "<", opensOn.toString())
          .orderBy("answer.team")
          .orderBy("check_in_rounds.opens_on", "desc")
          .execute();
        for (const row of rows) {
          const checkIn = pastCheckInOf(row);
          latest.set(checkIn.team, checkIn);
        }
      }
      return latest;
    },
    async lastAnsweredBefore(teams, opensOn) {
      const { rows } = await sql<{ team: string; opens_on: string }>`
        select answer.team, max(round.opens_on) as opens_on from check_ins answer
        join check_in_rounds round on round.network = answer.network and round.id = answer.round
        where answer.network = ${network} and answer.team = any(${[...teams]}::uuid[]) and round.opens_on < ${opensOn.toString()}::date
        group by answer.team`.execute(db);
      return new Map(rows.map((row) => [asId<TeamId>(row.team), localDateOf(row.opens_on)]));
    },
    async since(teams, day) {
      const found = [];
      for (const chunk of chunksOf(teams, 1000)) {
        const rows = await ofTeams(chunk)
          .where("check_in_rounds.opens_on", ">=", day.toString())
          .orderBy("check_in_rounds.opens_on")
          .execute();
        found.push(...rows.map(pastCheckInOf));
      }
      return found;
    },
    async detailsSince(teams, day) {
      const found = [];
      for (const chunk of chunksOf(teams, 1000)) {
        // One team after the other, as above, and each by its rounds: second cards are kept in no order of teams.
        const { rows } = await sql<Parameters<typeof pastDetailsOf>[0]>`
          select found.*, part.period_from from unnest(${[...new Set(chunk)]}::uuid[]) as wanted (team)
          cross join lateral (
            select details.*, round.opens_on, round.question_set, round.theme from check_in_rounds round
            join check_in_details details on details.network = round.network and details.round = round.id and details.team = wanted.team
            where round.network = ${network} and round.opens_on >= ${day.toString()}::date offset 0) found
          join round_teams part on part.network = found.network and part.round = found.round and part.team = found.team
          order by found.opens_on`.execute(db);
        found.push(...rows.map(pastDetailsOf));
      }
      return found;
    },
    async byPerson(person) {
      const checkIns = await ofPerson(person).orderBy("check_in_rounds.opens_on").execute();
      const given = await details().where("person", "=", person).execute();
      const asked = await db.selectFrom("requests").selectAll().where("network", "=", network).where("asked_by", "=", person).execute();
      return { checkIns: checkIns.map(pastCheckInOf), details: given.map(detailsOf), requests: asked.map(requestOf) };
    },
    async eraseOf(person) {
      await db
        .deleteFrom("requests")
        .where("network", "=", network)
        .where("asked_by", "=", person)
        .execute();
      await db.deleteFrom("check_in_details").where("network", "=", network).where("person", "=", person).execute();
      const erased = await sql<{ round: string }>`
        with erased as (
          delete from check_ins where network = ${network} and person = ${person} returning round, team
        )
        update round_teams set state = 'skipped' from erased
        where round_teams.network = ${network} and round_teams.round = erased.round and round_teams.team = erased.team
        returning round_teams.round`.execute(db);
      return erased.rows.length;
    },
  };
}
