import { renderCard } from "../../../web/cards/render.ts";
import type { PressOutcome, PressedAction } from "../../../web/cards/render.ts";
import { markdownToHtml } from "../../../web/cards/markdown.ts";
import { h } from "../../../web/dom.ts";
import type { Message } from "./api.ts";
import { botAvatar } from "./avatar.ts";
import { clockTime } from "./words.ts";

export interface MessageView {
  readonly item: HTMLLIElement;
  /** Draws what changed. A card whose content is the same is left alone, with all that was typed into it. */
  update(message: Message, continues: boolean): "same" | "changed";
}

/** What the cards of a chat can do. */
export interface CardDeeds {
  press(activityId: string, action: PressedAction): Promise<PressOutcome>;
  /** False for a link that the browser is to open. */
  openLink(url: string): boolean;
}

/** One message of a chat, empty until its first update. */
export function createMessageView(deeds: CardDeeds): MessageView {
  const head = h("p", { class: "message-head" });
  const body = h("div", { class: "message-body" });
  const item = h("li", {}, h("div", { class: "message-main" }, head, body));
  let headDrawn = "";
  let bodyDrawn = "";

  return {
    item,
    update(message, continues) {
      const mine = message.from === "person";
      item.className = `message ${mine ? "is-person" : "is-bot"}${continues ? " continues" : ""}`;
      if (!mine && item.firstElementChild?.classList.contains("avatar") !== true) item.prepend(botAvatar());

      const nextHead = JSON.stringify([message.at, message.updatedAt, continues]);
      if (nextHead !== headDrawn) head.replaceChildren(...headOf(message, mine));
      headDrawn = nextHead;

      const nextBody = JSON.stringify([message.deleted, message.text, message.card]);
      if (nextBody === bodyDrawn) return "same";
      bodyDrawn = nextBody;
      const held = body.contains(document.activeElement);
      const drawn = bodyOf(message, deeds);
      body.replaceChildren(drawn);
      // Whoever was in the old card goes on in the new one, not at the top of the page.
      if (held) drawn.focus({ preventScroll: true });
      return "changed";
    },
  };
}

function headOf(message: Message, mine: boolean): (Node | string)[] {
  const time = h("time", { datetime: message.at }, clockTime(message.at));
  const name = h("span", { class: mine ? "visually-hidden" : "message-name" }, mine ? "Sent" : "Steady");
  if (message.updatedAt === null) return [name, " ", time];
  return [name, " ", time, " ", h("span", { class: "message-updated" }, `Updated ${clockTime(message.updatedAt)}`)];
}

function bodyOf(message: Message, deeds: CardDeeds): HTMLElement {
  if (message.deleted) return h("p", { class: "bubble is-deleted", tabindex: -1 }, "This message has been deleted.");
  if (message.card !== null) {
    return renderCard(message.card, {
      label: `Card from Steady, ${clockTime(message.at)}`,
      press: (action) => deeds.press(message.id, action),
      openLink: deeds.openLink,
    });
  }
  const bubble = h("div", { class: "bubble", tabindex: -1 });
  if (message.from === "bot") bubble.innerHTML = markdownToHtml(message.text ?? "");
  else bubble.textContent = message.text ?? "";
  return bubble;
}
