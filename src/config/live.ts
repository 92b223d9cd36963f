import { z } from "zod";
import { isAddress, keyFolder, keyRefusals } from "../key-folder.ts";
import { type Env, parsedUrl, type Values } from "./environment.ts";
import type { AppProof, BotConfig, LiveConfig, SettledBy } from "./types.ts";

/** Microsoft's public cloud. */
export const publicCloud = {
  authority: "https://login.microsoftonline.com",
  graph: "https://graph.microsoft.com",
  openIdMetadata: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  tokenIssuer: "https://api.botframework.com",
  // Microsoft 365 Agents SDK, TeamsServiceEndpoints.publicGlobal: for chats that the bot opens itself. What Teams sends
  // names its region's own address, and is answered there.
  serviceUrl: "https://smba.trafficmanager.net/teams/",
} as const;

/** What is called, with tokens or for keys: never in the clear. An issuer is only compared. */
const calledAddresses = ["TEAMS_SERVICE_URL", "BOT_OPENID_METADATA_URL", "BOT_LOGIN_URL", "ENTRA_AUTHORITY", "GRAPH_BASE_URL"] as const;

type Needed = readonly (readonly [name: string, what: string])[];

function neededIn(env: Env): Needed {
  const managed = env["MicrosoftAppType"] === "UserAssignedMSI";
  return [
    ["PUBLIC_URL", "the address at which Teams reaches this server"],
    ["MicrosoftAppType", "SingleTenant or UserAssignedMSI"],
    ["MicrosoftAppId", managed ? "the client id of the bot's managed identity" : "the bot's application id"],
    ["MicrosoftAppTenantId", "the tenant in which the bot is registered"],
    ...(managed ? [] : ([["MicrosoftAppPassword", "the bot's client secret"]] as const)),
    ["TEAMS_APP_ID", "the app's id in the organisation's catalogue"],
    ["ENTRA_CLIENT_ID", managed ? "the application id of the tab" : "the application id of the tab and of Graph"],
    ...(managed ? [] : ([["ENTRA_CLIENT_SECRET", "that application's client secret"]] as const)),
    ["STEADY_ADMINS", "object ids of the people who administer the first network"],
    ["PULSE_KEYS", "the Key Vault, or a folder outside DATA_DIR, that keeps the keys to pulse answers"],
  ];
}

/** What a real tenant needs and hasn't got, and what it mustn't have: a sentence each. */
export function liveRefusals(env: Env): string[] {
  const missing = neededIn(env)
    .filter(([name]) => env[name] === undefined)
    .map(([name, what]) => `${name} is missing: ${what}.`);
  if (env["DATABASE_URL"] === undefined && env["DATA_DIR"] === undefined) {
    missing.push("DATABASE_URL is missing: the PostgreSQL store (or DATA_DIR, for the embedded one).");
  }
  const inTheClear = calledAddresses.filter((name) => parsedUrl(env[name] ?? "")?.protocol === "http:");
  return [
    ...missing,
    ...publicUrlRefusals(env),
    ...inTheClear.map((name) => `${name} must start with https://: tokens never travel in the clear.`),
    ...keyRefusals(env, "live", env["DATA_DIR"] ?? null),
  ];
}

function publicUrlRefusals({ PUBLIC_URL: address }: Env): string[] {
  const url = parsedUrl(address ?? "");
  if (url === null || !/^https?:$/.test(url.protocol)) return [];
  if (url.protocol === "https:" && url.href === `${url.origin}/`) return [];
  return ["PUBLIC_URL must be an https address without a path, such as https://steady.example.org."];
}

// Which of these are set is settled by the refusals, in sentences; this only tells the compiler.
const Wanted = z.object({
  PUBLIC_URL: z.string(),
  MicrosoftAppId: z.string(),
  MicrosoftAppTenantId: z.string(),
  TEAMS_APP_ID: z.string(),
  ENTRA_CLIENT_ID: z.string(),
  PULSE_KEYS: z.string(),
});

/** What is live mode's own, once nothing is refused. */
export function liveSettings(values: Values): SettledBy<LiveConfig> {
  const set = Wanted.parse(values);
  const authority = withoutSlash(values.ENTRA_AUTHORITY ?? publicCloud.authority);
  const identity: AppProof = { kind: "managed-identity", clientId: set.MicrosoftAppId };
  return {
    mode: "live",
    host: values.HOST?.replace(/[[\]]/g, "") ?? "0.0.0.0",
    dataDir: values.DATA_DIR ?? null,
    publicUrl: new URL(set.PUBLIC_URL).origin,
    tenantId: set.MicrosoftAppTenantId,
    teamsAppId: set.TEAMS_APP_ID,
    bot: botOf(values, set.MicrosoftAppId, `${authority}/${set.MicrosoftAppTenantId}`),
    entra: {
      authority,
      clientId: set.ENTRA_CLIENT_ID,
      proof: proofOf(set.ENTRA_CLIENT_ID, values.ENTRA_CLIENT_SECRET) ?? identity,
    },
    graph: {
      baseUrl: withoutSlash(values.GRAPH_BASE_URL ?? publicCloud.graph),
      oauthScope: withoutSlash(values.GRAPH_OAUTH_SCOPE),
    },
    pulseKeys: isAddress(set.PULSE_KEYS)
      ? { kind: "vault", url: set.PULSE_KEYS }
      : { kind: "folder", path: keyFolder(set.PULSE_KEYS, values.DATA_DIR ?? ".") },
  };
}

function botOf(values: Values, appId: string, tenantAtSignIn: string): BotConfig {
  const secret = values.MicrosoftAppType === "UserAssignedMSI" ? undefined : values.MicrosoftAppPassword;
  return {
    appId,
    proof: proofOf(appId, secret) ?? { kind: "managed-identity", clientId: appId },
    serviceUrl: `${withoutSlash(values.TEAMS_SERVICE_URL ?? publicCloud.serviceUrl)}/`,
    openIdMetadataUrl: values.BOT_OPENID_METADATA_URL ?? publicCloud.openIdMetadata,
    tokenIssuer: values.BOT_TOKEN_ISSUER ?? publicCloud.tokenIssuer,
    loginUrl: withoutSlash(values.BOT_LOGIN_URL ?? tenantAtSignIn),
    oauthScope: values.BOT_OAUTH_SCOPE,
  };
}

function proofOf(clientId: string, secret: string | undefined): AppProof | null {
  return secret === undefined ? null : { kind: "secret", clientId, secret };
}

const withoutSlash = (address: string) => address.replace(/\/+$/, "");
