import { loadEngine, type OpenDatabase } from "./adapters/sql/database.ts";
import { migrate } from "./adapters/sql/migrate.ts";
import type { Config } from "./config.ts";
import { databaseOf } from "./database-of.ts";
import type { Logger } from "./kernel/logger.ts";

/** Begins to open the store that the configuration names, or to make it, and to bring it up to date. Gives the store's promise once that is under way. */
export async function beginOpening(config: Config, logger: Logger): Promise<{ readonly opening: Promise<OpenDatabase> }> {
  const open = await loadEngine(databaseOf(config));
  const opening = migrated(open(logger), logger);
  // Whoever waits for it learns of it, which may be later.
  opening.catch(() => undefined);
  return { opening };
}

async function migrated(opening: Promise<OpenDatabase>, logger: Logger): Promise<OpenDatabase> {
  const database = await opening;
  try {
    await migrate(database.db, { logger });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
