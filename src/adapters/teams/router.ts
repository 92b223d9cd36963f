import type { Actor } from "../../kernel/actor.ts";
import type { BotApp, ContactKind } from "../../kernel/bot-app.ts";
import type { Reply } from "../../kernel/bot.ts";
import type { Logger } from "../../kernel/logger.ts";
import { pressButton, type Pressed } from "../../kernel/press.ts";
import type { Telemetry } from "../../kernel/telemetry.ts";
import { allOf } from "../../kernel/together.ts";
import { executed, submitted } from "./card-actions.ts";
import { findCommand, helpText, plainText } from "./commands.ts";
import type { Incoming } from "./incoming.ts";
import { answerOf, asError, asMessage, type InvokeAnswer } from "./invoke-answers.ts";
import { loggable, loggableOfNobody, type TurnReport } from "./log.ts";
import type { Turn } from "./turn.ts";

/** What the HTTP request that brought an activity is answered with. */
export interface TurnResult {
  readonly status: number;
  readonly body?: InvokeAnswer;
}

type Done = TurnReport & { readonly answer?: InvokeAnswer; readonly status?: number };

const apology = "Something went wrong on our side. Please try again in a minute.";
const oneToOneOnly = "I only work in a one-to-one chat. Please open one with me and try there.";
const unknownButton = "This button isn't known any more. Please use the newest card in this chat.";

const handled: ReadonlySet<string> = new Set(["invoke", "message", "installationUpdate"]);

const contacts: Readonly<Record<string, ContactKind>> = {
  add: "add",
  // A new version takes the place of the old one: nobody is greeted anew, and nobody has gone.
  "add-upgrade": "seen",
  remove: "remove",
  "remove-upgrade": "seen",
};

/** Turns activities into calls of the application, and its replies into messages and invoke answers. Never throws. */
export function createRouter(options: {
  readonly app: () => BotApp;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
}): (turn: Turn) => Promise<TurnResult> {
  const { logger, telemetry } = options;

  async function contact(turn: Turn, actor: Actor, kind: ContactKind): Promise<void> {
    const replies = await options.app().installed(actor, turn.conversation, kind);
    if (kind !== "remove") await sendAll(turn, replies);
  }

  // What the person asked for matters more than taking note of their chat.
  async function noteContact(turn: Turn, actor: Actor): Promise<void> {
    await contact(turn, actor, "seen").catch((error: unknown) => {
      logger.error({ activity: turn.activity.id, person: actor.person, error: loggable(error) }, "a contact wasn't noted");
    });
  }

  /** @param isNoted false where it mustn't be kept that this person was there at this moment */
  async function handle(turn: Turn, button: Pressed | null, isNoted: boolean): Promise<Done> {
    const { activity } = turn;
    const { type } = activity;
    const isInvoke = type === "invoke";
    if (isInvoke && activity.name !== "adaptiveCard/action") return { outcome: "not-implemented", status: 501 };
    const kind = type === "installationUpdate" ? contacts[String(activity.action)] : "seen";
    if (kind === undefined || !handled.has(type)) return { outcome: "ignored" };
    if (!isPersonal(turn)) return say(turn, oneToOneOnly, { outcome: "not-one-to-one" }, kind);

    const app = options.app();
    const objectId = activity.from.aadObjectId ?? null;
    const account = objectId === null ? null : { objectId, tenantId: activity.tenantId };
    const actor = account === null ? null : await app.identify(account, () => turn.fetchEmail());
    if (actor === null) return say(turn, app.stranger.text, { outcome: "stranger" }, kind);

    const report = { person: actor.person };
    if (type === "installationUpdate") {
      await contact(turn, actor, kind);
      return { ...report, name: kind, outcome: "done" };
    }
    const noted = isNoted ? noteContact(turn, actor) : Promise.resolve();
    if (isInvoke) {
      // What is pressed doesn't need it, so both are done at the same time.
      const [done] = await allOf([execute(app, actor, button), noted]);
      return { ...report, ...done };
    }
    await noted;
    const done = button === null ? await command(turn, app, actor) : await submit(turn, app, actor, button);
    return { ...report, ...done };
  }

  async function openly(turn: Turn, button: Pressed | null): Promise<Done> {
    const { id, type } = turn.activity;
    const startedAt = performance.now();
    const done = await handle(turn, button, true).catch((error: unknown) => {
      logger.error({ activity: id, type, error: loggable(error) }, "a turn failed");
      return apologise(turn, (cause) => {
        logger.error({ activity: id, type, error: loggable(cause) }, noApology);
      });
    });
    const { person, name, outcome } = done;
    const ms = Math.round(performance.now() - startedAt);
    logger.info({ activity: id, type, person, name, outcome, ms }, "turn");
    return done;
  }

  /** The same, without a line that leads to the person, or that tells one confidential button from another. */
  async function confidentially(noticed: Turn, button: Pressed): Promise<Done> {
    const turn = noticed.unpaced();
    const { type } = turn.activity;
    const done = await handle(turn, button, false).catch((error: unknown) => {
      logger.error({ type, error: loggableOfNobody(error) }, "a turn failed");
      return apologise(turn, (cause) => {
        logger.error({ type, error: loggableOfNobody(cause) }, noApology);
      });
    });
    logger.info({ type, name: "confidential", outcome: done.outcome === "failed" ? "failed" : "taken" }, "turn");
    return done;
  }

  return async (turn) => {
    const button = pressedIn(turn.activity);
    const verb = button === null ? undefined : options.app().verbs.get(button.verb);
    const isConfidential = button !== null && verb?.isConfidential === true;
    const take = () => (isConfidential ? confidentially(turn, button) : openly(turn, button));
    const name = isConfidential ? "confidential" : (verb?.verb ?? "unknown");
    const { answer, status = 200 } = await (button === null
      ? take()
      : telemetry.step({ kind: "answer", verb: name }, async (ended) => {
          const done = await take();
          ended(isConfidential && done.outcome !== "failed" ? "taken" : done.outcome);
          return done;
        }));
    return answer === undefined ? { status } : { status, body: answer };
  };
}

/** The pressed button that an activity brings; null when it brings none. */
function pressedIn({ type, name, value }: Incoming): Pressed | null {
  if (type === "message") return submitted(value);
  return type === "invoke" && name === "adaptiveCard/action" ? executed(value) : null;
}

const isPersonal = ({ activity: { conversation } }: Turn) =>
  (conversation.conversationType ?? "personal") === "personal" && conversation.isGroup !== true;

/** Says one sentence in the way that fits the activity: beside the card, or in the chat while there is one. */
async function say(turn: Turn, text: string, report: TurnReport, kind: ContactKind): Promise<Done> {
  if (turn.activity.type === "invoke") return { ...report, answer: asMessage(text) };
  // A new version of the app is nothing to talk about, nor can anything be said once it is removed.
  const isMute = kind === "remove" || (turn.activity.type === "installationUpdate" && kind === "seen");
  if (!isMute) await turn.sendText(text);
  return report;
}

const noApology = "the apology couldn't be sent";

/** Says that something went wrong, in the way that fits the activity. */
async function apologise(turn: Turn, failed: (cause: unknown) => void): Promise<Done> {
  const { type } = turn.activity;
  if (type === "invoke") return { outcome: "failed", answer: asError(500, apology) };
  if (type === "message") await turn.sendText(apology).catch(failed);
  return { outcome: "failed" };
}

async function execute(app: BotApp, actor: Actor, button: Pressed | null): Promise<Done> {
  const done = button === null ? null : await pressButton(app, actor, button);
  if (button === null || done === null) return { outcome: "unknown-verb", answer: asError(400, unknownButton) };
  return { name: button.verb, outcome: done.outcome, answer: answerOf(done.reply) };
}

async function submit(turn: Turn, app: BotApp, actor: Actor, button: Pressed): Promise<Done> {
  const done = await pressButton(app, actor, button);
  if (done === null) {
    await turn.sendText(unknownButton);
    return { outcome: "unknown-verb" };
  }
  const { outcome, reply } = done;
  const pressed = turn.activity.replyToId ?? null;
  const replaced = reply.kind === "card" && pressed !== null && (await turn.replaceCard(pressed, reply.card));
  if (!replaced) await sendAll(turn, [reply]);
  return { name: button.verb, outcome };
}

async function command(turn: Turn, app: BotApp, actor: Actor): Promise<Done> {
  const text = plainText(turn.activity.text ?? "");
  const found = findCommand(app.commands, text);
  if (found === null) {
    const opening = /^(?:help|hi|hello|\?)\W*$/i.test(text) ? "This is Steady." : "I didn't understand that.";
    await turn.sendText(helpText(app.commands, actor, opening));
    return { outcome: "help" };
  }
  const { command: chosen, rest } = found;
  const [name] = chosen.words;
  if (!chosen.allow(actor)) {
    await app.acted(actor, { name, allow: chosen.allow, outcome: "forbidden" });
    await turn.sendText(helpText(app.commands, actor, `"${name}" isn't available to you.`));
    return { name, outcome: "forbidden" };
  }
  const replies = await chosen.handle(actor, rest);
  await app.acted(actor, { name, allow: chosen.allow, outcome: "done" });
  await sendAll(turn, replies);
  return { name, outcome: "done" };
}

async function sendAll(turn: Turn, replies: readonly Reply[]): Promise<void> {
  for (const reply of replies) {
    await (reply.kind === "card" ? turn.sendCard(reply.card) : turn.sendText(reply.text));
  }
}
