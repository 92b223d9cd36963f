import { asId, type DeliveryId, type NetworkId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import { dateIn, type LocalDate } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import type { Person, Team } from "../roster/model.ts";
import { type Rolling, rolling } from "./caseload.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { leadFor, leadsOf } from "./leads.ts";
import type { CheckIn, CheckInDetails, HelpRequest, PastCheckIn, Round, RoundTeam } from "./model.ts";
import { periodsOf } from "./periods.ts";
import type { CheckInSettings } from "./settings.ts";

/** All that a card about a team in a round can say. */
export interface CheckInView {
  readonly delivery: Delivery;
  readonly network: string;
  readonly round: Round;
  readonly team: Team;
  readonly part: RoundTeam;
  readonly settings: CheckInSettings;
  readonly today: LocalDate;
  /** Who would get a request of this team; null when nobody is in scope. */
  readonly lead: Person | null;
  /** Everyone who sees this team's answers. */
  readonly leads: readonly Person[];
  readonly last: PastCheckIn | null;
  readonly answer: CheckIn | null;
  readonly answeredBy: Person | null;
  readonly details: CheckInDetails | null;
  readonly request: HelpRequest | null;
  readonly requestOwner: Person | null;
  /** The rolling 12 weeks at this opening and at earlier ones, oldest first. */
  readonly trend: readonly { readonly openedOn: LocalDate; readonly rolling: Rolling | null }[];
}

/** Openings that a card's trend shows. */
const trendLength = 4;

/** Loads the views of several deliveries of check-in cards; one whose round or team is gone is left out. */
export async function loadViews(
  deps: CheckInDeps,
  network: NetworkId,
  deliveries: readonly Delivery[],
): Promise<Map<DeliveryId, CheckInView>> {
  const read = deps.store.read(network);
  const settings = await readSettings(read.settings);
  const today = dateIn(settings.zone, deps.clock.now());
  const allLeads = await read.roster.leads();
  const name = await read.roster.networkName();
  const views = new Map<DeliveryId, CheckInView>();
  for (const [occasion, group] of Map.groupBy(deliveries, (delivery) => delivery.occasion)) {
    const round = await read.rounds.byId(asId<RoundId>(occasion));
    if (round === null) continue;
    const ids = [...new Set(group.map((delivery) => asId<TeamId>(delivery.subject)))];
    const teams = await read.roster.teamsByIds(ids);
    const last = await read.checkIns.latestBefore(ids, round.opensOn);
    const history = Map.groupBy(await read.checkIns.since(ids, round.opensOn.subtract({ weeks: 52 })), (past) => past.team);
    for (const team of teams.values()) {
      const part = await read.rounds.team(round.id, team.id);
      if (part === null) continue;
      const answer = await read.checkIns.of(round.id, team.id);
      const request = await read.requests.of(round.id, team.id);
      const people = await read.roster.peopleByIds([
        ...(answer === null ? [] : [answer.person]),
        ...(request === null ? [] : [request.owner]),
      ]);
      const shared = {
        network: name,
        round,
        team,
        part,
        settings,
        today,
        lead: leadFor(team, allLeads, today),
        leads: leadsOf(team, allLeads),
        last: last.get(team.id) ?? null,
        answer,
        answeredBy: answer === null ? null : (people.get(answer.person) ?? null),
        details: await read.checkIns.detailsOf(round.id, team.id),
        request,
        requestOwner: request === null ? null : (people.get(request.owner) ?? null),
        trend: trendOf(round, history.get(team.id) ?? []),
      };
      for (const delivery of group) if (delivery.subject === team.id) views.set(delivery.id, { ...shared, delivery });
    }
  }
  return views;
}

function trendOf(round: Round, history: readonly PastCheckIn[]): CheckInView["trend"] {
  const upToNow = history.filter((past) => past.opensOn.until(round.opensOn).sign >= 0);
  const periods = periodsOf(upToNow);
  return upToNow.slice(-trendLength).map((past) => ({
    openedOn: past.opensOn,
    rolling: rolling(periods, round.guides, past.opensOn, 12),
  }));
}
