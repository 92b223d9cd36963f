import { type Kysely, sql } from "kysely";
import type { Database } from "../sql/tables.ts";
import { waitingFor } from "./jobs.ts";
import { prefix } from "./schedules.ts";

/** How the queue stands. */
export interface QueueFacts {
  /** Seconds for which the oldest due job of each kind has waited; kinds without one are left out. */
  readonly waiting: readonly { readonly kind: string; readonly seconds: number }[];
  /** Jobs given up in the last 24 hours, by kind. */
  readonly failed: readonly { readonly kind: string; readonly count: number }[];
  /** How many kinds of work come back by themselves. */
  readonly schedules: number;
  /** Seconds since a server last looked which of them are due; null when none ever has. */
  readonly lastLook: number | null;
}

/** Reads it and changes nothing; null where the queue has never been made. */
export async function queueFacts(db: Kysely<Database>): Promise<QueueFacts | null> {
  const { rows: made } = await sql<{ isThere: boolean }>`select to_regclass('pgboss.version') is not null as "isThere"`.execute(db);
  if (made[0]?.isThere !== true) return null;
  const { rows: failed } = await sql<{ kind: string; count: number }>`
    select name as kind, count(*)::int as count from pgboss.job
    where state = 'failed' and completed_on > pgboss.job_now() - interval '24 hours' group by name order by name`.execute(db);
  const { rows } = await sql<{ schedules: number; lastLook: number | null }>`
    select (select count(*)::int from pgboss.schedule where starts_with(name, ${prefix})) as schedules,
      (select extract(epoch from pgboss.job_now() - cron_on)::float8 from pgboss.version) as "lastLook"`.execute(db);
  const waiting = [...(await waitingFor(db))].map(([kind, seconds]) => ({ kind, seconds }));
  return { waiting, failed, schedules: rows[0]?.schedules ?? 0, lastLook: rows[0]?.lastLook ?? null };
}
