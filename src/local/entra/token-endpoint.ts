import type { JWTPayload } from "jose";
import { z } from "zod";
import type { JsonAnswer, LoopbackRequest } from "./loopback.ts";
import { refuse } from "./refusals.ts";

export interface AppRegistration {
  readonly appId: string;
  readonly secret: string;
  /** The services for which the app may get tokens; the Bot Connector when left out. */
  readonly resources?: readonly string[];
  /** By service, what an admin has allowed the app there: its tokens name them as `roles`. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
}

/** The audience of tokens with which a bot calls the Bot Connector. */
export const botConnectorResource = "https://api.botframework.com";

/** The audience of tokens for Microsoft Graph. */
export const graphResource = "https://graph.microsoft.com";

const TokenRequest = z.object({
  grant_type: z.string().min(1),
  client_id: z.string().min(1).optional(),
  client_secret: z.string().min(1).optional(),
  scope: z.string().optional(),
});

function basicCredentials(header: string | undefined): { client_id?: string; client_secret?: string } {
  const encoded = /^Basic (.+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return {};
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? {} : { client_id: text.slice(0, colon), client_secret: text.slice(colon + 1) };
}

/**
 * Answers a client-credentials request: a token for one resource, valid for an hour, or Entra's refusal.
 * `now` is in milliseconds since 1970.
 */
export async function answerTokenRequest(
  request: LoopbackRequest,
  options: {
    readonly apps: readonly AppRegistration[];
    readonly issuer: string;
    readonly tenantId: string;
    readonly now: number;
    readonly sign: (claims: JWTPayload) => Promise<string>;
  },
): Promise<JsonAnswer> {
  const { apps, issuer, tenantId, now, sign } = options;
  const form = Object.fromEntries(new URLSearchParams(request.body ?? ""));
  const parsed = TokenRequest.safeParse({ ...basicCredentials(request.headers.authorization), ...form });
  if (!parsed.success) return refuse("malformed", now);
  const { grant_type: grant, client_id: clientId, client_secret: secret, scope } = parsed.data;
  if (grant !== "client_credentials") return refuse("wrongGrant", now);
  const app = apps.find(({ appId }) => appId === clientId);
  if (app === undefined) return refuse("unknownApp", now);
  if (secret === undefined) return refuse("noSecret", now);
  if (secret !== app.secret) return refuse("wrongSecret", now);
  const resource = (app.resources ?? [botConnectorResource]).find((known) => scope === `${known}/.default`);
  if (resource === undefined) return refuse("wrongScope", now);

  const issuedAt = Math.floor(now / 1000);
  const roles = app.roles?.[resource];
  const token = await sign({
    aud: resource,
    iss: issuer,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + 3600,
    appid: app.appId,
    azp: app.appId,
    ...(roles === undefined ? {} : { roles: [...roles] }),
    tid: tenantId,
    ver: "2.0",
  });
  return { status: 200, body: { token_type: "Bearer", expires_in: 3600, ext_expires_in: 3600, access_token: token } };
}
