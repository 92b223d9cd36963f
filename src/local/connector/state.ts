import type { DirectoryPerson } from "../entra/index.ts";
import { conversationIdOf } from "./ids.ts";
import { openJournal, type ChatMessage, type JournalEntry } from "./journal.ts";

/** How a person's blocking shows to the bot. */
export type BlockCode = "ConversationBlockedByUser" | "MessageWritesBlocked";

export interface ChatFacts {
  readonly installed: boolean;
  readonly blocked: BlockCode | null;
  /** True while the chat exists: from the first message or creation until the person deletes it. */
  readonly open: boolean;
  /** How often the chat was deleted. */
  readonly generation: number;
}

interface Chat {
  facts: ChatFacts;
  readonly messages: Map<string, ChatMessage>;
}

export interface ConnectorState {
  /** What is so for a person; those who were never met are as `installedFromStart` says. */
  facts(person: DirectoryPerson): ChatFacts;
  change(person: DirectoryPerson, change: Partial<ChatFacts>): void;
  /** The id of the person's chat, made when there is none. */
  openChat(person: DirectoryPerson): string;
  /** Drops the chat with everything in it. */
  deleteChat(person: DirectoryPerson): void;
  /** The object id of the person whose chat has this id; null when there is no such chat (any more). */
  personOf(conversation: string): string | null;
  messages(objectId: string): readonly ChatMessage[];
  message(objectId: string, id: string): ChatMessage | null;
  put(objectId: string, message: ChatMessage): void;
  remove(objectId: string, id: string): void;
  /** A new activity id: a number like the milliseconds since 1970, never given twice. */
  newActivityId(): string;
  close(): void;
}

export interface StateOptions {
  readonly appId: string;
  readonly now: () => number;
  readonly stateFile?: string | undefined;
  readonly installedFromStart: (person: DirectoryPerson) => boolean;
}

/** The chats of everyone with the bot, kept in `stateFile` when there is one. */
export function createState({ appId, now, stateFile, installedFromStart }: StateOptions): ConnectorState {
  const journal = openJournal(stateFile);
  const chats = new Map<string, Chat>();
  const conversations = new Map<string, string>();
  let lastId = 0;

  const unknown: ChatFacts = { installed: false, blocked: null, open: false, generation: 0 };
  const chatOf = (objectId: string): Chat => {
    const chat = chats.get(objectId) ?? { facts: unknown, messages: new Map<string, ChatMessage>() };
    chats.set(objectId, chat);
    return chat;
  };

  function apply(entry: JournalEntry): void {
    const chat = chatOf(entry.person);
    switch (entry.what) {
      case "person": {
        const { person, installed, blocked, open, generation } = entry;
        conversations.delete(conversationIdOf(appId, person, chat.facts.generation));
        chat.facts = { installed, blocked, open, generation };
        if (open) conversations.set(conversationIdOf(appId, person, generation), person);
        break;
      }
      case "message":
        chat.messages.set(entry.message.id, entry.message);
        lastId = Math.max(lastId, Number(entry.message.id));
        break;
      case "removed":
        chat.messages.delete(entry.id);
        break;
      case "cleared":
        chat.messages.clear();
        break;
    }
  }

  function record(entry: JournalEntry): void {
    journal.append(entry);
    apply(entry);
  }

  function snapshot(): JournalEntry[] {
    return [...chats].flatMap(([person, { facts, messages }]): JournalEntry[] => [
      { what: "person", person, ...facts },
      ...[...messages.values()].map((message) => ({ what: "message" as const, person, message })),
    ]);
  }

  journal.entries.forEach(apply);
  journal.rewrite(snapshot());

  const state: ConnectorState = {
    facts(person) {
      const known = chats.get(person.objectId);
      if (known !== undefined) return person.external ? { ...known.facts, installed: false } : known.facts;
      return { ...unknown, installed: !person.external && installedFromStart(person) };
    },
    change(person, change) {
      record({ what: "person", person: person.objectId, ...state.facts(person), ...change });
    },
    openChat(person) {
      if (!state.facts(person).open) state.change(person, { open: true });
      return conversationIdOf(appId, person.objectId, state.facts(person).generation);
    },
    deleteChat(person) {
      const { open, generation } = state.facts(person);
      if (!open) return;
      state.change(person, { open: false, generation: generation + 1 });
      record({ what: "cleared", person: person.objectId });
    },
    personOf: (conversation) => conversations.get(conversation) ?? null,
    messages: (objectId) => [...(chats.get(objectId)?.messages.values() ?? [])],
    message: (objectId, id) => chats.get(objectId)?.messages.get(id) ?? null,
    put(objectId, message) {
      record({ what: "message", person: objectId, message });
    },
    remove(objectId, id) {
      record({ what: "removed", person: objectId, id });
    },
    newActivityId() {
      lastId = Math.max(now(), lastId + 1);
      return String(lastId);
    },
    close() {
      journal.rewrite(snapshot());
    },
  };
  return state;
}
