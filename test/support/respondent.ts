import { expect } from "@jest/globals";
import { defaultInstrument } from "../../src/features/pulse/instrument.ts";
import type { Choices } from "../../src/features/pulse/model.ts";
import type { DirectoryPerson } from "../../src/local/entra/index.ts";
import type { StandIns } from "../../src/local/stand-ins.ts";
import { looked } from "../app/card-in-chat.ts";

/** What somebody learns when they send their answers; "unheard" when nothing comes back. */
type Reply = "thanks" | "again" | "closed" | "unheard";

const replies = [
  { reply: "thanks", says: "Your answers are in" },
  { reply: "again", says: "You have already sent your answers; they can't be changed." },
  { reply: "closed", says: "This survey closed on" },
  // Of a reminder, which goes when the survey closes.
  { reply: "closed", says: "its survey has closed" },
] as const;

export type Respondent = ReturnType<typeof respondent>;

/** Somebody who answers the survey in their chat, and what a test knows of it. Nobody ever says the same twice. */
export function respondent({ connector }: StandIns, { objectId, email }: DirectoryPerson, nth: number) {
  const client = connector.client(objectId);
  const cardsNow = () => client.messages().flatMap(({ id, card }) => (card === null ? [] : [{ id, look: looked(card) }]));
  let tries = 0;
  let kept: number | null = null;
  let unheard: number | null = null;
  let form: { id: string; verb: string; data: Record<string, unknown> } | null = null;

  return {
    email,
    /** How many cards have arrived. */
    cards: () => cardsNow().length,
    hasReminder: () => cardsNow().some(({ look }) => look.text.includes("Reminder: how is work for you?")),
    /** True while nobody can say whether the answers last sent were taken. */
    isUncertain: () => unheard !== null,
    /** What they said that counts, as far as is known. */
    kept: () => (kept === null ? null : choicesOf(nth, kept)),

    /** Sends other answers than ever before, with the newest card that can. Fails when the reply can't be true. */
    async send(): Promise<Reply> {
      const found = cardsNow().findLast(({ look }) => look.buttons.includes("Send"));
      if (found !== undefined) form = { id: found.id, ...found.look.pressed("Send", {}) };
      if (form === null) throw new Error(`${email} has no card to answer`);
      const { id, verb, data } = form;
      const attempt = tries++;
      const typed = Object.fromEntries(Object.entries(choicesOf(nth, attempt)).map(([item, place]) => [item, String(place)]));
      const outcome = await client.press(id, { type: "Action.Execute", verb, data }, typed);
      if (outcome.kind === "error") {
        unheard ??= attempt;
        return "unheard";
      }
      const said = outcome.text ?? cardsNow().find((card) => card.id === id)?.look.text ?? "";
      const reply = replies.find(({ says }) => said.includes(says))?.reply;
      if (reply === undefined) throw new Error(`${email} was told something else: ${said}`);
      expect({ email, reply, hasSent: kept !== null }).toEqual({ email, reply, hasSent: reply === "again" });
      if (reply === "thanks") kept = attempt;
      return reply;
    },

    /** Takes note of whether the store says that they sent; fails when it contradicts what they were told. */
    settle(hasSent: boolean): void {
      if (hasSent) kept ??= unheard;
      expect({ email, hasSent: kept !== null }).toEqual({ email, hasSent });
      unheard = null;
    },

    /** Takes note of everything that was counted: what was sent and not heard of may be in it, or not. */
    settleBy(counted: readonly Choices[]): void {
      if (kept !== null || unheard === null) return;
      const said = choicesOf(nth, unheard);
      this.settle(counted.some((choices) => defaultInstrument.items.every(({ id }) => choices[id] === said[id])));
    },
  };
}

/** Answers to all seven items; unlike ones for each person and attempt, and spread over the scales. */
function choicesOf(nth: number, attempt: number): Choices {
  const number = ((nth + 100 * attempt) * 607 + 12_345) % 5 ** 7;
  return Object.fromEntries(defaultInstrument.items.map(({ id }, item) => [id, Math.floor(number / 5 ** item) % 5]));
}
