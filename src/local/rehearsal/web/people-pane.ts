import { byId, h, setAttribute } from "../../../web/dom.ts";
import type { Person } from "./api.ts";
import { personAvatar } from "./avatar.ts";
import { unreadMark } from "./unread-mark.ts";
import { capitalised, counted, folded } from "./words.ts";

interface Row {
  readonly item: HTMLLIElement;
  readonly button: HTMLButtonElement;
  isPerson: boolean;
  words: string;
  drawn: string;
}

const reach: Readonly<Record<Person["installed"], string | null>> = {
  yes: null,
  no: "Not installed",
  blocked: "Blocked",
  cannot: "Can't be installed",
  mailbox: null,
};

const noMatch = "Nobody matches. Try a part of a name, a role or an organisation.";

/** The list of people with its search. `choose` is called with the key of the person that was pressed. */
export function createPeoplePane(choose: (key: string) => void) {
  const list = byId("people", HTMLUListElement);
  const search = byId("search", HTMLInputElement);
  const count = byId("people-count", HTMLElement);
  const nobody = h("li", { class: "empty", hidden: true }, noMatch);
  const rows = new Map<string, Row>();
  let chosen: string | null = null;

  const filter = () => {
    const wanted = folded(search.value).split(/\s+/);
    for (const row of rows.values()) row.item.hidden = !wanted.every((word) => row.words.includes(word));
    const all = [...rows.values()];
    const people = all.filter(({ isPerson }) => isPerson);
    const shown = people.filter(({ item }) => !item.hidden).length;
    nobody.hidden = all.length === 0 || all.some(({ item }) => !item.hidden);
    count.textContent = shown === people.length ? counted(shown, "person", "people") : `${shown} of ${people.length}`;
  };

  const mark = () => {
    for (const [key, row] of rows) setAttribute(row.button, "aria-current", key === chosen ? "true" : null);
  };

  search.addEventListener("input", filter);
  list.append(nobody);

  return {
    /** Shows these people in this order; rows that stay keep the focus. */
    show(people: readonly Person[]): void {
      const present = new Set(people.map((person) => person.key));
      for (const [key, row] of rows) {
        if (present.has(key)) continue;
        row.item.remove();
        rows.delete(key);
      }
      people.forEach((person, position) => {
        const row = rows.get(person.key) ?? newRow(() => choose(person.key));
        rows.set(person.key, row);
        drawRow(row, person);
        if (list.children[position] !== row.item) list.insertBefore(row.item, list.children[position] ?? null);
      });
      mark();
      filter();
    },
    choose(key: string | null): void {
      chosen = key;
      mark();
    },
    /** Puts the focus on a person's row, or on the search. */
    focus(key: string | null): void {
      (rows.get(key ?? "")?.button ?? search).focus();
    },
  };
}

function newRow(choose: () => void): Row {
  const button = h("button", { type: "button", class: "person", onclick: choose });
  return { item: h("li", {}, button), button, isPerson: true, words: "", drawn: "" };
}

function drawRow(row: Row, person: Person): void {
  const drawn = JSON.stringify(person);
  if (row.drawn === drawn) return;
  row.drawn = drawn;
  const unread = person.unread + person.unreadMails;
  row.isPerson = person.installed !== "mailbox";
  row.item.classList.toggle("is-mailbox", !row.isPerson);
  row.words = folded([person.name, person.email, person.role, person.organisation, person.area].join(" "));
  const words = row.isPerson ? [capitalised(person.role), person.organisation] : [person.email];
  const place = words.filter((word) => word !== "").join(" · ");
  const marks = [person.external ? "External" : null, reach[person.installed]]
    .filter((word) => word !== null)
    .map((word) => h("span", { class: "chip" }, word));
  const parts = [
    personAvatar(person),
    h(
      "span",
      { class: "person-words" },
      h("span", { class: "person-name" }, person.name),
      h("span", { class: "person-place" }, place),
      marks.length > 0 && h("span", { class: "person-marks" }, ...marks),
    ),
    unreadMark(unread),
  ];
  row.button.replaceChildren(...parts.filter((part) => part !== null));
  row.button.classList.toggle("has-unread", unread > 0);
}
