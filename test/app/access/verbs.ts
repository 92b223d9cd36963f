import type { Purpose } from "../../../src/features/deliveries/model.ts";
import type { BotRow } from "./walk.ts";

export interface VerbRow extends BotRow {
  /** Whose id the pressed button holds: one of the owner's cards, their team's request, the wave; nothing where it holds none. */
  readonly about?: Purpose | "request-id" | "wave";
  /** What is typed besides. */
  readonly typed?: Readonly<Record<string, string | number>>;
}

// "card" and "text": it was done. "no": refused by what it is about. "role": refused by its policy. "unknown": what people of no
// roster are told. Numbers are the HTTP status of a request that got no further; all others are 200.
const outside = "401 401 403 unknown";
/** For the one whose card it is, and for nobody else. */
const owners = (answer: "card" | "text" | "no") => `${outside}  no no no no no no no no  ${answer}`;
const everybody = (answer: "card" | "text") => `${outside}  ${answer} ${answer} ${answer} ${answer} ${answer} ${answer} ${answer} ${answer}  ${answer}`;
/** For a lead of the whole network; the one of another network finds nothing of it there. */
const networkLeads = (answer: "card" | "no", foreign: "card" | "no" = "no") => `${outside}  role role role role ${answer} role role ${foreign}  role`;
const answer = { feeling: "unsafe", help: "call", newPeople__link_worker: 27 };

/**
 * What a press of every button answers whom. Rows run one after the other, each caller after the other and the owner last: with
 * the owner's things, so that people of other networks press a copied card.
 */
export const verbs: Readonly<Record<string, VerbRow>> = {
  //                      member manager areaLead otherAreaLead networkLead viewer admin foreignLead  owner
  "checkIn.notNow": { about: "check-in", answers: owners("card") },
  "checkIn.away": { about: "check-in", answers: owners("card") },
  "checkIn.open": { about: "check-in", answers: owners("card") },
  "checkIn.remindTomorrow": { about: "check-in", answers: owners("text") },
  "checkIn.skip": { about: "check-in", answers: owners("card") },
  "checkIn.sameAsLast": { about: "check-in", typed: answer, answers: owners("card") },
  "checkIn.change": { about: "check-in", answers: owners("card") },
  "checkIn.submit": { about: "check-in", typed: { ...answer, newPeople__link_worker: 28 }, answers: owners("card") },
  "checkIn.details": { about: "details", typed: { neededAnotherService: 3 }, answers: owners("card") },
  "checkIn.changeDetails": { about: "details", answers: owners("card") },
  // Only the lead of the area has a card of it.
  "request.take": { about: "request-id", answers: `${outside}  role role card no text role role no  role` },
  "request.done": { about: "request-id", answers: `${outside}  role role card no text role role no  role` },
  "meeting.remindTomorrow": { about: "rsvp", answers: owners("text") },
  "meeting.rsvp": { about: "rsvp", typed: { answer: "yes", raise: "cormorants" }, answers: owners("card") },
  "meeting.change": { about: "rsvp", answers: owners("card") },
  "meeting.poll": { about: "poll", typed: { slots: "0" }, answers: owners("card") },
  "meeting.pollNone": { about: "poll", answers: owners("card") },
  "meeting.pollChange": { about: "poll", answers: owners("card") },
  // The admin comes second, when people are asked or it is booked; the other network has no series.
  "meeting.ask": { typed: { plannedOn: "2027-04-06" }, answers: `${outside}  role role role role card role no no  role` },
  "meeting.book": { typed: { plannedOn: "2027-04-06", slot: "2027-04-06T09:00:00Z" }, answers: `${outside}  role role role role card role no no  role` },
  "pulse.notNow": { about: "pulse", answers: owners("card") },
  "pulse.away": { about: "pulse", answers: owners("card") },
  "pulse.open": { about: "pulse", answers: owners("card") },
  "pulse.remindTomorrow": { about: "pulse", answers: owners("text") },
  "pulse.skip": { about: "pulse", answers: owners("card") },
  "pulse.unskip": { about: "pulse", answers: owners("card") },
  "pulse.submit": { about: "pulse", typed: { "worn-out": "1" }, answers: owners("card") },
  // The other network's own, where too few people would be asked.
  "pulse.state": { answers: networkLeads("card", "card") },
  "pulse.openWave": { answers: networkLeads("no") },
  "pulse.closeWave": { about: "wave", typed: { confirmed: "yes" }, answers: networkLeads("card") },
  "pulse.giveUp": { about: "wave", typed: { confirmed: "yes" }, answers: networkLeads("card") },
  "pulse.share": { about: "wave", answers: networkLeads("card") },
  "pulse.writeChange": { about: "wave", answers: networkLeads("card") },
  "pulse.publishChange": { about: "wave", typed: { text: "We hired a cormorant." }, answers: networkLeads("card") },
  "checkIn.setAway": { about: "check-in", typed: { until: "2026-12-01" }, isOwn: true, answers: everybody("text") },
  "pulse.setAway": { about: "pulse", typed: { until: "2026-12-01" }, isOwn: true, answers: everybody("text") },
  "account.erase": { isOwn: true, answers: everybody("card") },
};
