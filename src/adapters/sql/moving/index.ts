import { type Kysely, sql } from "kysely";
import { Fault } from "../../../kernel/errors.ts";
import type { OpenDatabase } from "../engine.ts";
import { assertMigrated, migrate } from "../migrate.ts";
import type { Database } from "../tables.ts";
import { takeOverJobs } from "./jobs.ts";
import { copyRows, fingerprint, sameWords } from "./rows.ts";
import { fullName, markerTable, type MovedTable, movedTables } from "./tables.ts";

/** What was moved of one table. */
export interface MovedRows {
  readonly table: string;
  readonly rows: number;
}

export interface MoveOptions {
  /** Makes the job queue's tables in the target. */
  readonly prepareQueue: () => Promise<void>;
  /** How long a moved job may go without a sign of life from its worker, in seconds, as on any server. */
  readonly heartbeatSeconds: number;
  /** Told each table once its rows are there, before anything is kept; for tests that stop a move half way. */
  readonly copied?: (table: string) => Promise<void>;
}

/**
 * Copies everything of one store into another one that is empty: rows, settings, keys of links, jobs that are still to
 * run. Nobody else may use either meanwhile. All rows arrive in one transaction, after each table's count and sum were
 * found equal; until then the target is marked, so that no server runs on it, and the move can be done again. The source
 * is only read. Throws a Fault "command" when the target isn't empty, "store-unavailable" when the stores can't be moved.
 */
export async function moveStore(source: OpenDatabase, target: OpenDatabase, options: MoveOptions): Promise<MovedRows[]> {
  await assertMigrated(source.db);
  await claim(target.db);
  await migrate(target, { evenWhileMoving: true });
  const hasQueue = await hasTable(source.db, "pgboss.version");
  if (hasQueue) {
    await options.prepareQueue();
    await assertSameQueue(source.db, target.db);
  }
  const copy = () => source.db.transaction().execute((from) =>
    target.db.transaction().execute(async (into) => {
      // Two moves into one store: the later one waits here, and finds that it isn't empty any more.
      await sql`lock table ${sql.table(markerTable)} in access exclusive mode`.execute(into);
      const moved = await copyAll(from, into, options);
      if (hasQueue) await takeOverJobs(into, options.heartbeatSeconds);
      await sql`drop table ${sql.table(markerTable)}`.execute(into);
      return moved;
    }),
  );
  return source.patiently(() => target.patiently(copy));
}

async function copyAll(from: Kysely<Database>, into: Kysely<Database>, options: MoveOptions): Promise<MovedRows[]> {
  await sameWords(from);
  await sameWords(into);
  const tables = await movedTables(from);
  assertSameTables(tables, await movedTables(into));
  // The queue has made rows for itself; the source's own take their place.
  const queues = tables.filter(({ schema }) => schema === "pgboss").reverse();
  for (const table of queues) await sql`delete from ${sql.id(table.schema, table.name)}`.execute(into);
  const moved: MovedRows[] = [];
  for (const table of tables) {
    await copyRows(from, into, table);
    const [there, here] = [await fingerprint(from, table), await fingerprint(into, table)];
    if (there.rows !== here.rows || there.sum !== here.sum) {
      const detail = `${fullName(table)} arrived with ${here.rows} rows of ${there.rows}, or not as it was. Nothing was kept.`;
      throw new Fault("store-unavailable", detail);
    }
    moved.push({ table: fullName(table), rows: here.rows });
    await options.copied?.(fullName(table));
  }
  return moved;
}

/** Marks an empty store as one into which a move has begun, or finds that one has. */
async function claim(db: Kysely<Database>): Promise<void> {
  if (await hasTable(db, `public.${markerTable}`)) return;
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p')`.execute(db);
  if ((rows[0]?.n ?? 0) > 0) {
    throw new Fault("command", "The database of DATABASE_URL isn't empty: name one without any tables, made for Steady alone.");
  }
  await sql`create table ${sql.table(markerTable)} (begun_at timestamptz not null default now())`.execute(db);
}

async function hasTable(db: Kysely<Database>, name: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select to_regclass(${name}) is not null as found`.execute(db);
  return rows[0]?.found === true;
}

async function assertSameQueue(source: Kysely<Database>, target: Kysely<Database>): Promise<void> {
  const version = async (db: Kysely<Database>) =>
    (await sql<{ version: number }>`select version from pgboss.version`.execute(db)).rows[0]?.version;
  if ((await version(source)) === (await version(target))) return;
  throw new Fault("store-unavailable", "Its job queue is of another version: start this version on the old store once, and stop it.");
}

function assertSameTables(source: readonly MovedTable[], target: readonly MovedTable[]): void {
  const shapeOf = (table: MovedTable) => `${fullName(table)} (${table.columns.map(({ name, type }) => `${name} ${type}`).join(", ")})`;
  const there = new Set(target.map(shapeOf));
  const strange = source.filter((table) => !there.has(shapeOf(table)));
  if (strange.length === 0) return;
  const detail = `It has tables that this version doesn't know: ${strange.map(fullName).join(", ")}.`;
  throw new Fault("store-unavailable", detail);
}
