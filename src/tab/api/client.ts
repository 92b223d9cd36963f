import { z } from "zod";
import { type Host, SignInFault } from "../host/host.ts";
import { ApiFault, faultOf } from "./problem.ts";

export interface Call {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Sent as JSON, unless it is a file, which is sent as CSV. */
  readonly body?: object | Blob;
  readonly signal?: AbortSignal;
}

/** The server's API, asked with the host's token. Every answer is parsed; every refusal is an ApiFault. */
export interface Api {
  call<T>(path: string, schema: z.ZodType<T>, call?: Call): Promise<T>;
  /** A file, with the name that the server gives it. */
  file(path: string): Promise<{ readonly name: string; readonly blob: Blob }>;
}

/** A request that takes longer than this (milliseconds) is given up; imports and exports take longest. */
const longest = 30_000;
/** A token is renewed this long before it runs out (seconds). */
const spare = 120;

const Claims = z.object({ exp: z.number() });

/** Makes the API's client for a host. `now` gives seconds since 1970. */
export function createApi(host: Pick<Host, "token">, now: () => number = () => Date.now() / 1000): Api {
  let held: { readonly token: string; readonly until: number } | null = null;
  let asked: Promise<string> | null = null;
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
  const answer = async (path: string, call: Call) => {
    let response = await ask(path, call);
    if (response.status === 401) {
      // Once more with a new token: the server may have had new keys, or the machine may have slept.
      held = null;
      response = await ask(path, call);
    }
    if (response.status === 401) throw new SignInFault("Steady doesn't accept your sign-in. Reload this tab; if that doesn't help, sign out of Teams and in again.");
    if (!response.ok) throw await faultOf(response);
    return response;
  };
  return {
    async call(path, schema, call = {}) {
      return schema.parse(await (await answer(path, call)).json());
    },
    async file(path) {
      const response = await answer(path, {});
      const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
      if (name === undefined) throw new ApiFault("Steady sent no file. Try again in a minute.", response.status);
      return { name, blob: await response.blob() };
    },
  };
}

/** When a token runs out, in seconds since 1970; at once when it doesn't say. */
function expiryOf(token: string): number {
  const [, claims = ""] = token.split(".");
  try {
    return Claims.parse(JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/")))).exp;
  } catch {
    return 0;
  }
}
