import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { type MovedTable, reference } from "./tables.ts";

/** Rows that are read and written at a time. */
const portion = 500;

/** What a table holds: how many rows, and a sum over all of them in which any difference shows. */
export interface Fingerprint {
  readonly rows: number;
  readonly sum: string;
}

const listOf = ({ columns }: MovedTable) => sql.join(columns.map(({ name }) => sql.ref(name)));

/**
 * Copies all rows of a table, each value as the text that the server writes and reads it as: a JavaScript Date keeps
 * milliseconds where the store has microseconds, and JSON knows one null where jsonb has two. Inside a transaction on
 * both sides.
 */
export async function copyRows(source: Kysely<Database>, target: Kysely<Database>, table: MovedTable): Promise<void> {
  const { columns } = table;
  const [texts, fields, values] = [
    sql.join(columns.map(({ name }) => sql`${sql.ref(name)}::text as ${sql.ref(name)}`)),
    sql.join(columns.map(({ name }) => sql`${sql.ref(name)} text`)),
    sql.join(columns.map(({ name, type }) => sql`${sql.ref(name)}::${sql.raw(type)}`)),
  ];
  // In which order people answered a survey isn't to be seen from how its rows lie, there no more than here.
  const order = table.name.startsWith("pulse_") ? sql`order by random()` : sql``;
  const rows = sql`select ${texts} from ${reference(table)} ${order}`;
  await sql`declare moving no scroll cursor for select row_to_json(moved)::text as row from (${rows}) moved`.execute(source);
  for (;;) {
    const fetched = await sql<{ row: string }>`fetch ${sql.lit(portion)} from moving`.execute(source);
    if (fetched.rows.length === 0) break;
    const read = `[${fetched.rows.map(({ row }) => row).join(",")}]`;
    await sql`insert into ${reference(table)} (${listOf(table)})
      select ${values} from json_to_recordset(${read}::json) as given (${fields})`.execute(target);
  }
  await sql`close moving`.execute(source);
}

/** What a table holds, whatever the order of its rows, in the words of the server: UTC, ISO dates, exact numbers. */
export async function fingerprint(db: Kysely<Database>, table: MovedTable): Promise<Fingerprint> {
  const { rows } = await sql<Fingerprint>`
    select count(*)::int as rows, coalesce(sum(('x' || left(hash, 16))::bit(64)::bigint::numeric), 0)::text
      || ' ' || coalesce(sum(('x' || right(hash, 16))::bit(64)::bigint::numeric), 0)::text as sum
    from (select md5(row(${listOf(table)})::text) as hash from ${reference(table)}) hashed`.execute(db);
  return rows[0] ?? { rows: 0, sum: "" };
}

/** Makes both sides say the same of the same values, for the rest of the transaction, and take the time that it needs. */
export async function sameWords(db: Kysely<Database>): Promise<void> {
  for (const [name, value] of Object.entries(words)) {
    await sql`select set_config(${name}, ${value}, true)`.execute(db);
  }
}

const words: Readonly<Record<string, string>> = {
  timezone: "UTC",
  datestyle: "ISO",
  intervalstyle: "postgres",
  bytea_output: "hex",
  extra_float_digits: "1",
  statement_timeout: "0",
  idle_in_transaction_session_timeout: "0",
};
