import type { PersonId } from "../../kernel/ids.ts";
import type { LocalDate } from "../../kernel/time.ts";
import type { Person, Team } from "./model.ts";
import type { RosterStore } from "./ports.ts";

/**
 * Lets somebody leave, inside a transaction that holds the roster locked: what an import does when its file has them no
 * more. They get no more cards, and links that were mailed to them do nothing; their history stays. Teams that nobody
 * else manages leave with them, and nobody has them as a deputy or a manager any more.
 */
export async function leave(roster: RosterStore, person: Person, today: LocalDate): Promise<void> {
  const { id } = person;
  const present = await roster.people();
  const others = present.filter((one) => one.id !== id && (one.deputy === id || one.manager === id)).map((one) => without(one, id));
  await roster.savePeople([{ ...person, leftOn: today }, ...others]);
  const there = new Set(present.map((one) => one.id));
  const teams = (await roster.teamsOf(id)).map((team): Team => {
    const managers = team.managers.filter((one) => one !== id && there.has(one));
    return managers.length === 0 ? { ...team, leftOn: today } : { ...team, managers };
  });
  if (teams.length > 0) await roster.saveTeams(teams);
}

function without(person: Person, gone: PersonId): Person {
  const { deputy, manager } = person;
  return { ...person, deputy: deputy === gone ? null : deputy, manager: manager === gone ? null : manager };
}
