import { type Kysely, sql } from "kysely";

/**
 * What summaries are read from, so that they cost the same whatever the network's size and history: each team's figures
 * as of the latest round, their sums by area and place, and how many cards and teams are in which state.
 *
 * Triggers name the teams whose figures may have changed, whoever changed them (an answer, an erasure, retention, the
 * roster, an older version of the program); the program works those out again and keeps the sums in step. Counts are
 * kept as what was added and taken away, so that nobody waits for a row that everybody counts on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** A trigger for each kind of change to a table, once a statement, that sees the rows as they were or have become. */
function onChange(table: string, call: string, events: readonly ("insert" | "update" | "delete")[]): string[] {
  return events.map((event) => {
    const rows = event === "insert" ? "new table as changed" : event === "delete" ? "old table as changed" : "old table as was new table as changed";
    return `create trigger ${call}_on_${event} after ${event} on ${table} referencing ${rows} for each statement execute function ${call}()`;
  });
}

const statements = [
  `create table stale_standings (
    network uuid not null,
    id bigint generated always as identity,
    team uuid not null,
    primary key (network, id)
  )`,
  `create index stale_standings_by_team on stale_standings (network, team)`,
  `create table team_standings (
    network uuid not null,
    team uuid not null,
    round uuid not null,
    area text not null,
    place text not null,
    figures jsonb not null,
    name_key text collate "C" not null,
    ring_key double precision[],
    request_due date,
    primary key (network, team)
  )`,
  `create index team_standings_to_ring on team_standings (network, ring_key, name_key, team) where ring_key is not null`,
  `create index team_standings_by_request on team_standings (network, request_due, name_key, team) where request_due is not null`,
  `create table standing_sums (
    network uuid not null,
    round uuid not null,
    area text not null,
    place text not null,
    figure text not null,
    value numeric not null,
    primary key (network, round, area, place, figure)
  )`,
  `create table standing_rounds (
    network uuid primary key,
    round uuid not null
  )`,
  `create function stale_teams() returns trigger language plpgsql as $$
    begin
      insert into stale_standings (network, team) select distinct network, team from changed;
      return null;
    end $$`,
  ...["check_ins", "check_in_details", "requests"].flatMap((table) => onChange(table, "stale_teams", ["insert", "update", "delete"])),
  ...onChange("round_teams", "stale_teams", ["delete"]),
  // An answer says so itself; what is left is a team that sits out.
  `create function stale_parts() returns trigger language plpgsql as $$
    begin
      insert into stale_standings (network, team)
      select network, team from changed where state <> 'answered';
      return null;
    end $$`,
  ...onChange("round_teams", "stale_parts", ["update"]),
  `create function stale_roster() returns trigger language plpgsql as $$
    begin
      insert into stale_standings (network, team) select network, id from changed;
      return null;
    end $$`,
  ...onChange("teams", "stale_roster", ["insert", "update"]),
  // Whatever is known of a team is as of the latest round, and how long it has been silent goes by the closed ones.
  `create function stale_round() returns trigger language plpgsql as $$
    begin
      insert into stale_standings (network, team)
      select team.network, team.id from teams team where team.network in (select network from changed) and team.left_on is null;
      return null;
    end $$`,
  ...onChange("check_in_rounds", "stale_round", ["insert", "update"]),
  `insert into stale_standings (network, team) select network, id from teams where left_on is null`,

  `create table tallies (
    network uuid not null,
    id bigint generated always as identity,
    about uuid not null,
    kind text not null,
    state text not null,
    n integer not null,
    primary key (network, id)
  )`,
  `create index tallies_by_subject on tallies (network, about, kind) include (state, n)`,
  ...tallied("deliveries", "occasion", "rows.purpose"),
  ...tallied("round_teams", "round", "'teams'"),
  `insert into tallies (network, about, kind, state, n)
    select network, occasion, purpose, state, count(*) from deliveries group by 1, 2, 3, 4`,
  `insert into tallies (network, about, kind, state, n)
    select network, round, 'teams', state, count(*) from round_teams group by 1, 2, 4`,
  `create index deliveries_by_occasion on deliveries (network, occasion, id)`,
  `create index teams_by_name on teams (network, (lower(name) collate "C"), id) where left_on is null`,
];

/** Keeps the counts of a table's rows by what they are about, their kind and their state. */
function tallied(table: string, about: string, kind: string): string[] {
  const added = (rows: string, n: 1 | -1) => `select rows.network, rows.${about} as about, ${kind} as kind, rows.state, ${n} as n from ${rows} rows`;
  const keep = (changes: string) => `insert into tallies (network, about, kind, state, n)
    select network, about, kind, state, sum(n) from (${changes}) changes group by 1, 2, 3, 4 having sum(n) <> 0`;
  const counted = { insert: added("changed", 1), delete: added("changed", -1), update: `${added("changed", 1)} union all ${added("was", -1)}` };
  return (["insert", "update", "delete"] as const).flatMap((event) => [
    `create function tally_${table}_${event}() returns trigger language plpgsql as $$
      begin
        ${keep(counted[event])};
        return null;
      end $$`,
    ...onChange(table, `tally_${table}_${event}`, [event]),
  ]);
}
