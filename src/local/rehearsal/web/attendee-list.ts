import { h } from "../../../web/dom.ts";
import type { Attendee } from "./api.ts";
import { answerWords, countedAnswers } from "./calendar-words.ts";
import { counted } from "./words.ts";

/** Who is invited and how each of them stands, behind a line that counts them. */
export function createAttendeeList() {
  const summary = h("summary", {});
  const list = h("ul", { class: "attendees" });
  const element = h("details", { hidden: true }, summary, list);
  return {
    element,
    open(): void {
      element.open = true;
    },
    /** Nobody: the event is another's, or nobody is invited. */
    show(attendees: readonly Attendee[]): void {
      element.hidden = attendees.length === 0;
      const people = counted(attendees.length, "person", "people");
      summary.textContent = `${people} invited: ${countedAnswers(attendees)}`;
      list.replaceChildren(...attendees.map(line));
    },
  };
}

function line({ name, address, answer }: Attendee): HTMLElement {
  return h(
    "li",
    { "data-answer": answer },
    h("span", { class: "attendee-name" }, name === "" ? address : name),
    " ",
    h("span", { class: "attendee-answer" }, answerWords[answer]),
  );
}
