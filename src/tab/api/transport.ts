import { type Host, SignInFault } from "../host/host.ts";

/*
 * Stands in the tab's first script, which is loaded before all others: so it needs neither zod nor anything else that is large.
 */

export interface Call {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Sent as JSON, unless it is a file, which is sent as CSV. */
  readonly body?: object | Blob;
  readonly signal?: AbortSignal;
}

/** Requests to the server's API with the host's token, and their answers as they come. */
export interface Transport {
  /** The answer to a request. A token that is refused is renewed once; then it throws a SignInFault. */
  send(path: string, call?: Call): Promise<Response>;
  /** Reads a path before anybody asks for it; whoever does so first gets that answer. */
  readAhead(path: string): void;
}

/** A request that takes longer than this (milliseconds) is given up; imports and exports take longest. */
const longest = 30_000;
/** A token is renewed this long before it runs out (seconds). */
const spare = 120;

/** Makes the transport for a host. `now` gives seconds since 1970. */
export function createTransport(host: Pick<Host, "token">, now: () => number = () => Date.now() / 1000): Transport {
  let held: { readonly token: string; readonly until: number } | null = null;
  let asked: Promise<string> | null = null;
  const ahead = new Map<string, Promise<Response>>();
  const renew = async () => {
    const fresh = await host.token();
    held = { token: fresh, until: expiryOf(fresh) - spare };
    return fresh;
  };
  const token = async () => {
    if (held !== null && held.until > now()) return held.token;
    // Requests that begin together wait for one token.
    asked ??= renew().finally(() => (asked = null));
    return asked;
  };
  const ask = async (path: string, { method = "GET", body, signal }: Call) => {
    const isFile = body instanceof Blob;
    const type = isFile ? "text/csv" : "application/json";
    const limit = AbortSignal.timeout(longest);
    return fetch(`/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, ...(body === undefined ? {} : { "content-type": type }) },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
  };
  const sent = async (path: string, call: Call) => {
    let response = await ask(path, call);
    if (response.status === 401) {
      // Once more with a new token: the server may have had new keys, or the machine may have slept.
      held = null;
      response = await ask(path, call);
    }
    if (response.status === 401) throw new SignInFault("Steady doesn't accept your sign-in. Reload this tab; if that doesn't help, sign out of Teams and in again.");
    return response;
  };
  return {
    async send(path, call = {}) {
      const early = call.method === undefined ? ahead.get(path) : undefined;
      ahead.delete(path);
      return early ?? sent(path, call);
    },
    readAhead(path) {
      const early = sent(path, {});
      // Whoever asks for it is told.
      early.catch(() => undefined);
      ahead.set(path, early);
    },
  };
}

/** When a token runs out, in seconds since 1970; at once when it doesn't say. */
function expiryOf(token: string): number {
  const [, claims = ""] = token.split(".");
  try {
    const read: unknown = JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof read === "object" && read !== null && "exp" in read && typeof read.exp === "number" ? read.exp : 0;
  } catch {
    return 0;
  }
}
