import type { SendResult } from "./messenger.ts";

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** A mail to one person, as plain text and as HTML that says the same. */
export interface Mail {
  readonly to: Mailbox;
  /** The person in whose name it is sent; answers to the mail go to them. Null when the network alone stands behind it. */
  readonly replyTo: Mailbox | null;
  /** How the sending mailbox is to be shown. */
  readonly fromName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for every try at sending the same mail, so that mail systems can recognise a second copy. */
  readonly reference: string;
}

/**
 * Sends mails from the network's mailbox. Every call is one request, tried once and within a time limit. Success means
 * that the mail system has taken the mail; whether it arrives is known to that mailbox only.
 */
export interface Mailer {
  send(mail: Mail): Promise<SendResult<null>>;
}
