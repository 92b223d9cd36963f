import { h } from "../dom.ts";
import type { Api } from "./api.ts";
import { busyButton } from "./busy-button.ts";
import { inShort } from "./words.ts";

const labelFor = (stopped: boolean): string => (stopped ? "Start again" : "Stop these messages");

/** Where one stops Steady's messages and has them start again, with what Steady says to it. */
export function createStopBox(api: Api, startsStopped: boolean, announce: (text: string) => void): HTMLElement {
  let stopped = startsStopped;
  const said = h("p", { class: "said" }, stopped ? "You have said stop, so Steady sends you no messages." : "");
  const button = busyButton(labelFor(stopped), "quiet", async () => {
    const answer = await api.say(stopped ? "start" : "stop");
    said.classList.toggle("is-error", !answer.ok);
    said.textContent = answer.ok ? answer.value.text : inShort(answer);
    if (answer.ok) stopped = answer.value.stopped;
    button.textContent = labelFor(stopped);
    announce(said.textContent);
  });
  return h("section", { class: "stop", "aria-label": "Messages from Steady" }, said, button);
}
