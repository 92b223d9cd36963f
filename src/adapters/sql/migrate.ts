import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { Fault } from "../../kernel/errors.ts";
import { up as foundation } from "./migrations/2026-11-22-foundation.ts";
import { up as events } from "./migrations/2026-11-24-events.ts";
import { up as links } from "./migrations/2026-11-23-links.ts";
import { up as pulse } from "./migrations/2026-11-25-pulse.ts";
import { up as requests } from "./migrations/2026-11-26-requests.ts";
import type { Database } from "./tables.ts";

/** Every migration by its name; names sort in the order in which they run. None is ever changed once released. */
const migrations: Readonly<Record<string, Migration>> = {
  "2026-11-22-foundation": { up: foundation },
  "2026-11-23-links": { up: links },
  "2026-11-24-events": { up: events },
  "2026-11-25-pulse": { up: pulse },
  "2026-11-26-requests": { up: requests },
};

/** Lifts the statement's time limit for the migration that follows: building an index may take minutes. */
function unhurried(migration: Migration): Migration {
  return {
    async up(db) {
      await sql`set local statement_timeout = 0`.execute(db);
      await migration.up(db);
    },
  };
}

/** The names of the migrations that a store has had, oldest first; none for an empty one. */
async function executed(db: Kysely<Database>): Promise<string[]> {
  const { rows: tables } = await sql`select 1 from pg_tables where tablename = 'kysely_migration'`.execute(db);
  if (tables.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

/**
 * Brings the store to this version's tables: forward only, all of it or nothing, and harmless when several replicas do
 * it at once. Gives the names of what it ran. Throws a Fault "store-unavailable" for a store of a newer version, and
 * when a migration fails.
 */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
  const unknown = (await executed(db)).filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    const detail = `A newer version of Steady has changed its tables (${unknown.join(", ")}). Run that version.`;
    throw new Fault("store-unavailable", detail);
  }
  const provider = {
    getMigrations: () =>
      Promise.resolve(Object.fromEntries(Object.entries(migrations).map(([name, step]) => [name, unhurried(step)]))),
  };
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) {
    throw new Fault("store-unavailable", "Its tables can't be brought up to date.", { cause: error });
  }
  return (results ?? []).map((result) => result.migrationName);
}

/** Throws a Fault "store-unavailable" unless the store's tables are exactly this version's. */
export async function assertMigrated(db: Kysely<Database>): Promise<void> {
  const done = await executed(db);
  const missing = Object.keys(migrations).filter((name) => !done.includes(name));
  if (missing.length === 0 && done.length === Object.keys(migrations).length) return;
  const detail =
    missing.length > 0
      ? `Its tables are out of date (${missing.join(", ")} missing). Run "npm run steady -- migrate".`
      : "A newer version of Steady has changed its tables. Run that version.";
  throw new Fault("store-unavailable", detail);
}
