import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";

/**
 * Makes jobs of an embedded store those of a server: what was running when it stopped runs again at once, and a worker
 * that dies over any of them is noticed, which on the embedded engine nobody watches for.
 */
export async function takeOverJobs(db: Kysely<Database>, heartbeatSeconds: number): Promise<void> {
  await sql`update pgboss.job set state = 'retry', start_after = pgboss.job_now() where state = 'active'`.execute(db);
  await sql`update pgboss.job set heartbeat_seconds = ${heartbeatSeconds} where state < 'active'`.execute(db);
}
