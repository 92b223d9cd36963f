import type { Actor, Policy } from "./actor.ts";
import type { BotCommand, CardVerb, Reply } from "./bot.ts";

/** Where somebody's chat with the bot lives. */
export interface BotConversation {
  readonly conversationId: string;
  readonly serviceUrl: string;
}

/** How a chat came up: the app was installed, it was removed, or the person wrote or pressed something. */
export type ContactKind = "add" | "remove" | "seen";

/** What somebody did through the bot. */
export interface Deed {
  /** The button's verb, or the command's first words. */
  readonly name: string;
  /** Who may do it. */
  readonly allow: Policy;
  /** "forbidden" by its policy, "refused" by what it is about. */
  readonly outcome: "done" | "refused" | "forbidden" | "bad-data";
}

/** What the application offers to people who talk to the bot, told without a chat platform. */
export interface BotApp {
  /**
   * Who this account is; null when nobody of the roster.
   * @param fetchEmail asks the platform for the account's e-mail, lower-cased; null when it has none
   */
  identify(
    account: { readonly objectId: string; readonly tenantId: string },
    fetchEmail: () => Promise<string | null>,
  ): Promise<Actor | null>;
  readonly verbs: ReadonlyMap<string, CardVerb>;
  readonly commands: readonly BotCommand[];
  /** Called at every contact, before what the person asked for is done. Replies to "remove" can't be sent. */
  installed(actor: Actor, conversation: BotConversation, kind: ContactKind): Promise<readonly Reply[]>;
  /** Called once a known button or command has run or was refused, so that it can be recorded. */
  acted(actor: Actor, deed: Deed): Promise<void>;
  /** What people of no roster are told. */
  readonly stranger: { readonly text: string };
}
