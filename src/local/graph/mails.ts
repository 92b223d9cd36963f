import { randomUUID } from "node:crypto";
import { z } from "zod";
import { openJsonLines } from "../json-lines.ts";
import type { MailAddress, OutgoingMail } from "./mail-forms.ts";

const Address = z.object({ name: z.string(), address: z.string() });

const Received = z.object({
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
});

/** A mail as one of its recipients has it. */
export type ReceivedMail = Readonly<z.infer<typeof Received>>;

/** The mails that were taken, kept in a file when one is named. */
export function createMails(stateFile: string | undefined) {
  const journal = openJsonLines(stateFile, Received);
  const mails: ReceivedMail[] = [...journal.entries];
  return {
    /** Puts a mail into each recipient's inbox. */
    receive(
      mail: OutgoingMail & { readonly from: MailAddress },
      at: string,
      isSomebodys: (address: string) => boolean,
    ): readonly ReceivedMail[] {
      const { from, replyTo, subject, text, html, messageId } = mail;
      const copies = mail.recipients.map((to) => {
        const bounced = !isSomebodys(to.address);
        return { id: randomUUID(), at, from, replyTo, to, subject, text, html, messageId, bounced };
      });
      copies.forEach(journal.append);
      mails.push(...copies);
      return copies;
    },
    all: (): readonly ReceivedMail[] => [...mails],
    inboxOf(address: string): readonly ReceivedMail[] {
      const wanted = address.toLowerCase();
      return mails.filter(({ to, bounced }) => !bounced && to.address.toLowerCase() === wanted);
    },
  };
}

export type Mails = ReturnType<typeof createMails>;
