import {
  ManagedIdentityServiceClientCredentialsFactory,
  MsalServiceClientCredentialsFactory,
  type ServiceClientCredentialsFactory,
} from "botframework-connector";
import { z } from "zod";
import { applicationTokens, type Proof } from "../identity/application-tokens.ts";
import { clientCredentials } from "../identity/client-credentials.ts";
import { msalApplication } from "../identity/msal.ts";
import { signingIn } from "../identity/sign-in.ts";

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

/** botbuilder was built for MSAL's other form, whose class is the same and has another type. */
const Application = z.custom<ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1]>();
/** It names one class where it means any credential. */
const Credential = z.custom<ReturnType<ProviderFactory["createAzureServiceTokenProvider"]>>();
type ProviderFactory = ConstructorParameters<typeof ManagedIdentityServiceClientCredentialsFactory>[1];

/**
 * The credentials of a bot that is registered in a real tenant, by botbuilder's own factories: its secret by MSAL, or
 * its managed identity.
 * @param loginUrl the tenant's address at the sign-in service, https
 */
export function botCredentials(proof: Proof, loginUrl: string): BotCredentials {
  const { clientId } = proof;
  if (proof.kind === "secret") {
    return new MsalServiceClientCredentialsFactory(clientId, Application.parse(msalApplication({ ...proof, loginUrl })));
  }
  // By itself botbuilder would look for developers' credentials first, in the environment and on the machine.
  const tokens = Credential.parse(applicationTokens({ proof, loginUrl }));
  return new ManagedIdentityServiceClientCredentialsFactory(clientId, { createAzureServiceTokenProvider: () => tokens });
}

/** Time limit of getting a token in milliseconds, however often botbuilder asks for it. */
const tokenTimeoutMs = 10_000;

/**
 * The factory that botbuilder gets: authentication can't be switched off, tokens are valid for this bot only, getting
 * one takes 10 s at most, and a failure is a NoToken, whatever the credentials throw.
 */
export function guarded(appId: string, credentials: BotCredentials, timeoutMs = tokenTimeoutMs): ServiceClientCredentialsFactory {
  // botbuilder names a class where it means its three methods.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  return {
    isAuthenticationDisabled: () => Promise.resolve(false),
    isValidAppId: (candidate) => Promise.resolve(candidate === appId),
    async createCredentials(...call) {
      const inner = await credentials.createCredentials(...call);
      return { signRequest: (request) => signingIn(timeoutMs, () => inner.signRequest(request)) };
    },
  };
}
