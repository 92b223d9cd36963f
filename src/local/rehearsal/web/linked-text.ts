import { h } from "../../../web/dom.ts";

const address = /https?:\/\/[^\s<>"]+/g;
/** What ends a sentence or closes a bracket after an address rather than belonging to it. */
const trailing = /[.,;:!?)\]'’]+$/;

/** Plain text whose web addresses are links that open in a new tab. */
export function linkedText(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const href = match[0].replace(trailing, "");
    parts.push(text.slice(at, match.index), h("a", { href, target: "_blank", rel: "noopener noreferrer" }, href));
    at = match.index + href.length;
  }
  return [...parts, text.slice(at)];
}
