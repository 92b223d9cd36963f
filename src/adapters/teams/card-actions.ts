import { z } from "zod";
import type { Actor } from "../../kernel/actor.ts";
import type { CardVerb, Reply } from "../../kernel/bot.ts";

/** A pressed button: its verb, and its own data with what was typed into the card. */
export interface Pressed {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const Data = z.record(z.string(), z.unknown());
const Invoked = z.object({ action: z.object({ verb: z.string().min(1), data: Data.nullish() }) });

/** The button of an `Action.Execute` invoke; null when the value isn't one. */
export function executed(value: unknown): Pressed | null {
  const parsed = Invoked.safeParse(value);
  if (!parsed.success) return null;
  const { verb, data } = parsed.data.action;
  return { verb, data: withoutVerb(data ?? {}) };
}

/**
 * The button of an `Action.Submit`, to which clients without `Action.Execute` fall back: a message whose value has the
 * verb among the card's data. Null for any other message.
 */
export function submitted(value: unknown): Pressed | null {
  const parsed = Data.safeParse(value);
  const verb = parsed.data?.["verb"];
  return typeof verb === "string" && verb !== "" ? { verb, data: withoutVerb(parsed.data ?? {}) } : null;
}

function withoutVerb(data: Readonly<Record<string, unknown>>): Pressed["data"] {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== "verb"));
}

export interface ActionOutcome {
  readonly outcome: "done" | "refused" | "forbidden" | "bad-data";
  readonly reply: Reply;
}

const refusal = (text: string): Reply => ({ kind: "refused", text });

/** Does what the button says, if this person may and the data is sound. Throws what the verb's handler throws. */
export async function press(verb: CardVerb, actor: Actor, data: Pressed["data"]): Promise<ActionOutcome> {
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
