import { allow } from "../../kernel/actor.ts";
import type { BotCommand, Reply } from "../../kernel/bot.ts";
import { type AvailabilityHooks, type Said, setAway, setBack, start, stop } from "./availability.ts";
import type { RosterDeps } from "./import.ts";

/** What people tell the bot about their own availability. */
export function rosterCommands(deps: Pick<RosterDeps, "store" | "clock">, hooks: AvailabilityHooks): BotCommand[] {
  return [
    {
      words: ["away until", "away", "i'm away until"],
      help: "pause your cards up to a day, as in “away until 3 December”",
      allow: allow.everyone,
      handle: async (actor, rest) => reply(await setAway(deps, hooks, actor, rest)),
    },
    {
      words: ["back", "i'm back"],
      help: "end your absence early",
      allow: allow.everyone,
      byLink: true,
      handle: async (actor) => reply(await setBack(deps, hooks, actor)),
    },
    {
      words: ["stop", "unsubscribe"],
      help: "no more messages",
      allow: allow.everyone,
      byLink: true,
      handle: async (actor) => reply(await stop(deps, hooks, actor)),
    },
    {
      words: ["start"],
      help: "messages again",
      allow: allow.everyone,
      byLink: true,
      handle: async (actor) => reply(await start(deps, hooks, actor)),
    },
  ];
}

function reply(said: Said): readonly Reply[] {
  return [{ kind: "text", text: said.text }];
}
