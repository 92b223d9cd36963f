import { PGlite } from "@electric-sql/pglite";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { Fault } from "../../../kernel/errors.ts";
import type { Logger } from "../../../kernel/logger.ts";
import type { OpenDatabase } from "../engine.ts";
import { databaseOn } from "./database.ts";
import { durableFiles } from "./durable-files.ts";
import { createStore } from "./empty-store.ts";
import { initialise } from "./initialise.ts";
import { lockFolder } from "./lock.ts";
import { durableParams } from "./parameters.ts";
import { startUpkeep } from "./upkeep.ts";

/** Opens, or makes, the embedded store in `dataDir`, for this process alone. */
export async function openFolder(dataDir: string, logger: Logger): Promise<OpenDatabase> {
  const lock = lockFolder(dataDir);
  try {
    const folder = join(dataDir, "postgres");
    if (!existsSync(folder)) await createStore(folder, initialise);
    const database = databaseOn(await PGlite.create({ fs: durableFiles(folder, stopAtOnce(logger)), startParams: durableParams }));
    const upkeep = startUpkeep({ checkpoint: () => sql.raw("checkpoint").execute(database.db), vacuum: database.tidy }, logger);
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

// Whatever is acknowledged after a failed fsync may be lost; the log is replayed when the process starts again.
const stopAtOnce = (logger: Logger) => (cause: unknown): never => {
  logger.error({ err: cause }, "the disk refused to keep data; stopping before more is acknowledged");
  process.exit(1);
};
