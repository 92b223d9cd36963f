import type { ServiceClientCredentialsFactory } from "botframework-connector";
import { clientCredentials, NoToken } from "../identity/client-credentials.ts";

/** What makes the credentials for calls of the Connector: one of botbuilder's own factories, or `localCredentials`. */
export type BotCredentials = Pick<ServiceClientCredentialsFactory, "createCredentials">;

export interface LocalCredentialsOptions {
  /** The tenant's address at the sign-in service; "/oauth2/v2.0/token" is added. May be plain http. */
  readonly loginUrl: string;
  readonly appId: string;
  readonly secret: string;
  /** The resource, with or without "/.default". */
  readonly scope: string;
  /** Time limit of a request for a token in milliseconds; 5,000 when left out. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970; the machine's clock when left out. */
  readonly now?: () => number;
}

/**
 * Credentials by client secret, over plain HTTP if need be: botbuilder's own (MSAL) refuse a sign-in service without
 * TLS. A token is kept until five minutes before it runs out. Signing throws NoToken when none can be got.
 */
export function localCredentials(options: LocalCredentialsOptions): BotCredentials {
  const { loginUrl, appId, ...rest } = options;
  const token = clientCredentials({ ...rest, tokenUrl: `${loginUrl}/oauth2/v2.0/token`, clientId: appId });
  return {
    createCredentials: () =>
      Promise.resolve({
        async signRequest(request) {
          request.headers.set("authorization", `Bearer ${await token()}`);
          return request;
        },
      }),
  };
}

/**
 * The factory that botbuilder gets: authentication can't be switched off, tokens are valid for this bot only, and a
 * failure to get a token is a NoToken, whatever the credentials throw.
 */
export function guarded(appId: string, credentials: BotCredentials): ServiceClientCredentialsFactory {
  // botbuilder names a class where it means its three methods.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  return {
    isAuthenticationDisabled: () => Promise.resolve(false),
    isValidAppId: (candidate) => Promise.resolve(candidate === appId),
    async createCredentials(...call) {
      const inner = await credentials.createCredentials(...call);
      return {
        async signRequest(request) {
          try {
            return await inner.signRequest(request);
          } catch (cause) {
            throw cause instanceof NoToken ? cause : new NoToken("the sign-in service refused", { cause });
          }
        },
      };
    },
  };
}
