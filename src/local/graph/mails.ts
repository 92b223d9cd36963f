import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { JsonLines } from "../json-lines.ts";
import type { MailAddress, OutgoingMail } from "./mail-forms.ts";

const Address = z.object({ name: z.string(), address: z.string() });

/** What Exchange sends by itself about a meeting, and what somebody wrote. */
const Kind = z.enum(["invitation", "update", "cancellation", "response", "mail"]);
export type MailKind = z.infer<typeof Kind>;

export const Received = z.object({
  id: z.string(),
  /** When it came, ISO 8601. */
  at: z.string(),
  from: Address,
  replyTo: Address.nullable(),
  /** The one whose copy it is: a mail to two people is received twice. */
  to: Address,
  subject: z.string(),
  text: z.string().nullable(),
  html: z.string().nullable(),
  messageId: z.string().nullable(),
  /** True when the address is nobody's: Exchange takes such a mail too, and tells the sender later. */
  bounced: z.boolean(),
  kind: Kind.default("mail"),
  /** The iCalUId of the meeting that it is about. */
  event: z.string().nullable().default(null),
});
export type Received = z.infer<typeof Received>;

/** A mail as one of its recipients has it. */
export type ReceivedMail = Readonly<Received>;

/** What a mail is about, where it isn't one that somebody wrote. */
export interface MailAbout {
  readonly kind: MailKind;
  readonly event: string;
}

/** The mails that were taken, kept in a journal. */
export function createMails(journal: Pick<JsonLines<Received>, "entries" | "append">) {
  const mails: ReceivedMail[] = [...journal.entries];
  return {
    /** Puts a mail into each recipient's inbox. */
    receive(
      mail: OutgoingMail & { readonly from: MailAddress },
      at: string,
      isSomebodys: (address: string) => boolean,
      about: MailAbout | null = null,
    ): readonly ReceivedMail[] {
      const { from, replyTo, subject, text, html, messageId } = mail;
      const copies = mail.recipients.map((to) => {
        const bounced = !isSomebodys(to.address);
        const { kind, event } = about ?? { kind: "mail" as const, event: null };
        return { id: randomUUID(), at, from, replyTo, to, subject, text, html, messageId, bounced, kind, event };
      });
      copies.forEach(journal.append);
      mails.push(...copies);
      return copies;
    },
    all: (): readonly ReceivedMail[] => [...mails],
    /** What was sent to an address, of one kind or of all, with what bounced. */
    mailsTo(address: string, kind?: MailKind): readonly ReceivedMail[] {
      const wanted = address.toLowerCase();
      return mails.filter((mail) => mail.to.address.toLowerCase() === wanted && (kind ?? mail.kind) === mail.kind);
    },
    inboxOf(address: string): readonly ReceivedMail[] {
      const wanted = address.toLowerCase();
      return mails.filter(({ to, bounced }) => !bounced && to.address.toLowerCase() === wanted);
    },
  };
}

export type Mails = ReturnType<typeof createMails>;
