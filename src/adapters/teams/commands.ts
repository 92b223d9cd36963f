import type { Actor } from "../../kernel/actor.ts";
import type { BotCommand } from "../../kernel/bot.ts";

/** What was typed, without mentions of the bot and without the spaces and entities that Teams puts around them. */
export function plainText(text: string): string {
  return text
    .replace(/<at(?: [^>]*)?>.*?<\/at>/gis, " ")
    .replaceAll("&nbsp;", " ")
    .replace(/\s+/g, " ")
    .trim();
}

const wordsOf = (text: string) => (text === "" ? [] : text.split(" "));
// People end what they type with a full stop, and phones put one there.
const bare = (word: string) => word.toLowerCase().replace(/[.,!?]+$/, "");

/**
 * The command that `text` (as from `plainText`) starts with and what follows it, in the spelling in which it was typed.
 * Whole words count, in any case; of several commands the one with the most words wins. Null when there is none.
 */
export function findCommand(
  commands: readonly BotCommand[],
  text: string,
): { readonly command: BotCommand; readonly rest: string } | null {
  const typed = wordsOf(text);
  let best: { command: BotCommand; length: number } | null = null;
  for (const command of commands) {
    for (const phrase of command.words) {
      const words = wordsOf(phrase);
      const matches = words.length > 0 && words.every((word, at) => bare(typed[at] ?? "") === word);
      if (matches && words.length > (best?.length ?? 0)) best = { command, length: words.length };
    }
  }
  return best === null ? null : { command: best.command, rest: typed.slice(best.length).join(" ") };
}

/** A short help: what this person can type. `opening` says why they see it. */
export function helpText(commands: readonly BotCommand[], actor: Actor, opening: string): string {
  const lines = commands
    .filter((command) => command.allow(actor))
    .map((command) => `- **${command.words[0]}**: ${command.help}`);
  return lines.length === 0 ? opening : `${opening} You can type:\n\n${lines.join("\n")}`;
}
