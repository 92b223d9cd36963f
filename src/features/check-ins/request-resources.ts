import type { NetworkId } from "../../kernel/ids.ts";
import { dateIn, Temporal } from "../../kernel/time.ts";
import { chatUrlOf, type Person, type Team } from "../roster/model.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { askedOf, type HelpRequest, reasonInWords } from "./model.ts";
import type { RequestResource } from "./request-contract.ts";
import { isUnfinished } from "./urgency.ts";
import { sentenceCase } from "./words.ts";

/** Requests as the API shows them, in the order given; one whose team is gone is left out. */
export async function requestResources(
  deps: Pick<CheckInDeps, "store" | "clock">,
  network: NetworkId,
  requests: readonly HelpRequest[],
): Promise<RequestResource[]> {
  if (requests.length === 0) return [];
  const read = deps.store.read(network);
  const { zone } = await readSettings(read.settings);
  const today = dateIn(zone, deps.clock.now());
  const teams = await read.roster.teamsByIds([...new Set(requests.map(({ team }) => team))]);
  const managers = [...teams.values()].flatMap((team) => team.managers);
  const leads = requests.flatMap(({ askedBy, owner }) => [askedBy, owner]);
  const people = await read.roster.peopleByIds([...new Set([...managers, ...leads])]);
  const nameOf = (id: Person["id"]) => people.get(id)?.name ?? null;
  return requests.flatMap((request) => {
    const team = teams.get(request.team);
    if (team === undefined) return [];
    const { id, state, askedBy, owner, dueOn } = request;
    const asker = askedOf(request.reasons).length === 0 ? null : nameOf(askedBy);
    return [
      {
        id,
        team: teamToRing(team),
        managers: managersToRing(team, people),
        reasons: request.reasons.map((reason) => ({ reason, words: sentenceCase(reasonInWords(reason)) })),
        askedBy: asker === null ? null : { id: askedBy, name: asker },
        owner: { id: owner, name: nameOf(owner) ?? "A lead" },
        dueOn: dueOn.toString(),
        isOverdue: isUnfinished(request) && Temporal.PlainDate.compare(dueOn, today) < 0,
        state,
        updatedAt: request.updatedAt.toZonedDateTimeISO(zone).toString({ timeZoneName: "never" }),
      },
    ];
  });
}

/** A team as lists of whom to ring name it. */
export function teamToRing({ id, name, area }: Pick<Team, "id" | "name" | "area">): RequestResource["team"] {
  return { id, name, area };
}

/** Who can be rung about a team, in the roster's order, each with a way to their chat. */
export function managersToRing(
  team: Pick<Team, "managers">,
  people: ReadonlyMap<Person["id"], Person>,
): RequestResource["managers"] {
  return team.managers.flatMap((id) => {
    const person = people.get(id);
    return person === undefined ? [] : [{ id, name: person.name, chatUrl: chatUrlOf(person) }];
  });
}
