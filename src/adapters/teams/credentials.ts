import type { ServiceClientCredentialsFactory } from "botframework-connector";
import { z } from "zod";

/** No token could be got, so that nothing was sent. */
export class NoToken extends Error {
  constructor(why: string, options?: { cause: unknown }) {
    super(`no token: ${why}`, options);
    this.name = "NoToken";
  }
}

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

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const Refusal = z.object({ error: z.string().regex(/^\w{1,60}$/) });

/** A token is renewed this long before it runs out, so that none runs out on its way. */
const renewalMs = 5 * 60_000;

/**
 * Credentials by client secret, over plain HTTP if need be: botbuilder's own (MSAL) refuse a sign-in service without
 * TLS. A token is kept until five minutes before it runs out. Signing throws NoToken when none can be got.
 */
export function localCredentials(options: LocalCredentialsOptions): BotCredentials {
  const { loginUrl, appId, secret, scope, timeoutMs = 5_000, now = () => Date.now() } = options;
  let kept: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const askedAt = now();
    const response = await fetch(`${loginUrl}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: appId,
        client_secret: secret,
        scope: scope.endsWith("/.default") ? scope : `${scope}/.default`,
      }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: unknown) => {
      throw new NoToken("the sign-in service didn't answer", { cause });
    });
    const body: unknown = await response.json().catch(() => undefined);
    const answer = TokenAnswer.safeParse(body);
    if (!response.ok || !answer.success) {
      throw new NoToken([String(response.status), Refusal.safeParse(body).data?.error].join(" ").trimEnd());
    }
    const { access_token: token, expires_in: seconds } = answer.data;
    kept = { token, until: askedAt + seconds * 1000 - renewalMs };
    return token;
  }

  async function token(): Promise<string> {
    if (kept !== undefined && now() < kept.until) return kept.token;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

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
