import type { PersonId } from "../../kernel/ids.ts";
import type { Person, Team } from "../roster/model.ts";

/**
 * True when somebody may answer for a team and see what it answered: one of its managers, or a manager's deputy, as
 * the roster has them now. Who has left may not, nor anybody for a team that has.
 * @param people the team's managers and the person themself, at least
 */
export function mayAnswer(person: PersonId, team: Team, people: ReadonlyMap<PersonId, Person>): boolean {
  const present = (id: PersonId) => people.get(id)?.leftOn === null;
  if (team.leftOn !== null || !present(person)) return false;
  return team.managers.some((manager) => present(manager) && (manager === person || people.get(manager)?.deputy === person));
}
