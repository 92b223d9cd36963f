import { byId, h, setAttribute } from "../../../web/dom.ts";
import type { Mail } from "./api.ts";
import { mailLabel } from "./mail-label.ts";
import { clockTime, dayName, shortDay } from "./words.ts";

interface Row {
  readonly item: HTMLLIElement;
  readonly button: HTMLButtonElement;
  drawn: string;
}

/** The mails of one person, newest first. `open` is called with the id of the mail that was pressed. */
export function createMailList(open: (id: string) => void) {
  const list = byId("mails", HTMLUListElement);
  const rows = new Map<string, Row>();

  return {
    /** Shows these mails in this order, seen from the moment `now` (ISO); rows that stay keep the focus. */
    show(mails: readonly Mail[], chosen: string | null, now: string): void {
      const present = new Set(mails.map((mail) => mail.id));
      for (const [id, row] of rows) {
        if (present.has(id)) continue;
        row.item.remove();
        rows.delete(id);
      }
      mails.forEach((mail, position) => {
        const row = rows.get(mail.id) ?? newRow(() => open(mail.id));
        rows.set(mail.id, row);
        drawRow(row, mail, now);
        setAttribute(row.button, "aria-current", mail.id === chosen ? "true" : null);
        if (list.children[position] !== row.item) list.insertBefore(row.item, list.children[position] ?? null);
      });
    },
    focus(id: string | null): void {
      rows.get(id ?? "")?.button.focus();
    },
  };
}

function newRow(open: () => void): Row {
  const button = h("button", { type: "button", class: "mail-row", onclick: open });
  return { item: h("li", {}, button), button, drawn: "" };
}

function drawRow(row: Row, mail: Mail, now: string): void {
  const day = dayName(mail.at, now);
  const sent = day === "Today" ? clockTime(mail.at) : day === "Yesterday" ? day : shortDay(mail.at);
  const drawn = JSON.stringify([mail.read, sent]);
  if (row.drawn === drawn) return;
  row.drawn = drawn;
  row.button.classList.toggle("is-unread", !mail.read);
  const parts = [
    mail.read ? null : h("span", { class: "visually-hidden" }, "Unread. "),
    h("span", { class: "mail-from" }, mail.from.name === "" ? mail.from.address : mail.from.name),
    " ",
    h("time", { class: "mail-sent", datetime: mail.at }, sent),
    " ",
    h("span", { class: "mail-subject" }, ...mailLabel(mail), mail.subject),
  ];
  row.button.replaceChildren(...parts.filter((part) => part !== null));
}
