import { readFileSync } from "node:fs";
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, TeamsActivityHandler } from "botbuilder";
import restify from "restify";
import { z } from "zod";

/*
 * What the bot framework itself takes to answer a pressed button: botbuilder and restify as their own samples put them
 * together, with the same checks of the token, answering each press with one card from a file and asking nobody anything.
 * A process of its own, told by its environment; says the port that it listens on.
 */

const Environment = z.object({
  MicrosoftAppId: z.string(),
  MicrosoftAppType: z.string(),
  MicrosoftAppTenantId: z.string(),
  MicrosoftAppPassword: z.string(),
  BOT_OPENID_METADATA_URL: z.url(),
  BOT_TOKEN_ISSUER: z.string(),
  BOT_LOGIN_URL: z.string().default("https://login.microsoftonline.com/botframework.com"),
  ECHO_CARD: z.string(),
});

const env = Environment.parse(process.env);
const card: unknown = JSON.parse(readFileSync(env.ECHO_CARD, "utf8"));

const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: env.MicrosoftAppId,
    MicrosoftAppType: env.MicrosoftAppType,
    MicrosoftAppTenantId: env.MicrosoftAppTenantId,
    MicrosoftAppPassword: env.MicrosoftAppPassword,
    ToChannelFromBotLoginUrl: env.BOT_LOGIN_URL,
    ToChannelFromBotOAuthScope: "https://api.botframework.com",
    ToBotFromChannelTokenIssuer: env.BOT_TOKEN_ISSUER,
    ToBotFromChannelOpenIdMetadataUrl: env.BOT_OPENID_METADATA_URL,
    ToBotFromEmulatorOpenIdMetadataUrl: env.BOT_OPENID_METADATA_URL,
    OAuthUrl: "https://token.botframework.com",
    CallerId: "urn:botframework:azure",
  }),
);

class EchoBot extends TeamsActivityHandler {
  protected override onAdaptiveCardInvoke() {
    const answer = { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: card };
    return Promise.resolve(answer as Awaited<ReturnType<TeamsActivityHandler["onAdaptiveCardInvoke"]>>);
  }
}

const bot = new EchoBot();
const server = restify.createServer({ name: "echo" });
server.use(restify.plugins.bodyParser());
server.post("/api/messages", async (request, response) => {
  // restify's own types and botbuilder's idea of them differ in what may be left out.
  await adapter.process(request as Parameters<CloudAdapter["process"]>[0], response, (context) => bot.run(context));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address() as { port: number };
  console.log(`echo bot at http://127.0.0.1:${address.port}/`);
});
