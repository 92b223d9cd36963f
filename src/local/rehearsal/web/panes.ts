import { byId } from "../../../web/dom.ts";
import type { View } from "./views.ts";

export type Pane = "people" | "chat" | "log";

/**
 * On a narrow window only one pane is shown at a time (the stylesheet reads `data-pane`); this moves between them.
 * `openView` is asked for the view that a skip link leads into.
 */
export function createPanes(leaveChat: () => void, openView: (view: View) => void) {
  const show = (pane: Pane) => {
    document.body.dataset["pane"] = pane;
  };
  byId("to-people", HTMLElement).addEventListener("click", leaveChat);
  byId("to-log", HTMLElement).addEventListener("click", () => {
    show("log");
    byId("to-chat", HTMLElement).focus();
  });
  byId("to-chat", HTMLElement).addEventListener("click", () => {
    show("chat");
    byId("to-log", HTMLElement).focus();
  });
  for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-skip]")) {
    link.addEventListener("click", (event) => {
      // The address's hash is the chosen person, so a skip link must not change it.
      event.preventDefault();
      const { skip } = link.dataset;
      show(skip === "people" ? "people" : "chat");
      if (skip === "chat" || skip === "mail" || skip === "calendar" || skip === "tab") openView(skip);
      const target = document.getElementById(link.hash.slice(1));
      const instead = ["chat-scroller", "view-mail", "view-calendar", "view-tab"].map((id) => byId(id, HTMLElement));
      [target, ...instead].find((element) => element?.checkVisibility() === true)?.focus();
    });
  }
  return { show };
}
