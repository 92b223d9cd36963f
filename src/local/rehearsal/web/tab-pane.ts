import { byId, h } from "../../../web/dom.ts";
import type { Person } from "./api.ts";

export interface TabPaneDeps {
  /** Whether this view is the one that is open. */
  open(): boolean;
  /** The theme that was chosen: "auto" leaves it to the device. */
  theme(): string;
}

/**
 * The tab of the chosen person, signed in as them. It is loaded once it is looked at, and stays until somebody else is
 * chosen.
 */
export function createTabPane({ open, theme }: TabPaneDeps) {
  const body = byId("tab-body", HTMLElement);
  const own = byId("tab-window", HTMLAnchorElement);
  let url: string | null = null;
  let person: Person | null = null;
  let frame: HTMLIFrameElement | null = null;
  /** Whom the frame belongs to. */
  let framed: string | null = null;
  /** The page that a link asked for and that isn't shown yet. */
  let wanted: string | null = null;

  const drop = (words: string) => {
    frame = null;
    framed = null;
    own.hidden = true;
    body.replaceChildren(h("p", { class: "empty is-large" }, words));
  };
  const address = (from: string, key: string, hash: string) => {
    const look = theme() === "auto" ? {} : { theme: theme() };
    return `${from}?${String(new URLSearchParams({ person: key, ...look }))}${hash}`;
  };
  const hash = () => frame?.contentWindow?.location.hash ?? "";
  const draw = () => {
    if (person === null || url === null) return drop("");
    const isIn = person.installed !== "no";
    if (isIn && framed === person.key && wanted === null) return;
    if (!open()) return drop("");
    if (!isIn) return drop("Steady isn't installed for this person, so they have no tab.");
    const page = wanted ?? "";
    wanted = null;
    framed = person.key;
    frame = h("iframe", { class: "tab-frame", title: `Steady's tab, as ${person.name} sees it`, src: address(url, person.key, page) });
    own.hidden = false;
    own.href = frame.src;
    body.replaceChildren(frame);
  };
  own.addEventListener("click", () => {
    if (frame !== null && url !== null && person !== null) own.href = address(url, person.key, hash());
  });

  return {
    /** Where the tab is. */
    at(address: string): void {
      if (url === address) return;
      url = address;
      draw();
    },
    show(chosen: Person): void {
      if (chosen.key !== person?.key) wanted = null;
      person = chosen;
      draw();
    },
    clear(why: string): void {
      person = null;
      drop(why);
    },
    /** The view was opened. */
    look: draw,
    /** Another theme was chosen. */
    dress(): void {
      if (frame !== null && url !== null && person !== null) frame.src = address(url, person.key, hash());
    },
    /** The page of the tab that a link names, as "#/check-ins"; null for a link that leads elsewhere. */
    pageOf(link: string): string | null {
      if (url === null || !URL.canParse(link)) return null;
      const { origin, pathname, hash } = new URL(link);
      return origin === location.origin && pathname === url ? hash : null;
    },
    /** The page that is shown once the view is opened. */
    next(page: string): void {
      wanted = page;
    },
  };
}
