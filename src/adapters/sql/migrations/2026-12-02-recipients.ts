import { type Kysely, sql } from "kysely";

/**
 * When people last got something, or are about to, is asked before everything that goes out unasked. It is found by the
 * moment that counts, so that it costs the same however much somebody got in the years before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create index deliveries_by_recipient_and_time on deliveries
    (network, recipient, (case when state = 'pending' then due_at else delivered_at end))`,
  `drop index deliveries_by_recipient`,
];
