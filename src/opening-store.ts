import { openDatabase, type OpenDatabase } from "./adapters/sql/database.ts";
import { migrate } from "./adapters/sql/migrate.ts";
import type { Config } from "./config.ts";
import { databaseOf } from "./database-of.ts";
import type { Logger } from "./kernel/logger.ts";

/** Opens the store that the configuration names, or makes it, and brings it up to date. */
export async function openStore(config: Config, logger: Logger): Promise<OpenDatabase> {
  const database = await openDatabase(databaseOf(config), logger);
  try {
    await migrate(database, { logger });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
