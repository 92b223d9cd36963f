import { loadCardTemplates } from "./adapters/cards/templates.ts";
import { loopbackOnly, publicHostOnly } from "./adapters/http/hosts.ts";
import { folderKeys } from "./adapters/keys/folder.ts";
import type { OpenDatabase } from "./adapters/sql/database.ts";
import { directory } from "./adapters/sql/directory-store.ts";
import { chatsAreAt } from "./adapters/sql/moved-chats.ts";
import { systemClock, systemPause } from "./adapters/system.ts";
import { startTelemetry } from "./adapters/telemetry/index.ts";
import { compose } from "./compose.ts";
import type { Application, Parts } from "./composition/parts.ts";
import { tabLinks } from "./composition/tab-links.ts";
import type { Config, LiveConfig, LocalConfig } from "./config.ts";
import type { Logger } from "./kernel/logger.ts";
import { servedPages } from "./served-pages.ts";
import { stopWorking } from "./stopping.ts";

export interface Running {
  /** Where the server answers. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Start {
  readonly logger: Logger;
  /** The store, which is opened meanwhile, and closed after all that was started. */
  readonly opening: Promise<OpenDatabase>;
  /** Names what is to be ended when the server stops: what was started last ends first. */
  closing(close: () => Promise<unknown>): void;
}

// Each mode loads its own platform: the stand-ins and what they need would be a sixth of a live server's memory.

/**
 * Starts the server as the configuration says, on a store that is being opened. What was started already ends again when the
 * rest can't be, the store with it.
 */
export async function serve(config: Config, opening: Promise<OpenDatabase>, logger: Logger): Promise<Running> {
  const closers: (() => Promise<unknown>)[] = [() => opening.then((database) => database.close(), () => undefined)];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  const start: Start = { logger, opening, closing: (close) => void closers.push(close) };
  try {
    // The composition needs them, and the store may still be on its way.
    loadCardTemplates();
    const url = config.mode === "live" ? await serveLive(config, start) : await serveLocally(config, start);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What both modes hand to the application as it is. */
async function commonParts(config: Config, { logger, closing }: Start, database: OpenDatabase) {
  const { telemetry, stop } = await startTelemetry({ endpoint: config.otlpEndpoint, protocol: config.otlpProtocol, logger });
  // Before the store is closed, which the last figures are read from.
  closing(() => stop(1_000));
  return {
    database,
    clock: systemClock,
    pause: systemPause,
    random: Math.random,
    logger,
    telemetry,
    requestsPerSecond: config.requestsPerSecond,
    admins: config.admins,
  } satisfies Partial<Parts>;
}

/** Lets the application listen and work, in an order in which no job misses the server's address; gives where it listens. */
async function run(app: Application, config: Config, { closing }: Start, listening: (url: string) => void): Promise<string> {
  let isListening = false;
  // A load balancer needs a moment to see that this replica isn't ready any more; nobody else serves an embedded store.
  const notice = config.databaseUrl === null ? 200 : 2_000;
  closing(() => stopWorking(app, isListening ? notice : 0));
  // Requests add jobs, so the queues are there before the first can come.
  await app.jobs.prepare();
  const { port } = await app.server.listen(config.port, config.host);
  isListening = true;
  const url = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
  listening(url);
  await app.jobs.start();
  return url;
}

async function serveLive(config: LiveConfig, start: Start): Promise<string> {
  const { livePlatform } = await import("./live/platform.ts");
  const { platform, pulseKeys } = livePlatform(config);
  const database = await start.opening;
  const { publicUrl, freeBusy, memberCalendars } = config;
  const app = compose({
    ...(await commonParts(config, start, database)),
    platform,
    pulseKeys,
    mailSender: config.mailSender,
    teamsAppId: config.teamsAppId,
    meetings: { defaultOrganiser: config.organiser, freeBusy, memberCalendars },
    publicUrl: () => publicUrl,
    tabLink: tabLinks({ in: "teams", appId: config.teamsAppId }),
    http: {
      allowedHosts: publicHostOnly(publicUrl),
      strictTransport: true,
      ...servedPages("live"),
    },
  });
  const url = await run(app, config, start, () => undefined);
  const isEmpty = (await directory(database.db).networks()).length === 0;
  const next = isEmpty ? "\n  There is no network yet. Import its roster: steady roster import FILE --network NAME" : "";
  console.log(`Steady is running in live mode for ${publicUrl}, at ${url}.${next}`);
  return url;
}

async function serveLocally(config: LocalConfig, start: Start): Promise<string> {
  const [{ prepareSample }, { startLocalPlatform }, { mountForDoctor }, { storeLook }] = await Promise.all([
    ...([import("./local/sample.ts"), import("./local/start.ts")] as const),
    ...([import("./doctor/local-server.ts"), import("./doctor/store-look.ts")] as const),
  ]);
  const pulseKeys = folderKeys(config.pulseKeys);
  const local = await startLocalPlatform(config);
  start.closing(() => local.close());
  const database = await start.opening;
  await chatsAreAt(database.db, local.platform.serviceUrl);
  let url = "";
  const app = compose({
    ...(await commonParts(config, start, database)),
    platform: local.platform,
    mailSender: local.mailSender,
    teamsAppId: local.teamsAppId,
    meetings: { defaultOrganiser: local.organiser, freeBusy: config.freeBusy, memberCalendars: config.memberCalendars },
    pulseKeys,
    publicUrl: () => url,
    tabLink: tabLinks({ in: "browser", publicUrl: () => url }),
    http: {
      allowedHosts: loopbackOnly,
      ...servedPages("local"),
      extraHandlers: (server, closed) => {
        local.mount(server, closed);
        mountForDoctor(server, storeLook(database, systemClock, config.admins), local);
      },
    },
  });
  local.connect(app);
  await run(app, config, start, (at) => {
    url = at;
    local.listening(at);
  });
  if ((await directory(database.db).networks()).length === 0) await prepareSample(app);
  console.log(`Steady is running in local mode.\n  Rehearsal: ${url}/rehearsal/\n  Tab:       ${url}/tab/ (Rehearsal opens anybody's)\n  API:       ${url}/api/v1/openapi.json`);
  return url;
}
