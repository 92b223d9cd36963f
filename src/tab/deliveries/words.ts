import type { LedgerRow } from "../../features/deliveries/contract.ts";

type State = LedgerRow["state"];

/** The states of a card, what needs somebody first. */
export const stateWords: Readonly<Record<State, string>> = {
  failed: "Failed",
  pending: "On its way",
  skipped: "Not sent on purpose",
  delivered: "Delivered",
};

/** The states in the order in which a ledger shows them. */
export const statesInOrder: readonly State[] = ["failed", "pending", "skipped", "delivered"];

/** A ledger's rows with what needs somebody first; within a state as they came. */
export function inOrder<Row extends Pick<LedgerRow, "state">>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => statesInOrder.indexOf(a.state) - statesInOrder.indexOf(b.state));
}

/** The cards that an occasion may send besides those that it counts, by their purpose. */
export const roundCards = [
  ["check-in", "Check-in cards"],
  ["reminder", "Reminders"],
  ["nudge", "“Remind me tomorrow”"],
  ["details", "Second cards, with the details"],
  ["request", "Leads’ cards about requests"],
] as const;
export const meetingCards = [
  ["rsvp", "Invitations"],
  ["rsvp-reminder", "Reminders to answer"],
  ["moved", "Cards about a move"],
  ["cancelled", "Cards about the cancellation"],
  ["day-before", "Cards on the day before"],
  ["notes", "Notes after the meeting"],
  ["quorum", "Leads’ cards about the quorum"],
] as const;

export type CardPurpose = (typeof roundCards)[number][0] | (typeof meetingCards)[number][0];

/** "1 card of another kind failed, such as notes, and can be sent again." */
export function othersInWords(cards: number): string {
  return `${cards === 1 ? "1 card of another kind" : `${cards.toLocaleString("en-GB")} cards of other kinds`} failed, such as notes, and can be sent again.`;
}

/** "1 card is on its way again." */
export function retriedInWords(cards: number): string {
  if (cards === 0) return "No card was left to send again.";
  return cards === 1 ? "1 card is on its way again." : `${cards.toLocaleString("en-GB")} cards are on their way again.`;
}
