import { h } from "../dom.ts";
import type { Api, Offer } from "./api.ts";
import { asking } from "./asking.ts";

/** Offers what still works by a link that is over, each with what came of asking for it. */
export function createOffers(api: Api, offers: readonly Offer[]): HTMLElement {
  const ways = offers.map((offer) =>
    offer === "renew"
      ? asking("Send me a new link", "main", () => api.renew())
      : asking("Start messages again", "quiet", () => api.say("start")),
  );
  return h("div", { class: "offers" }, ...ways.map((way) => h("div", { class: "offer" }, ...way)));
}
