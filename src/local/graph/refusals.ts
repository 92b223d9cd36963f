import { randomUUID } from "node:crypto";
import type { JsonAnswer } from "../entra/loopback.ts";

/** Why a request isn't done, as Graph says it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The Retry-After header: seconds, or an HTTP date. */
  readonly retryAfter?: string;
}

export const refusal = (status: number, code: string, message: string): Refusal => ({ status, code, message });

/** The refusal in the shape of Graph's errors; `at` is the time in milliseconds since 1970. */
export function refusalAnswer({ status, code, message, retryAfter }: Refusal, at: number): JsonAnswer {
  const id = randomUUID();
  const innerError = {
    // Graph gives a time in UTC without saying so.
    date: new Date(at).toISOString().slice(0, 19),
    "request-id": id,
    "client-request-id": id,
  };
  return {
    status,
    body: { error: { code, message, innerError } },
    headers: {
      "request-id": id,
      "client-request-id": id,
      ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
    },
  };
}
