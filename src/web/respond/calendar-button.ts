import { h } from "../dom.ts";
import type { Api, CalendarFile } from "./api.ts";
import { busyButton } from "./busy-button.ts";
import { inShort } from "./words.ts";

/** Saves what a card is about as a file for one's own calendar, and says where it went or why there is none. */
export function createCalendarButton(api: Api, token: string, announce: (text: string) => void): HTMLElement {
  const said = h("p", { class: "said" });
  const button = busyButton("Add to calendar", "quiet", async () => {
    const answer = await api.calendar(token);
    if (answer.ok) save(answer.value);
    said.classList.toggle("is-error", !answer.ok);
    said.textContent = answer.ok ? inWords(answer.value) : inShort(answer);
    announce(said.textContent);
  });
  return h("div", { class: "to-calendar" }, button, said);
}

const inWords = ({ fileName }: CalendarFile): string =>
  `Your browser saves it as ${fileName}. Open that file to put it into your calendar.`;

/** Long enough for a browser to have asked where to put it, in milliseconds. */
const kept = 60_000;

function save({ fileName, ics }: CalendarFile): void {
  const url = URL.createObjectURL(new Blob([ics], { type: "text/calendar;charset=utf-8" }));
  h("a", { href: url, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(url), kept);
}
