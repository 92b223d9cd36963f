import type { JsonAnswer } from "../entra/loopback.ts";
import { badArgument, errorAnswer } from "./answers.ts";
import type { ConnectorContext } from "./context.ts";
import type { ChatMessage } from "./journal.ts";
import { maxActivityBytes, OutgoingActivity, whyInvalid } from "./schemas.ts";

/** Measured as Teams does it: the whole activity as UTF-16, two bytes for each unit. */
export function isTooBig(activity: unknown): boolean {
  return JSON.stringify(activity ?? null).length * 2 > maxActivityBytes;
}

type Checked =
  | { readonly ok: true; readonly activity: OutgoingActivity }
  | { readonly ok: false; readonly answer: JsonAnswer };

function check(body: unknown): Checked {
  if (isTooBig(body)) {
    return { ok: false, answer: errorAnswer(413, "MessageSizeTooBig", "The message is larger than 100 KB.") };
  }
  const parsed = OutgoingActivity.safeParse(body);
  if (!parsed.success) return { ok: false, answer: badArgument(whyInvalid(parsed.error)) };
  return { ok: true, activity: parsed.data };
}

const cardOf = (activity: OutgoingActivity) => activity.attachments?.[0]?.content ?? null;
const textOf = (activity: OutgoingActivity) => ((activity.text ?? "") === "" ? null : (activity.text ?? null));

/** True for a text with a card in one activity, which Teams splits in two. */
export function isSplit(body: unknown): boolean {
  const parsed = OutgoingActivity.safeParse(body);
  return parsed.success && textOf(parsed.data) !== null && cardOf(parsed.data) !== null;
}

/** Puts a bot's message into the person's chat. Typing shows for a moment and is kept nowhere. */
export function sendActivity(context: ConnectorContext, objectId: string, body: unknown): JsonAnswer {
  const checked = check(body);
  if (!checked.ok) return checked.answer;
  const { state, now, changed } = context;
  if (checked.activity.type === "typing") {
    changed({ person: objectId, what: "typing" });
    return { status: 201, body: { id: state.newActivityId() } };
  }
  const put = (content: Pick<ChatMessage, "text" | "card">): string => {
    const id = state.newActivityId();
    state.put(objectId, { id, at: new Date(now()).toISOString(), updatedAt: null, from: "bot", ...content });
    changed({ person: objectId, what: "message", id });
    return id;
  };
  const text = textOf(checked.activity);
  const card = cardOf(checked.activity);
  if (text !== null && card !== null) {
    put({ text, card: null });
    put({ text: null, card });
    // Teams splits such an activity into two messages and tells the id of neither.
    return { status: 201, body: {} };
  }
  return { status: 201, body: { id: put({ text, card }) } };
}

/** The bot's message with this id, or the refusal to change it. */
function ownMessage(
  context: ConnectorContext,
  objectId: string,
  id: string,
): { readonly message: ChatMessage } | { readonly answer: JsonAnswer } {
  const message = context.state.message(objectId, id);
  if (message === null) {
    return { answer: errorAnswer(404, "ActivityNotFoundInConversation", "The activity isn't in the conversation.") };
  }
  if (message.from !== "bot") {
    return { answer: errorAnswer(403, "NotEnoughPermissions", "A bot can change its own messages only.") };
  }
  return { message };
}

/** Changes a message in place. */
export function updateActivity(context: ConnectorContext, objectId: string, id: string, body: unknown): JsonAnswer {
  const checked = check(body);
  if (!checked.ok) return checked.answer;
  const own = ownMessage(context, objectId, id);
  if ("answer" in own) return own.answer;
  const { activity } = checked;
  if (activity.type !== "message") return badArgument("Only a message can take the place of a message.");
  if (textOf(activity) !== null && cardOf(activity) !== null) {
    return badArgument("A message holds a text or a card, not both.");
  }
  const updatedAt = new Date(context.now()).toISOString();
  context.state.put(objectId, { ...own.message, text: textOf(activity), card: cardOf(activity), updatedAt });
  context.changed({ person: objectId, what: "updated", id });
  return { status: 200, body: { id } };
}

export function deleteActivity(context: ConnectorContext, objectId: string, id: string): JsonAnswer {
  const own = ownMessage(context, objectId, id);
  if ("answer" in own) return own.answer;
  context.state.remove(objectId, id);
  context.changed({ person: objectId, what: "deleted", id });
  return { status: 200 };
}
