import { z } from "zod";
import type { SendFault } from "../../features/deliveries/messenger.ts";
import { NoToken } from "../identity/client-credentials.ts";
import { NoAnswer, parseJson, retryAfter, ServiceRefusal, temporaryStatuses } from "../service-call.ts";

type FinalKind = Exclude<SendFault["kind"], "again">;

/** By status and code, as in Microsoft's "Status codes from bot conversational APIs". */
const kinds: Readonly<Record<string, FinalKind>> = {
  "403 ConversationBlockedByUser": "blocked",
  "403 MessageWritesBlocked": "blocked",
  "403 BotDisabledByAdmin": "disabled",
  "403 BotNotInConversationRoster": "not-installed",
  "403 ForbiddenOperationException": "not-installed",
  "403 NotEnoughPermissions": "not-installed",
  "404 ConversationNotFound": "conversation-gone",
  "404 ActivityNotFoundInConversation": "message-gone",
};

/** There is no bot of this id: no token will change that. */
const unknownBot = "BotNotRegistered";

/**
 * What a failed call to the Connector means; null when the error isn't one of a call, but a fault of our own.
 * @param now milliseconds since 1970, against which a Retry-After date is measured
 */
export function sendFaultOf(error: unknown, now: number): SendFault | null {
  if (error instanceof NoAnswer) return { kind: "again", afterSeconds: null, detail: error.why };
  // Without a token nothing was sent, so that trying again can't send twice.
  if (error instanceof NoToken && error.isRefusal) return { kind: "not-signed-in", detail: error.why };
  if (error instanceof NoToken) return { kind: "again", afterSeconds: null, detail: error.message, at: "sign-in" };
  if (!(error instanceof ServiceRefusal)) return null;
  const { status, headers, body } = error;
  const codes = errorCodes(body);
  const detail = [String(status), codes[0]].join(" ").trimEnd();
  const afterSeconds = retryAfter(headers.get("retry-after"), now);
  if (status === 429) return { kind: "again", afterSeconds, detail, isTooFast: true };
  if (temporaryStatuses.has(status)) return { kind: "again", afterSeconds, detail };
  if (status >= 500) return { kind: "unclear", detail };
  if (status === 413) return { kind: "too-big", detail };
  // The token, not the card: one of a clock that was wrong, or one that was revoked. The next one may do.
  if (status === 401 && !codes.includes(unknownBot)) return { kind: "again", afterSeconds, detail, at: "sign-in" };
  const known = codes.find((code) => `${status} ${code}` in kinds);
  return known === undefined
    ? { kind: "refused", detail }
    : { kind: kinds[`${status} ${known}`] ?? "refused", detail: `${status} ${known}` };
}

/**
 * What a failed call to open a chat means: a no whose code says nothing else is about the person, for whom there may be
 * another way, and not about what would have been sent.
 */
export function openingFaultOf(error: unknown, now: number): SendFault | null {
  const fault = sendFaultOf(error, now);
  if (fault?.kind === "unclear") return openedOrNot(fault.detail);
  const isNo = error instanceof ServiceRefusal && [400, 403, 404].includes(error.status);
  return fault?.kind === "refused" && isNo ? { kind: "no-chat", detail: fault.detail } : fault;
}

/** Whether a chat was opened is open, and makes no difference: nothing was sent, and a chat that is there is found. */
export function openedOrNot(detail: string): SendFault {
  return { kind: "again", afterSeconds: null, detail };
}

const Code = z.string().regex(/^\w{1,60}$/);
const Anything = z.unknown().optional();
const ErrorBody = z.object({
  error: z.object({ code: Anything, message: Anything }).optional().catch(undefined),
  message: Anything,
  subCode: Anything,
});

/** The codes in an error's body, the outer one last. MessageWritesBlocked comes as JSON inside a string. */
function errorCodes(body: string, depth = 0): string[] {
  const parsed = ErrorBody.safeParse(parseJson(body));
  if (!parsed.success || depth > 2) return [];
  const { error, message, subCode } = parsed.data;
  const nested = [error?.message, message].flatMap((text) =>
    typeof text === "string" ? errorCodes(text, depth + 1) : [],
  );
  return [...nested, subCode, error?.code].flatMap((code) => Code.safeParse(spaceless(code)).data ?? []);
}

// "Bad Argument" is the one code with a space in it.
const spaceless = (code: unknown) => (typeof code === "string" ? code.replace(" ", "") : code);
