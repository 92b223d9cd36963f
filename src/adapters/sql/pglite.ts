import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import { type Db, fromPglite } from "pg-boss";
import { Fault } from "../../kernel/errors.ts";
import type { Logger } from "../../kernel/logger.ts";
import { durableFiles } from "./durable-files.ts";
import { createStore } from "./empty-store.ts";
import type { OpenDatabase } from "./engine.ts";
import { lockFolder } from "./lock.ts";
import { type Wire, wireTo } from "./pglite-wire.ts";
import { analysing, filledTables, randomPageCost } from "./planning.ts";
import { watchRoom } from "./room.ts";
import type { Database } from "./tables.ts";
import { startUpkeep } from "./upkeep.ts";

// A small buffer cache: after 10,000 inserts the process takes 275 MB instead of 443 with PostgreSQL's own 128 MB.
const settings = ["-c", "shared_buffers=16MB", "-c", `random_page_cost=${randomPageCost}`];

// PGlite's own parameters without "-F", which turns fsync off. Emscripten's fdatasync does nothing, so fsync it is.
const durableParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["-c", "wal_sync_method=fsync"],
  ...settings,
];

/** A PGlite in memory, for tests; `template` is what `dumpDataDir` of another one gave. */
export function createInMemory(template?: Blob): Promise<PGlite> {
  return PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...settings],
    ...(template === undefined ? {} : { loadDataDir: template }),
  });
}

/** The database on a PGlite that the caller has made. Closing the database closes it. */
export function databaseOn(pglite: PGlite): OpenDatabase {
  const room = watchRoom();
  const { pool, hear } = wireTo(pglite);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log: room.note });
  return {
    db,
    engine: "embedded",
    boss: { backend: "pglite", db: hearing(fromPglite(pglite), hear) },
    hasRoom: () => room.isLeft(db),
    tidy: () => vacuum(pglite),
    async close() {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
    },
  };
}

async function vacuum(pglite: PGlite): Promise<void> {
  const { rows } = await pglite.query<{ name: string }>(filledTables);
  await pglite.exec(analysing("VACUUM ANALYZE", rows));
}

/** pg-boss's own way to PGlite, which also hears of the jobs that transactions of ours add. */
function hearing(boss: Db, hear: Wire["hear"]): Db {
  const { listen } = boss;
  if (listen === undefined) return boss;
  return Object.assign(boss, {
    listen: async (...[channel, heard, again]: Parameters<typeof listen>): ReturnType<typeof listen> => {
      const stop = hear(channel, heard);
      const handle = await listen(channel, heard, again);
      return {
        async close() {
          stop();
          await handle.close();
        },
      };
    },
  });
}

export async function openMemory(template?: Blob): Promise<OpenDatabase> {
  return databaseOn(await createInMemory(template));
}

/** Opens, or makes, the embedded store in `dataDir`, for this process alone. */
export async function openFolder(dataDir: string, logger: Logger): Promise<OpenDatabase> {
  const lock = lockFolder(dataDir);
  // Whatever is acknowledged after a failed fsync may be lost; the log is replayed when the process starts again.
  const stopAtOnce = (cause: unknown): never => {
    logger.error({ err: cause }, "the disk refused to keep data; stopping before more is acknowledged");
    process.exit(1);
  };
  try {
    const folder = join(dataDir, "postgres");
    if (!existsSync(folder)) await createStore(folder, (draft) => initialise(draft));
    const pglite = await PGlite.create(folderOptions(folder, stopAtOnce));
    const upkeep = startUpkeep({ checkpoint: () => pglite.exec("CHECKPOINT"), vacuum: () => vacuum(pglite) }, logger);
    const database = databaseOn(pglite);
    return {
      ...database,
      tidy: () => upkeep.vacuum(),
      async close() {
        await upkeep.stop();
        await database.close();
        lock.release();
      },
    };
  } catch (cause) {
    lock.release();
    if (cause instanceof Fault) throw cause;
    throw new Fault("store-unavailable", `The embedded store in ${dataDir} can't be opened.`, { cause });
  }
}

function folderOptions(folder: string, onRefused: (cause: unknown) => never): PGliteOptions {
  return { fs: durableFiles(folder, onRefused), startParams: durableParams };
}

/**
 * Makes a store in a folder that isn't there yet, and lets `fill` write into it. Nothing of it is sure to be on the disk
 * when this returns.
 */
export async function initialise(folder: string, fill: (database: OpenDatabase) => Promise<void> = () => Promise.resolve()): Promise<void> {
  const database = databaseOn(await PGlite.create({ dataDir: folder, startParams: [...PGlite.defaultStartParams, ...settings] }));
  try {
    await fill(database);
  } finally {
    await database.close();
  }
}
