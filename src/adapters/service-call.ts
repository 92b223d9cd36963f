import { noTelemetry, type Telemetry } from "../kernel/telemetry.ts";
import { operationOf } from "./operation-names.ts";

/** The service answered, and not with a success. */
export class ServiceRefusal extends Error {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;

  constructor(status: number, headers: Headers, body: string) {
    super(`The service answered ${status}.`);
    this.name = "ServiceRefusal";
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** No answer came: the connection couldn't be made, broke, or took too long. Whether the request arrived is open. */
export class NoAnswer extends Error {
  readonly why: "timed-out" | "cut";

  constructor(why: "timed-out" | "cut", options: { cause: unknown }) {
    super(`No answer from the service: ${why}.`, options);
    this.name = "NoAnswer";
    this.why = why;
  }
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Whose service is called, and who is told how it went. */
export interface Watch {
  readonly service: "connector" | "graph";
  readonly telemetry: Telemetry;
}

/**
 * Sends a request once, follows no redirect, and reads the answer whole, all within `timeoutMs` milliseconds. Throws
 * ServiceRefusal for every status but 2xx, and NoAnswer.
 */
export async function callService(
  url: string,
  request: Pick<RequestInit, "method" | "headers" | "body">,
  timeoutMs: number,
  { service, telemetry }: Watch = unwatched,
): Promise<ServiceAnswer> {
  const operation = operationOf(request.method ?? "GET", url);
  return telemetry.step({ kind: "call", service, operation }, async (ended) => {
    const { status, headers, body } = await exchange(url, request, timeoutMs).catch((error: unknown) => {
      if (error instanceof NoAnswer) ended(error.why);
      throw error;
    });
    ended(String(status));
    if (status < 200 || status > 299) throw new ServiceRefusal(status, headers, body);
    return { status, headers, body };
  });
}

const unwatched: Watch = { service: "connector", telemetry: noTelemetry };

async function exchange(url: string, request: RequestInit, timeoutMs: number): Promise<ServiceAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    // A redirect would carry the token to another address.
    const response = await fetch(url, { ...request, redirect: "manual", signal });
    return { status: response.status, headers: response.headers, body: await response.text() };
  } catch (cause) {
    throw new NoAnswer(signal.aborted ? "timed-out" : "cut", { cause });
  }
}

/**
 * Statuses after which Teams and Graph want a request to be tried again: Microsoft's "Send and receive messages: rate
 * limits" and "Microsoft Graph error responses".
 */
export const temporaryStatuses: ReadonlySet<number> = new Set([412, 429, 502, 503, 504]);

/**
 * Seconds to wait by a Retry-After header: a number of seconds, or an HTTP date. Null when it has neither.
 * @param now milliseconds since 1970, against which a date is measured
 */
export function retryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text);
  // Date.parse reads nearly anything as a date; an HTTP date starts with its weekday (RFC 9110).
  const at = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}

/** What JSON says, or undefined when the text isn't JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
