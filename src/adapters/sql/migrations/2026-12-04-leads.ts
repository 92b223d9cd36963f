import { type Kysely, sql } from "kysely";

/** Every card asks who leads the network; without an index everybody in it is looked at for that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("create index people_by_role on people (network, role) where left_on is null").execute(db);
}
