import { h } from "../../../web/dom.ts";

export interface MenuItem {
  readonly label: string;
  run(): void;
}

/** A button that opens a short list of buttons. Escape, a press elsewhere and leaving by Tab close it. */
export function createMenu(place: HTMLElement, label: string) {
  const list = h("ul", { class: "menu-list", id: `${place.id}-list`, hidden: true });
  const opener = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-expanded": "false",
      "aria-controls": list.id,
      onclick: () => toggle(list.hidden === true),
    },
    h("span", { class: "dots", "aria-hidden": "true" }),
    h("span", { class: "visually-hidden" }, label),
  );
  const toggle = (open: boolean) => {
    list.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  };
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    toggle(false);
    opener.focus();
  });
  place.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !place.contains(event.relatedTarget)) toggle(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !place.contains(event.target)) toggle(false);
  });
  place.append(opener, list);
  place.hidden = true;

  return {
    /** Offers these; nothing is shown when there are none. */
    show(items: readonly MenuItem[]): void {
      place.hidden = items.length === 0;
      toggle(false);
      list.replaceChildren(...items.map((item) => h("li", {}, entry(item, () => toggle(false), opener))));
    },
  };
}

function entry(item: MenuItem, close: () => void, opener: HTMLElement): HTMLElement {
  const run = () => {
    close();
    opener.focus();
    item.run();
  };
  return h("button", { type: "button", onclick: run }, item.label);
}
