import type { CalendarStore, Held } from "./calendar-store.ts";
import type { Doing, Touch } from "./doing.ts";
import { sameAddress, type Meeting, type Response } from "./meeting.ts";
import { refusal, type Refusal } from "./refusals.ts";

/** What an attendee can do, as it stands in Graph's addresses. */
export type Answering = "accept" | "tentativelyAccept" | "decline";

const answers: Readonly<Record<Answering, { readonly response: Response; readonly word: string }>> = {
  accept: { response: "accepted", word: "Accepted" },
  tentativelyAccept: { response: "tentativelyAccepted", word: "Tentative" },
  decline: { response: "declined", word: "Declined" },
};

/**
 * Answers an invitation in an attendee's mailbox. A declined event leaves the attendee's calendar. Only an answer that
 * is sent reaches the organiser, `delay` milliseconds later.
 */
export function answerEvent(
  doing: Doing,
  { meeting, copy }: Held,
  how: Answering,
  { send, delay }: { readonly send: boolean; readonly delay: number },
): Refusal | null {
  const { store, at, touched } = doing;
  if (sameAddress(copy.mailbox, meeting.organiser.address)) {
    return refusal(400, "ErrorInvalidRequest", "You can't respond to this meeting because you're its organizer.");
  }
  if (copy.state === "cancelled") {
    return refusal(400, "ErrorInvalidRequest", "You can't respond to this meeting because it's been canceled.");
  }
  const { response, word } = answers[how];
  const state = how === "decline" ? "away" : "there";
  const copies = meeting.copies.map((one) =>
    one.id === copy.id ? store.changed(one, at, { response, respondedAt: at, state }) : one,
  );
  touched.push({ mailbox: copy.mailbox, id: copy.id, change: how === "decline" ? "deleted" : "updated" });
  const party = meeting.attendees.find(({ address }) => sameAddress(address, copy.mailbox));
  const others = meeting.underWay.filter(({ address }) => !sameAddress(address, copy.mailbox));
  const arriving = { address: copy.mailbox, response, at, due: at + delay };
  const answered = { ...meeting, copies, underWay: send ? [...others, arriving] : meeting.underWay };
  store.save(answered);
  if (send) {
    const from = { name: party?.name ?? "", address: party?.address ?? copy.mailbox };
    doing.mail("response", answered, from, [meeting.organiser], `${word}: ${meeting.subject}`);
  }
  return null;
}

/** Lets the answers that are due by `at` (milliseconds since 1970) reach their organisers. */
export function settleAnswers(store: CalendarStore, at: number): Touch[] {
  return store.meetings().flatMap((meeting) => settleMeeting(store, meeting, at));
}

function settleMeeting(store: CalendarStore, meeting: Meeting, at: number): Touch[] {
  const due = meeting.underWay.filter((answer) => answer.due <= at);
  const [own, ...others] = meeting.copies;
  if (due.length === 0 || own === undefined) return [];
  const attendees = meeting.attendees.map((attendee) => {
    const answer = due.find(({ address }) => sameAddress(address, attendee.address));
    return answer === undefined ? attendee : { ...attendee, response: answer.response, respondedAt: answer.at };
  });
  const latest = Math.max(...due.map((answer) => answer.at));
  const copies = [store.changed(own, latest, {}), ...others];
  store.save({ ...meeting, attendees, copies, underWay: meeting.underWay.filter((answer) => answer.due > at) });
  return [{ mailbox: own.mailbox, id: own.id, change: "updated" }];
}
