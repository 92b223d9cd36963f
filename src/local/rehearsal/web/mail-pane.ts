import { byId } from "../../../web/dom.ts";
import type { Api, Mail } from "./api.ts";
import { createMailList } from "./mail-list.ts";
import { createMailReader } from "./mail-reader.ts";

export interface MailPaneDeps {
  readonly api: Pick<Api, "bodyUrl" | "readMail">;
  announce(text: string): void;
  /** The server's moment, ISO. */
  now(): string;
  /** Whether this view is the one that is open. */
  open(): boolean;
  /** Matches where the list and the mail have no room side by side. */
  readonly narrow: MediaQueryList;
  /** How many of the mails that are shown haven't been opened. */
  counted(unread: number): void;
  /** After a mail was opened for the first time. */
  refresh(): void;
}

/** The inbox of the chosen person. */
export function createMailPane(deps: MailPaneDeps) {
  const { narrow, now } = deps;
  const panel = byId("view-mail", HTMLElement);
  const inbox = byId("inbox", HTMLElement);
  const empty = byId("mail-empty", HTMLElement);
  const back = byId("to-mails", HTMLButtonElement);
  const scroller = byId("mail-scroller", HTMLElement);
  /** Which mail each person has open. */
  const opened = new Map<string, string | null>();
  let person: string | null = null;
  let mails: readonly Mail[] = [];

  const list = createMailList((id) => {
    choose(id);
    scroller.scrollTop = 0;
    if (narrow.matches) back.focus();
  });
  const reader = createMailReader({ bodyUrl: deps.api.bodyUrl, now });

  const choose = (id: string | null) => {
    if (person === null) return;
    opened.set(person, id);
    draw();
  };

  const markRead = (key: string, id: string) => {
    mails = mails.map((mail) => (mail.id === id ? { ...mail, read: true } : mail));
    void deps.api.readMail(key, id).then(deps.refresh);
  };

  const draw = () => {
    if (person === null) return;
    const open = deps.open();
    // A window with room for both never stands beside a list without a mail.
    if (open && !narrow.matches && !opened.get(person)) opened.set(person, mails[0]?.id ?? null);
    const mail = mails.find((each) => each.id === opened.get(person ?? "")) ?? null;
    if (open && mail !== null && !mail.read) markRead(person, mail.id);
    list.show(mails, mail?.id ?? null, now());
    if (mail === null) reader.clear();
    else reader.show(person, mail);
    panel.dataset["shows"] = mail === null ? "list" : "mail";
    deps.counted(mails.filter((each) => !each.read).length);
  };

  back.addEventListener("click", () => {
    const from = opened.get(person ?? "") ?? null;
    choose(null);
    list.focus(from);
  });
  narrow.addEventListener("change", draw);

  return {
    /** Shows a person's mails, newest first. */
    show(key: string, items: readonly Mail[]): void {
      const known = person === key ? new Set(mails.map((mail) => mail.id)) : null;
      person = key;
      mails = items;
      inbox.hidden = items.length === 0;
      empty.hidden = items.length > 0;
      empty.textContent = "No mail yet. What is sent to this address appears here.";
      draw();
      const added = items.filter((mail) => known !== null && !known.has(mail.id));
      if (added.length > 0) deps.announce(added.map((mail) => `New mail: ${mail.subject}`).join(". "));
    },
    /** Nobody is chosen, or their mails can't be had. */
    clear(why: string): void {
      person = null;
      mails = [];
      reader.clear();
      inbox.hidden = true;
      empty.hidden = false;
      empty.textContent = why;
      deps.counted(0);
    },
    /** The view was opened. */
    look: draw,
  };
}
