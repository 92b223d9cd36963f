import type { DirectoryPerson } from "../entra/index.ts";
import { createKeyring } from "../entra/keys.ts";
import { type Certificate, startLoopbackServer } from "../entra/loopback.ts";
import type { TokenIssuer } from "../entra/token-check.ts";
import { createBotDoor } from "./bot-door.ts";
import { createClient, type TeamsClient } from "./client.ts";
import type { ConnectorChange, ConnectorContext } from "./context.ts";
import { createDirectory } from "./directory.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createLimiter, teamsLimits, type Limits } from "./limits.ts";
import { createBotFacingHandler, region } from "./server.ts";
import { createState, type ChatFacts } from "./state.ts";
import { createTokenCheck } from "./tokens.ts";
import { createTraffic, type TrafficCounts, type TrafficEntry } from "./traffic.ts";

export type { ClientOutcome, TeamsClient } from "./client.ts";
export type { ConnectorChange } from "./context.ts";
export type { FaultResponse, Faults } from "./faults.ts";
export type { ChatMessage } from "./journal.ts";
export type { Limits } from "./limits.ts";
export type { ChatFacts } from "./state.ts";
export type { TrafficCounts, TrafficEntry } from "./traffic.ts";

export interface ConnectorOptions {
  readonly appId: string;
  readonly tenantId: string;
  /** Whose tokens the bot must bring. */
  readonly entra: TokenIssuer;
  /** Where activities are posted: the address of the bot's /api/messages. */
  readonly botEndpoint: () => string;
  people(): Promise<readonly DirectoryPerson[]>;
  /** Milliseconds since 1970, for limits and for times in activities; the machine's clock when left out. */
  readonly now?: () => number;
  /** Milliseconds since 1970, for tokens; the machine's clock when left out, because botbuilder checks against it. */
  readonly tokenNow?: () => number;
  /** Keeps chats over restarts. */
  readonly stateFile?: string;
  readonly limits?: Partial<Limits>;
  /** Who has the app when nothing is known of them; everybody when left out. People of other tenants never have. */
  readonly installedFromStart?: (person: DirectoryPerson) => boolean;
  /** After how long a button's press is sent again; 10,000 when left out. */
  readonly invokeTimeoutMs?: number;
  /** A free one when left out. */
  readonly port?: number;
  /** Serves over TLS with this, for tests of live mode, which sends no token in the clear. */
  readonly tls?: Certificate;
}

export interface ConnectorStandIn {
  readonly url: string;
  /** What live mode would have as https://smba.trafficmanager.net/emea/, with the slash at the end. */
  readonly serviceUrl: string;
  /** The issuer of the tokens that come with activities. */
  readonly issuer: string;
  readonly openIdMetadataUrl: string;
  readonly faults: Faults;
  /** What the person with this object id does in Teams. */
  client(objectId: string): TeamsClient;
  /** Whether the person has the app, has blocked it, has a chat; null when nobody has this object id. */
  facts(objectId: string): Promise<ChatFacts | null>;
  /** The id of the person's chat, which is opened without a word to the bot; null when nobody has this object id. */
  openChat(objectId: string): Promise<string | null>;
  /** Calls the listener after each change; answers how to stop it. */
  onChange(listener: (change: ConnectorChange) => void): () => void;
  /** The last 500 requests in both directions, oldest first. */
  log(): readonly TrafficEntry[];
  counts(): TrafficCounts;
  /** A token as it comes with activities, for tests of what the bot refuses all the same. */
  issueToken(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts a stand-in of the Bot Connector and of Teams' 1:1 chats on loopback. It refuses what the real service refuses:
 * bad tokens, bad bodies, people without the app, too many requests. Throws a Fault "configuration" when the port is
 * taken.
 */
export async function startConnector(options: ConnectorOptions): Promise<ConnectorStandIn> {
  const { appId, tenantId, entra, botEndpoint, stateFile } = options;
  const now = options.now ?? (() => Date.now());
  const tokenNow = options.tokenNow ?? (() => Date.now());
  const keyring = await createKeyring({ endorsements: ["msteams"] });
  const listeners = new Set<(change: ConnectorChange) => void>();
  const installedFromStart = options.installedFromStart ?? (() => true);

  const context: ConnectorContext = {
    appId,
    tenantId,
    state: createState({ appId, now, stateFile, installedFromStart }),
    directory: createDirectory(appId, tenantId, () => options.people()),
    serviceUrl: () => `${server.url}${region}/`,
    now,
    changed: (change) => {
      listeners.forEach((listener) => {
        listener(change);
      });
    },
  };
  const traffic = createTraffic();
  const faults = createFaults();
  const botFacing = createBotFacingHandler(context, {
    checkToken: createTokenCheck(appId, entra),
    limiter: createLimiter({ ...teamsLimits, ...options.limits }, now),
    nextFault: (request) => faults.next(request),
    traffic,
  });
  const metadata = () => ({
    issuer: server.url,
    authorization_endpoint: `${server.url}/authorize`,
    jwks_uri: `${server.url}/.well-known/keys`,
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["private_key_jwt"],
  });

  const server = await startLoopbackServer(async (request) => {
    switch (`${request.method} ${request.path}`) {
      case "GET /.well-known/openidconfiguration":
        return { status: 200, body: metadata() };
      case "GET /.well-known/keys":
        return { status: 200, body: keyring.jwks() };
      default:
        return botFacing(request);
    }
  }, options.port, options.tls);
  const door = createBotDoor(context, { botEndpoint, keyring, issuer: () => server.url, tokenNow, traffic });

  return {
    url: server.url,
    serviceUrl: context.serviceUrl(),
    issuer: server.url,
    openIdMetadataUrl: `${server.url}/.well-known/openidconfiguration`,
    faults: { add: faults.add, clear: faults.clear },
    client: (objectId) =>
      createClient(context, objectId, { door, invokeTimeoutMs: options.invokeTimeoutMs ?? 10_000 }),
    async facts(objectId) {
      const person = await context.directory.find(objectId);
      return person === null ? null : context.state.facts(person);
    },
    async openChat(objectId) {
      const person = await context.directory.find(objectId);
      return person === null ? null : context.state.openChat(person);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    log: traffic.log,
    counts: traffic.counts,
    issueToken: () => door.token(),
    async close() {
      door.close();
      await server.close();
      context.state.close();
    },
  };
}
