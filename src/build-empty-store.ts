import { createLogger } from "./adapters/logging/logger.ts";
import { createJobs } from "./adapters/queue/jobs.ts";
import { buildEmptyStore } from "./adapters/sql/embedded/empty-store.ts";
import { migrate } from "./adapters/sql/migrate.ts";
import { dropTemplates, initialise } from "./adapters/sql/embedded/initialise.ts";

const logger = createLogger({ level: "warn" });

// A step of `npm run build`. With this version's tables, and the jobs', in it: a start takes a second to make them.
await buildEmptyStore((folder) =>
  initialise(folder, async (database) => {
    await migrate(database);
    const jobs = createJobs({ database, logger });
    await jobs.prepare();
    await jobs.stop();
    await dropTemplates(database.db);
  }),
);
