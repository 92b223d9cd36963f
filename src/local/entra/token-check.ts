import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import type { EntraStandIn } from "./index.ts";

/** What a service needs of Entra to check an application's token. */
export type TokenIssuer = Pick<EntraStandIn, "issuer" | "jwks" | "now">;

export type CheckedToken =
  | { readonly ok: true; readonly claims: JWTPayload }
  | { readonly ok: false; readonly why: "missing" | "expired" | "wrong" };

/**
 * Reads the token in the Authorization header of a request: signed by Entra with a key that it publishes now, meant for
 * this audience, and not expired by Entra's clock. Whose it is and what it allows is the caller's to check.
 */
export function createTokenReader(
  audience: string,
  entra: TokenIssuer,
): (header: string | undefined) => Promise<CheckedToken> {
  let published = entra.jwks();
  let keys = createLocalJWKSet(published);
  return async (header) => {
    const token = /^Bearer (\S+)$/.exec(header ?? "")?.[1];
    if (token === undefined) return { ok: false, why: "missing" };
    if (entra.jwks() !== published) {
      published = entra.jwks();
      keys = createLocalJWKSet(published);
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ["RS256"],
        audience,
        issuer: entra.issuer,
        currentDate: new Date(entra.now()),
        requiredClaims: ["exp"],
      });
      return { ok: true, claims: payload };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { ok: false, why: "expired" };
      if (error instanceof errors.JOSEError) return { ok: false, why: "wrong" };
      throw error;
    }
  };
}
