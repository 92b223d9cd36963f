import type { LoopbackRequest } from "../entra/loopback.ts";
import type { AddressBook } from "./mailboxes.ts";
import { readMail } from "./mail-forms.ts";
import type { Mails, ReceivedMail } from "./mails.ts";
import { refusal, type Refusal } from "./refusals.ts";
import type { Route } from "./routes.ts";

const looksRight = /^[^\s@]+@[^\s@]+$/;

/**
 * Sends the mail in a request from a user's mailbox: the copies that its recipients have, or why it isn't sent.
 * @param at the time as ISO 8601
 */
async function sendMail(
  request: LoopbackRequest,
  user: string,
  book: AddressBook,
  mails: Mails,
  at: string,
): Promise<readonly ReceivedMail[] | Refusal> {
  const mailbox = book.mailboxOf(user);
  if ("status" in mailbox) return mailbox;
  if (request.body === null) return refusal(413, "ErrorMessageSizeExceeded", "The message is larger than 1 MB.");
  const mail = await readMail(request.headers["content-type"], request.body);
  if ("status" in mail) return mail;
  const { recipients, from } = mail;
  if (recipients.length === 0 || !recipients.every(({ address }) => looksRight.test(address))) {
    return refusal(400, "ErrorInvalidRecipients", "At least one recipient isn't valid.");
  }
  if (from !== null && from.address.toLowerCase() !== mailbox.address.toLowerCase()) {
    const message = "The user account which was used to submit this request does not have the right to send mail.";
    return refusal(403, "ErrorSendAsDenied", message);
  }
  return mails.receive({ ...mail, from: from ?? mailbox }, at, book.isSomebodys);
}

/** The route that sends mails. */
export function sendMailRoute(mails: Mails): Route {
  return {
    method: "POST",
    path: /^\/users\/([^/]+)\/sendMail$/i,
    roles: ["Mail.Send"],
    kind: "mail",
    hasMailbox: true,
    async handle({ request, params, doing }) {
      const sent = await sendMail(request, params[0] ?? "", doing.book, mails, new Date(doing.at).toISOString());
      if ("status" in sent) return sent;
      doing.mailed.push(...sent);
      return { status: 202 };
    },
  };
}
