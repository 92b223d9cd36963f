import type { Instant } from "../../kernel/time.ts";
import type { Person } from "../roster/model.ts";
import type { Invitee, NetworkEvent } from "./model.ts";
import type { MeetingStores } from "./ports.ts";

/**
 * Whom a meeting of the network is for: managers, leads and admins, and whoever manages a team besides. Members of
 * teams and viewers aren't part of the network's own space.
 */
export async function audienceIn({ roster }: Pick<MeetingStores, "roster">): Promise<Person[]> {
  const people = await roster.people();
  const teams = await roster.teams();
  const managing = new Set(teams.flatMap((team) => team.managers));
  const belongs = (person: Person) =>
    person.role === "manager" || person.role === "lead" || person.role === "admin" || managing.has(person.id);
  return people.filter((person) => person.leftOn === null && belongs(person));
}

/**
 * The invitees of an event as they should be now: joiners are added, those who no longer belong taken off, and an
 * address that changed is followed. Somebody who said stop isn't invited anew, and is left where they are otherwise:
 * taking them off would send them a mail.
 * @returns only those that change
 */
export function inviteeChanges(
  event: Pick<NetworkEvent, "id">,
  audience: readonly Person[],
  invitees: readonly Invitee[],
  now: Instant,
): Invitee[] {
  const invited = invitees.filter((invitee) => invitee.removedAt === null);
  const addresses = new Map(invited.map((invitee) => [invitee.person, invitee.email]));
  const wanted = new Map(audience.map((person) => [person.id, person.email]));
  const joining = audience
    .filter((person) => addresses.get(person.id) !== person.email)
    .filter((person) => addresses.has(person.id) || person.stoppedAt === null)
    .map((person): Invitee => ({ event: event.id, person: person.id, email: person.email, removedAt: null }));
  // Under an old address too: the calendar knows people by nothing else.
  const leaving = invited
    .filter((invitee) => wanted.get(invitee.person) !== invitee.email)
    .map((invitee) => ({ ...invitee, removedAt: now }));
  return [...leaving, ...joining];
}
