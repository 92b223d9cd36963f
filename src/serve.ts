import { join } from "node:path";
import { loopbackOnly } from "./adapters/http/hosts.ts";
import { folderKeys } from "./adapters/keys/folder.ts";
import { createLogger } from "./adapters/logging/logger.ts";
import { openDatabase } from "./adapters/sql/database.ts";
import { directory } from "./adapters/sql/directory-store.ts";
import { migrate } from "./adapters/sql/migrate.ts";
import { chatsAreAt } from "./adapters/sql/moved-chats.ts";
import { systemClock, systemPause } from "./adapters/system.ts";
import { compose } from "./compose.ts";
import { tabLinks } from "./composition/tab-links.ts";
import type { Config, LocalConfig } from "./config.ts";
import { databaseOf } from "./database-of.ts";
import { Fault } from "./kernel/errors.ts";
import { prepareSample } from "./local/sample.ts";
import { startLocalPlatform } from "./local/start.ts";

export interface Running {
  /** Where the server answers. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the server as the configuration says. */
export async function serve(config: Config): Promise<Running> {
  if (config.mode === "live") throw new Fault("configuration", "Live mode isn't wired yet.");
  return serveLocally(config);
}

async function serveLocally(config: LocalConfig): Promise<Running> {
  const logger = createLogger({ level: config.logLevel });
  const pulseKeys = folderKeys(config.pulseKeys);
  const database = await openDatabase(databaseOf(config), logger);
  await migrate(database.db);
  const local = await startLocalPlatform(config);
  await chatsAreAt(database.db, local.platform.serviceUrl);
  let url = "";
  const app = compose({
    database,
    platform: local.platform,
    clock: systemClock,
    pause: systemPause,
    random: Math.random,
    logger,
    requestsPerSecond: config.requestsPerSecond,
    mailSender: local.mailSender,
    meetings: { defaultOrganiser: local.organiser, freeBusy: config.freeBusy, memberCalendars: config.memberCalendars },
    pulseKeys,
    publicUrl: () => url,
    tabLink: tabLinks({ in: "browser", publicUrl: () => url }),
    admins: config.admins,
    http: {
      allowedHosts: loopbackOnly,
      staticFolders: [
        { path: "/rehearsal/", dir: join(import.meta.dirname, "../dist/web/rehearsal") },
        { path: "/respond/", dir: join(import.meta.dirname, "../dist/web/respond"), frame: "none" },
      ],
      tab: { dir: join(import.meta.dirname, "../dist/web/tab"), mode: "local" },
      extraHandlers: (server, closing) => local.mount(server, closing),
    },
  });
  local.connect(app);
  await app.jobs.start();
  const { port } = await app.server.listen(config.port, config.host);
  url = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
  local.listening(url);
  if ((await directory(database.db).networks()).length === 0) await prepareSample(app);
  console.log(`Steady is running in local mode.\n  Rehearsal: ${url}/rehearsal/\n  Tab:       ${url}/tab/ (Rehearsal opens anybody's)\n  API:       ${url}/api/v1/openapi.json`);
  return {
    url,
    async stop() {
      await app.server.close();
      await app.jobs.stop();
      await local.close();
      await database.close();
    },
  };
}
