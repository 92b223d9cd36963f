import { byId, h } from "../../../web/dom.ts";
import { remember, remembered } from "../../../web/theme.ts";
import type { LogItem } from "./api.ts";
import { exactTime } from "./words.ts";

/** Older lines are dropped from the page, not from the server. */
const kept = 400;
const oldClientKey = "steady.rehearsal.old-client";

/** The list of what went between the bot and the stand-ins, newest first. */
export function createLogPane() {
  const list = byId("log", HTMLOListElement);
  const empty = byId("log-empty", HTMLElement);
  const onlyPerson = byId("only-person", HTMLInputElement);
  const oldClient = byId("old-client", HTMLInputElement);
  let last = 0;
  let person: string | null = null;

  const filter = () => {
    let shown = 0;
    for (const row of list.children) {
      if (!(row instanceof HTMLElement)) continue;
      row.hidden = onlyPerson.checked && person !== null && row.dataset["person"] !== person;
      if (!row.hidden) shown += 1;
    }
    empty.hidden = shown > 0;
  };

  oldClient.checked = remembered(oldClientKey) === "yes";
  oldClient.addEventListener("change", () => remember(oldClientKey, oldClient.checked ? "yes" : "no"));
  onlyPerson.addEventListener("change", filter);

  return {
    oldClient: () => oldClient.checked,
    /** The number of the newest line that is shown. */
    last: () => last,
    add(items: readonly LogItem[], newest: number): void {
      // A server that was started again counts from the beginning.
      if (newest < last) list.replaceChildren();
      const fresh = newest < last ? items : items.filter((item) => item.n > last);
      last = newest;
      for (const item of fresh) list.prepend(line(item));
      while (list.children.length > kept) list.lastElementChild?.remove();
      filter();
    },
    choose(name: string | null): void {
      person = name;
      filter();
    },
  };
}

/** What went to the bot (Gets) and from it, in words; the kinds are the protocol's own. */
const kinds: Readonly<Record<string, string>> = {
  create: "Opens a chat",
  send: "Sends a message",
  update: "Changes a message",
  delete: "Deletes a message",
  mail: "Sends a mail",
  calendar: "Reads or changes a calendar",
  subscription: "Follows a calendar",
  user: "Looks somebody up",
  app: "Installs the app for somebody",
  batch: "Asks for several things at once",
  other: "Asks for something else",
  members: "Asks who is in a chat",
  message: "Gets a message",
  "adaptiveCard/action": "Gets a card's button",
  installationUpdate: "Gets told of the app",
  conversationUpdate: "Gets told of a chat",
};

const hidden = (text: string) => h("span", { class: "visually-hidden" }, text);

function line(item: LogItem): HTMLElement {
  const good = item.status !== null && item.status < 400;
  const status = item.status === null ? "…" : String(item.status);
  return h(
    "li",
    { class: "log-line", "data-person": item.person ?? "" },
    h(
      "p",
      { class: "log-what" },
      h("span", { class: "log-kind" }, kinds[item.kind] ?? item.kind),
      h("span", { class: `status ${good ? "is-good" : "is-bad"}` }, hidden("Status "), status),
    ),
    h("p", { class: "log-path" }, h("b", {}, item.method), " ", item.path),
    h(
      "p",
      { class: "log-when" },
      h("time", { datetime: item.at }, exactTime(item.at)),
      item.person === null ? null : h("span", {}, item.person),
      item.ms === null ? null : h("span", {}, `${Math.round(item.ms)} ms`),
    ),
  );
}
