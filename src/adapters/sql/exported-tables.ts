import { type Kysely, type RawBuilder, sql } from "kysely";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";

/** Rows that are read at a time. */
const portion = 500;

/** The network's data by the name of its file. Nothing of a survey but the results that were shared with those who were asked; no keys, links or chats. */
const queries = (network: NetworkId): Readonly<Record<string, RawBuilder<unknown>>> => ({
  people: sql`
    select id, name, email, role, scope_network, scope_areas, area, place, pcn, organisation, job_role, manager, deputy,
      external, left_on, away_until, stopped_at
    from people where network = ${network} order by id`,
  teams: sql`
    select id, name, area, place, pcn, organisation, left_on,
      (select json_agg(person) from team_managers m where m.network = t.network and m.team = t.id) as managers,
      (select json_agg(json_build_object('jobRole', job_role, 'wteInFile', wte, 'wteReported', reported_wte))
        from team_posts p where p.network = t.network and p.team = t.id) as posts
    from teams t where network = ${network} order by id`,
  rounds: sql`
    select id, opens_on, opened_at, closes_at, closed_at, question_set, theme, guide from check_in_rounds
    where network = ${network} order by id`,
  "check-ins": sql`
    select part.round, part.team, part.period_from, part.state, first.person, first.submitted_at, first.answers, first.posts,
      first.carried, second.person as details_person, second.submitted_at as details_submitted_at, second.answers as details
    from round_teams part
    left join check_ins first on first.network = part.network and first.round = part.round and first.team = part.team
    left join check_in_details second on second.network = part.network and second.round = part.round and second.team = part.team
    where part.network = ${network} order by part.round, part.team`,
  requests: sql`
    select id, round, team, asked_by, reasons, owner, due_on, state, created_at, done_at, done_by from requests
    where network = ${network} order by id`,
  "combined-figures": sql`
    select round, grouped_by, value - 'behind' as value from combined_summaries
    where network = ${network} order by round, grouped_by`,
  meetings: sql`
    select id, title, starts_at, ends_at, zone, planned_on, organiser, cancelled_at, moves, join_url, agenda, notes,
      (select json_agg(json_build_object('person', person, 'answer', answer, 'answeredAt', answered_at, 'wantsToRaise', raise,
          'othersMaySee', listed))
        from rsvps r where r.network = e.network and r.event = e.id) as answers,
      (select json_agg(distinct person) from event_invitees i
        where i.network = e.network and i.event = e.id and i.removed_at is null) as invited,
      (select json_agg(distinct person) from event_invitees i
        where i.network = e.network and i.event = e.id and i.attended) as attended
    from events e where network = ${network} order by id`,
  "survey-results": sql`
    select wave.id, wave.opened_at, wave.closed_at, wave.shared_at, wave.instrument ->> 'id' as instrument, results.value as results,
      (select json_agg(json_build_object('text', text, 'publishedAt', published_at) order by published_at)
        from pulse_changes c where c.network = wave.network and c.wave = wave.id) as changes
    from pulse_waves wave
    join pulse_results results on results.network = wave.network and results.wave = wave.id
    where wave.network = ${network} and wave.shared_at is not null order by wave.id`,
  settings: sql`select section, value, updated_at from network_settings where network = ${network} order by section`,
});

export interface ExportedTable {
  readonly name: string;
  /** One row after the other, as JSON. */
  rows(): AsyncIterable<string>;
}

/** What a network takes along when it leaves, to be read row by row. Inside a transaction: all of it is of one moment. */
export function exportedTables(tx: Kysely<Database>, network: NetworkId): ExportedTable[] {
  return Object.entries(queries(network)).map(([name, query]) => ({
    name,
    async *rows() {
      await sql`declare leaving no scroll cursor for select row_to_json(t)::text as row from (${query}) t`.execute(tx);
      for (;;) {
        const { rows } = await sql<{ row: string }>`fetch ${sql.lit(portion)} from leaving`.execute(tx);
        for (const { row } of rows) yield row;
        if (rows.length < portion) break;
      }
      await sql`close leaving`.execute(tx);
    },
  }));
}
