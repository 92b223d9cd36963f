import { h, setAttribute } from "../../../web/dom.ts";
import type { Answering, CalendarEvent } from "./api.ts";
import { createAttendeeList } from "./attendee-list.ts";
import { answerWords, londonTime } from "./calendar-words.ts";

/** Answers with a sentence when it failed, else null. */
export type Respond = (iCalUId: string, answer: Answering) => Promise<string | null>;

const choices = [
  ["accept", "Accept", "accepted"],
  ["tentativelyAccept", "Tentative", "tentative"],
  ["decline", "Decline", "declined"],
] as const;

/** One event of a calendar. Its buttons stay the same elements while it changes, so that they keep the focus. */
export function createEventView(iCalUId: string, respond: Respond) {
  const subject = h("h5", { id: `event-${iCalUId}` });
  const time = h("p", { class: "event-time" });
  const facts = h("dl", { class: "event-facts" });
  const status = h("span", { class: "event-status" });
  const failed = h("p", { class: "event-failed", role: "alert" });
  const attendees = createAttendeeList();
  let busy = false;

  const press = async (answer: Answering) => {
    if (busy) return;
    busy = true;
    const why = await respond(iCalUId, answer);
    busy = false;
    failed.textContent = why ?? "";
  };
  const buttons = choices.map(([answer, label, given]) => ({
    given,
    button: h("button", { type: "button", class: "quiet-button", onclick: () => void press(answer) }, label),
  }));
  const group = { class: "event-answers", role: "group", "aria-labelledby": subject.id };
  const answering = h("div", group, ...buttons.map(({ button }) => button), status);
  const words = h("div", { class: "event-words" }, subject, facts, attendees.element, answering, failed);
  const element = h("article", { class: "event", "aria-labelledby": subject.id }, time, words);
  let drawn = "";

  return {
    element,
    update(event: CalendarEvent, isPast: boolean): void {
      const wanted = JSON.stringify([event, isPast]);
      if (wanted === drawn) return;
      drawn = wanted;
      const { isCancelled, isOrganiser, answer } = event;
      element.classList.toggle("is-cancelled", isCancelled);
      element.classList.toggle("is-past", isPast);
      element.dataset["answer"] = isOrganiser ? "organiser" : answer;
      time.replaceChildren(...timesOf(event));
      subject.replaceChildren(...subjectOf(event));
      facts.replaceChildren(...factsOf(event));
      attendees.show(isOrganiser ? event.attendees : []);
      const isOver = isCancelled || isPast;
      status.textContent = isOver && answer === "none" ? "Not answered" : answerWords[answer];
      answering.hidden = isOrganiser;
      for (const { given, button } of buttons) {
        setAttribute(button, "aria-pressed", String(answer === given));
        button.disabled = isOver;
      }
    },
    openAttendees: attendees.open,
  };
}

export type EventView = ReturnType<typeof createEventView>;

function timesOf({ startsAt, endsAt }: CalendarEvent): (Node | string)[] {
  const at = (iso: string) => h("time", { datetime: iso }, londonTime(iso));
  return [at(startsAt), h("span", { class: "event-until" }, " to ", at(endsAt))];
}

function subjectOf({ subject, isCancelled }: CalendarEvent): (Node | string)[] {
  return isCancelled ? [h("span", { class: "chip" }, "Cancelled"), " ", h("s", {}, subject)] : [subject];
}

function factsOf({ organiser, joinUrl }: CalendarEvent): HTMLElement[] {
  const { name, address } = organiser;
  return [
    fact("Organiser", name === "" ? address : `${name} <${address}>`),
    // Text rather than a link: the stand-in's online meetings can't be joined.
    fact("Join link", joinUrl === null ? "None" : h("span", { class: "event-link", title: joinUrl }, joinUrl)),
  ];
}

const fact = (term: string, words: Node | string) => h("div", {}, h("dt", {}, term), h("dd", {}, words));
