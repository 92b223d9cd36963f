import { join } from "node:path";
import { v5 } from "uuid";
import { clientCredentials } from "../adapters/identity/client-credentials.ts";
import { localCredentials } from "../adapters/teams/index.ts";
import type { Platform } from "../composition/parts.ts";
import type { StandInAddresses } from "../config/types.ts";
import type { Stores } from "../adapters/sql/store.ts";
import type { Directory } from "../features/roster/ports.ts";
import type { Person } from "../features/roster/model.ts";
import type { Store } from "../kernel/store.ts";
import { type ConnectorStandIn, startConnector } from "./connector/index.ts";
import { botConnectorResource, type DirectoryPerson, type EntraStandIn, startEntra } from "./entra/index.ts";
import { type GraphStandIn, startGraph } from "./graph/index.ts";
import { trust } from "./graph/trust.ts";

/** The made-up tenant that local mode's people belong to; the sample roster names it. */
export const localTenant = "7f9a4c1e-2d5b-4b8a-9c3e-5d1f0a6b7c8d";
/** The id that the app has in the made-up tenant's catalogue; its manifest has another. */
export const localTeamsApp = "d3c1b2a0-5e6f-4708-9a1b-2c3d4e5f6a7b";
const appId = "0b0d1a2c-3e4f-4a5b-8c6d-7e8f9a0b1c2d";
const appSecret = "a secret of the local stand-ins only";
const graphResource = "https://graph.microsoft.com";
const graphRoles = ["Mail.Send", "Calendars.ReadWrite", "TeamsAppInstallation.ReadWriteSelfForUser.All", "User.Read.All"];
/** Makes accounts for people whose roster row has none: the same account for the same e-mail, every time. */
const accountSpace = "5b8f2c44-7a1e-4d0b-9f63-2c1d8e7a6b50";

export interface StandIns {
  readonly entra: EntraStandIn;
  readonly connector: ConnectorStandIn;
  readonly graph: GraphStandIn;
  readonly platform: Platform;
  /** What another process needs to know to use them. */
  readonly addresses: StandInAddresses;
  close(): Promise<void>;
}

export interface StandInOptions {
  /** Everybody who has an account: asked each time, because rosters change. */
  readonly people: () => Promise<DirectoryPerson[]>;
  /** Where the bot takes its messages. */
  readonly botEndpoint: () => string;
  /** Folder in which chats are kept, or null to keep them in memory. */
  readonly folder: string | null;
  /** Port of the Connector's stand-in; Entra's and Graph's have the next two. 0 takes free ones. */
  readonly port: number;
  /** The mailboxes of the application, which belong to nobody: one sends links, the other owns the meetings. */
  readonly mailSender: string;
  readonly organiser: string;
  /** For tests: the time by which the Connector counts requests. */
  readonly now?: () => number;
  readonly invokeTimeoutMs?: number;
  /** For tests: who has the app when nothing is known of them; everybody when left out. */
  readonly installedFromStart?: (person: DirectoryPerson) => boolean;
}

/** Starts what stands in for Entra and the Bot Connector, on loopback, and says how to talk to them. */
export async function startStandIns(options: StandInOptions): Promise<StandIns> {
  const entra = await startEntra({
    tenantId: localTenant,
    people: options.people,
    apps: [
      {
        appId,
        secret: appSecret,
        resources: [botConnectorResource, graphResource],
        roles: { [graphResource]: graphRoles },
      },
    ],
    port: options.port === 0 ? 0 : options.port + 1,
  });
  const connector = await startConnector({
    appId,
    tenantId: localTenant,
    entra,
    botEndpoint: options.botEndpoint,
    people: options.people,
    port: options.port,
    ...(options.folder === null ? {} : { stateFile: join(options.folder, "chats.jsonl") }),
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.invokeTimeoutMs === undefined ? {} : { invokeTimeoutMs: options.invokeTimeoutMs }),
    ...(options.installedFromStart === undefined ? {} : { installedFromStart: options.installedFromStart }),
  });
  const graph = await startGraph({
    entra,
    tenantId: localTenant,
    people: options.people,
    mailboxes: [options.mailSender, options.organiser],
    teams: {
      catalogue: [localTeamsApp],
      hasApp: async (objectId) => (await connector.facts(objectId))?.installed === true,
      install: (objectId) => connector.client(objectId).install(),
    },
    port: options.port === 0 ? 0 : options.port + 2,
    ...(options.folder === null ? {} : { stateFile: join(options.folder, "mails.jsonl") }),
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  trust(graph.certificate);
  const addresses: StandInAddresses = {
    serviceUrl: connector.serviceUrl,
    openIdMetadataUrl: connector.openIdMetadataUrl,
    tokenIssuer: connector.issuer,
    loginUrl: `${entra.authority}/${localTenant}`,
    oauthScope: "https://api.botframework.com",
    entraAuthority: entra.authority,
    graphBaseUrl: graph.url,
    appId,
    appSecret,
    tenantId: localTenant,
  };
  return {
    entra,
    connector,
    graph,
    platform: platformOf(addresses),
    addresses,
    async close() {
      await graph.close();
      await connector.close();
      await entra.close();
    },
  };
}

/** The platform at the addresses of stand-ins, whoever started them. */
export function platformOf(addresses: StandInAddresses): Platform {
  const { appId: id, appSecret: secret, tenantId, loginUrl, oauthScope, graphBaseUrl, ...rest } = addresses;
  const tokenUrl = `${loginUrl}/oauth2/v2.0/token`;
  const token = clientCredentials({ tokenUrl, clientId: id, secret, scope: `${graphResource}/.default` });
  return {
    ...rest,
    appId: id,
    appType: "SingleTenant",
    tenantId,
    loginUrl,
    oauthScope,
    credentials: localCredentials({ loginUrl, appId: id, secret, scope: oauthScope }),
    audiences: [id, `api://${id}`],
    graph: graphBaseUrl === null ? null : { baseUrl: graphBaseUrl, token },
  };
}

/** Everybody of every roster, with the account that the stand-ins give them. */
export async function localPeople(directory: Directory, store: Store<Stores>): Promise<DirectoryPerson[]> {
  const all: DirectoryPerson[] = [];
  for (const { id } of await directory.networks()) {
    const { roster } = store.read(id);
    const identities = await roster.identities();
    for (const person of await roster.people()) {
      const identity = identities.get(person.id);
      all.push({
        objectId: identity?.objectId ?? madeUpAccount(person),
        tenantId: identity?.tenantId ?? localTenant,
        name: person.name,
        email: person.email,
        // Where an account is known it decides: the roster's column is a hint.
        external: identity === undefined ? person.external : identity.tenantId !== localTenant,
      });
    }
  }
  return all;
}

function madeUpAccount(person: Person): string {
  return v5(person.email, accountSpace);
}
