import { z } from "zod";

/** No token could be got, so that nothing was sent. */
export class NoToken extends Error {
  /** In a few words without names or secrets, such as "401 invalid_client". */
  readonly why: string;
  /** True when the sign-in service said no, which the same question again won't change. */
  readonly isRefusal: boolean;

  constructor(why: string, options: { readonly cause?: unknown; readonly isRefusal?: boolean } = {}) {
    super(`no token: ${why}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "NoToken";
    this.why = why;
    this.isRefusal = options.isRefusal ?? false;
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

/**
 * True for an OAuth error (RFC 6749, 5.2) that is a no to whoever asked, and not a sign of trouble at the service. MSAL's
 * own codes for what it refuses by itself begin in the same way.
 */
export function isRefusal(code: string | undefined): boolean {
  return /^(invalid_|unauthorized_|access_denied$)/.test(code ?? "");
}

/** A token with the end of its time, in milliseconds since 1970. */
export interface Token {
  readonly token: string;
  readonly expiresAt: number;
}

/** A token is renewed this long before it runs out, so that none runs out on its way. */
const renewalMs = 5 * 60_000;

/**
 * Keeps what `ask` gives until five minutes before its time is over, or until the clock is set back behind the moment at
 * which it was asked for: by such a clock its time would never be over. Callers at the same time share one question.
 */
export function kept(ask: () => Promise<Token>, now: () => number = () => Date.now()): () => Promise<Token> {
  let latest: { readonly token: Token; readonly since: number } | undefined;
  let asking: Promise<Token> | undefined;
  const renew = async () => {
    const since = now();
    const token = await ask();
    latest = { token, since };
    return token;
  };
  return async () => {
    const at = now();
    if (latest !== undefined && at >= latest.since && at < latest.token.expiresAt - renewalMs) return latest.token;
    asking ??= renew().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

/**
 * Where an application gets its own tokens, by client secret. A token is kept until five minutes before it runs out,
 * and callers at the same time share one request. The function throws NoToken when none can be got.
 */
export function clientCredentials(options: ClientCredentialsOptions): () => Promise<string> {
  const { tokenUrl, clientId, secret, scope, timeoutMs = 5_000, now = () => Date.now() } = options;

  async function ask(): Promise<Token> {
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
      const code = Refusal.safeParse(body).data?.error;
      throw new NoToken([String(response.status), code].join(" ").trimEnd(), { isRefusal: isRefusal(code) });
    }
    const { access_token: token, expires_in: seconds } = answer.data;
    return { token, expiresAt: askedAt + seconds * 1000 };
  }

  const current = kept(ask, now);
  return async () => (await current()).token;
}
