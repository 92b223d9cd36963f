import type { IncomingMessage } from "node:http";
import type { Request, Response, Server } from "restify";
import type { LinkResult, LinkRoute } from "../../kernel/link-http.ts";
import { type Answer, problem, send, somethingBroke } from "./answers.ts";
import type { Failing } from "./api.ts";
import { readBody } from "./input.ts";
import { contextOf } from "./request-context.ts";

/**
 * Serves what a page that was opened by a link asks for, at POST /respond/api/…; the token comes as the bearer, so that
 * no page of another site can have a browser send it along.
 */
export function mountLinkRoutes(server: Server, routes: readonly LinkRoute[], { logger, isTemporary }: Failing): void {
  const answer = async (route: LinkRoute, request: Request): Promise<Answer> => {
    if (!isFromOwnPage(request)) return problem(403, "This can only be used from its own page.");
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const body = await readBody({ body: { type: "application/json", schema: route.body } }, request);
    if (!body.ok) return body.answer;
    const result: LinkResult<unknown> = await route.handle({ token, body: body.value });
    if (result.kind === "ok") return { kind: "ok", status: 200, body: result.body };
    const { offers, ...rest } = result;
    return {
      ...rest,
      extensions: offers === undefined ? {} : { offers },
      headers: result.status === 401 ? { "www-authenticate": "Bearer" } : {},
    };
  };
  for (const route of routes) {
    server.post(`/respond/api/${route.path}`, async (request: Request, response: Response) => {
      try {
        send(request, response, await answer(route, request));
      } catch (error) {
        logger.error({ err: error, requestId: contextOf(request).id }, "A request by a link failed.");
        send(request, response, somethingBroke(isTemporary?.(error) === true ? 503 : 500));
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
