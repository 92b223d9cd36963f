import { asId, type DeliveryId, type NetworkId, type PersonId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import { dateIn, type Instant, type LocalDate } from "../../kernel/time.ts";
import { allOf } from "../../kernel/together.ts";
import type { Delivery } from "../deliveries/model.ts";
import type { Person, Team } from "../roster/model.ts";
import { type Rolling, rolling } from "./caseload.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { leadFor, leadsOf } from "./leads.ts";
import type { CheckIn, CheckInDetails, HelpRequest, PastCheckIn, Round, RoundTeam } from "./model.ts";
import { periodsOf } from "./periods.ts";
import type { CheckInStores } from "./ports.ts";
import { mayAnswer } from "./rights.ts";
import type { CheckInSettings } from "./settings.ts";
import { trialPart, trialRound } from "./trial-round.ts";

/** All that a card about a team in a round can say. */
export interface CheckInView {
  readonly delivery: Delivery;
  readonly network: string;
  readonly round: Round;
  readonly team: Team;
  readonly part: RoundTeam;
  readonly settings: CheckInSettings;
  readonly today: LocalDate;
  /** False once the recipient neither manages the team nor stands in for a manager: they see nothing of it. */
  readonly isTheirs: boolean;
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
  /** True when the request's card didn't reach its owner. */
  readonly requestMissed: boolean;
  /** The rolling 12 weeks at this opening and at earlier ones, oldest first. */
  readonly trend: readonly { readonly openedOn: LocalDate; readonly rolling: Rolling | null }[];
}

/** Openings that a card's trend shows. */
const trendLength = 4;

/** Loads the views of several deliveries of check-in cards; one whose round or team is gone is left out. */
export async function loadViews(
  deps: Pick<CheckInDeps, "store" | "clock">,
  network: NetworkId,
  deliveries: readonly Delivery[],
): Promise<Map<DeliveryId, CheckInView>> {
  // One connection asks all of it at once, where each question would wake another one.
  return deps.store.transaction(network, (tx) => viewsIn(tx, deps.clock.now(), deliveries));
}

/** What whoever asks for views has read already, in the same transaction. */
export interface AtHand {
  readonly settings: CheckInSettings;
  readonly rounds: readonly Round[];
  /** Everyone who leads. */
  readonly leads: readonly Person[];
  /** The network's. */
  readonly name: string;
  /** Some people; others are looked up. */
  readonly people: ReadonlyMap<PersonId, Person>;
  /** Some teams as they are now; others are looked up. */
  readonly teams: ReadonlyMap<TeamId, Team>;
  /** Teams that are just answering, and what of theirs is asked for after it; what others ask for is looked up. */
  readonly answering: { readonly teams: ReadonlySet<TeamId>; readonly requests: Promise<readonly HelpRequest[]> };
}

/** The same as `read` shows it: within a transaction, with what that transaction has written. */
export async function viewsIn(
  read: CheckInStores,
  now: Instant,
  deliveries: readonly Delivery[],
  atHand?: AtHand,
): Promise<Map<DeliveryId, CheckInView>> {
  const groups = Map.groupBy(deliveries, (delivery) => delivery.occasion);
  const { settings, leads: allLeads, name, people: some, teams: someTeams, rounds, answering } = atHand ?? (await readAtHand(read));
  const today = dateIn(settings.zone, now);
  const views = new Map<DeliveryId, CheckInView>();
  for (const [occasion, group] of groups) {
    const ids = [...new Set(group.map((delivery) => asId<TeamId>(delivery.subject)))];
    const held = rounds.find(({ id }) => id === occasion) ?? (await read.rounds.byId(asId<RoundId>(occasion)));
    const round = held ?? trialRound(group, occasion, settings, now);
    if (round === null) continue;
    const [teams, partsOf, last, past, details, requests] = await allOf([
      withTeams(read, someTeams, ids),
      read.rounds.teams(round.id, ids),
      read.checkIns.latestBefore(ids, round.opensOn),
      read.checkIns.since(ids, round.opensOn.subtract({ weeks: 52 })),
      read.checkIns.detailsOfTeams(round.id, ids),
      withRequests(read, answering, round.id, ids),
    ]);
    const parts = new Map(partsOf.map((part) => [part.team, part]));
    const history = Map.groupBy(past, ({ team }) => team);
    const answers = new Map(past.filter((one) => one.round === round.id).map((one) => [one.team, one]));
    const people = await withPeople(read, some, [
      ...group.map((delivery) => delivery.recipient),
      ...[...teams.values()].flatMap((team) => team.managers),
      ...[...answers.values()].map((answer) => answer.person),
      ...[...requests.values()].map((request) => request.owner),
    ]);
    const workCards = requests.size === 0 ? [] : await read.deliveries.ofOccasion(round.id, "request");
    const missed = new Set(
      workCards
        .filter((card) => card.state === "failed" || card.state === "skipped")
        .map((card) => `${card.subject} ${card.recipient}`),
    );
    for (const delivery of group) {
      const team = teams.get(asId<TeamId>(delivery.subject));
      if (team === undefined) continue;
      const part = held === null ? trialPart(round, team.id, last.get(team.id), settings) : parts.get(team.id);
      if (part === undefined) continue;
      const answer = answers.get(team.id) ?? null;
      const request = requests.get(team.id) ?? null;
      const leads = leadsOf(team, allLeads);
      views.set(delivery.id, {
        delivery,
        network: name,
        round,
        team,
        part,
        settings,
        today,
        isTheirs:
          delivery.purpose === "test"
            ? leads.some((lead) => lead.id === delivery.recipient)
            : mayAnswer(delivery.recipient, team, people),
        lead: leadFor(team, allLeads, today),
        leads,
        requestMissed: request !== null && missed.has(`${request.id} ${request.owner}`),
        last: last.get(team.id) ?? null,
        answer,
        answeredBy: answer === null ? null : (people.get(answer.person) ?? null),
        details: details.get(team.id) ?? null,
        request,
        requestOwner: request === null ? null : (people.get(request.owner) ?? null),
        trend: trendOf(round, history.get(team.id) ?? []),
      });
    }
  }
  return views;
}

async function readAtHand(read: CheckInStores): Promise<AtHand> {
  const [settings, leads, name] = await allOf([readSettings(read.settings), read.roster.leads(), read.roster.networkName()]);
  return { settings, leads, name, rounds: [], people: new Map(), teams: new Map(), answering: nobodyAnswers };
}

const nobodyAnswers: AtHand["answering"] = { teams: new Set(), requests: Promise.resolve([]) };

/** Some people with those of `wanted` who aren't among them. */
async function withPeople(read: CheckInStores, some: AtHand["people"], wanted: readonly PersonId[]): Promise<AtHand["people"]> {
  const missing = [...new Set(wanted)].filter((person) => !some.has(person));
  return new Map([...some, ...(await read.roster.peopleByIds(missing))]);
}

/** These teams: those of `some`, and the others looked up. */
async function withTeams(read: CheckInStores, some: AtHand["teams"], wanted: readonly TeamId[]): Promise<AtHand["teams"]> {
  const missing = wanted.filter((team) => !some.has(team));
  return missing.length === 0 ? some : new Map([...some, ...(await read.roster.teamsByIds(missing))]);
}

/** What these teams ask for in a round, by team. */
async function withRequests(read: CheckInStores, answering: AtHand["answering"], round: RoundId, wanted: readonly TeamId[]) {
  const missing = wanted.filter((team) => !answering.teams.has(team));
  const [others, theirs] = await allOf([missing.length === 0 ? [] : read.requests.ofTeams(round, missing), answering.requests]);
  const asked = theirs.filter((request) => request.round === round).map((request) => [request.team, request] as const);
  return new Map([...others, ...asked]);
}

function trendOf(round: Round, history: readonly PastCheckIn[]): CheckInView["trend"] {
  const upToNow = history.filter((past) => past.opensOn.until(round.opensOn).sign >= 0);
  const periods = periodsOf(upToNow);
  return upToNow.slice(-trendLength).map((past) => ({
    openedOn: past.opensOn,
    rolling: rolling(periods, round.guides, past.opensOn, 12),
  }));
}
