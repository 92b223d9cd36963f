import { h } from "../../../web/dom.ts";
import type { Mail } from "./api.ts";

const labels: Readonly<Record<Mail["kind"], string | null>> = {
  invitation: "Invitation",
  update: "Update",
  cancellation: "Cancellation",
  // Its subject begins with the answer.
  response: null,
  mail: null,
};

/** What a mail about a meeting is, as a small mark before its subject; null for other mails. */
export function mailLabel({ kind }: Mail): HTMLElement | null {
  const label = labels[kind];
  return label === null ? null : h("span", { class: `chip mail-kind is-${kind}` }, label, hidden());
}

const hidden = () => h("span", { class: "visually-hidden" }, ": ");
