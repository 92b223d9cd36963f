import { h } from "../dom.ts";
import type { Api } from "./api.ts";
import { busyButton } from "./busy-button.ts";
import { inShort } from "./words.ts";

/** Offers a new link in place of one that is over, and says what came of asking for it. */
export function createRenewal(api: Api): HTMLElement {
  const said = h("p", { class: "said", tabindex: -1 });
  const button = busyButton("Send me a new link", "main", async () => {
    const answer = await api.renew();
    said.classList.toggle("is-error", !answer.ok);
    said.textContent = answer.ok ? answer.value.text : inShort(answer);
    if (answer.ok) button.remove();
    // Focus reads it out, and doesn't fall to the top of the page with the button gone.
    said.focus();
  });
  return h("div", { class: "renewal" }, said, button);
}
