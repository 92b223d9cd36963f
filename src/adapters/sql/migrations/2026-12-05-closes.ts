import { type Kysely, sql } from "kysely";

/**
 * A round's close changes how long a team has been silent, and that only of those that it waited for: the figures of the
 * others stand. Once every team was worked out again, beside the combined figures that are made at the same time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(staleRound).execute(db);
}

const staleRound = `create or replace function stale_round() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' then
      insert into stale_standings (network, team)
      select part.network, part.team from changed join round_teams part on part.network = changed.network and part.round = changed.id
      where part.state = 'waiting';
    else
      insert into stale_standings (network, team)
      select team.network, team.id from teams team where team.network in (select network from changed) and team.left_on is null;
    end if;
    return null;
  end $$`;
