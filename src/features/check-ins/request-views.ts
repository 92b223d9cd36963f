import { covers } from "../../kernel/actor.ts";
import { asId, type DeliveryId, type NetworkId, type RequestId } from "../../kernel/ids.ts";
import { dateIn, type LocalDate } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import type { Person, Team } from "../roster/model.ts";
import { type Rolling, rolling } from "./caseload.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import type { HelpRequest } from "./model.ts";
import { periodsOf } from "./periods.ts";

/** What a lead's work card shows. */
export interface RequestView {
  readonly request: HelpRequest;
  readonly team: Team;
  /** False once the recipient is no lead with this team in scope: they see nothing of it. */
  readonly isTheirs: boolean;
  readonly managers: readonly Person[];
  readonly askedBy: Person | null;
  readonly owner: Person | null;
  readonly rolling12: Rolling | null;
  readonly today: LocalDate;
  readonly network: string;
}

/** Loads the views of several deliveries of work cards; one whose request is gone is left out. */
export async function loadRequestViews(
  deps: CheckInDeps,
  network: NetworkId,
  deliveries: readonly Delivery[],
): Promise<Map<DeliveryId, RequestView>> {
  const read = deps.store.read(network);
  const requests = await read.requests.byIds(deliveries.map((delivery) => asId<RequestId>(delivery.subject)));
  const asked = [...requests.values()];
  const teams = await read.roster.teamsByIds([...new Set(asked.map((request) => request.team))]);
  const people = await read.roster.peopleByIds([
    ...new Set([
      ...deliveries.map((delivery) => delivery.recipient),
      ...asked.flatMap((request) => [request.askedBy, request.owner]),
      ...[...teams.values()].flatMap((team) => team.managers),
    ]),
  ]);
  const settings = await readSettings(read.settings);
  const name = await read.roster.networkName();
  const today = dateIn(settings.zone, deps.clock.now());
  const views = new Map<DeliveryId, RequestView>();
  for (const [id, ofRound] of Map.groupBy(asked, (request) => request.round)) {
    const round = await read.rounds.byId(id);
    if (round === null) continue;
    const past = await read.checkIns.since(ofRound.map((request) => request.team), round.opensOn.subtract({ weeks: 26 }));
    const byTeam = Map.groupBy(past, (one) => one.team);
    for (const delivery of deliveries) {
      const request = requests.get(asId<RequestId>(delivery.subject));
      const team = request?.round === id ? teams.get(request.team) : undefined;
      if (request === undefined || team === undefined) continue;
      const recipient = people.get(delivery.recipient);
      views.set(delivery.id, {
        request,
        team,
        isTheirs: recipient?.leftOn === null && recipient.role === "lead" && covers(recipient.scope, team.area),
        managers: team.managers.flatMap((manager) => people.get(manager) ?? []),
        askedBy: people.get(request.askedBy) ?? null,
        owner: people.get(request.owner) ?? null,
        rolling12: rolling(periodsOf(byTeam.get(team.id) ?? []), round.guides, round.opensOn, 12),
        today,
        network: name,
      });
    }
  }
  return views;
}
