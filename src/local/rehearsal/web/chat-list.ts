import { h } from "../../../web/dom.ts";
import type { Message } from "./api.ts";
import { createMessageView } from "./message-view.ts";
import type { CardDeeds, MessageView } from "./message-view.ts";
import { dayName } from "./words.ts";

/** Messages closer together than this share one name and picture, in milliseconds. */
const continuesWithin = 2 * 60_000;

export interface ChatChanges {
  readonly added: readonly Message[];
  readonly cardsUpdated: number;
}

/** One person's messages. It stays alive while others are shown, so that nothing half-typed is lost. */
export function createChatList(deeds: CardDeeds) {
  const list = h("ol", { class: "messages" });
  const views = new Map<string, MessageView>();

  return {
    element: list,
    /** Shows these messages, seen from the moment `now` (ISO), touching only what changed. */
    show(messages: readonly Message[], now: string): ChatChanges {
      const added: Message[] = [];
      let cardsUpdated = 0;
      const wanted: HTMLElement[] = [];
      let previous: Message | null = null;
      for (const message of messages) {
        const day = dayName(message.at, now);
        const newDay = previous === null || dayName(previous.at, now) !== day;
        if (newDay) wanted.push(dividerFor(list, day));
        const view = views.get(message.id);
        const next = view ?? createMessageView(deeds);
        if (view === undefined) added.push(message);
        views.set(message.id, next);
        const change = next.update(message, !newDay && continues(previous, message));
        if (view !== undefined && change === "changed" && message.card !== null) cardsUpdated += 1;
        wanted.push(next.item);
        previous = message;
      }
      place(list, wanted);
      const present = new Set(messages.map((message) => message.id));
      for (const id of views.keys()) if (!present.has(id)) views.delete(id);
      return { added, cardsUpdated };
    },
  };
}

export type ChatList = ReturnType<typeof createChatList>;

const continues = (previous: Message | null, message: Message): boolean =>
  previous !== null &&
  previous.from === message.from &&
  Date.parse(message.at) - Date.parse(previous.at) < continuesWithin;

function dividerFor(list: HTMLElement, day: string): HTMLElement {
  const kept = [...list.children].find((child) => child instanceof HTMLElement && child.dataset["day"] === day);
  return kept instanceof HTMLElement ? kept : h("li", { class: "day", "data-day": day }, h("span", {}, day));
}

/** Makes `wanted` the children of `list`, leaving those in their place alone: a moved element loses its focus. */
function place(list: HTMLElement, wanted: readonly HTMLElement[]): void {
  const keep = new Set<Element>(wanted);
  for (const child of [...list.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((element, position) => {
    const there = list.children[position];
    if (there !== element) list.insertBefore(element, there ?? null);
  });
}
