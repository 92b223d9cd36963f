import { escapeHtml } from "../../kernel/html.ts";
import type { Mail } from "./mailer.ts";
import type { LinkWords } from "./ports.ts";

export interface MailFacts {
  readonly words: LinkWords;
  readonly to: { readonly name: string; readonly address: string };
  readonly url: string;
  readonly reference: string;
}

/** The mail that brings a link: short, the same in plain text and in HTML, and without a figure. */
export function linkMail({ words, to, url, reference }: MailFacts): Mail {
  const { network, from, subject } = words;
  const greeting = `Hello ${to.name},`;
  const rules = [
    words.seenBy,
    "The link is for you alone and opens this one card; please don't pass it on. Opening it sends nothing.",
    "To pause or stop these messages, open the link and choose there.",
  ];
  const signature = from === null ? [network] : [from.name, `for ${network}`];
  const text = [
    greeting,
    ...words.lines,
    `${words.button}:\n${url}`,
    ...rules,
    `${signature.join("\n")}\nSent by Steady`,
  ].join("\n\n");
  return {
    to,
    replyTo: from === null ? null : { name: from.name, address: from.email },
    fromName: from === null ? network : `${from.name} (${network})`,
    subject,
    text: `${text}\n`,
    html: page(subject, [
      paragraph(greeting),
      ...words.lines.map((line) => paragraph(line)),
      `<p style="margin:24px 0"><a href="${escapeHtml(url)}" style="${buttonStyle}">${escapeHtml(words.button)}</a></p>`,
      ...rules.map((line) => paragraph(line, smallStyle)),
      `<p style="${textStyle}">${signature.map(escapeHtml).join("<br>")}</p>`,
      paragraph("Sent by Steady", smallStyle),
    ]),
    reference,
  };
}

// Mail programs read styles where they are used, and many read them nowhere else.
const textStyle = "margin:0 0 16px;font:16px/1.5 'Segoe UI',Arial,sans-serif;color:#242424";
const smallStyle = "margin:0 0 12px;font:14px/1.5 'Segoe UI',Arial,sans-serif;color:#5c5c5c";
const buttonStyle =
  "display:inline-block;padding:12px 20px;border-radius:4px;background:#5b5fc7;color:#ffffff;" +
  "font:bold 16px/1.25 'Segoe UI',Arial,sans-serif;text-decoration:none";

function paragraph(text: string, style = textStyle): string {
  return `<p style="${style}">${escapeHtml(text)}</p>`;
}

function page(title: string, body: readonly string[]): string {
  return [
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">',
    `<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>`,
    '<body style="margin:0;background:#ffffff"><div style="max-width:560px;margin:0 auto;padding:24px">',
    ...body,
    "</div></body></html>",
  ].join("\n");
}
