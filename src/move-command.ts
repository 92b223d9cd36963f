import { existsSync } from "node:fs";
import { join } from "node:path";
import { createLogger } from "./adapters/logging/logger.ts";
import { heartbeatSeconds } from "./adapters/queue/boss.ts";
import { createJobs } from "./adapters/queue/jobs.ts";
import { openDatabase } from "./adapters/sql/database.ts";
import { moveStore } from "./adapters/sql/moving/index.ts";
import type { Config } from "./config.ts";
import { databaseOf } from "./database-of.ts";
import { Fault } from "./kernel/errors.ts";

/**
 * `steady move`: copies the embedded store of DATA_DIR into the PostgreSQL database of DATABASE_URL, which is then the
 * store. The address comes from the environment, as for the server: an argument would show its password to everybody
 * on the machine. Refuses while a server has the store, and a database that isn't empty.
 */
export async function moveToServer(config: Config): Promise<void> {
  const from = databaseOf({ ...config, databaseUrl: null });
  if (config.databaseUrl === null) {
    throw new Fault("command", "DATABASE_URL is missing: set it to the PostgreSQL database that everything is to move into.");
  }
  if (config.dataDir === null || from.kind !== "embedded" || !existsSync(join(from.dataDir, "postgres"))) {
    throw new Fault("command", "There is no embedded store to move: DATA_DIR must name the folder that the server has used until now.");
  }
  const logger = createLogger({ level: "warn" });
  const source = await openDatabase(from, logger);
  try {
    const target = await openDatabase(databaseOf(config), logger);
    try {
      console.log(`Moving the store of ${config.dataDir} into the database of DATABASE_URL. If this is cut off, run it again.`);
      const prepareQueue = async () => {
        const jobs = createJobs({ database: target, logger });
        await jobs.prepare();
        await jobs.stop();
      };
      const moved = await moveStore(source, target, { prepareQueue, heartbeatSeconds });
      await target.tidy();
      for (const { table, rows } of moved) if (rows > 0) console.log(`  ${table}: ${rows} rows, the same on both sides`);
      const total = moved.reduce((sum, { rows }) => sum + rows, 0);
      console.log(`Moved ${total} rows of ${moved.length} tables. Start the server with DATABASE_URL set.`);
      console.log(`${from.dataDir} is as it was. Delete it once all is well: it holds the same data about people.`);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
