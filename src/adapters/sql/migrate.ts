import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { Fault } from "../../kernel/errors.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { OpenDatabase } from "./engine.ts";
import { up as foundation } from "./migrations/2026-11-22-foundation.ts";
import { up as events } from "./migrations/2026-11-24-events.ts";
import { up as attendance } from "./migrations/2026-11-30-attendance.ts";
import { up as installs } from "./migrations/2026-11-27-installs.ts";
import { up as figures } from "./migrations/2026-11-29-figures.ts";
import { up as links } from "./migrations/2026-11-23-links.ts";
import { up as pulse } from "./migrations/2026-11-25-pulse.ts";
import { up as retention } from "./migrations/2026-11-28-retention.ts";
import { up as requests } from "./migrations/2026-11-26-requests.ts";
import { up as standings } from "./migrations/2026-12-01-standings.ts";
import { up as recipients } from "./migrations/2026-12-02-recipients.ts";
import { up as closing } from "./migrations/2026-12-03-closing.ts";
import { up as leads } from "./migrations/2026-12-04-leads.ts";
import { up as closes } from "./migrations/2026-12-05-closes.ts";
import { markerTable } from "./moving/tables.ts";
import type { Database } from "./tables.ts";

/** Every migration by its name; names sort in the order in which they run. None is ever changed once released. */
const migrations: Readonly<Record<string, Migration>> = {
  "2026-11-22-foundation": { up: foundation },
  "2026-11-23-links": { up: links },
  "2026-11-24-events": { up: events },
  "2026-11-25-pulse": { up: pulse },
  "2026-11-26-requests": { up: requests },
  "2026-11-27-installs": { up: installs },
  "2026-11-28-retention": { up: retention },
  "2026-11-29-figures": { up: figures },
  "2026-11-30-attendance": { up: attendance },
  "2026-12-01-standings": { up: standings },
  "2026-12-02-recipients": { up: recipients },
  "2026-12-03-closing": { up: closing },
  "2026-12-04-leads": { up: leads },
  "2026-12-05-closes": { up: closes },
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
  if (!(await hasTable(db, "kysely_migration"))) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

async function hasTable(db: Kysely<Database>, name: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_tables where schemaname = any(current_schemas(false)) and tablename = ${name}`.execute(db);
  return rows.length > 0;
}

/** In the name of a migration that takes something away, on which the version before doesn't run. */
export const takingAway = "-without-";

/** What a store has had that this version doesn't know, and what this version has that the store hasn't had. */
async function differences(db: Kysely<Database>): Promise<{ unknown: string[]; missing: string[] }> {
  const done = await executed(db);
  return {
    unknown: done.filter((name) => !(name in migrations)),
    missing: Object.keys(migrations).filter((name) => !done.includes(name)),
  };
}

/** How a store stands to this version: what it lacks, what newer ones have done to it, and whether a move into it was cut off. */
export interface MigrationState {
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  /** True when this version can't run on what newer ones have done. */
  readonly isTooNew: boolean;
  readonly isHalfMoved: boolean;
}

/** Reads it, and changes nothing. */
export async function migrationState(db: Kysely<Database>): Promise<MigrationState> {
  const { unknown, missing } = await differences(db);
  return { missing, unknown, isTooNew: isTooNew({ unknown, missing }), isHalfMoved: await hasTable(db, markerTable) };
}

const isTooNew = ({ unknown, missing }: { unknown: readonly string[]; missing: readonly string[] }) =>
  unknown.length > 0 && (missing.length > 0 || unknown.some((name) => name.includes(takingAway)));

const newer = (names: readonly string[]) => `A newer version of Steady has changed its tables (${names.join(", ")}). Run that version.`;

type Migrated = Pick<OpenDatabase, "db" | "patiently">;

export interface MigrateOptions {
  /** Told when the store is of a newer version, on which this one goes on. */
  readonly logger?: Logger;
  /** For the move itself: elsewhere a store into which a move was cut off is refused. */
  readonly evenWhileMoving?: boolean;
}

/**
 * Brings the store to this version's tables: forward only, all of it or nothing, and harmless when several replicas do
 * it at once, since each waits for the store's own lock. Gives the names of what it ran.
 *
 * Old and new replicas run side by side while a new version is rolled out, and an old one may have to come back: so a
 * migration only adds, and a version goes on with a store to which newer ones have added. What takes something away
 * comes a version after the last one that uses it, and says so in its name ("2027-03-01-without-old-column"): versions
 * that don't know it refuse the store. A test holds every migration to this.
 *
 * Throws a Fault "store-unavailable" for a store of a newer version on which this one doesn't run, for one into which a
 * move was cut off, and when a migration fails.
 */
export async function migrate({ db, patiently }: Migrated, options: MigrateOptions = {}): Promise<string[]> {
  if (options.evenWhileMoving !== true && (await hasTable(db, markerTable))) {
    const detail = 'A move into it was cut off, so it isn\'t whole. Run "npm run steady -- move" again; the old store is as it was.';
    throw new Fault("store-unavailable", detail);
  }
  const { unknown, missing } = await differences(db);
  if (unknown.length > 0) {
    if (isTooNew({ unknown, missing })) throw new Fault("store-unavailable", newer(unknown));
    options.logger?.warn({ migrations: unknown }, "the store is of a newer version of Steady, which has only added to it: this version goes on");
    return [];
  }
  // The migrator would read about every column first, which takes longer than all else at a start.
  if (missing.length === 0) return [];
  const provider = {
    getMigrations: () =>
      Promise.resolve(Object.fromEntries(Object.entries(migrations).map(([name, step]) => [name, unhurried(step)]))),
  };
  const { error, results } = await patiently(() => new Migrator({ db, provider }).migrateToLatest());
  if (error !== undefined) {
    throw new Fault("store-unavailable", "Its tables can't be brought up to date.", { cause: error });
  }
  return (results ?? []).map((result) => result.migrationName);
}

/** Throws a Fault "store-unavailable" unless the store's tables are exactly this version's. */
export async function assertMigrated(db: Kysely<Database>): Promise<void> {
  const { unknown, missing } = await differences(db);
  if (missing.length > 0) {
    const detail = `Its tables are out of date (${missing.join(", ")} missing). Run "npm run steady -- migrate".`;
    throw new Fault("store-unavailable", detail);
  }
  if (unknown.length > 0) throw new Fault("store-unavailable", newer(unknown));
}
