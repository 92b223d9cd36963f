import type { Reply } from "../../kernel/bot.ts";
import { cardContentType } from "./messenger.ts";

/** What Teams gets for a pressed button: `statusCode` and `type` tell the client what to do with `value`. */
export interface InvokeAnswer {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** Shown beside the card, which stays as it is with everything typed into it. */
export const asMessage = (text: string): InvokeAnswer => ({
  statusCode: 200,
  type: "application/vnd.microsoft.activity.message",
  value: text,
});

export const asError = (statusCode: 400 | 500, message: string): InvokeAnswer => ({
  statusCode,
  type: "application/vnd.microsoft.error",
  value: { code: statusCode === 400 ? "BadRequest" : "InternalServerError", message },
});

/** A handler's reply as the answer to `Action.Execute`. */
export function answerOf(reply: Reply): InvokeAnswer {
  return reply.kind === "card"
    ? { statusCode: 200, type: cardContentType, value: reply.card }
    : asMessage(reply.text);
}
