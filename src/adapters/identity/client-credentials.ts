import { z } from "zod";

/** No token could be got, so that nothing was sent. */
export class NoToken extends Error {
  constructor(why: string, options?: { cause: unknown }) {
    super(`no token: ${why}`, options);
    this.name = "NoToken";
  }
}

export interface ClientCredentialsOptions {
  /** Where tokens are given out. May be plain http, for the stand-in on loopback. */
  readonly tokenUrl: string;
  readonly clientId: string;
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
 * Where an application gets its own tokens, by client secret. A token is kept until five minutes before it runs out,
 * and callers at the same time share one request. The function throws NoToken when none can be got.
 */
export function clientCredentials(options: ClientCredentialsOptions): () => Promise<string> {
  const { tokenUrl, clientId, secret, scope, timeoutMs = 5_000, now = () => Date.now() } = options;
  let kept: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const askedAt = now();
    const response = await fetch(tokenUrl, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
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

  return async () => {
    if (kept !== undefined && now() < kept.until) return kept.token;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
