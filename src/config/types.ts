import type { LogLevel } from "../adapters/logging/logger.ts";

/** Where the stand-ins of a local server are, whoever runs them. All on loopback. */
export interface StandInAddresses {
  readonly serviceUrl: string;
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly entraAuthority: string;
  /** Null when nobody plays Graph: then no mail is sent. */
  readonly graphBaseUrl: string | null;
  readonly appId: string;
  readonly appSecret: string;
  readonly tenantId: string;
}

export interface CommonConfig {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** PostgreSQL; null for the embedded store in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly logLevel: LogLevel;
  /** Where metrics and traces go by OTLP; null for nowhere. */
  readonly otlpEndpoint: string | null;
  /** The form of OTLP that the environment asks for; null when it doesn't say. */
  readonly otlpProtocol: string | null;
  /** Requests a second to Teams, all replicas together. */
  readonly requestsPerSecond: number;
  /** The mailbox that sends links to people whom Teams can't reach; null when none are sent. */
  readonly mailSender: string | null;
  /** The mailbox that owns the meetings of networks that name none; null when none is set. */
  readonly organiser: string | null;
  /** Whether members' free/busy may be asked for, and whether their calendars may be written to. */
  readonly freeBusy: boolean;
  readonly memberCalendars: boolean;
  /** Object ids of people who administer the first network whatever its roster says, lower-cased. */
  readonly admins: readonly string[];
}

export interface LocalConfig extends CommonConfig {
  readonly mode: "local";
  readonly dataDir: string;
  /** The folder of the keys to pulse answers, outside `dataDir`. */
  readonly pulseKeys: string;
  readonly standIns: StandInAddresses | null;
}

/** How an application of ours proves to Entra that it is the one: by its secret, or as the identity of the machine. */
export type AppProof =
  | { readonly kind: "secret"; readonly clientId: string; readonly secret: string }
  | { readonly kind: "managed-identity"; readonly clientId: string };

export interface BotConfig {
  readonly appId: string;
  readonly proof: AppProof;
  /** Where new conversations are created, with a slash at the end. */
  readonly serviceUrl: string;
  /** Where the Connector's keys are described, and the issuer that its tokens name. */
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
  /** The tenant's address at the sign-in service, and the resource that the bot's tokens are for. */
  readonly loginUrl: string;
  readonly oauthScope: string;
}

export interface EntraConfig {
  /** The sign-in service, without a slash at the end. */
  readonly authority: string;
  /** The application that the tab's tokens are made out to. */
  readonly clientId: string;
  /** Who asks for the tokens for Graph and the Key Vault. */
  readonly proof: AppProof;
}

export interface LiveConfig extends CommonConfig {
  readonly mode: "live";
  /** The folder of the embedded store; null when there is none. */
  readonly dataDir: string | null;
  /** Where people, Teams and Graph reach this server: https, without a path or a slash at the end. */
  readonly publicUrl: string;
  /** The tenant of the bot, of its people, and of Graph. */
  readonly tenantId: string;
  /** The app's id in the organisation's catalogue. */
  readonly teamsAppId: string;
  readonly bot: BotConfig;
  readonly entra: EntraConfig;
  /** Graph without a version and without a slash at the end, and the resource that its tokens are for. */
  readonly graph: { readonly baseUrl: string; readonly oauthScope: string };
  /** Where the keys to pulse answers are kept: a Key Vault, or a folder outside `dataDir`. */
  readonly pulseKeys: { readonly kind: "vault"; readonly url: string } | { readonly kind: "folder"; readonly path: string };
}

export type Config = LocalConfig | LiveConfig;

/** What a mode settles by itself. */
export type SettledBy<Mode extends Config> = Omit<Mode, Exclude<keyof CommonConfig, "host">>;
