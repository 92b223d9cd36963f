import type { Store } from "../../kernel/store.ts";
import type { PersonalData } from "../account/ports.ts";
import type { RosterStores } from "./ports.ts";

/** What the roster keeps about a person: their row. The network needs it for as long as they are a member. */
export function rosterPersonalData(store: Store<RosterStores>): PersonalData {
  return {
    name: "roster",
    label: "Rows about you in the roster",
    async export(actor) {
      const { roster } = store.read(actor.network);
      const person = await roster.person(actor.person);
      if (person === null) return [];
      const { id, name, email, role, area, place, pcn, organisation, jobRole, external, awayUntil, stoppedAt } = person;
      const resting = {
        ...(awayUntil === null ? {} : { awayUntil: awayUntil.toString() }),
        ...(stoppedAt === null ? {} : { saidStop: stoppedAt.toString() }),
      };
      const teams = (await roster.teamsOf(actor.person)).map((team) => team.name);
      return [{ id, name, email, role, area, place, pcn, organisation, jobRole, external, ...resting, teams }];
    },
    erase: null,
  };
}
