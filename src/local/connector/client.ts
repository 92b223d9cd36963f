import type { DirectoryPerson } from "../entra/index.ts";
import { adaptiveCardType, faultOfCard } from "./adaptive-cards.ts";
import type { BotAnswer, BotDoor } from "./bot-door.ts";
import type { ConnectorContext } from "./context.ts";
import { activitiesOf, type PressedAction } from "./incoming.ts";
import type { ChatMessage } from "./journal.ts";
import { InvokeAnswer } from "./schemas.ts";
import type { BlockCode } from "./state.ts";

/** What came of something that a person did: what they see besides their chat's messages. */
export interface ClientOutcome {
  /** The bot's HTTP status or, in the answer to a button, its status code; 0 when it couldn't be reached. */
  readonly status: number;
  readonly kind: "card" | "message" | "error" | "none";
  readonly text?: string;
}

/** One person's Teams, as far as the bot is concerned. What can't be done is an outcome of the kind "error". */
export interface TeamsClient {
  install(): Promise<ClientOutcome>;
  uninstall(): Promise<ClientOutcome>;
  /** Blocks the bot; `as` chooses the code with which the Connector tells it (ConversationBlockedByUser by default). */
  block(as?: BlockCode): Promise<ClientOutcome>;
  unblock(): Promise<ClientOutcome>;
  /** Deletes the chat with its messages; the next one has another id. */
  deleteChat(): Promise<ClientOutcome>;
  say(text: string): Promise<ClientOutcome>;
  /** Presses a button of a message's card. Inputs win over the button's own data where both have a name. */
  press(activityId: string, action: PressedAction, inputs?: Readonly<Record<string, string>>): Promise<ClientOutcome>;
  /** The chat, oldest first. */
  messages(): readonly ChatMessage[];
}

/** Teams gives up on a message's answer after 15 seconds. */
const messageTimeoutMs = 15_000;
const unreachable = "The app can't be reached. Try again.";

const failed = (status: number, text: string): ClientOutcome => ({ status, kind: "error", text });
const outcomeOf = ({ status }: BotAnswer): ClientOutcome =>
  status >= 200 && status < 300 ? { status, kind: "none" } : failed(status, unreachable);

/** The person's client. `invokeTimeoutMs` is how long a button waits before it is sent once more. */
export function createClient(
  context: ConnectorContext,
  objectId: string,
  options: { readonly door: BotDoor; readonly invokeTimeoutMs: number },
): TeamsClient {
  const { state, directory, now, changed } = context;
  const { door, invokeTimeoutMs } = options;
  const post = async (activity: Parameters<BotDoor["post"]>[0]) => door.post(activity, objectId, messageTimeoutMs);

  async function asPerson(
    work: (person: DirectoryPerson) => Promise<ClientOutcome> | ClientOutcome,
  ): Promise<ClientOutcome> {
    const person = await directory.find(objectId);
    return person === null ? failed(404, "Nobody in the directory has this object id.") : work(person);
  }

  /** For what needs the app and an unblocked chat; opens the chat when there is none. */
  async function inChat(
    work: (chat: ReturnType<typeof activitiesOf>) => Promise<ClientOutcome>,
  ): Promise<ClientOutcome> {
    return asPerson((person) => {
      const { installed, blocked } = state.facts(person);
      if (!installed) return failed(403, "The app isn't installed for this person.");
      if (blocked !== null) return failed(403, "This person has blocked the app. Unblock it first.");
      return work(activitiesOf(context, person, state.openChat(person)));
    });
  }

  function change(facts: Parameters<typeof state.change>[1], what: "blocked" | "unblocked"): Promise<ClientOutcome> {
    return asPerson((person) => {
      state.change(person, facts);
      changed({ person: objectId, what });
      return { status: 200, kind: "none" };
    });
  }

  function show(messageId: string, answer: BotAnswer): ClientOutcome {
    if (answer.status === 0 || answer.status >= 500) return failed(answer.status, unreachable);
    const parsed = InvokeAnswer.safeParse(answer.body);
    if (!parsed.success) return failed(answer.status, "The app answered something that Teams doesn't understand.");
    const { statusCode: status, type, value } = parsed.data;
    if (type === "application/vnd.microsoft.error") return failed(status, value.message);
    if (type !== adaptiveCardType) return { status, kind: "message", text: value };
    const fault = faultOfCard(value);
    if (fault !== null) return failed(status, `The app answered a card that Teams can't show: ${fault}.`);
    const message = state.message(objectId, messageId);
    if (message !== null) {
      state.put(objectId, { ...message, card: value, updatedAt: new Date(now()).toISOString() });
      changed({ person: objectId, what: "updated", id: messageId });
    }
    return { status, kind: "card" };
  }

  return {
    install: () =>
      asPerson(async (person) => {
        if (person.external) return failed(403, "The app can't be installed for people of another tenant.");
        if (state.facts(person).installed) return { status: 200, kind: "none" };
        state.change(person, { installed: true });
        changed({ person: objectId, what: "installed" });
        const chat = activitiesOf(context, person, state.openChat(person));
        const joined = await post(chat.joined());
        const added = await post(chat.installation("add"));
        return outcomeOf(joined.status >= 300 ? joined : added);
      }),
    uninstall: () =>
      asPerson(async (person) => {
        if (!state.facts(person).installed) return { status: 200, kind: "none" };
        const chat = activitiesOf(context, person, state.openChat(person));
        state.change(person, { installed: false });
        changed({ person: objectId, what: "uninstalled" });
        return outcomeOf(await post(chat.installation("remove")));
      }),
    block: (as = "ConversationBlockedByUser") => change({ blocked: as }, "blocked"),
    unblock: () => change({ blocked: null }, "unblocked"),
    deleteChat: () =>
      asPerson((person) => {
        state.deleteChat(person);
        changed({ person: objectId, what: "chat-deleted" });
        return { status: 200, kind: "none" };
      }),
    say: (text) =>
      inChat(async (chat) => {
        const id = state.newActivityId();
        const at = new Date(now()).toISOString();
        state.put(objectId, { id, at, updatedAt: null, from: "person", text, card: null });
        changed({ person: objectId, what: "message", id });
        return outcomeOf(await post(chat.said(id, text)));
      }),
    async press(activityId, action, inputs = {}) {
      const card = state.message(objectId, activityId)?.card ?? null;
      if (card === null) return failed(404, "This card isn't there any more.");
      return inChat(async (chat) => {
        const data = { ...action.data, ...inputs };
        if (action.type === "Action.Submit") {
          return outcomeOf(await post(chat.submitted(state.newActivityId(), activityId, data)));
        }
        // Teams sends the same invoke again when the bot is slow, so bots must expect to see it twice.
        const invoke = chat.executed(activityId, action, data);
        const first = await door.post(invoke, objectId, invokeTimeoutMs);
        return show(activityId, first.status === 504 ? await door.post(invoke, objectId, invokeTimeoutMs) : first);
      });
    },
    messages: () => state.messages(objectId),
  };
}
