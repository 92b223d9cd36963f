import PostalMime, { type Address } from "postal-mime";
import { z } from "zod";
import { refusal, type Refusal } from "./refusals.ts";

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** A mail as somebody asks for it to be sent. */
export interface OutgoingMail {
  readonly from: MailAddress | null;
  readonly replyTo: MailAddress | null;
  readonly recipients: readonly MailAddress[];
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly messageId: string | null;
}

const Recipient = z
  .object({ emailAddress: z.object({ name: z.string().default(""), address: z.string() }) })
  .transform(({ emailAddress }) => emailAddress);
const Recipients = z.array(Recipient).default([]);
const SendMail = z.object({
  message: z.object({
    subject: z.string().default(""),
    body: z
      .object({ contentType: z.string().toLowerCase().pipe(z.enum(["text", "html"])), content: z.string() })
      .default({ contentType: "text", content: "" }),
    from: Recipient.nullish(),
    replyTo: Recipients,
    toRecipients: Recipients,
    ccRecipients: Recipients,
    bccRecipients: Recipients,
    internetMessageId: z.string().nullish(),
  }),
  saveToSentItems: z.boolean().optional(),
});

function readJson(text: string): OutgoingMail | Refusal {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refusal(400, "BadRequest", "Unable to read JSON request payload.");
  }
  const parsed = SendMail.safeParse(body);
  if (!parsed.success) return refusal(400, "ErrorInvalidRequest", "The request is invalid.");
  const { message } = parsed.data;
  const { contentType, content } = message.body;
  return {
    from: message.from ?? null,
    replyTo: message.replyTo[0] ?? null,
    recipients: [...message.toRecipients, ...message.ccRecipients, ...message.bccRecipients],
    subject: message.subject,
    text: contentType === "text" ? content : null,
    html: contentType === "html" ? content : null,
    messageId: message.internetMessageId ?? null,
  };
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const single = (address: Address): MailAddress[] =>
  (address.group ?? [address]).map((one) => ({ name: one.name, address: one.address }));

async function readMime(text: string): Promise<OutgoingMail | Refusal> {
  const encoded = text.replace(/[\r\n]/g, "");
  if (encoded === "" || !base64.test(encoded)) {
    return refusal(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
  }
  const mail = await PostalMime.parse(Buffer.from(encoded, "base64"));
  const [from] = mail.from === undefined ? [] : single(mail.from);
  return {
    from: from ?? null,
    replyTo: (mail.replyTo ?? []).flatMap(single)[0] ?? null,
    recipients: [mail.to, mail.cc, mail.bcc].flatMap((list) => (list ?? []).flatMap(single)),
    subject: mail.subject ?? "",
    text: mail.text ?? null,
    html: mail.html ?? null,
    messageId: mail.messageId ?? null,
  };
}

/** Reads either form that sendMail takes: JSON, or a MIME message in base64 as text/plain. */
export async function readMail(contentType: string | undefined, body: string): Promise<OutgoingMail | Refusal> {
  switch ((contentType ?? "").split(";", 1).join("").trim().toLowerCase()) {
    case "application/json":
      return readJson(body);
    case "text/plain":
      return readMime(body);
    default:
      return refusal(400, "BadRequest", "Write requests must contain the Content-Type header declaration.");
  }
}
