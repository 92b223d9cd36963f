import type { JsonAnswer } from "../entra/loopback.ts";

/** The codes with which the Bot Connector refuses requests. */
export type ErrorCode =
  | "Bad Argument"
  | "Unauthorized"
  | "BotNotRegistered"
  | "BotDisabledByAdmin"
  | "BotNotInConversationRoster"
  | "ConversationBlockedByUser"
  | "ForbiddenOperationException"
  | "MessageWritesBlocked"
  | "NotEnoughPermissions"
  | "ConversationNotFound"
  | "ActivityNotFoundInConversation"
  | "MemberNotFoundInConversation"
  | "NotFound"
  | "PreconditionFailed"
  | "MessageSizeTooBig"
  | "Throttled"
  | "ServiceError";

/**
 * A refusal in the shape that the Bot Connector gives it. MessageWritesBlocked has a shape of its own: JSON inside a
 * string.
 */
export function errorAnswer(
  status: number,
  code: ErrorCode,
  message: string,
  retryAfterSeconds?: number,
): JsonAnswer {
  const inside = { subCode: code, details: message, errorCode: null, errorSubCode: null };
  const body =
    code === "MessageWritesBlocked"
      ? { errorCode: 209, message: JSON.stringify(inside) }
      : { error: { code, message } };
  return {
    status,
    body,
    ...(retryAfterSeconds === undefined ? {} : { headers: { "retry-after": String(retryAfterSeconds) } }),
  };
}

/** A refusal of something malformed; `message` is one sentence on why. */
export const badArgument = (message: string): JsonAnswer => errorAnswer(400, "Bad Argument", message);
