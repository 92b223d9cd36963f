import { type Kysely, sql } from "kysely";

/** Lets the cards of the last days be counted without reading all that ever were; rows come in the order of their making. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index deliveries_by_creation on deliveries using brin (created_at)`.execute(db);
}
