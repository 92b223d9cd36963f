import { createHash } from "node:crypto";
import type { Mail } from "../../features/deliveries/mailer.ts";

/**
 * A mail as a MIME message (RFC 5322) from the sending mailbox's address. Its Message-ID follows from the mail's
 * reference, so that a second copy can be recognised.
 */
export async function mimeOf(mail: Mail, sender: string): Promise<Buffer> {
  const { to, replyTo, fromName, subject, text, html } = mail;
  // Loaded with the first mail: a network whose managers are all in the tenant sends none.
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const composer = new MailComposer({
    from: { name: fromName, address: sender },
    to: { ...to },
    ...(replyTo === null ? {} : { replyTo: { ...replyTo } }),
    subject,
    text,
    html,
    messageId: messageIdOf(mail.reference, sender),
    // Asks other systems not to answer by themselves (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

// A digest has only characters that a Message-ID may have, and tells nothing about the reference.
function messageIdOf(reference: string, sender: string): string {
  const digest = createHash("sha256").update(reference).digest("hex").slice(0, 32);
  return `<${digest}@${sender.slice(sender.lastIndexOf("@") + 1)}>`;
}
