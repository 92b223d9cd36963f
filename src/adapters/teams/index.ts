import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { type AuthenticateRequestResult, AuthenticationConstants, ClaimsIdentity, type UserTokenClient } from "botframework-connector";
import type { Messenger } from "../../features/deliveries/messenger.ts";
import type { BotApp } from "../../kernel/bot-app.ts";
import { Fault } from "../../kernel/errors.ts";
import type { Logger } from "../../kernel/logger.ts";
import { noTelemetry, type Telemetry } from "../../kernel/telemetry.ts";
import { tryBotToken } from "./bot-token.ts";
import { type Connectors, createConnectors } from "./connectors.ts";
import { guarded, type BotCredentials } from "./credentials.ts";
import { sendOnce } from "./http-client.ts";
import { loggable } from "./log.ts";
import { createMessenger } from "./messenger.ts";
import { createRouter } from "./router.ts";
import { createMessageHandler, type MessageHandler } from "./server.ts";
import { createTokenCheck } from "./tokens.ts";
import type { Pace } from "./turn.ts";

export { tryBotToken } from "./bot-token.ts";
export { botCredentials, localCredentials, type BotCredentials } from "./credentials.ts";
export type { MessageHandler } from "./server.ts";

export interface TeamsOptions {
  readonly appId: string;
  readonly appType: "SingleTenant" | "UserAssignedMSI";
  /** The tenant in which the bot is registered. */
  readonly tenantId: string;
  /** The tenants whose people may talk to the bot. */
  readonly allowedTenants: readonly string[];
  readonly credentials: BotCredentials;
  /** Where the keys are described with which the Connector signs its tokens, and the issuer that it names in them. */
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
  /** Where the bot gets its own tokens, and for which resource. */
  readonly loginUrl: string;
  readonly oauthScope: string;
  /** Where new conversations are created. */
  readonly serviceUrl: string;
  /** Time limit of one request to the Connector; 10,000 when left out. */
  readonly requestTimeoutMs?: number;
  /** Milliseconds before keys that couldn't be had are asked for again; 5,000 when left out. */
  readonly keyRestMs?: number;
  readonly logger: Logger;
  readonly telemetry?: Telemetry;
  /** Asked at each turn, because the application is built with the messenger that comes from here. */
  readonly app: () => BotApp;
  /** Waits before each request that answers a turn; without it they go at once. */
  readonly pace?: Pace;
}

export interface TeamsAdapter {
  readonly messenger: Messenger;
  /** Answers POST /api/messages; reads the body itself, so no body parser may stand before it. Never rejects. */
  readonly handleMessages: MessageHandler;
}

/**
 * The way to and from Teams. Throws a Fault "configuration" that names what is empty: botbuilder would take an empty
 * app id as a wish to switch authentication off.
 */
export function createTeams(options: TeamsOptions): TeamsAdapter {
  const { appId, allowedTenants, serviceUrl, logger, requestTimeoutMs = 10_000 } = options;
  refuseEmpty(options);
  const authentication = createAuthentication(options, requestTimeoutMs);
  const connectors = createConnectors(authentication, appId);
  const messenger = createMessenger({ appId, serviceUrl, connectors, getToken: () => tryBotToken(options) });
  const adapter = new CloudAdapter(authentication);
  // Turns answer for their own failures; what still comes here is botbuilder's.
  adapter.onTurnError = (context, error) => {
    logger.error({ activity: context.activity.id, error: loggable(error) }, "a turn failed in botbuilder");
    return Promise.resolve();
  };
  const handleMessages = createMessageHandler({
    adapter,
    admitted: admittedBy(options, authentication, connectors),
    allowedTenants,
    checkToken: createTokenCheck({
      openIdMetadataUrl: options.openIdMetadataUrl,
      issuer: options.tokenIssuer,
      audience: appId,
      timeoutMs: requestTimeoutMs,
      ...(options.keyRestMs === undefined ? {} : { keyRestMs: options.keyRestMs }),
    }),
    route: createRouter({ app: options.app, logger, telemetry: options.telemetry ?? noTelemetry }),
    parts: { messenger, connectors, pace: options.pace ?? (() => Promise.resolve()) },
    logger,
  });
  return { messenger, handleMessages };
}

function refuseEmpty(options: TeamsOptions): void {
  const { appId, tenantId, openIdMetadataUrl, tokenIssuer, loginUrl, oauthScope, serviceUrl } = options;
  const needed = { appId, tenantId, openIdMetadataUrl, tokenIssuer, loginUrl, oauthScope, serviceUrl };
  const empty = Object.entries(needed).flatMap(([name, value]) => (value.trim() === "" ? [name] : []));
  if (options.allowedTenants.length === 0) empty.push("allowedTenants");
  if (empty.length > 0) throw new Fault("configuration", `The bot needs ${empty.join(", ")}.`);
}

/** The same for every turn: our own check lets in the channel's tokens for this bot alone. */
function admittedBy(
  { appId, oauthScope }: TeamsOptions,
  authentication: ConfigurationBotFrameworkAuthentication,
  connectors: Connectors,
): AuthenticateRequestResult {
  const claimsIdentity = new ClaimsIdentity([{ type: AuthenticationConstants.AudienceClaim, value: appId }], true);
  const connectorFactory = authentication.createConnectorFactory(claimsIdentity);
  // A client for each service URL, where botbuilder makes one for each turn.
  connectorFactory.create = connectors;
  return { audience: oauthScope, callerId, claimsIdentity, connectorFactory };
}

const callerId = "urn:botframework:azure";

function createAuthentication(options: TeamsOptions, timeoutMs: number): ConfigurationBotFrameworkAuthentication {
  const { appId, credentials, openIdMetadataUrl: metadata } = options;
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      MicrosoftAppType: options.appType,
      MicrosoftAppTenantId: options.tenantId,
      // As soon as one of these is set botbuilder has no defaults for the others, so all of them are.
      ToChannelFromBotLoginUrl: options.loginUrl,
      ToChannelFromBotOAuthScope: options.oauthScope,
      ToBotFromChannelTokenIssuer: options.tokenIssuer,
      ToBotFromChannelOpenIdMetadataUrl: metadata,
      ToBotFromEmulatorOpenIdMetadataUrl: metadata,
      // Never called: nobody signs in through the bot.
      OAuthUrl: options.serviceUrl,
      CallerId: callerId,
    },
    guarded(appId, credentials),
    undefined,
    undefined,
    { httpClient: sendOnce(timeoutMs, options.telemetry ?? noTelemetry) },
  );
  // botbuilder makes a client for sign-ins at each turn, and none is ever used.
  const create = authentication.createUserTokenClient.bind(authentication);
  let tokens: Promise<UserTokenClient> | undefined;
  authentication.createUserTokenClient = (identity) => (tokens ??= create(identity));
  return authentication;
}
