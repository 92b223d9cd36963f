import { h } from "../../../web/dom.ts";
import type { Person } from "./api.ts";
import { hueOf, initials } from "./words.ts";

/** A person's initials on a muted colour, marked for whether the bot can reach them. Hidden from screen readers. */
export function personAvatar(person: Person): HTMLElement {
  return h(
    "span",
    { class: `avatar hue-${hueOf(person.key)}`, "aria-hidden": "true" },
    initials(person.name),
    h("span", { class: `presence is-${person.installed}` }),
  );
}

/** The bot's mark beside its messages. */
export function botAvatar(): HTMLElement {
  const src = new URL("./favicon.svg", import.meta.url).href;
  return h("img", { class: "avatar is-bot", src, alt: "", width: 32, height: 32 });
}
