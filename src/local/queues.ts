import type { OpenDatabase } from "../adapters/sql/database.ts";
import { systemClock, systemPause } from "../adapters/system.ts";
import { compose } from "../compose.ts";
import type { Parts } from "../composition/parts.ts";
import { Fault } from "../kernel/errors.ts";
import type { Logger } from "../kernel/logger.ts";
import { localTeamsApp, localTenant, platformOf } from "./stand-ins.ts";
import { madeUpMailbox, madeUpOrganiser } from "./start.ts";

const nowhere = "https://nowhere.invalid";
const id = "00000000-0000-0000-0000-000000000000";
const noKeys = () => Promise.reject(new Fault("keys-unavailable", "Nothing keeps keys here."));

/**
 * Makes the queues of the whole application in a store, so that whoever starts on it finds them there: made one by one they
 * are a tenth of a first start. The schedules come with the start, since what was missed counts from when one was made.
 */
export async function makeQueues(database: OpenDatabase, logger: Logger): Promise<void> {
  const { jobs } = compose({ ...partsWithoutServices, database, logger });
  await jobs.makeQueues();
  await jobs.stop();
}

/** Everything there is has its queue, and nobody is ever asked. */
const partsWithoutServices: Omit<Parts, "database" | "logger"> = {
  platform: platformOf({
    ...{ serviceUrl: nowhere, openIdMetadataUrl: nowhere, tokenIssuer: nowhere, loginUrl: nowhere, oauthScope: nowhere },
    ...{ entraAuthority: nowhere, graphBaseUrl: nowhere, appId: id, appSecret: "none", tenantId: localTenant },
  }),
  clock: systemClock,
  pause: systemPause,
  random: Math.random,
  requestsPerSecond: 1,
  mailSender: madeUpMailbox,
  teamsAppId: localTeamsApp,
  meetings: { defaultOrganiser: madeUpOrganiser, freeBusy: true, memberCalendars: true },
  pulseKeys: { keep: noKeys, read: noKeys, purge: noKeys },
  publicUrl: () => nowhere,
  tabLink: () => null,
  admins: [],
};
