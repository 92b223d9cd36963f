import { type Kysely, sql } from "kysely";
import type { StandingStore } from "../../features/check-ins/standing-ports.ts";
import { asId, type NetworkId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { foldTallies } from "./tallies.ts";
import { jsonOf } from "./values.ts";

/** Changes by team that are looked at to learn how many teams there are. */
const changesLookedAt = 5;

/** What the summaries of one network are read from. */
export function standingStore(db: Kysely<Database>, network: NetworkId): StandingStore {
  const key = sql`hashtextextended(${`standings ${network}`}, 0)`;
  return {
    async staleCount(most) {
      // A team is there once for each change; few of a small network's are enough to tell.
      const { rows } = await sql<{ n: number }>`
        select count(distinct team)::int as n from (
          select team from stale_standings where network = ${network} order by id limit ${most * changesLookedAt}) oldest`.execute(db);
      return Math.min(rows[0]?.n ?? 0, most);
    },
    foldCounts: () => foldTallies(db, network),
    async lock() {
      // Two who bring the same team up to date would each add the difference.
      await sql`select pg_advisory_xact_lock(${key})`.execute(db);
    },
    async takeStale(count) {
      const { rows } = await sql<{ team: string }>`
        with first as materialized (select distinct team from (
          select team from stale_standings where network = ${network} order by id limit ${count}) oldest),
        taken as (delete from stale_standings
          where network = ${network} and team = any(array(select team from first)))
        select team from first`.execute(db);
      return rows.map(({ team }) => asId<TeamId>(team));
    },
    async replace(round, teams, fresh) {
      if (teams.length === 0) return;
      const rows = fresh.map(({ nameKey, ringKey, requestDue, ...row }) => ({
        ...row,
        ...{ name_key: nameKey, ring_key: ringKey, request_due: requestDue?.toString() ?? null },
      }));
      // Every part sees the store as it was before. Exact decimals: what is taken away again leaves nothing behind.
      const { rows: changed } = await sql<{ replaced: boolean }>`
        with before as (
          select area, place, figures from team_standings
          where network = ${network} and round = ${round} and team = any(${[...teams]}::uuid[])),
        fresh as materialized (
          select * from jsonb_to_recordset(${jsonOf(rows)}::jsonb) as given (team uuid, round uuid, area text, place text,
            figures jsonb, name_key text, ring_key double precision[], request_due date)),
        removed as (
          delete from team_standings where network = ${network} and team = any(${[...teams]}::uuid[])
            and team not in (select team from fresh)),
        saved as (
          insert into team_standings (network, team, round, area, place, figures, name_key, ring_key, request_due)
          select ${network}::uuid, team, round, area, place, figures, name_key, ring_key, request_due from fresh
          on conflict (network, team) do update set round = excluded.round, area = excluded.area, place = excluded.place,
            figures = excluded.figures, name_key = excluded.name_key, ring_key = excluded.ring_key,
            request_due = excluded.request_due),
        changed as (
          insert into standing_sums (network, round, area, place, figure, value)
          select ${network}::uuid, ${round}::uuid, area, place, figure, sum(value) from (
            select area, place, key as figure, -(value::numeric) as value from before, jsonb_each_text(figures)
            union all
            select area, place, key as figure, value::numeric as value from fresh, jsonb_each_text(figures)) given
          group by area, place, figure having sum(value) <> 0
          on conflict (network, round, area, place, figure) do update set value = standing_sums.value + excluded.value)
        select exists (select from before) as replaced`.execute(db);
      if (changed[0]?.replaced !== true) return;
      await db.deleteFrom("standing_sums").where("network", "=", network).where("round", "=", round).where("value", "=", 0).execute();
    },
    async setReady(round) {
      await db
        .insertInto("standing_rounds")
        .values({ network, round })
        .onConflict((conflict) => conflict.column("network").doUpdateSet({ round }))
        .execute();
      await db.deleteFrom("standing_sums").where("network", "=", network).where("round", "<>", round).execute();
    },
    async ready() {
      const row = await db.selectFrom("standing_rounds").select("round").where("network", "=", network).executeTakeFirst();
      return row === undefined ? null : asId<RoundId>(row.round);
    },
    async sums(round, { areas, figures }) {
      const rows = await db
        .selectFrom("standing_sums")
        .select(["area", "place", "figure", "value"])
        .where("network", "=", network)
        .where("round", "=", round)
        .$if(areas !== null, (query) => query.where("area", "in", areas === null || areas.length === 0 ? [null] : [...areas]))
        .$if(figures !== null, (query) => query.where("figure", "in", [...(figures ?? [])]))
        .execute();
      return rows.map((row) => ({ ...row, value: Number(row.value) }));
    },
    async toRing(areas, today, count) {
      const inAreas = areas === null ? sql`true` : sql`area = any(${[...areas]}::text[])`;
      const due = sql`network = ${network} and request_due < ${today.toString()}::date and ${inAreas}`;
      const { rows } = await sql<{ team: string }>`
        (select team from team_standings where network = ${network} and ring_key is not null and ${inAreas}
          order by ring_key, name_key, team limit ${count})
        union
        (select team from team_standings where ${due} order by request_due, name_key, team limit ${count})`.execute(db);
      const others = await sql<{ n: number }>`
        select count(*)::int as n from team_standings where ${due} and ring_key is null`.execute(db);
      return { teams: rows.map(({ team }) => asId<TeamId>(team)), byDateAlone: others.rows[0]?.n ?? 0 };
    },
  };
}
