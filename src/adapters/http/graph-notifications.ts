import type { Request, Response, Server } from "restify";
import type { z } from "zod";
import type { Logger } from "../../kernel/logger.ts";
import { problem, send, somethingBroke } from "./answers.ts";
import { readBody } from "./input.ts";
import { contextOf } from "./request-context.ts";

/** Takes what Graph posts about calendars. */
export interface NotificationReceiver<B = unknown> {
  readonly schema: z.ZodType<B>;
  /** Takes note of it; gives how many were taken and how many weren't genuine. Does no work that takes long. */
  take(body: B): Promise<{ readonly taken: number; readonly refused: number }>;
}

/** The longest token of a validation handshake that is echoed. */
const longestToken = 2_000;

/**
 * Serves POST /api/graph/notifications: echoes the token of Graph's handshake as plain text, and answers 202 to what is
 * genuine, so that Graph doesn't send it again.
 */
export function mountNotifications(server: Server, receiver: NotificationReceiver, logger: Logger): void {
  server.post("/api/graph/notifications", async (request: Request, response: Response) => {
    const token = new URLSearchParams(request.getQuery()).get("validationToken");
    if (token !== null) {
      response.statusCode = token.length > longestToken ? 400 : 200;
      // As plain text a browser runs nothing of it.
      response.setHeader("content-type", "text/plain; charset=utf-8");
      response.end(token.length > longestToken ? "" : token);
      return;
    }
    try {
      const body = await readBody({ body: { type: "application/json", schema: receiver.schema } }, request);
      if (!body.ok) return send(request, response, body.answer);
      const { taken, refused } = await receiver.take(receiver.schema.parse(body.value));
      if (refused > 0) logger.warn({ taken, refused }, "notifications were refused");
      if (taken === 0 && refused > 0) return send(request, response, problem(403, "These notifications aren't genuine."));
      response.statusCode = 202;
      response.end();
    } catch (error) {
      // Graph sends again what isn't answered by a success.
      logger.error({ err: error, requestId: contextOf(request).id }, "Notifications couldn't be taken.");
      send(request, response, somethingBroke(503));
    }
  });
}
