import { createLogger } from "./adapters/logging/logger.ts";
import { buildEmptyStore } from "./adapters/sql/embedded/empty-store.ts";
import { migrate } from "./adapters/sql/migrate.ts";
import { dropTemplates, initialise } from "./adapters/sql/embedded/initialise.ts";
import { makeQueues } from "./local/queues.ts";

const logger = createLogger({ level: "warn" });

// A step of `npm run build`. With this version's tables and queues in it: a start takes more than a second to make them.
await buildEmptyStore((folder) =>
  initialise(folder, async (database) => {
    await migrate(database);
    await makeQueues(database, logger);
    await dropTemplates(database.db);
  }),
);
