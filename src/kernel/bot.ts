import type { z } from "zod";
import type { Actor, Policy } from "./actor.ts";
import type { Card } from "./cards.ts";

/** What the bot answers: a card (in place of the pressed one), a line of text, or a refusal to show beside the card. */
export type Reply =
  | { readonly kind: "card"; readonly card: Card }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "refused"; readonly text: string };

/**
 * To a button of a card whose delivery isn't the presser's: a copy of somebody else's card, or one that the store has no longer, as
 * after an older state of it was restored. Which of the two it is says nothing to the one who pressed.
 */
export const notYours: Extract<Reply, { kind: "refused" }> = {
  kind: "refused",
  text: "This card was meant for somebody else, or isn't known here any more, so it can't be answered. Write “help” for what you can ask for.",
};

/** A button of a card: the verb that it sends, what comes with it, and what happens then. */
export interface CardVerb<D = unknown> {
  /** As "feature.action": "checkIn.submit". */
  readonly verb: string;
  readonly allow: Policy;
  /** The card's own data and what was typed into its inputs, in one object. */
  readonly data: z.ZodType<D>;
  /**
   * The delivery, or the subject, that the button's card is about, out of its data. A link to one card presses buttons
   * about that one only; those without this can't be pressed through a link at all.
   */
  readonly about?: (data: D) => string;
  /** Set where it mustn't be found out who pressed: neither a log line nor the audit log takes note of it. */
  readonly isConfidential?: true;
  handle(actor: Actor, data: D): Promise<Reply>;
}

/** Ties a verb's data to its handler's parameter. */
export function cardVerb<D>(verb: CardVerb<D>): CardVerb {
  const { about, ...rest } = verb;
  return {
    ...rest,
    handle: (actor, data) => verb.handle(actor, verb.data.parse(data)),
    ...(about === undefined ? {} : { about: (data: unknown) => about(verb.data.parse(data)) }),
  };
}

/** Something that a person can type to the bot. */
export interface BotCommand {
  /** Lower-case words that call it; the first is the one shown in help. */
  readonly words: readonly [string, ...string[]];
  readonly help: string;
  readonly allow: Policy;
  /** True for what a page that was opened by a link offers too. */
  readonly byLink?: true;
  /** `rest` is what was typed after the command's words. */
  handle(actor: Actor, rest: string): Promise<readonly Reply[]>;
}
