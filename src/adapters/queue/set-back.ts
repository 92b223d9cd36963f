import { type Kysely, sql } from "kysely";
import { type Clock as BossClock, systemClock } from "pg-boss";
import type { Logger } from "../../kernel/logger.ts";
import type { Database } from "../sql/tables.ts";

/** How often the store is asked whether its clock was set back, in milliseconds. */
const everyMs = 15_000;

/**
 * A clock that nobody sets: this machine's at the start, and what has passed since. pg-boss measures its own waits on it,
 * and how far the store's clock is from it; by a clock that is set back by an hour it would wait for an hour more.
 */
export const steadyClock: BossClock = { ...systemClock, now: () => Math.round(performance.timeOrigin + performance.now()) };

/** True when schedules were last looked at in a future that the store's clock no longer has: it was set back since. */
async function wasSetBack(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql`select from pgboss.version where cron_on > pgboss.job_now() + interval '1 minute'`.execute(db);
  return rows.length > 0;
}

/**
 * Brings jobs and schedules to the clock that counts now. What was to run within a quarter of an hour still does, as
 * measured from when it was added; what was meant for a day to come keeps its moment. A minute that comes twice has its
 * schedules twice, all of which may run again.
 */
export async function bringToPresent(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`update pgboss.version set cron_on = null, bam_on = null, flow_on = null, reindex_on = null`.execute(tx);
    await sql`update pgboss.queue set monitor_claim_on = null, monitor_on = null, maintain_on = null
      where greatest(monitor_claim_on, monitor_on, maintain_on) > pgboss.job_now()`.execute(tx);
    await sql`update pgboss.job set created_on = pgboss.job_now(), start_after = pgboss.job_now() + (start_after - created_on)
      where state < 'active' and created_on > pgboss.job_now() and start_after < created_on + interval '15 minutes'`.execute(tx);
    await sql`update pgboss.job set start_after = pgboss.job_now()
      where state = 'retry' and start_after > pgboss.job_now() + interval '15 minutes'`.execute(tx);
    await sql`update pgboss.job set started_on = pgboss.job_now(), heartbeat_on = pgboss.job_now()
      where state = 'active' and started_on > pgboss.job_now()`.execute(tx);
    await sql`update pgboss.job set singleton_on = null
      where state > 'active' and singleton_on > pgboss.job_now() at time zone 'UTC'`.execute(tx);
  });
}

/** Looks now and again whether the store's clock was set back, and does what that takes; gives how to stop it. */
export function watchForSetBacks(db: Kysely<Database>, logger: Logger): () => void {
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      if (!(await wasSetBack(db))) return;
      await bringToPresent(db);
      logger.warn({}, "the store's clock was set back; jobs and schedules go on by the new one");
    } catch {
      // A store that is away says so elsewhere, and is asked again.
    } finally {
      isLooking = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), everyMs).unref();
  return () => clearInterval(timer);
}
