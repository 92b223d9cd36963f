import { type Actor, allow } from "../../kernel/actor.ts";
import type { BotCommand, Reply } from "../../kernel/bot.ts";
import { type Said, setAway, setBack, start, stop } from "./availability.ts";
import type { RosterDeps } from "./import.ts";

/** What else happens when somebody's availability changes. */
export interface AvailabilityHooks {
  /** Hands over what is open; gives a sentence to say, or null. */
  away(actor: Actor): Promise<string | null>;
  /** Sends what waited for their return. */
  back(actor: Actor): Promise<void>;
  started(actor: Actor): Promise<void>;
}

/** What people tell the bot about their own availability. */
export function rosterCommands(deps: Pick<RosterDeps, "store" | "clock">, hooks: AvailabilityHooks): BotCommand[] {
  return [
    {
      words: ["away until", "away", "i'm away until"],
      help: "pause your cards up to a day, as in “away until 3 December”",
      allow: allow.everyone,
      async handle(actor, rest) {
        const said = await setAway(deps, actor, rest);
        const more = said.ok ? await hooks.away(actor) : null;
        return reply(more === null ? said : { ...said, text: `${said.text} ${more}` });
      },
    },
    {
      words: ["back", "i'm back"],
      help: "end your absence early",
      allow: allow.everyone,
      async handle(actor) {
        const said = await setBack(deps, actor);
        if (said.ok) await hooks.back(actor);
        return reply(said);
      },
    },
    {
      words: ["stop", "unsubscribe"],
      help: "no more messages",
      allow: allow.everyone,
      handle: async (actor) => reply(await stop(deps, actor)),
    },
    {
      words: ["start"],
      help: "messages again",
      allow: allow.everyone,
      async handle(actor) {
        const said = await start(deps, actor);
        if (said.ok) await hooks.started(actor);
        return reply(said);
      },
    },
  ];
}

function reply(said: Said): readonly Reply[] {
  return [{ kind: "text", text: said.text }];
}
