import { sql } from "kysely";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";

/** Every row of every table, the queue's too, as one text: to look for what must not be there. */
export async function everythingStored({ db }: Pick<OpenDatabase, "db">): Promise<string> {
  const tables = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(db);
    texts.push(...rows.rows.map(({ row }) => `${name} ${row}`));
  }
  return texts.join("\n");
}
