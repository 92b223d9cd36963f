import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import { z } from "zod";

export type TokenVerdict = "valid" | "invalid" | "keys-unavailable";

const Metadata = z.object({ jwks_uri: z.url() });

/**
 * A check of the token that comes with every activity: signed by the channel's keys, from `issuer`, for `audience`, and
 * not out of date (with botbuilder's own tolerance of five minutes). It stands before botbuilder's check, which also
 * takes tokens of the Bot Framework Emulator and writes each bad token's details to the console.
 */
export function createTokenCheck(options: {
  readonly openIdMetadataUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly timeoutMs: number;
}): (authorization: string | undefined) => Promise<TokenVerdict> {
  const { openIdMetadataUrl, issuer, audience, timeoutMs } = options;
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;

  async function findKeys(): Promise<ReturnType<typeof createRemoteJWKSet>> {
    const response = await fetch(openIdMetadataUrl, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
    const { jwks_uri: address } = Metadata.parse(await response.json());
    return createRemoteJWKSet(new URL(address), { timeoutDuration: timeoutMs });
  }

  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? "")?.[1];
    if (token === undefined) return "invalid";
    try {
      keys ??= findKeys();
      await jwtVerify(token, await keys, {
        algorithms: ["RS256", "RS384", "RS512"],
        issuer,
        audience,
        clockTolerance: 300,
        requiredClaims: ["exp"],
      });
      return "valid";
    } catch (error) {
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) {
        // Jose's plain error is an answer of the key server that it couldn't use; all others are about the token.
        return error.code === "ERR_JOSE_GENERIC" ? "keys-unavailable" : "invalid";
      }
      keys = undefined;
      return "keys-unavailable";
    }
  };
}
