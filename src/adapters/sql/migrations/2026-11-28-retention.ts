import { type Kysely, sql } from "kysely";

/**
 * Entries of the audit log may go once they are two years older than their network's latest, which is what retention
 * needs; younger ones can't be deleted, and none can be changed. Measured by the log itself: the database's own clock
 * isn't the one that entries are written by.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statement).execute(db);
}

const statement = `create or replace function audit_log_is_append_only() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      if old.at < (select log.at from audit_log log where log.network = old.network order by log.id desc limit 1) - interval '2 years' then
        return old;
      end if;
    end if;
    raise exception 'the audit log is append-only';
  end $$`;
