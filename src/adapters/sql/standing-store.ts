import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { StandingStore } from "../../features/check-ins/standing-ports.ts";
import { asId, type NetworkId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { foldTallies } from "./tallies.ts";
import { anyOf, jsonOf } from "./values.ts";

const Figures = z.record(z.string(), z.number());

/** What the summaries of one network are read from. */
export function standingStore(db: Kysely<Database>, network: NetworkId): StandingStore {
  return {
    async hasStale() {
      return (await db.selectFrom("stale_standings").select("id").where("network", "=", network).limit(1).execute()).length > 0;
    },
    foldCounts: () => foldTallies(db, network),
    async lock() {
      // Two who bring the same team up to date would each add the difference.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`standings ${network}`}, 0))`.execute(db);
    },
    async takeStale(count) {
      const { rows } = await sql<{ team: string }>`
        with first as (select distinct team from (
          select team from stale_standings where network = ${network} order by id limit ${count}) oldest),
        taken as (delete from stale_standings using first
          where stale_standings.network = ${network} and stale_standings.team = first.team)
        select team from first`.execute(db);
      return rows.map(({ team }) => asId<TeamId>(team));
    },
    async of(teams) {
      const rows = await db
        .selectFrom("team_standings")
        .select(["team", "round", "area", "place", "figures"])
        .where("network", "=", network)
        .where("team", "=", anyOf(teams))
        .execute();
      return rows.map(({ team, round, area, place, figures }) => ({
        ...{ team: asId<TeamId>(team), round: asId<RoundId>(round), area, place, figures: Figures.parse(figures) },
      }));
    },
    async save(standings) {
      const rows = standings.map(({ nameKey, ringKey, requestDue, ...row }) => ({
        ...row,
        ...{ name_key: nameKey, ring_key: ringKey, request_due: requestDue?.toString() ?? null },
      }));
      await sql`
        insert into team_standings (network, team, round, area, place, figures, name_key, ring_key, request_due)
        select ${network}, team, round, area, place, figures, name_key, ring_key, request_due
        from jsonb_to_recordset(${jsonOf(rows)}::jsonb) as given (team uuid, round uuid, area text, place text, figures jsonb,
          name_key text, ring_key double precision[], request_due date)
        on conflict (network, team) do update set round = excluded.round, area = excluded.area, place = excluded.place,
          figures = excluded.figures, name_key = excluded.name_key, ring_key = excluded.ring_key,
          request_due = excluded.request_due`.execute(db);
    },
    async remove(teams) {
      if (teams.length === 0) return;
      await db.deleteFrom("team_standings").where("network", "=", network).where("team", "=", anyOf(teams)).execute();
    },
    async change(round, changes) {
      if (changes.length === 0) return;
      // Exact decimals: what is taken away again leaves nothing behind.
      await sql`
        insert into standing_sums (network, round, area, place, figure, value)
        select ${network}, ${round}, area, place, figure, sum(value) from (
          select area, place, figure, value::numeric as value
          from jsonb_to_recordset(${jsonOf(changes)}::jsonb) as given (area text, place text, figure text, value text)) given
        group by area, place, figure having sum(value) <> 0
        on conflict (network, round, area, place, figure) do update set value = standing_sums.value + excluded.value`.execute(db);
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
