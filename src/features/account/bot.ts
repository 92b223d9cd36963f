import { z } from "zod";
import { allow } from "../../kernel/actor.ts";
import { type BotCommand, type CardVerb, cardVerb } from "../../kernel/bot.ts";
import { noticeCard } from "../../kernel/card-layouts.ts";
import type { CardTemplates } from "../../kernel/cards.ts";
import { myDataCards } from "./my-data-card.ts";
import { type AccountDeps, eraseMyData, exportMyData } from "./use-cases.ts";

type Deps = AccountDeps & { readonly templates: CardTemplates };

/** "my data" and "delete my data". */
export function accountCommands(deps: Deps): BotCommand[] {
  return [
    {
      words: ["my data"],
      help: "what is kept about you",
      allow: allow.everyone,
      async handle(actor) {
        const cards = myDataCards(deps.templates, deps.personalData, await exportMyData(deps, actor));
        return cards.map((card) => ({ kind: "card" as const, card }));
      },
    },
    {
      words: ["delete my data"],
      help: "erase what you answered",
      allow: allow.everyone,
      handle() {
        const card = noticeCard(deps.templates, {
          title: "Erase what you answered?",
          sections: [
            {
              lines: [
                "Your check-ins, your requests for help, your answers to invitations and the times when you don't work are deleted, links that were mailed to you end, and your teams' figures change with them. This can't be undone.",
                "Your place in the roster and the record of cards sent to you stay, because your network needs them; ask a lead to take you off the roster.",
              ],
            },
          ],
          actions: [{ title: "Erase", verb: "account.erase", data: {}, style: "destructive" }],
        });
        return Promise.resolve([{ kind: "card", card }]);
      },
    },
  ];
}

/** The button that erases. */
export function accountVerbs(deps: Deps): CardVerb[] {
  return [
    cardVerb({
      verb: "account.erase",
      allow: allow.everyone,
      data: z.looseObject({}),
      async handle(actor) {
        const erased = await eraseMyData(deps, actor);
        const lines = deps.personalData
          .filter((part) => part.erase !== null)
          .map((part) => `${part.label}: ${erased[part.name] ?? 0} erased`);
        return { kind: "card", card: noticeCard(deps.templates, { title: "Erased", sections: [{ lines }] }) };
      },
    }),
  ];
}
