import { createLocalJWKSet, errors, jwtVerify } from "jose";
import type { JsonAnswer } from "../entra/loopback.ts";
import { botConnectorResource, type EntraStandIn } from "../entra/index.ts";
import { errorAnswer } from "./answers.ts";

/** What the Connector needs of Entra to check a bot's token. */
export type TokenIssuer = Pick<EntraStandIn, "issuer" | "jwks" | "now">;

const denied = () => errorAnswer(401, "Unauthorized", "Authorization has been denied for this request.");

/**
 * Checks the Authorization header of a bot's request: signed by Entra, meant for the Connector, not expired, and the
 * app's own. Answers null when all is well, otherwise the 401 to send.
 */
export function createTokenCheck(
  appId: string,
  entra: TokenIssuer,
): (header: string | undefined) => Promise<JsonAnswer | null> {
  let published = entra.jwks();
  let keys = createLocalJWKSet(published);
  return async (header) => {
    const token = /^Bearer (\S+)$/.exec(header ?? "")?.[1];
    if (token === undefined) return denied();
    if (entra.jwks() !== published) {
      published = entra.jwks();
      keys = createLocalJWKSet(published);
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ["RS256"],
        audience: botConnectorResource,
        issuer: entra.issuer,
        currentDate: new Date(entra.now()),
        requiredClaims: ["exp"],
      });
      if (payload["appid"] === appId) return null;
      return errorAnswer(401, "BotNotRegistered", "No registration was found for this bot.");
    } catch (error) {
      if (error instanceof errors.JOSEError) return denied();
      throw error;
    }
  };
}
