import { kept, NoToken, type Token } from "./client-credentials.ts";
import { msalApplication } from "./msal.ts";
import { signingIn } from "./sign-in.ts";

/** How an application proves to Entra that it is the one: by its secret, or as the identity of the machine it runs on. */
export type Proof =
  | { readonly kind: "secret"; readonly clientId: string; readonly secret: string }
  | { readonly kind: "managed-identity"; readonly clientId: string };

/** Gives tokens for services of Microsoft's; fits where their libraries take a credential. */
export interface ApplicationTokens {
  getToken(scopes: string | string[]): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;
}

export interface ApplicationTokensOptions {
  readonly proof: Proof;
  /** The tenant's address at the sign-in service; a managed identity doesn't need it. */
  readonly loginUrl: string;
  /** Time limit of getting a token in milliseconds, pauses between two tries included; 10,000 when left out. */
  readonly timeoutMs?: number;
}

/** A managed identity's endpoint is tried again after a broken connection, a 429 or a 5xx, twice. */
const retryOptions = { maxRetries: 2, retryDelayInMs: 500, maxRetryDelayInMs: 2_000 };

/**
 * The application's own tokens, kept until five minutes before they run out; callers at the same time share one
 * question. What can't be got is thrown as a NoToken, which says a status and a code at most.
 */
export function applicationTokens({ proof, loginUrl, timeoutMs = 10_000 }: ApplicationTokensOptions): ApplicationTokens {
  const ask = proof.kind === "secret" ? askBySecret({ ...proof, loginUrl }) : askAsIdentity(proof.clientId);
  const byScope = new Map<string, () => Promise<Token>>();
  return {
    async getToken(scopes) {
      const scope = typeof scopes === "string" ? scopes : scopes.join(" ");
      const current = byScope.get(scope) ?? kept(() => signingIn(timeoutMs, () => ask(scope)));
      byScope.set(scope, current);
      const { token, expiresAt } = await current();
      return { token, expiresOnTimestamp: expiresAt };
    },
  };
}

type Ask = (scope: string) => Promise<Token>;

function askBySecret(options: Parameters<typeof msalApplication>[0]): Ask {
  const application = msalApplication(options);
  return async (scope) => {
    const result = await application.acquireTokenByClientCredential({ scopes: scope.split(" "), skipCache: true });
    const expiresAt = result?.expiresOn?.getTime();
    if (result === null || expiresAt === undefined) throw new NoToken("the sign-in service gave none");
    return { token: result.accessToken, expiresAt };
  };
}

function askAsIdentity(clientId: string): Ask {
  const make = async () => {
    // Loaded by those who have one, when they first need it: its two hundred files are of no use to others.
    const { ManagedIdentityCredential } = await import("@azure/identity");
    return new ManagedIdentityCredential({ clientId, retryOptions });
  };
  let making: ReturnType<typeof make> | undefined;
  return async (scope) => {
    const credential = await (making ??= make());
    const { token, expiresOnTimestamp } = await credential.getToken(scope);
    return { token, expiresAt: expiresOnTimestamp };
  };
}
