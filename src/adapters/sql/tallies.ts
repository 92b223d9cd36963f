import { type Kysely, sql } from "kysely";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { anyOf } from "./values.ts";

/** How many rows there are in each state about each of these, as triggers have counted them. */
export async function tallied(
  db: Kysely<Database>,
  network: NetworkId,
  about: readonly string[],
  kind: string,
): Promise<{ about: string; state: string; n: number }[]> {
  const rows = await db
    .selectFrom("tallies")
    .select(["about", "state", (eb) => eb.fn.sum<number | string>("n").as("n")])
    .where("network", "=", network)
    .where("about", "=", anyOf(about))
    .where("kind", "=", kind)
    .groupBy(["about", "state"])
    .execute();
  return rows.map((row) => ({ ...row, n: Number(row.n) }));
}

/** Counts that a subject's changes have grown to before they are added up. */
const many = 20;

/** Adds up what was counted one change after the other; what is counted meanwhile stays as it is. */
export async function foldTallies(db: Kysely<Database>, network: NetworkId): Promise<void> {
  await sql`
    with taken as (
      delete from tallies t using (
        select about, kind from tallies where network = ${network} group by 1, 2 having count(*) > ${many}) long
      where t.network = ${network} and t.about = long.about and t.kind = long.kind
      returning t.about, t.kind, t.state, t.n)
    insert into tallies (network, about, kind, state, n)
    select ${network}, about, kind, state, sum(n) from taken group by 2, 3, 4 having sum(n) <> 0`.execute(db);
}
