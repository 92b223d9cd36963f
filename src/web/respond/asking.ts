import { h } from "../dom.ts";
import type { Answer } from "./api.ts";
import { busyButton } from "./busy-button.ts";
import { inShort } from "./words.ts";

/**
 * A button that asks the server for something once, and the line before it that says what came of it.
 * @param text what the line says until then
 */
export function asking(
  label: string,
  kind: "main" | "quiet",
  ask: () => Promise<Answer<{ readonly text: string }>>,
  text = "",
): readonly [HTMLElement, HTMLElement] {
  const said = h("p", { class: "said", tabindex: -1 }, text);
  const button = busyButton(label, kind, async () => {
    const answer = await ask();
    said.classList.toggle("is-error", !answer.ok);
    said.textContent = answer.ok ? answer.value.text : inShort(answer);
    if (answer.ok) button.remove();
    // Focus reads it out, and doesn't fall to the top of the page with the button gone.
    said.focus();
  });
  return [said, button];
}
