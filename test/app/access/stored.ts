import { sql } from "kysely";
import type { OpenDatabase } from "../../../src/adapters/sql/database.ts";

/**
 * What changes without anything having been done to it: the record of refusals, the pace of answers, a key that is made once,
 * and figures that whoever asks first has worked out from what is stored.
 */
const worked = ["stale_standings", "standing_rounds", "standing_sums", "tallies", "team_standings"].map((table) => `public.${table}`);
const besides = ["public.audit_log", "public.rate_limits", "public.signing_keys", ...worked];

interface Table {
  readonly name: string;
  readonly isNetworks: boolean;
}

/** Marks of all that is stored, a mark for each table, which changes with any of its rows. */
export interface Stored {
  /** Of every table and of the jobs that wait. */
  all(): Promise<Record<string, string>>;
  /** Of the rows of one network alone. */
  of(network: string): Promise<Record<string, string>>;
  /** Of the rows that name this id. */
  naming(id: string): Promise<Record<string, string>>;
}

/** Looks at a whole store in one statement, so that a test can do it after each of many steps. */
export async function storedIn({ db }: Pick<OpenDatabase, "db">): Promise<Stored> {
  const { rows: tables } = await sql<Table>`
    select quote_ident(t.table_schema) || '.' || quote_ident(t.table_name) as name,
      exists (select 1 from information_schema.columns c
        where c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'network') as "isNetworks"
    from information_schema.tables t
    where t.table_type = 'BASE TABLE' and (t.table_schema = 'public' or t.table_schema || '.' || t.table_name = 'pgboss.job')`.execute(db);
  const looked = tables.filter(({ name }) => !besides.includes(name));
  const marks = async (some: readonly Table[], where = sql`true`) => {
    const each = some.map(
      ({ name }) => sql`select ${name} as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as mark from ${sql.raw(name)} t where ${where}`,
    );
    const { rows } = await sql<{ name: string; mark: string }>`${sql.join(each, sql` union all `)}`.execute(db);
    return Object.fromEntries(rows.map(({ name, mark }) => [name, mark]));
  };
  const ofNetworks = looked.filter(({ isNetworks }) => isNetworks);
  return {
    all: () => marks(looked),
    of: (network) => marks(ofNetworks, sql`network = ${network}`),
    naming: (id) => marks(looked, sql`t::text like ${`%${id}%`}`),
  };
}
