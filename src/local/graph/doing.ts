import type { CalendarStore } from "./calendar-store.ts";
import type { AddressBook } from "./mailboxes.ts";
import type { MailAddress } from "./mail-forms.ts";
import type { MailKind, Mails, ReceivedMail } from "./mails.ts";
import type { Meeting } from "./meeting.ts";

/** What somebody's copy of an event went through. */
export interface Touch {
  readonly mailbox: string;
  readonly id: string;
  readonly change: "created" | "updated" | "deleted";
}

/** One request's work on the calendars, and what others must hear of it when it is done. */
export interface Doing {
  readonly store: CalendarStore;
  readonly book: AddressBook;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly touched: Touch[];
  readonly mailed: ReceivedMail[];
  mail(kind: MailKind, meeting: Meeting, from: MailAddress, to: readonly MailAddress[], subject: string): void;
}

/** Starts a piece of work. */
export function newDoing(parts: Pick<Doing, "store" | "book" | "at"> & { readonly mails: Mails }): Doing {
  const { mails, ...rest } = parts;
  const mailed: ReceivedMail[] = [];
  return {
    ...rest,
    touched: [],
    mailed,
    mail(kind, meeting, from, to, subject) {
      if (to.length === 0) return;
      const recipients = to.map(({ name, address }) => ({ name, address }));
      const html = kind === "response" ? null : meeting.body;
      const mail = { from, replyTo: null, subject, text: null, html, messageId: null };
      const at = new Date(rest.at).toISOString();
      const about = { kind, event: meeting.iCalUId };
      mailed.push(...mails.receive({ ...mail, recipients }, at, rest.book.isSomebodys, about));
    },
  };
}
