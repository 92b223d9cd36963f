import type { NetworkId, PersonId, TeamId } from "../../kernel/ids.ts";
import { dateIn, type Instant } from "../../kernel/time.ts";
import { betweenMessages } from "../deliveries/model.ts";
import { deliver } from "../deliveries/outbox.ts";
import { isAway, type Person, type Team } from "../roster/model.ts";
import { audienceOf } from "./audience.ts";
import type { Round, RoundTeam } from "./model.ts";
import type { CheckInStores } from "./ports.ts";
import type { CheckInSettings } from "./settings.ts";

interface Asking {
  readonly round: Round;
  readonly settings: CheckInSettings;
  readonly now: Instant;
}


/**
 * Makes some teams part of a round that is being opened and records their managers' cards, in the caller's transaction.
 * It takes nothing into account but what was before the round, so it doesn't matter which teams are asked together.
 * @returns how many cards there are
 */
export async function askTeams(tx: CheckInStores, network: NetworkId, { round, settings, now }: Asking, ids: readonly TeamId[]): Promise<number> {
  const found = await tx.roster.teamsByIds(ids);
  const teams = ids.flatMap((id) => found.get(id) ?? []).filter(({ leftOn, managers }) => leftOn === null && managers.length > 0);
  const answered = await tx.checkIns.lastAnsweredBefore(ids, round.opensOn);
  const never = round.opensOn.subtract({ weeks: settings.cadenceWeeks });
  await tx.rounds.addTeams(
    teams.map(({ id }): RoundTeam => ({ round: round.id, team: id, periodFrom: answered.get(id) ?? never, state: "waiting" })),
  );
  const people = await peopleOf(tx, teams, (person) => isAway(person, dateIn(settings.zone, now)));
  // The round's own cards don't count: somebody may have teams among those that were asked before.
  const lastUnasked = await tx.deliveries.lastUnasked([...people.keys()], now.subtract(betweenMessages), round.id);
  const cards = audienceOf({ round, teams, people, settings, now, lastUnasked });
  await deliver(tx, network, cards, now);
  return cards.length;
}

/** The managers of these teams, and the deputies of those for whom one is needed, without those who have left. */
async function peopleOf(
  { roster }: CheckInStores,
  teams: readonly Team[],
  needsDeputy: (person: Person) => boolean,
): Promise<Map<PersonId, Person>> {
  const managers = [...(await roster.peopleByIds([...new Set(teams.flatMap((team) => team.managers))])).values()];
  const deputies = managers.flatMap((person) => (needsDeputy(person) ? (person.deputy ?? []) : []));
  const all = [...managers, ...(await roster.peopleByIds([...new Set(deputies)])).values()];
  return new Map(all.filter(({ leftOn }) => leftOn === null).map((person) => [person.id, person]));
}
