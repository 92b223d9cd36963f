import { byId, h } from "../../../web/dom.ts";
import { remember, remembered } from "../../../web/theme.ts";
import type { Mail, Mailbox } from "./api.ts";
import { linkedText } from "./linked-text.ts";
import { mailFrame } from "./mail-frame.ts";
import { mailLabel } from "./mail-label.ts";
import { clockTime, dayName } from "./words.ts";

type Format = "html" | "text";
const formats = [
  ["html", "HTML"],
  ["text", "Text"],
] as const;
const formatKey = "steady.rehearsal.mail-format";

export interface MailReaderDeps {
  /** Where the HTML of a mail is served. */
  bodyUrl(person: string, id: string): string;
  /** The server's moment, ISO. */
  now(): string;
}

interface Shown {
  readonly person: string;
  readonly mail: Mail;
  readonly body: HTMLElement;
}

/** Shows one mail: who wrote it to whom and when, and what it says, as HTML or as plain text. */
export function createMailReader({ bodyUrl, now }: MailReaderDeps) {
  const place = byId("mail-article", HTMLElement);
  let format: Format = remembered(formatKey) === "text" ? "text" : "html";
  let shown: Shown | null = null;

  const drawBody = () => {
    if (shown === null) return;
    const { person, mail, body } = shown;
    const asHtml = mail.hasHtml && (format === "html" || mail.text === "");
    if (asHtml) body.replaceChildren(mailFrame(bodyUrl(person, mail.id), `Mail: ${mail.subject}`));
    else if (mail.text !== "") body.replaceChildren(h("p", { class: "mail-text" }, ...linkedText(mail.text)));
    else body.replaceChildren(h("p", { class: "mail-nothing" }, "There is nothing in this mail."));
  };
  const choose = (wanted: Format) => {
    format = wanted;
    remember(formatKey, wanted);
    drawBody();
  };

  return {
    /** Shows this mail to `person` (their key); one that is shown already stays as it is. */
    show(person: string, mail: Mail): void {
      if (shown?.person === person && shown.mail.id === mail.id) return;
      const body = h("div", { class: "mail-body" });
      shown = { person, mail, body };
      drawBody();
      const choosing = mail.hasHtml && mail.text !== "" ? [formatSwitch(format, choose)] : [];
      place.replaceChildren(headOf(mail, now()), ...choosing, body);
    },
    clear(): void {
      shown = null;
      place.replaceChildren();
    },
  };
}

function headOf(mail: Mail, now: string): HTMLElement {
  const sent = h("time", { datetime: mail.at }, `${dayName(mail.at, now)}, ${clockTime(mail.at)}`);
  return h(
    "header",
    { class: "mail-head" },
    h("h3", { id: "mail-subject" }, ...mailLabel(mail), mail.subject),
    h(
      "dl",
      { class: "mail-facts" },
      fact("From", mailbox(mail.from)),
      mail.replyTo === null ? null : fact("Reply to", mailbox(mail.replyTo)),
      fact("To", mailbox(mail.to)),
      fact("Sent", sent),
    ),
  );
}

const fact = (term: string, words: HTMLElement) => h("div", {}, h("dt", {}, term), h("dd", {}, words));

function mailbox({ name, address }: Mailbox): HTMLElement {
  if (name === "") return h("span", {}, address);
  return h("span", {}, name, " ", h("span", { class: "mail-address" }, `<${address}>`));
}

function formatSwitch(current: Format, choose: (format: Format) => void): HTMLElement {
  const choices = formats.map(([format, label]) => {
    const checked = format === current;
    const input = h("input", { type: "radio", name: "mail-format", checked, onchange: () => choose(format) });
    return h("label", {}, input, h("span", {}, label));
  });
  const legend = h("legend", { class: "visually-hidden" }, "Show this mail as");
  return h("fieldset", { class: "mail-format" }, legend, ...choices);
}
