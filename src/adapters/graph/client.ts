import {
  AuthenticationHandler,
  Client,
  GraphClientError,
  type Context,
  type Middleware,
} from "@microsoft/microsoft-graph-client";
import { Fault } from "../../kernel/errors.ts";
import { noTelemetry, type Telemetry } from "../../kernel/telemetry.ts";
import { noTokenFor } from "../identity/sign-in.ts";
import { callService } from "../service-call.ts";

export interface GraphClientOptions {
  /** Graph's address without a version, such as https://graph.microsoft.com. */
  readonly baseUrl: string;
  /** A token for Graph of the application's own. */
  readonly token: () => Promise<string>;
  /** Time limit of one request in milliseconds; 10,000 when left out. */
  readonly requestTimeoutMs?: number;
  readonly telemetry?: Telemetry;
}

/**
 * A client of Graph that sends each request once. The SDK's own chain sends a POST up to four times, which would send a
 * mail twice, so retries are left to whoever sends. What a failed call throws, `graphFaultOf` understands. Throws a
 * Fault "configuration" unless the address is an https one.
 */
export function createGraphClient({
  baseUrl,
  token,
  requestTimeoutMs = 10_000,
  telemetry = noTelemetry,
}: GraphClientOptions): Client {
  if (!URL.canParse(baseUrl) || new URL(baseUrl).protocol !== "https:") {
    throw new Fault("configuration", "Graph's address must start with https://.");
  }
  const { origin, hostname } = new URL(baseUrl);
  const authentication = new AuthenticationHandler({
    getAccessToken: () =>
      token().catch((cause: unknown) => {
        throw passedOn(noTokenFor(cause));
      }),
  });
  const sending = createSending(requestTimeoutMs, telemetry);
  authentication.setNext(sending);
  return Client.initWithMiddleware({
    baseUrl: origin,
    // The SDK gives the token to Graph's own hosts and to those named here, and to no other.
    customHosts: new Set([hostname]),
    middleware: [authentication, sending],
  });
}

function createSending(timeoutMs: number, telemetry: Telemetry): Middleware {
  const watch = { service: "graph", telemetry } as const;
  return {
    async execute(context: Context) {
      const { method = "GET", headers, body = null } = context.options ?? {};
      const sent = new Headers(headers);
      // Ids stay the same when an item moves to another folder. Added to what the caller prefers.
      sent.append("prefer", 'IdType="ImmutableId"');
      const url = typeof context.request === "string" ? context.request : context.request.url;
      const answer = await callService(url, { method, headers: sent, body }, timeoutMs, watch).catch((error: unknown) => {
        throw passedOn(error);
      });
      const empty = answer.status === 204 || answer.body === "";
      context.response = new Response(empty ? null : answer.body, { status: answer.status, headers: answer.headers });
    },
  };
}

// The SDK rewrites whatever its chain throws, and loses the cause and some headers; its own kind of error passes as
// it is, so the error travels inside one.
function passedOn(error: unknown): GraphClientError {
  const carrier = new GraphClientError("The call to Graph failed.");
  carrier.customError = error;
  return carrier;
}
