import { GraphClientError } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import type { SendFault } from "../../features/deliveries/messenger.ts";
import { NoToken } from "../identity/client-credentials.ts";
import { NoAnswer, parseJson, retryAfter, ServiceRefusal, temporaryStatuses } from "../service-call.ts";

const ErrorBody = z.object({ error: z.object({ code: z.string().regex(/^\w{1,60}$/) }) });

/**
 * What a failed call to Graph means; null when the error isn't one of a call, but a fault of our own. The detail has
 * the status and Graph's code only: its messages can hold addresses.
 * @param now milliseconds since 1970, against which a Retry-After date is measured
 */
export function graphFaultOf(error: unknown, now: number): SendFault | null {
  const cause: unknown = error instanceof GraphClientError ? error.customError : error;
  if (cause instanceof NoAnswer) return { kind: "again", afterSeconds: null, detail: cause.why };
  // Without a token nothing was sent, so that trying again can't send twice.
  if (cause instanceof NoToken) return { kind: "again", afterSeconds: null, detail: cause.message };
  if (!(cause instanceof ServiceRefusal)) return null;
  const { status, headers, body } = cause;
  const code = ErrorBody.safeParse(parseJson(body)).data?.error.code;
  const detail = code === undefined ? String(status) : `${status} ${code}`;
  if (temporaryStatuses.has(status)) {
    return { kind: "again", afterSeconds: retryAfter(headers.get("retry-after"), now), detail };
  }
  return { kind: status >= 500 ? "unclear" : "refused", detail };
}
