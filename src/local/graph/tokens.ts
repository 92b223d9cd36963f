import { createLocalJWKSet, errors, jwtVerify } from "jose";
import { z } from "zod";
import { graphResource, type EntraStandIn } from "../entra/index.ts";
import { refusal, type Refusal } from "./refusals.ts";

/** What Graph needs of Entra to check an application's token. */
export type TokenIssuer = Pick<EntraStandIn, "issuer" | "jwks" | "now">;

const Claims = z.object({ tid: z.string(), roles: z.array(z.string()).default([]) });
const unauthenticated = (message: string) => refusal(401, "InvalidAuthenticationToken", message);

/**
 * Checks the Authorization header of a request: signed by Entra for Graph, not expired by Entra's clock, of this tenant
 * (else 401), and with one of the application permissions that the request needs, if any (else 403). Null when all is
 * well.
 */
export function createTokenCheck(
  tenantId: string,
  entra: TokenIssuer,
): (header: string | undefined, roles: readonly string[]) => Promise<Refusal | null> {
  let published = entra.jwks();
  let keys = createLocalJWKSet(published);
  return async (header, roles) => {
    const token = /^Bearer (\S+)$/.exec(header ?? "")?.[1];
    if (token === undefined) return unauthenticated("Access token is empty.");
    if (entra.jwks() !== published) {
      published = entra.jwks();
      keys = createLocalJWKSet(published);
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ["RS256"],
        audience: graphResource,
        issuer: entra.issuer,
        currentDate: new Date(entra.now()),
        requiredClaims: ["exp"],
      });
      const claims = Claims.safeParse(payload);
      if (claims.data?.tid !== tenantId) return unauthenticated("Access token validation failure. Invalid tenant.");
      const has = claims.data.roles;
      if (roles.length === 0 || roles.some((role) => has.includes(role))) return null;
      return refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        return unauthenticated("Lifetime validation failed, the token is expired.");
      }
      if (error instanceof errors.JOSEError) return unauthenticated("Access token validation failure.");
      throw error;
    }
  };
}
