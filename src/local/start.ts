import type { Server } from "restify";
import type { Application, Platform } from "../composition/parts.ts";
import type { LocalConfig } from "../config.ts";
import type { StandInAddresses } from "../config/types.ts";
import { Fault } from "../kernel/errors.ts";
import { mountRehearsal } from "./rehearsal/api.ts";
import { localPeople, localTeamsApp, platformOf, startStandIns } from "./stand-ins.ts";

export interface LocalPlatform {
  readonly platform: Platform;
  /** The mailbox that sends links; null when nobody plays Graph. */
  readonly mailSender: string | null;
  /** The mailbox that owns the meetings. */
  readonly organiser: string | null;
  /** The app's id in the made-up catalogue; null when nobody plays Graph. */
  readonly teamsAppId: string | null;
  /** How another process finds the stand-ins of this one; null when they are somebody else's. */
  readonly standIns: { readonly addresses: StandInAddresses; readonly certificate: string } | null;
  /** Adds local mode's own routes to the server. */
  mount(server: Server, closing: AbortSignal): void;
  /** Gives the stand-ins the people of the application's rosters. */
  connect(app: Application): void;
  /** Tells the stand-ins where the bot listens. */
  listening(url: string): void;
  close(): Promise<void>;
}

/** Where local mode's mails come from unless it is told otherwise. */
export const madeUpMailbox = "steady@network.example.org";
/** The mailbox that owns local mode's meetings unless it is told otherwise. */
export const madeUpOrganiser = "meetings@network.example.org";

/** Starts the stand-ins, or uses those that the configuration names (tests run them in another process). */
export async function startLocalPlatform(config: LocalConfig): Promise<LocalPlatform> {
  if (config.standIns !== null) {
    return {
      platform: platformOf(config.standIns),
      mailSender: config.standIns.graphBaseUrl === null ? null : config.mailSender,
      organiser: config.organiser,
      teamsAppId: config.standIns.graphBaseUrl === null ? null : localTeamsApp,
      standIns: null,
      mount: () => undefined,
      connect: () => undefined,
      listening: () => undefined,
      close: () => Promise.resolve(),
    };
  }
  let app: Application | null = null;
  let url: string | null = null;
  const mailSender = config.mailSender ?? madeUpMailbox;
  const organiser = config.organiser ?? madeUpOrganiser;
  const connected = () => {
    if (app === null) throw new Fault("not-found", "The application isn't connected to its stand-ins yet.");
    return app;
  };
  const people = () => localPeople(connected().directory, connected().store);
  const standIns = await startStandIns({
    people,
    botEndpoint: () => `${url ?? ""}/api/messages`,
    folder: config.dataDir,
    mailSender,
    organiser,
    port: config.port === 0 ? 0 : config.port + 1,
  });
  return {
    platform: standIns.platform,
    mailSender,
    organiser,
    teamsAppId: localTeamsApp,
    standIns: { addresses: standIns.addresses, certificate: standIns.graph.certificate },
    mount(server, closing) {
      // The routes are added before the application exists as a value, so they look it up when they are called.
      const deps = {
        standIns,
        people,
        organiser,
        get directory() {
          return connected().directory;
        },
        get store() {
          return connected().store;
        },
        get clock() {
          return connected().clock;
        },
      };
      mountRehearsal(deps)(server, closing);
    },
    connect(value) {
      app = value;
    },
    listening(value) {
      url = value;
    },
    close: () => standIns.close(),
  };
}
