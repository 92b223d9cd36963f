import { h } from "../../../web/dom.ts";

/** A count of what hasn't been looked at; null when there is none. */
export function unreadMark(count: number): HTMLElement | null {
  if (count === 0) return null;
  return h("span", { class: "unread" }, String(count), h("span", { class: "visually-hidden" }, " unread"));
}
