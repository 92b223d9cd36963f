import type { IncomingMessage } from "node:http";
import type { Request, Response, Server } from "restify";
import type { LinkResult, LinkRoute } from "../../kernel/link-http.ts";
import type { Logger } from "../../kernel/logger.ts";
import { allowance } from "./allowance.ts";
import { type Answer, problem, send, somethingBroke } from "./answers.ts";
import { readBody } from "./input.ts";
import { contextOf } from "./request-context.ts";

/** Tokens that aren't ours, from one address, in a minute; whoever holds a good one isn't counted. */
const guesses = { times: 20, seconds: 60 };

/**
 * Serves what a page that was opened by a link asks for, at POST /respond/api/…; the token comes as the bearer, so that
 * no page of another site can have a browser send it along.
 */
export function mountLinkRoutes(server: Server, routes: readonly LinkRoute[], logger: Logger): void {
  const guessing = allowance(guesses.times, guesses.seconds);
  const answer = async (route: LinkRoute, request: Request): Promise<Answer> => {
    if (!isFromOwnPage(request)) return problem(403, "This can only be used from its own page.");
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const body = await readBody({ body: { type: "application/json", schema: route.body } }, request);
    if (!body.ok) return body.answer;
    const result: LinkResult<unknown> = await route.handle({ token, body: body.value });
    if (result.kind === "ok") return { kind: "ok", status: 200, body: result.body };
    if (result.status === 401 && !(await guessing.take(request.socket.remoteAddress ?? ""))) {
      return problem(429, "That was a lot at once. Wait a minute, then try again.", { "retry-after": "60" });
    }
    return { ...result, headers: result.status === 401 ? { "www-authenticate": "Bearer" } : {} };
  };
  for (const route of routes) {
    server.post(`/respond/api/${route.path}`, async (request: Request, response: Response) => {
      try {
        send(request, response, await answer(route, request));
      } catch (error) {
        logger.error({ err: error, requestId: contextOf(request).id }, "A request by a link failed.");
        send(request, response, somethingBroke());
      }
    });
  }
}

/** False for requests that a browser sends on behalf of another site's page. */
function isFromOwnPage({ headers }: IncomingMessage): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  const { origin, host } = headers;
  return origin === undefined || origin.replace(/^https?:\/\//i, "").toLowerCase() === host?.toLowerCase();
}
