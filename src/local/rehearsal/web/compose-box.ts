import { byId, h } from "../../../web/dom.ts";
import type { Person } from "./api.ts";

const forEveryone = ["help", "check in", "my check-ins", "summary", "meeting", "pulse"];
const forRunners = [...forEveryone, "plan meetings"];

/**
 * Where one types to the bot: Enter sends, Shift and Enter makes a new line. `send` answers with a sentence when it
 * failed, else null; what was typed stays in the box until it was sent. What is suggested depends on the person.
 */
export function createComposeBox(send: (text: string) => Promise<string | null>) {
  const form = byId("compose", HTMLFormElement);
  const box = byId("compose-text", HTMLTextAreaElement);
  const error = byId("compose-error", HTMLElement);
  let sending = false;

  const submit = async (text: string) => {
    if (sending || text === "") return;
    sending = true;
    const failed = await send(text);
    sending = false;
    error.textContent = failed ?? "";
    if (failed === null && box.value.trim() === text) box.value = "";
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(box.value.trim());
    box.focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  const buttons = new Map(
    forRunners.map((text) => [text, h("button", { type: "button", onclick: () => void submit(text) }, text)] as const),
  );
  byId("suggestions", HTMLElement).append(...buttons.values());
  return {
    suggestTo({ runsNetwork }: Pick<Person, "runsNetwork">): void {
      for (const [text, button] of buttons) button.hidden = !runsNetwork && !forEveryone.includes(text);
    },
  };
}
