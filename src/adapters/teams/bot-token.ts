import { z } from "zod";
import { guarded, type BotCredentials } from "./credentials.ts";

type Request = Parameters<Awaited<ReturnType<BotCredentials["createCredentials"]>>["signRequest"]>[0];
const Request = z.custom<Request>();

/**
 * Gets the bot a token as it does for a call of the Connector, and lets go of it: to see whether it can. Throws NoToken
 * when it can't.
 */
export async function tryBotToken(bot: {
  readonly appId: string;
  readonly credentials: BotCredentials;
  readonly loginUrl: string;
  readonly oauthScope: string;
}): Promise<void> {
  const { appId, credentials, loginUrl, oauthScope } = bot;
  const signer = await guarded(appId, credentials).createCredentials(appId, oauthScope, loginUrl, true);
  // All that signing does to a request is to set one header.
  await signer.signRequest(Request.parse({ headers: { set: () => undefined } }));
}
