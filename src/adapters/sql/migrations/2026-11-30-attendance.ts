import { type Kysely, sql } from "kysely";

/**
 * Who was at a meeting stands with who was invited. It stood with the answers, and so gave one to those who were there
 * without having said anything: dated to the start, when no real one is taken any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table event_invitees add column attended boolean`,
  `update event_invitees i set attended = r.attended from rsvps r
    where r.network = i.network and r.event = i.event and r.person = i.person and r.attended is not null`,
  `delete from rsvps r using events e
    where e.network = r.network and e.id = r.event and r.attended is not null and r.answered_at = e.starts_at`,
];
