import { byId } from "../../../web/dom.ts";
import { remember, remembered } from "../../../web/theme.ts";
import { unreadMark } from "./unread-mark.ts";

const order = ["chat", "mail", "calendar", "tab"] as const;
export type View = (typeof order)[number];

const labels: Readonly<Record<View, string>> = { chat: "Chat", mail: "Mail", calendar: "Calendar", tab: "Tab" };
const keyOf = (person: string) => `steady.rehearsal.view.${person}`;

/**
 * The tabs over what is shown of the chosen person. Which one is open is kept for each person. `opened` is called
 * after another view of the same person was opened.
 */
export function createViews(opened: () => void) {
  const bar = byId("views", HTMLElement);
  const tabs = {
    chat: byId("tab-chat", HTMLButtonElement),
    mail: byId("tab-mail", HTMLButtonElement),
    calendar: byId("tab-calendar", HTMLButtonElement),
    tab: byId("tab-tab", HTMLButtonElement),
  };
  const panels = {
    chat: byId("view-chat", HTMLElement),
    mail: byId("view-mail", HTMLElement),
    calendar: byId("view-calendar", HTMLElement),
    tab: byId("view-tab", HTMLElement),
  };
  const counts = { chat: 0, mail: 0, calendar: 0, tab: 0 };
  let person: string | null = null;
  let offered: readonly View[] = order;
  let current: View = "chat";

  const draw = () => {
    bar.hidden = person === null;
    for (const view of order) {
      const chosen = view === current;
      panels[view].hidden = !chosen;
      tabs[view].hidden = !offered.includes(view);
      tabs[view].setAttribute("aria-selected", String(chosen));
      tabs[view].tabIndex = chosen ? 0 : -1;
    }
  };

  const kept = (key: string): View | null => order.find((view) => view === remembered(keyOf(key))) ?? null;

  const open = (view: View) => {
    if (person === null || view === current || !offered.includes(view)) return;
    current = view;
    remember(keyOf(person), view);
    draw();
    opened();
  };

  for (const view of order) {
    tabs[view].addEventListener("click", () => open(view));
    tabs[view].addEventListener("keydown", (event) => {
      const next = neighbour(offered, view, event.key);
      if (next === null) return;
      event.preventDefault();
      open(next);
      tabs[next].focus();
    });
  }

  return {
    current: () => current,
    /** What was last opened for this person; null when nothing ever was. */
    kept,
    open,
    /** Opens a view from a button that goes away with its own view, and so hands its focus on. */
    moveTo(view: View): void {
      open(view);
      tabs[view].focus();
    },
    /** Shows a person in the view that was last open for them, else in `first`; null for nobody. */
    show(key: string | null, first: View, offers: readonly View[] = order): void {
      if (key === person) return;
      person = key;
      offered = offers;
      current = key === null ? "chat" : (kept(key) ?? first);
      draw();
    },
    /** How much of a view hasn't been looked at. */
    count(view: View, unread: number): void {
      if (counts[view] === unread) return;
      counts[view] = unread;
      const mark = unreadMark(unread);
      tabs[view].replaceChildren(labels[view], ...(mark === null ? [] : [" ", mark]));
    },
  };
}

function neighbour(offered: readonly View[], view: View, key: string): View | null {
  const at = offered.indexOf(view);
  const step = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: offered.length - 1 }[key];
  return step === undefined ? null : (offered.at(step % offered.length) ?? null);
}
