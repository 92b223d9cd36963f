import { sql } from "kysely";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import type { RawFile, Snapshot, StoredRow } from "./evidence.ts";

type Db = Pick<OpenDatabase, "db">;

/** Gives the raw bytes of a database's files, as far as they can be read. */
export type RawReader = () => Promise<readonly RawFile[]>;

/** Everything that a database holds now. */
export async function capture(database: Db, raw: RawReader): Promise<Snapshot> {
  const { rows: tables } = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 1`.execute(database.db);
  const all = new Map<string, StoredRow[]>();
  for (const { name } of tables) all.set(name, await rowsOf(database, name));
  return { tables: all, indexes: await indexesOf(database), raw: await raw() };
}

async function rowsOf({ db }: Db, table: string): Promise<StoredRow[]> {
  const { rows } = await sql<{ ctid: string; xmin: string; xmax: string; cmin: string; values: Record<string, unknown> }>`
    select ctid::text as ctid, xmin::text as xmin, xmax::text as xmax, cmin::text as cmin, to_jsonb(t) as values
    from ${sql.table(table)} t order by t.ctid`.execute(db);
  return rows.map((row, place) => ({ ...row, place, xmin: Number(row.xmin), xmax: Number(row.xmax), cmin: Number(row.cmin) }));
}

async function indexesOf({ db }: Db): Promise<Snapshot["indexes"]> {
  const { rows } = await sql<{ table: string; name: string; columns: string }>`
    select t.relname as table, i.relname as name,
      (select string_agg(pg_get_indexdef(x.indexrelid, k, true), ', ' order by k) from generate_series(1, x.indnkeyatts) k) as columns
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where t.relname like 'pulse\\_%' order by 1, 2`.execute(db);
  const found = [];
  for (const { table, name, columns } of rows) {
    const ctids = await db.transaction().execute(async (tx) => {
      for (const way of ["seqscan", "bitmapscan", "sort"]) await sql.raw(`set local enable_${way} = off`).execute(tx);
      const inOrder = sql<{ ctid: string }>`select ctid::text as ctid from ${sql.table(table)} order by ${sql.raw(columns)}`;
      return (await inOrder.execute(tx)).rows.map(({ ctid }) => ctid);
    });
    found.push({ name, table: `public.${table}`, ctids });
  }
  return found;
}

/** Reads an embedded database's files, as a copy of its folder would have them. */
export function rawOfEmbedded(pglite: PGlite): RawReader {
  return async () => {
    await pglite.exec("checkpoint");
    const tar = Buffer.from(await (await pglite.dumpDataDir("none")).arrayBuffer());
    const files: Buffer[] = [];
    const logs: Buffer[] = [];
    for (const { name, bytes } of entriesOf(tar)) (name.includes("pg_wal/") ? logs : files).push(bytes);
    return [rawFile("files", files), rawFile("wal", logs)];
  };
}

function rawFile(kind: RawFile["kind"], parts: readonly Buffer[]): RawFile {
  return { kind, bytes: Buffer.concat(parts), parts };
}

const block = 512;

function* entriesOf(tar: Buffer): Iterable<{ name: string; bytes: Buffer }> {
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const text = (from: number, length: number) => tar.toString("latin1", at + from, at + from + length).replace(/\0.*$/s, "");
    const size = parseInt(text(124, 12), 8) || 0;
    yield { name: `${text(345, 155)}${text(0, 100)}`, bytes: tar.subarray(at + block, at + block + size) };
    at += block + Math.ceil(size / block) * block;
  }
}

/**
 * Reads a server's files of one database, and its log from now on, where its folder is on this machine and may be read;
 * nothing elsewhere.
 */
export async function rawOfServer({ db }: Db): Promise<RawReader> {
  const one = async <T>(query: string) => (await sql<T>`${sql.raw(query)}`.execute(db)).rows[0]!;
  const { folder } = await one<{ folder: string }>("select current_setting('data_directory') as folder");
  const { base } = await one<{ base: string }>("select oid::text as base from pg_database where datname = current_database()");
  const segment = () => one<{ name: string }>("select pg_walfile_name(pg_current_wal_insert_lsn()) as name");
  const { name: first } = await segment();
  if (!existsSync(join(folder, "base", base))) return () => Promise.resolve([]);
  const read = (...path: string[]) => (existsSync(join(folder, ...path)) ? readFileSync(join(folder, ...path)) : Buffer.alloc(0));
  return async () => {
    await sql`checkpoint`.execute(db);
    const { name: last } = await segment();
    const logs = readdirSync(join(folder, "pg_wal")).filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last);
    const files = readdirSync(join(folder, "base", base)).filter((name) => /^\d/.test(name));
    return [
      rawFile("files", files.map((name) => read("base", base, name))),
      rawFile("wal", logs.sort().map((name) => read("pg_wal", name))),
    ];
  };
}
