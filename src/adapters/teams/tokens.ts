import { createRemoteJWKSet, customFetch, errors, jwtVerify } from "jose";
import { z } from "zod";
import { keyFetch, restMs } from "../identity/key-fetch.ts";

export type TokenVerdict = "valid" | "invalid" | "keys-unavailable";

type Keys = ReturnType<typeof createRemoteJWKSet>;

const Metadata = z.object({ jwks_uri: z.url() });
const Header = z.object({ kid: z.string().min(1) });
const Claims = z.object({ aud: z.string(), serviceurl: z.string() });
const Endorsed = z.object({ endorsements: z.array(z.string()) });

/** The one channel whose activities are taken; Microsoft's keys say for which channels they sign. */
const channel = "msteams";

/**
 * A check of the token that comes with every activity: signed by a key that the channel publishes for Teams, from
 * `issuer`, for `audience`, for the service URL that the activity names, and not out of date (with botbuilder's own
 * tolerance of five minutes). It stands in place of botbuilder's check, which also takes tokens of the Bot Framework
 * Emulator and keys that name no channel at all, and writes each bad token's details to the console.
 */
export function createTokenCheck(options: {
  readonly openIdMetadataUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly timeoutMs: number;
  /** Milliseconds before keys that couldn't be had are asked for again; 5,000 when left out. */
  readonly keyRestMs?: number;
}): (authorization: string | undefined, serviceUrl: string) => Promise<TokenVerdict> {
  const { openIdMetadataUrl, issuer, audience, timeoutMs, keyRestMs = restMs } = options;
  const get = keyFetch(keyRestMs);
  let keys: Promise<Keys> | undefined;

  async function findKeys(): Promise<Keys> {
    const response = await get(openIdMetadataUrl, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
    const { jwks_uri: address } = Metadata.parse(await response.json());
    return createRemoteJWKSet(new URL(address), { timeoutDuration: timeoutMs, [customFetch]: get });
  }

  function currentKeys(): Promise<Keys> {
    keys ??= findKeys().catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  }

  return async (authorization, serviceUrl) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? "")?.[1];
    if (token === undefined) return "invalid";
    try {
      const published = await currentKeys();
      const { payload, protectedHeader } = await jwtVerify(token, published, {
        algorithms: ["RS256", "RS384", "RS512"],
        issuer,
        audience,
        clockTolerance: 300,
        requiredClaims: ["exp"],
      });
      const claims = Claims.safeParse(payload).data;
      if (claims?.aud !== audience || claims.serviceurl !== serviceUrl) return "invalid";
      return isEndorsed(published, Header.safeParse(protectedHeader).data?.kid) ? "valid" : "invalid";
    } catch (error) {
      if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout) return "keys-unavailable";
      // Jose's plain error is an answer of the key server that it couldn't use; all others are about the token.
      return error.code === "ERR_JOSE_GENERIC" ? "keys-unavailable" : "invalid";
    }
  };
}

function isEndorsed(published: Keys, kid: string | undefined): boolean {
  const key = kid === undefined ? undefined : published.jwks()?.keys.find((one) => one.kid === kid);
  return Endorsed.safeParse(key).data?.endorsements.includes(channel) === true;
}
