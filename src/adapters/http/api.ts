import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Actor } from "../../kernel/actor.ts";
import { Fault } from "../../kernel/errors.ts";
import type { LongFileAnswer, Route } from "../../kernel/http.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { AuditEntry } from "../../kernel/store.ts";
import type { Clock } from "../../kernel/time.ts";
import { problem, send, sendPieces, somethingBroke, type Answer } from "./answers.ts";
import { readBody, readQuery } from "./input.ts";
import { contextOf } from "./request-context.ts";

/** Who a bearer token belongs to. `actor` is null for somebody whom no roster knows; `reason` is for the log. */
export type Authentication =
  { readonly ok: true; readonly actor: Actor | null } | { readonly ok: false; readonly reason: string };

export interface ApiDependencies {
  authenticate(bearer: string): Promise<Authentication>;
  /** Records what was done. When it throws, the request fails with 500. */
  audit(entry: AuditEntry): Promise<void>;
  /** True for errors after which the same may well work in a minute: they are answered with 503. */
  readonly isTemporary?: (error: unknown) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The part of a routed request that the API reads. */
export interface ApiCall {
  readonly params: Readonly<Record<string, string>>;
  readonly search: URLSearchParams;
}

const signIn = (challenge: string): Answer =>
  problem(401, "Sign in first: this needs a valid bearer token.", { "www-authenticate": challenge });

async function callerOf(request: IncomingMessage, { authenticate, logger }: ApiDependencies): Promise<Actor | Answer> {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) return signIn('Bearer realm="Steady"');
  const found = await authenticate(token);
  if (!found.ok) {
    logger.info({ requestId: contextOf(request).id, reason: found.reason }, "A token was refused.");
    if (found.reason === "keys-unavailable") return somethingBroke(503);
    return signIn('Bearer realm="Steady", error="invalid_token"');
  }
  if (found.actor !== null) return found.actor;
  return problem(
    403,
    "You aren't in a network's roster yet. Ask whoever runs your network to add you, then try again.",
  );
}

type Outcome = Answer | (LongFileAnswer & { readonly status: 200 });

/** Everything that an address can name has a UUID; the store would fail on anything else. */
const Id = z.guid();

async function run(route: Route, actor: Actor, request: IncomingMessage, { params, search }: ApiCall): Promise<Outcome> {
  if (!route.allow(actor)) return problem(403, `This isn't open to you. It is for: ${route.allowed}.`);
  if (params["id"] !== undefined && !Id.safeParse(params["id"]).success) {
    return problem(404, "There is nothing with this id.");
  }
  const query = readQuery(route, search);
  if (!query.ok) return query.answer;
  const body = await readBody(route, request);
  if (!body.ok) return body.answer;
  const result = await route.handle({ actor, params, query: query.value, body: body.value });
  if (result.kind === "problem") return result;
  if ("file" in route.response) {
    if (result.kind === "long-file" && result.type === route.response.file) return { ...result, status: 200 };
    if (result.kind === "file" && result.type === route.response.file) return { ...result, status: 200 };
    throw new Fault("unexpected-answer", `${route.path} sends ${route.response.file}.`);
  }
  if (result.kind === "file" || result.kind === "long-file") throw new Fault("unexpected-answer", `${route.path} sends no files.`);
  // Parsing drops what the schema doesn't name: nothing unplanned leaves the server.
  return { kind: "ok", status: result.status ?? 200, body: route.response.parse(result.body) };
}

/** What answering with a failure takes. */
export type Failing = Pick<ApiDependencies, "logger" | "isTemporary">;

async function safely(work: () => Promise<Outcome>, request: IncomingMessage, { logger, isTemporary }: Failing): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    // The caller went away while sending: there is nobody to answer, and nothing that went wrong here.
    if (request.destroyed && !request.complete) return problem(400, "The request was cut off.");
    logger.error({ err: error, requestId: contextOf(request).id }, "A request failed.");
    const isForNow = (error instanceof Fault && error.code === "store-unavailable") || isTemporary?.(error) === true;
    return somethingBroke(isForNow ? 503 : 500);
  }
}

/** Reading one's own things is nobody else's business, so it leaves no record. */
function isRecorded(route: Route, actor: Actor, status: number): boolean {
  if (status === 403 || route.method !== "GET") return true;
  const isOwn = /^\/?me(\/|$)/.test(route.path);
  return !isOwn && (actor.role === "lead" || actor.role === "admin" || actor.role === "viewer");
}

/** What the address names; null where it is nothing that could have an id: the record keeps no text of the caller's own. */
function idIn({ params }: ApiCall): string | null {
  return Id.safeParse(params["id"]).data ?? null;
}

/** Answers a request to one route: who is it, may they, is the input good, and is the answer what was promised. */
export async function answerApi(
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
  call: ApiCall,
  dependencies: ApiDependencies,
): Promise<void> {
  const { audit, clock, logger } = dependencies;
  const answer = await safely(
    async () => {
      const caller = await callerOf(request, dependencies);
      if ("kind" in caller) return caller;
      contextOf(request).person = caller.person;
      const outcome = await safely(() => run(route, caller, request, call), request, dependencies);
      if (isRecorded(route, caller, outcome.status)) {
        await audit({
          at: clock.now(),
          actor: caller,
          action: `${route.method} ${route.path.replace(/^\//, "")}`,
          subject: idIn(call),
          detail: { status: outcome.status },
        });
      }
      return outcome;
    },
    request,
    dependencies,
  );
  if (answer.kind !== "long-file") return send(request, response, answer);
  await sendPieces(response, answer).catch((error: unknown) => {
    logger.warn({ err: error, requestId: contextOf(request).id }, "A file wasn't sent to its end.");
  });
}
