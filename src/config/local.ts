import { keyFolder, keyRefusals } from "../key-folder.ts";
import { type Env, parsedUrl, type Values } from "./environment.ts";
import type { StandInAddresses, LocalConfig, SettledBy } from "./types.ts";

const defaultDataDir = ".data";
const loopbackNames = ["127.0.0.1", "localhost", "::1", "[::1]"];

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
export function localRefusals(env: Env): string[] {
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

/** What is local mode's own, once nothing is refused. */
export function localSettings(values: Values): SettledBy<LocalConfig> {
  const dataDir = values.DATA_DIR ?? defaultDataDir;
  return {
    mode: "local",
    host:
      values.HOST === undefined || /^localhost$/i.test(values.HOST) ? "127.0.0.1" : values.HOST.replace(/[[\]]/g, ""),
    dataDir,
    pulseKeys: keyFolder(values.PULSE_KEYS, dataDir),
    standIns: standInsOf(values),
  };
}

function standInsOf(values: Values): StandInAddresses | null {
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
