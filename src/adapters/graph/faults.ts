import { GraphClientError } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import type { SendFault } from "../../features/deliveries/messenger.ts";
import type { CalendarFault } from "../../features/meetings/calendar.ts";
import { NoToken } from "../identity/client-credentials.ts";
import { NoAnswer, parseJson, retryAfter, ServiceRefusal, temporaryStatuses } from "../service-call.ts";

const ErrorBody = z.object({ error: z.object({ code: z.string().regex(/^\w{1,60}$/) }) });
const ErrorMessage = z.object({ error: z.object({ message: z.string() }) });

/** A failed call: nothing was answered, or a refusal with its status and code. */
type Failure =
  | { readonly kind: "no-answer"; readonly detail: string; readonly at?: "sign-in" }
  | { readonly kind: "not-signed-in"; readonly detail: string }
  | {
      readonly kind: "refusal";
      readonly status: number;
      readonly code: string | null;
      readonly afterSeconds: number | null;
      /** The status and Graph's code only: its messages can hold addresses. */
      readonly detail: string;
      /** What Graph says in words, for telling apart what has one code; never to be logged or shown. */
      readonly message: string;
    };

/**
 * What went wrong in a call; null when the error isn't one of a call, but a fault of our own.
 * @param now milliseconds since 1970, against which a Retry-After date is measured
 */
export function failureOf(error: unknown, now: number): Failure | null {
  const cause: unknown = error instanceof GraphClientError ? error.customError : error;
  if (cause instanceof NoAnswer) return { kind: "no-answer", detail: cause.why };
  // Without a token nothing was sent, so that trying again can't send twice.
  if (cause instanceof NoToken && cause.isRefusal) return { kind: "not-signed-in", detail: cause.why };
  if (cause instanceof NoToken) return { kind: "no-answer", detail: cause.message, at: "sign-in" };
  if (!(cause instanceof ServiceRefusal)) return null;
  const { status, headers, body } = cause;
  const said = parseJson(body);
  const code = ErrorBody.safeParse(said).data?.error.code ?? null;
  const message = ErrorMessage.safeParse(said).data?.error.message ?? "";
  const detail = code === null ? String(status) : `${status} ${code}`;
  return { kind: "refusal", status, code, afterSeconds: retryAfter(headers.get("retry-after"), now), detail, message };
}

/**
 * What a failed call to send a mail means; null when the error isn't one of a call, but a fault of our own.
 * @param now milliseconds since 1970, against which a Retry-After date is measured
 */
export function graphFaultOf(error: unknown, now: number): SendFault | null {
  const failure = failureOf(error, now);
  if (failure === null) return null;
  const { detail } = failure;
  if (failure.kind === "no-answer") {
    return { kind: "again", afterSeconds: null, detail, ...(failure.at === undefined ? {} : { at: failure.at }) };
  }
  if (failure.kind === "not-signed-in") return { kind: "not-signed-in", detail };
  const { status, afterSeconds } = failure;
  if (temporaryStatuses.has(status)) return { kind: "again", afterSeconds, detail };
  return { kind: status >= 500 ? "unclear" : "refused", detail };
}

/**
 * What a failed call about calendars means; null when the error isn't one of a call. Every such call may be repeated,
 * so that whatever the service did wrong by itself is tried again.
 * @param now milliseconds since 1970, against which a Retry-After date is measured
 */
export function calendarFaultOf(error: unknown, now: number): CalendarFault | null {
  const failure = failureOf(error, now);
  if (failure === null) return null;
  const { detail } = failure;
  if (failure.kind !== "refusal") return { kind: "again", afterSeconds: null, detail };
  const { status, code, afterSeconds } = failure;
  // Exchange's own name for a version that is out of date comes with more than one status.
  if (status === 412 || code === "ErrorIrresolvableConflict") return { kind: "changed", detail };
  // A mailbox that is missing, or kept elsewhere, says nothing about the event.
  if (/^(ErrorInvalidUser|ErrorNonExistentMailbox|MailboxNotEnabledForRESTAPI)$/.test(code ?? "")) return { kind: "refused", detail };
  if (status === 404 || status === 410) return { kind: "gone", detail };
  if (status === 429 || status >= 500) return { kind: "again", afterSeconds, detail };
  return { kind: /TooMany(Attendees|Recipients)/.test(code ?? "") ? "too-many" : "refused", detail };
}

/** Graph's code for why it refused a call, such as "ErrorItemNotFound"; null when there is none. */
export function refusalCodeOf(error: unknown): string | null {
  const failure = failureOf(error, 0);
  return failure?.kind === "refusal" ? failure.code : null;
}
