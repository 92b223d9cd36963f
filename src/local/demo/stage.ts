import { join } from "node:path";
import { folderKeys } from "../../adapters/keys/folder.ts";
import { createLogger } from "../../adapters/logging/logger.ts";
import { movedJobClock } from "../../adapters/queue/moved-clock.ts";
import { openDatabase, type OpenDatabase } from "../../adapters/sql/database.ts";
import { migrate } from "../../adapters/sql/migrate.ts";
import { compose } from "../../compose.ts";
import type { Application } from "../../composition/parts.ts";
import { tabLinks } from "../../composition/tab-links.ts";
import type { LocalConfig } from "../../config.ts";
import { importRoster } from "../../features/roster/import.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import type { DirectoryPerson } from "../entra/index.ts";
import { sampleNetwork } from "../sample.ts";
import { localPeople, localTeamsApp, type StandIns, startStandIns } from "../stand-ins.ts";
import { madeUpMailbox, madeUpOrganiser } from "../start.ts";
import { createRecording, type Recording } from "./recording.ts";
import { demoRoster } from "./roster.ts";
import { type MovedClock, movedClock } from "./timeline.ts";
import { wrong } from "./world.ts";

/** The application with its stand-ins, on a clock that is moved by hand, and a network that has just been made. */
export interface Stage {
  readonly app: Application;
  readonly clock: MovedClock;
  readonly database: OpenDatabase;
  readonly standIns: StandIns;
  readonly recording: Recording;
  readonly network: NetworkId;
  close(): Promise<void>;
}

/** Requests a second, so few that those of one batch stay within the stand-in's limits at the moment they all get. */
const requestsPerSecond = 20;

/** Sets the stage in a folder: the store, the application on it, the stand-ins, the roster. */
export async function setStage(config: LocalConfig, folder: string, begin: Instant): Promise<Stage> {
  const clock = movedClock(begin);
  // What goes wrong on purpose is no news.
  const logger = createLogger({ level: "fatal" });
  const database = await openDatabase({ kind: "embedded", dataDir: join(folder, "store") }, logger);
  await migrate(database);
  const url = `http://127.0.0.1:${config.port}`;
  const publicUrl = () => url;
  // The roster stays as it is, and the stand-ins may ask for it while a transaction has the store to itself.
  let people: DirectoryPerson[] = [];
  const standIns = await startStandIns({
    people: async () => people,
    botEndpoint: () => `${url}/api/messages`,
    folder,
    port: config.port === 0 ? 0 : config.port + 1,
    mailSender: madeUpMailbox,
    organiser: madeUpOrganiser,
    now: () => clock.now().epochMilliseconds,
  });
  const recording = createRecording();
  const app = compose({
    database,
    through: recording.through,
    platform: standIns.platform,
    clock,
    pause: clock,
    random: () => 0.5,
    logger,
    requestsPerSecond,
    mailSender: madeUpMailbox,
    teamsAppId: localTeamsApp,
    pulseKeys: folderKeys(config.pulseKeys),
    publicUrl,
    tabLink: tabLinks({ in: "browser", publicUrl }),
    meetings: { defaultOrganiser: madeUpOrganiser, freeBusy: false, memberCalendars: false },
    admins: [],
    jobClock: movedJobClock(() => clock.now().epochMilliseconds),
  });
  await app.jobs.prepare();
  const network = await app.directory.createNetwork(sampleNetwork);
  const deps = { store: app.store, clock, defaultTenant: app.tenantId, canMail: app.canMail };
  const imported = await importRoster(deps, { network, actor: null }, await demoRoster(), { dryRun: false });
  if (!imported.ok) throw wrong(`its roster has faults (${imported.problems[0]?.message ?? ""})`);
  people = await localPeople(app.directory, app.store);
  return {
    ...{ app, clock, database, standIns, recording, network },
    async close() {
      await app.jobs.stop();
      await standIns.close();
      await database.close();
    },
  };
}
