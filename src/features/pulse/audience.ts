import type { Person } from "../roster/model.ts";
import type { PulseStores } from "./ports.ts";

/** Those whom a wave asks. Everybody is one or the other. */
export interface Audience {
  readonly managers: readonly Person[];
  readonly members: readonly Person[];
}

/**
 * Whom a wave asks: managers, whoever else manages a team, and the members of teams. Viewers, admins and leads without
 * a team of their own aren't asked: the survey is about the work with caseloads.
 */
export async function audienceIn({ roster }: Pick<PulseStores, "roster">): Promise<Audience> {
  const people = (await roster.people()).filter(({ leftOn }) => leftOn === null);
  const managing = new Set((await roster.teams()).flatMap((team) => team.managers));
  const isManager = ({ id, role }: Person) => role === "manager" || managing.has(id);
  return {
    managers: people.filter(isManager),
    members: people.filter((person) => person.role === "member" && !isManager(person)),
  };
}
