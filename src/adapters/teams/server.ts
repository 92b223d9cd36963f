import type { IncomingMessage, ServerResponse } from "node:http";
import type { Activity, CloudAdapter } from "botbuilder";
import type { AuthenticateRequestResult } from "botframework-connector";
import { z } from "zod";
import type { Logger } from "../../kernel/logger.ts";
import { readBody } from "./http-body.ts";
import { readActivity, type Incoming } from "./incoming.ts";
import { loggable } from "./log.ts";
import type { TurnResult } from "./router.ts";
import type { TokenVerdict } from "./tokens.ts";
import { turnOf, type Turn } from "./turn.ts";

export type MessageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Answer {
  readonly status: number;
  readonly body?: object;
}

const FromBotbuilder = z.custom<Activity>();

const refusal = (status: number, message: string): Answer => ({ status, body: { message } });
const uncheckable = refusal(503, "The token can't be checked at the moment.");
const unauthorized = refusal(401, "The token is missing or isn't valid.");

/**
 * Answers POST /api/messages. In this order: the body's form, its tenant, the token, which is tied to the service URL,
 * and only then the application. Refusals are one line of JSON that repeats nothing.
 */
export function createMessageHandler(options: {
  readonly adapter: CloudAdapter;
  /** What botbuilder makes of a token that holds: who calls, and the way to answer. */
  readonly admitted: AuthenticateRequestResult;
  readonly allowedTenants: readonly string[];
  readonly checkToken: (authorization: string | undefined, serviceUrl: string) => Promise<TokenVerdict>;
  readonly route: (turn: Turn) => Promise<TurnResult>;
  readonly parts: Parameters<typeof turnOf>[2];
  readonly logger: Logger;
}): MessageHandler {
  const { adapter, admitted, allowedTenants, checkToken, route, parts, logger } = options;

  async function answer(request: IncomingMessage): Promise<Answer> {
    if (request.method !== "POST") return refusal(405, "Only POST is answered here.");
    const body = await readBody(request);
    if (!body.ok) return refusal(body.status, body.message);
    const reading = readActivity(body.text, allowedTenants);
    if (!reading.ok) return refusal(reading.status, reading.message);
    const verdict = await checkToken(request.headers.authorization, reading.activity.serviceUrl);
    if (verdict === "invalid") return unauthorized;
    if (verdict === "keys-unavailable") return uncheckable;
    return runTurn(reading.activity, FromBotbuilder.parse(reading.json));
  }

  async function runTurn(activity: Incoming, json: Activity): Promise<Answer> {
    let result: TurnResult = { status: 500 };
    await adapter.processActivityDirect(admitted, json, async (context) => {
      result = await route(turnOf(context, activity, parts));
    });
    return result;
  }

  return async (request, response) => {
    const { status, body } = await answer(request).catch((error: unknown) => {
      logger.error({ error: loggable(error) }, "an activity couldn't be handled");
      return refusal(500, "Something went wrong.");
    });
    if (status >= 400 && status < 500) logger.warn({ status }, "an activity was refused");
    const text = body === undefined ? "" : JSON.stringify(body);
    response.statusCode = status;
    response.setHeader("content-type", "application/json; charset=utf-8");
    response.setHeader("content-length", Buffer.byteLength(text));
    // What wasn't read of the body can't be told from the next request.
    if (!request.complete) response.setHeader("connection", "close");
    response.end(text);
  };
}
