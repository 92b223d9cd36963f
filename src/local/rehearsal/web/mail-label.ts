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

/** What goes before a mail's subject: a small mark for mails about a meeting, nothing for others. */
export function mailLabel({ kind }: Mail): (Node | string)[] {
  const label = labels[kind];
  return label === null ? [] : [h("span", { class: `chip mail-kind is-${kind}` }, label), " "];
}
