import { z } from "zod";
import { logLevels, type LogLevel } from "./adapters/logging/logger.ts";
import { keyFolder, keyRefusals } from "./key-folder.ts";
import { Fault } from "./kernel/errors.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Stand-ins that somebody else runs, in place of the ones that local mode starts by itself. All on loopback. */
export interface ExternalStandIns {
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

interface CommonConfig {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** PostgreSQL; null for the embedded store in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly logLevel: LogLevel;
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
  readonly standIns: ExternalStandIns | null;
}

export interface LiveConfig extends CommonConfig {
  readonly mode: "live";
  readonly dataDir: string | null;
  readonly publicUrl: string;
  /** A Key Vault's address, or a folder outside `dataDir`. */
  readonly pulseKeys: string;
}

export type Config = LocalConfig | LiveConfig;

const defaultDataDir = ".data";
const loopbackNames = ["127.0.0.1", "localhost", "::1", "[::1]"];

function parsedUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

// The sentences never quote what was given: a database's address holds its password.
const webAddress = (name: string) =>
  z.string().refine((text) => /^https?:$/.test(parsedUrl(text)?.protocol ?? ""), {
    error: `${name} isn't a web address: write it in full, such as https://example.org.`,
  });

const wholeNumber = (name: string, from: number, to: number) => {
  const error = `${name} must be a whole number from ${from} to ${to}.`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .pipe(z.number().min(from, { error }).max(to, { error }));
};

const yesOrNo = (name: string) => z.enum(["true", "false"], { error: `${name} must be true or false.` });

const objectId = (name: string) =>
  z.guid({ error: `${name} must be an id such as 1fec8e78-bce4-4aaf-ab1b-5451cc387264.` });

const idList = (name: string) =>
  z
    .string()
    .transform((text) =>
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter((id) => id !== ""),
    )
    .pipe(z.array(z.guid({ error: `${name} must be object ids with commas between them.` })));

const Environment = z.object({
  STEADY_MODE: z.enum(["local", "live"], { error: "STEADY_MODE must be local or live." }).default("local"),
  HOST: z.string().optional(),
  PORT: wholeNumber("PORT", 0, 65_535).default(3978),
  PUBLIC_URL: webAddress("PUBLIC_URL").optional(),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(parsedUrl(text)?.protocol ?? ""), {
      error: "DATABASE_URL isn't a PostgreSQL address: it starts with postgresql://.",
    })
    .optional(),
  DATA_DIR: z.string().optional(),
  PULSE_KEYS: z.string().optional(),
  MicrosoftAppType: z
    .enum(["SingleTenant", "UserAssignedMSI"], { error: "MicrosoftAppType must be SingleTenant or UserAssignedMSI." })
    .optional(),
  MicrosoftAppId: objectId("MicrosoftAppId").optional(),
  MicrosoftAppTenantId: objectId("MicrosoftAppTenantId").optional(),
  MicrosoftAppPassword: z.string().optional(),
  TEAMS_SERVICE_URL: webAddress("TEAMS_SERVICE_URL").optional(),
  TEAMS_APP_ID: objectId("TEAMS_APP_ID").optional(),
  TEAMS_REQUESTS_PER_SECOND: wholeNumber("TEAMS_REQUESTS_PER_SECOND", 1, 1000).default(50),
  BOT_OPENID_METADATA_URL: webAddress("BOT_OPENID_METADATA_URL").optional(),
  BOT_TOKEN_ISSUER: webAddress("BOT_TOKEN_ISSUER").optional(),
  BOT_LOGIN_URL: webAddress("BOT_LOGIN_URL").optional(),
  BOT_OAUTH_SCOPE: z.string().default("https://api.botframework.com"),
  ENTRA_AUTHORITY: webAddress("ENTRA_AUTHORITY").optional(),
  GRAPH_BASE_URL: webAddress("GRAPH_BASE_URL").optional(),
  ENTRA_CLIENT_ID: objectId("ENTRA_CLIENT_ID").optional(),
  ENTRA_CLIENT_SECRET: z.string().optional(),
  MEETING_ORGANISER: z.email({ error: "MEETING_ORGANISER must be an e-mail address." }).optional(),
  GRAPH_FREE_BUSY: yesOrNo("GRAPH_FREE_BUSY").optional(),
  GRAPH_MEMBER_CALENDARS: yesOrNo("GRAPH_MEMBER_CALENDARS").optional(),
  MAIL_SENDER: z.email({ error: "MAIL_SENDER must be an e-mail address." }).optional(),
  STEADY_ADMINS: idList("STEADY_ADMINS").default([]),
  LOG_LEVEL: z.enum(logLevels, { error: `LOG_LEVEL must be one of ${logLevels.join(", ")}.` }).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress("OTEL_EXPORTER_OTLP_ENDPOINT").optional(),
  STAND_IN_APP_ID: z.string().optional(),
  STAND_IN_APP_SECRET: z.string().optional(),
  STAND_IN_TENANT_ID: z.string().optional(),
});

const standInUrls = [
  "TEAMS_SERVICE_URL",
  "BOT_OPENID_METADATA_URL",
  "BOT_TOKEN_ISSUER",
  "BOT_LOGIN_URL",
  "ENTRA_AUTHORITY",
] as const;
const standInNames = ["STAND_IN_APP_ID", "STAND_IN_APP_SECRET", "STAND_IN_TENANT_ID"] as const;

const isLoopbackUrl = (text: string): boolean => loopbackNames.includes(parsedUrl(text)?.hostname ?? "");

/** Local mode lets anyone act as any made-up person, so it can't be switched on where others could reach it. */
function localRefusals(env: Env): string[] {
  const reasons: string[] = [];
  const refuse = (reason: string) => reasons.push(reason);
  if (env["HOST"] !== undefined && !loopbackNames.includes(env["HOST"].toLowerCase())) {
    refuse(
      "HOST isn't this machine alone: leave it out, or set it to 127.0.0.1. Local mode can't be served to others.",
    );
  }
  if (env["NODE_ENV"] === "production") {
    refuse("NODE_ENV is production: set STEADY_MODE=live, or take NODE_ENV out.");
  }
  if (env["PUBLIC_URL"] !== undefined) refuse("PUBLIC_URL is set: take it out, or set STEADY_MODE=live.");
  for (const name of Object.keys(env)) {
    if (env[name] === undefined || !/^(MicrosoftApp|ENTRA_CLIENT_)/i.test(name)) continue;
    refuse(`${name} is set: take it out, or set STEADY_MODE=live. Local mode uses no real tenant.`);
  }
  return [...reasons, ...keyRefusals(env, "local", env["DATA_DIR"] ?? defaultDataDir), ...standInRefusals(env)];
}

function standInRefusals(env: Env): string[] {
  if (standInUrls.every((name) => env[name] === undefined)) return graphRefusals(env);
  const wanted = [...standInUrls, ...standInNames];
  const missing = wanted.filter((name) => env[name] === undefined);
  // An issuer is only compared, never called, so it may be any name.
  const called = standInUrls.filter((name) => name !== "BOT_TOKEN_ISSUER");
  const elsewhere = called.filter((name) => env[name] !== undefined && !isLoopbackUrl(env[name]));
  return [
    ...missing.map((name) => `${name} is missing: stand-ins of your own need all of ${wanted.join(", ")}.`),
    ...elsewhere.map((name) => `${name} isn't on this machine: local mode calls loopback addresses only.`),
    ...graphRefusals(env),
  ];
}

function graphRefusals({ GRAPH_BASE_URL: address }: Env): string[] {
  if (address === undefined || parsedUrl(address) === null || isLoopbackUrl(address)) return [];
  return ["GRAPH_BASE_URL isn't on this machine: local mode calls loopback addresses only."];
}

function liveRefusals(env: Env): string[] {
  const managed = env["MicrosoftAppType"] === "UserAssignedMSI";
  const needed: readonly (readonly [string, string])[] = [
    ["PUBLIC_URL", "the address at which Teams reaches this server"],
    ["MicrosoftAppType", "SingleTenant or UserAssignedMSI"],
    ["MicrosoftAppId", "the bot's application id"],
    ["MicrosoftAppTenantId", "the tenant in which the bot is registered"],
    ...(managed ? [] : ([["MicrosoftAppPassword", "the bot's client secret"]] as const)),
    ["TEAMS_APP_ID", "the app's id in the organisation's catalogue"],
    ["ENTRA_CLIENT_ID", "the application id of the tab and of Graph"],
    ...(managed ? [] : ([["ENTRA_CLIENT_SECRET", "that application's client secret"]] as const)),
    ["STEADY_ADMINS", "object ids of the people who administer the first network"],
    ["PULSE_KEYS", "the Key Vault, or a folder outside DATA_DIR, that keeps the keys to pulse answers"],
  ];
  const missing = needed
    .filter(([name]) => env[name] === undefined)
    .map(([name, what]) => `${name} is missing: ${what}.`);
  if (env["DATABASE_URL"] === undefined && env["DATA_DIR"] === undefined) {
    missing.push("DATABASE_URL is missing: the PostgreSQL store (or DATA_DIR, for the embedded one).");
  }
  return [
    ...missing,
    ...keyRefusals(env, "live", env["DATA_DIR"] ?? null),
    "Live mode isn't wired yet: it comes with a later version. Leave STEADY_MODE out to use local mode.",
  ];
}

function standInsOf(values: z.infer<typeof Environment>): ExternalStandIns | null {
  const { TEAMS_SERVICE_URL, BOT_OPENID_METADATA_URL, BOT_TOKEN_ISSUER, BOT_LOGIN_URL, ENTRA_AUTHORITY } = values;
  const { STAND_IN_APP_ID, STAND_IN_APP_SECRET, STAND_IN_TENANT_ID } = values;
  if (
    TEAMS_SERVICE_URL === undefined ||
    BOT_OPENID_METADATA_URL === undefined ||
    BOT_TOKEN_ISSUER === undefined ||
    BOT_LOGIN_URL === undefined ||
    ENTRA_AUTHORITY === undefined ||
    STAND_IN_APP_ID === undefined ||
    STAND_IN_APP_SECRET === undefined ||
    STAND_IN_TENANT_ID === undefined
  ) {
    return null;
  }
  return {
    serviceUrl: TEAMS_SERVICE_URL,
    openIdMetadataUrl: BOT_OPENID_METADATA_URL,
    tokenIssuer: BOT_TOKEN_ISSUER,
    loginUrl: BOT_LOGIN_URL,
    oauthScope: values.BOT_OAUTH_SCOPE,
    entraAuthority: ENTRA_AUTHORITY,
    graphBaseUrl: values.GRAPH_BASE_URL ?? null,
    appId: STAND_IN_APP_ID,
    appSecret: STAND_IN_APP_SECRET,
    tenantId: STAND_IN_TENANT_ID,
  };
}

/**
 * Reads the configuration from the environment's variables; an empty one counts as left out. Throws one Fault
 * "configuration" that lists everything that is wrong or missing, a line each, and never repeats a value.
 */
export function readConfig(environment: Env): Config {
  const env = Object.fromEntries(
    Object.entries(environment).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()]] : [])),
  );
  const parsed = Environment.safeParse(env);
  const wrong = parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => issue.message))];
  const mode = env["STEADY_MODE"] ?? "local";
  const refused = mode === "local" ? localRefusals(env) : mode === "live" ? liveRefusals(env) : [];
  const reasons = [...wrong, ...refused];
  if (!parsed.success || reasons.length > 0) {
    throw new Fault("configuration", reasons.map((reason) => `\n- ${reason}`).join(""));
  }
  const values = parsed.data;
  const dataDir = values.DATA_DIR ?? defaultDataDir;
  return {
    mode: "local",
    host:
      values.HOST === undefined || /^localhost$/i.test(values.HOST) ? "127.0.0.1" : values.HOST.replace(/[[\]]/g, ""),
    port: values.PORT,
    dataDir,
    pulseKeys: keyFolder(values.PULSE_KEYS, dataDir),
    databaseUrl: values.DATABASE_URL ?? null,
    standIns: standInsOf(values),
    logLevel: values.LOG_LEVEL,
    requestsPerSecond: values.TEAMS_REQUESTS_PER_SECOND,
    mailSender: values.MAIL_SENDER?.toLowerCase() ?? null,
    organiser: values.MEETING_ORGANISER?.toLowerCase() ?? null,
    freeBusy: values.GRAPH_FREE_BUSY === "true",
    memberCalendars: values.GRAPH_MEMBER_CALENDARS === "true",
    admins: values.STEADY_ADMINS,
  };
}
