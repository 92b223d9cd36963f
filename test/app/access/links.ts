import type { Purpose } from "../../../src/features/deliveries/model.ts";

/** By which link a button is pressed; all of them press the same button, of the first column's card. */
export const links = ["own", "none", "forged", "tabToken", "ended", "anotherCard", "anotherPerson"] as const;
export type LinkUsed = (typeof links)[number];

export interface LinkRow {
  /** The card that the button is on, and whose id it holds unless the request's is told. */
  readonly card: Purpose;
  readonly typed?: Readonly<Record<string, string | number>>;
  /** By its own link what the button gives: "card", "text", "no" where it is refused, or a status; then the status by each other one. */
  readonly answers: string;
}

const others = "401 401 401 410 403 403";
/** Works by the link of its card, and by no other. */
const byOwn = (answer: "card" | "text" | "no") => `${answer}  ${others}`;
/** Works in Teams only. */
const never = `403  ${others}`;
const answer = { feeling: "unsafe", help: "call", newPeople__link_worker: 27 };

/** What a press of every button does by a link. Rows run one after the other. */
export const byLink: Readonly<Record<string, LinkRow>> = {
  //                                                  own  none forged tabToken ended anotherCard anotherPerson
  "checkIn.notNow": { card: "check-in", answers: byOwn("card") },
  "checkIn.away": { card: "check-in", answers: byOwn("card") },
  "checkIn.open": { card: "check-in", answers: byOwn("card") },
  "checkIn.remindTomorrow": { card: "check-in", answers: byOwn("text") },
  "checkIn.skip": { card: "check-in", answers: byOwn("card") },
  "checkIn.sameAsLast": { card: "check-in", typed: answer, answers: byOwn("card") },
  "checkIn.change": { card: "check-in", answers: byOwn("card") },
  "checkIn.submit": { card: "check-in", typed: answer, answers: byOwn("card") },
  // The second card is on the page of the first, with a token of its own.
  "checkIn.details": { card: "details", typed: { neededAnotherService: 3 }, answers: byOwn("card") },
  "checkIn.changeDetails": { card: "details", answers: byOwn("card") },
  "request.take": { card: "request", answers: byOwn("card") },
  "request.done": { card: "request", answers: byOwn("card") },
  "meeting.remindTomorrow": { card: "rsvp", answers: byOwn("text") },
  "meeting.rsvp": { card: "rsvp", typed: { answer: "yes" }, answers: byOwn("card") },
  "meeting.change": { card: "rsvp", answers: byOwn("card") },
  "meeting.poll": { card: "poll", typed: { slots: "0" }, answers: byOwn("card") },
  "meeting.pollNone": { card: "poll", answers: byOwn("card") },
  "meeting.pollChange": { card: "poll", answers: byOwn("card") },
  "meeting.ask": { card: "rsvp", typed: { plannedOn: "2027-04-06" }, answers: never },
  "meeting.book": { card: "rsvp", typed: { plannedOn: "2027-04-06", slot: "2027-04-06T09:00:00Z" }, answers: never },
  "pulse.notNow": { card: "pulse", answers: byOwn("card") },
  "pulse.away": { card: "pulse", answers: byOwn("card") },
  "pulse.open": { card: "pulse", answers: byOwn("card") },
  "pulse.remindTomorrow": { card: "pulse", answers: byOwn("text") },
  "pulse.skip": { card: "pulse", answers: byOwn("card") },
  "pulse.unskip": { card: "pulse", answers: byOwn("card") },
  "pulse.submit": { card: "pulse", typed: { "worn-out": "1" }, answers: byOwn("card") },
  "pulse.state": { card: "pulse", answers: never },
  "pulse.openWave": { card: "pulse", answers: never },
  "pulse.closeWave": { card: "pulse", answers: never },
  "pulse.giveUp": { card: "pulse", answers: never },
  "pulse.share": { card: "pulse", answers: never },
  "pulse.writeChange": { card: "pulse", answers: never },
  "pulse.publishChange": { card: "pulse", answers: never },
  "checkIn.setAway": { card: "check-in", typed: { until: "2026-12-01" }, answers: byOwn("text") },
  "pulse.setAway": { card: "pulse", typed: { until: "2026-12-01" }, answers: byOwn("text") },
  "account.erase": { card: "check-in", answers: never },
};

/** What the page asks for besides, by a link that is: its own, none, forged, a token of the tab, ended. */
export const respond: Readonly<Record<string, { readonly send: object; readonly statuses: string }>> = {
  card: { send: {}, statuses: "200 401 401 401 410" },
  // A check-in is nothing for a calendar.
  calendar: { send: {}, statuses: "404 401 401 401 410" },
  say: { send: { text: "back" }, statuses: "200 401 401 401 410" },
  // To the address in the roster, whoever asks.
  renew: { send: {}, statuses: "200 401 401 401 200" },
};
