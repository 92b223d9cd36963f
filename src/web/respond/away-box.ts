import { h } from "../dom.ts";
import type { Api } from "./api.ts";
import { asking } from "./asking.ts";
import { dayInWords } from "./words.ts";

/** Tells somebody that they are away, and lets them be back before the day that they gave. */
export function createAwayBox(api: Api, until: string): HTMLElement {
  const text = `You are away until ${dayInWords(until)}; no cards come until then.`;
  return h("section", { class: "stop", "aria-label": "Your absence" }, ...asking("I'm back", "quiet", () => api.say("back"), text));
}
