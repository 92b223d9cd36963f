import type { JsonAnswer } from "../entra/loopback.ts";
import { botConnectorResource } from "../entra/index.ts";
import { createTokenReader, type TokenIssuer } from "../entra/token-check.ts";
import { errorAnswer } from "./answers.ts";

/**
 * Checks the Authorization header of a bot's request: signed by Entra, meant for the Connector, not expired, and the
 * app's own. Answers null when all is well, otherwise the 401 to send.
 */
export function createTokenCheck(
  appId: string,
  entra: TokenIssuer,
): (header: string | undefined) => Promise<JsonAnswer | null> {
  const readToken = createTokenReader(botConnectorResource, entra);
  return async (header) => {
    const token = await readToken(header);
    if (!token.ok) return errorAnswer(401, "Unauthorized", "Authorization has been denied for this request.");
    if (token.claims["appid"] === appId) return null;
    return errorAnswer(401, "BotNotRegistered", "No registration was found for this bot.");
  };
}
