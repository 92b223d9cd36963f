import type { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { AuthenticationConstants, ClaimsIdentity, type ConnectorClient } from "botframework-connector";

/** The client of the Connector at a service URL. */
export type Connectors = (serviceUrl: string) => Promise<ConnectorClient>;

/** Clients that act as the bot itself, one for each service URL. */
export function createConnectors(authentication: ConfigurationBotFrameworkAuthentication, appId: string): Connectors {
  const bot = new ClaimsIdentity([
    { type: AuthenticationConstants.AudienceClaim, value: appId },
    { type: AuthenticationConstants.AppIdClaim, value: appId },
  ]);
  const factory = authentication.createConnectorFactory(bot);
  const clients = new Map<string, Promise<ConnectorClient>>();
  return (serviceUrl) => {
    const known = clients.get(serviceUrl);
    if (known !== undefined) return known;
    const client = factory.create(serviceUrl);
    clients.set(serviceUrl, client);
    return client;
  };
}
