import type { Actor } from "./actor.ts";
import type { BotApp, Deed } from "./bot-app.ts";
import type { CardVerb, Reply } from "./bot.ts";

/** A pressed button: its verb, and its own data with what was typed into the card. */
export interface Pressed {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface PressResult {
  readonly outcome: Deed["outcome"];
  readonly reply: Reply;
}

const refusal = (text: string): Reply => ({ kind: "refused", text });

/**
 * Does what a button says, if this person may and the data is sound, and has it recorded: the one way in, wherever the
 * card was shown. Null for a verb that isn't known. Throws what the verb's handler throws.
 */
export async function pressButton(
  app: Pick<BotApp, "verbs" | "acted">,
  actor: Actor,
  { verb: name, data }: Pressed,
): Promise<PressResult | null> {
  const verb = app.verbs.get(name);
  if (verb === undefined) return null;
  const result = await press(verb, actor, data);
  if (verb.isConfidential !== true) await app.acted(actor, { name, allow: verb.allow, outcome: result.outcome });
  return result;
}

async function press(verb: CardVerb, actor: Actor, data: Pressed["data"]): Promise<PressResult> {
  if (!verb.allow(actor)) {
    return { outcome: "forbidden", reply: refusal("This button isn't meant for you, so nothing was changed.") };
  }
  const parsed = verb.data.safeParse(data);
  if (!parsed.success) {
    const message = parsed.error.issues[0]?.message ?? "Something on this card isn't filled in right.";
    return { outcome: "bad-data", reply: refusal(message) };
  }
  // The verb parses for itself, so it gets what came, not what this parse made of it.
  const reply = await verb.handle(actor, data);
  return { outcome: reply.kind === "refused" ? "refused" : "done", reply };
}
