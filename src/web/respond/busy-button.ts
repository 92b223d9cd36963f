import { h, setAttribute } from "../dom.ts";

/**
 * A button that waits for what it set off: meanwhile it is marked busy and further presses do nothing. It is never
 * disabled, which would take the focus away.
 */
export function busyButton(label: string, kind: "main" | "quiet", run: () => Promise<void>): HTMLButtonElement {
  let busy = false;
  const press = async () => {
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    await run();
    setAttribute(button, "aria-disabled", null);
    busy = false;
  };
  const button = h("button", { type: "button", class: `button is-${kind}`, onclick: () => void press() }, label);
  return button;
}
