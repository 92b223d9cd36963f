import type { PersonId } from "../../kernel/ids.ts";
import { type Invitee, isStale, type NetworkEvent, placesOf, type Rsvp } from "./model.ts";

/** True for somebody who was invited and taken off again. Whoever got a card without an invitation may answer it. */
export function isTakenOff(invitees: readonly Invitee[], person: PersonId): boolean {
  const own = invitees.filter((invitee) => invitee.person === person);
  return own.length > 0 && own.every(({ removedAt }) => removedAt !== null);
}

/** The answers that count now: none from before a move, and nobody's who was taken off. */
export function standing(
  event: Pick<NetworkEvent, "movedAt">,
  rsvps: readonly Rsvp[],
  invitees: readonly Invitee[],
): Rsvp[] {
  return rsvps.filter((rsvp) => !isStale(event, rsvp) && !isTakenOff(invitees, rsvp.person));
}

/** A place of one's own, the number on the waiting list (from 1), or neither. */
export type Place = "coming" | number | null;

/** Who has which place, for everybody who said yes. */
export function placesByPerson(rsvps: readonly Rsvp[], capacity: number | null): Map<PersonId, Place> {
  const { coming, waiting } = placesOf(rsvps, capacity);
  return new Map<PersonId, Place>([
    ...coming.map((person) => [person, "coming"] as const),
    ...waiting.map((person, nth) => [person, nth + 1] as const),
  ]);
}

/** Whose place two states of the same event's answers tell differently. */
export function changedPlaces(
  before: ReadonlyMap<PersonId, Place>,
  after: ReadonlyMap<PersonId, Place>,
): Set<PersonId> {
  const people = [...new Set([...before.keys(), ...after.keys()])];
  return new Set(people.filter((person) => (before.get(person) ?? null) !== (after.get(person) ?? null)));
}
