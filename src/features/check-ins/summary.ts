import { type Actor, covers } from "../../kernel/actor.ts";
import type { NetworkId, PersonId, TeamId } from "../../kernel/ids.ts";
import { dateIn, type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { Person, Team } from "../roster/model.ts";
import { type Guides, type Rolling, rolling, type TeamPeriod } from "./caseload.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { detailsCountFrom } from "./details.ts";
import type { HelpRequest, PastCheckIn, PastDetails, Round, RoundTeam } from "./model.ts";
import { periodsOf } from "./periods.ts";
import type { CheckInStores } from "./ports.ts";
import type { LastSpoke, RingCandidate } from "./ring.ts";
import { guidesOf } from "./settings.ts";
import { byUrgency } from "./urgency.ts";

/** What is known of one team as of a round: the row behind every summary. */
export interface TeamSummary extends RingCandidate {
  readonly team: Team;
  /** Its part in the round that the summary is as of; null when it has none. */
  readonly part: RoundTeam["state"] | null;
  /** Its answer in the round that the summary is as of. */
  readonly answer: PastCheckIn | null;
  readonly periods: readonly TeamPeriod[];
  readonly rolling52: Rolling | null;
  /** Its second cards that still count, oldest first. */
  readonly details: readonly PastDetails[];
  /** Of the requests that nobody has closed yet, the most urgent one. */
  readonly request: HelpRequest | null;
}

export interface SummaryData {
  readonly asOf: Round | null;
  readonly guides: Guides;
  readonly teams: readonly TeamSummary[];
}

/** The teams that an actor's summary is about: a lead's scope, a manager's own. */
async function teamsFor(actor: Actor, read: CheckInStores): Promise<Team[]> {
  if (actor.role !== "lead") return read.roster.teamsOf(actor.person);
  return (await read.roster.teams()).filter((team) => covers(actor.scope, team.area));
}

/** Weeks that a summary looks back. */
export const weeksBack = 64;

/**
 * Loads what a lead's or a manager's summary needs, as of the latest round that opened by `to` (null: by now).
 * @param weeks how far back; 12 are enough for whom to ring, for the figures of 12 weeks and for coverage
 */
export async function loadSummary(deps: CheckInDeps, actor: Actor, to: LocalDate | null, weeks = weeksBack): Promise<SummaryData> {
  const teams = await teamsFor(actor, deps.store.read(actor.network));
  return loadSummaryOf(deps, actor.network, teams, to, weeks);
}

/** The same for teams that are given. */
export async function loadSummaryOf(
  deps: CheckInDeps,
  network: NetworkId,
  teams: readonly Team[],
  to: LocalDate | null,
  weeks = weeksBack,
): Promise<SummaryData> {
  const read = deps.store.read(network);
  const settings = await readSettings(read.settings);
  const asOf = await read.rounds.latestBy(to);
  if (asOf === null) return { asOf, guides: guidesOf(settings), teams: teams.map((team) => emptyRow(team)) };
  return summaryOf(read, teams, asOf, dateIn(settings.zone, deps.clock.now()), weeks);
}

/**
 * What is known of these teams as of a round, against the guide ranges of that round.
 * @param today decides what is overdue
 */
export async function summaryOf(
  read: CheckInStores,
  teams: readonly Team[],
  asOf: Round,
  today: LocalDate,
  weeks = weeksBack,
): Promise<SummaryData> {
  const ids = teams.map((team) => team.id);
  const history = await read.checkIns.since(ids, asOf.opensOn.subtract({ weeks }));
  const byTeam = Map.groupBy(
    history.filter((past) => Temporal.PlainDate.compare(past.opensOn, asOf.opensOn) <= 0),
    (past) => past.team,
  );
  const context = await ringContext(read, ids, teams);
  const parts = new Map((await read.rounds.teams(asOf.id, ids)).map((part) => [part.team, part.state]));
  const cards = await read.checkIns.detailsSince(ids, detailsCountFrom(asOf.opensOn));
  const details = Map.groupBy(
    cards.filter((past) => Temporal.PlainDate.compare(past.opensOn, asOf.opensOn) <= 0),
    (past) => past.team,
  );
  return {
    asOf,
    guides: asOf.guides,
    teams: teams.map((team) => rowOf({ team, past: byTeam.get(team.id) ?? [], asOf, parts, details, today, ...context })),
  };
}

interface RingContext {
  readonly requests: ReadonlyMap<TeamId, HelpRequest>;
  readonly unanswered: ReadonlyMap<TeamId, number>;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly lastDone: ReadonlyMap<TeamId, NonNullable<HelpRequest["done"]>>;
  readonly zone: string;
}

async function ringContext(read: CheckInStores, ids: readonly TeamId[], teams: readonly Team[]): Promise<RingContext> {
  // Of several, the last in a map stands: the most urgent one.
  const unfinished = (await read.requests.unfinished(ids)).sort(byUrgency).reverse();
  const requests = new Map(unfinished.map((request) => [request.team, request]));
  const unanswered = await read.rounds.unansweredInARow(ids);
  const lastDone = await read.requests.lastDone(ids);
  const leads = [...unfinished.map(({ owner }) => owner), ...[...lastDone.values()].map(({ by }) => by)];
  const people = await read.roster.peopleByIds([...new Set([...teams.flatMap((team) => team.managers), ...leads])]);
  const { zone } = await readSettings(read.settings);
  return { requests, unanswered, people, lastDone, zone };
}

/** How long a team counts as feeling what it said, and people as waiting: as long as the caseload is judged over. */
const recent = { weeks: 12 };

/**
 * What a team said, as of a round.
 * @param past its answers up to that round, or later ones as well, oldest first
 */
export function said(past: readonly PastCheckIn[], asOf: Round) {
  const byThen = past.filter(({ opensOn }) => Temporal.PlainDate.compare(opensOn, asOf.opensOn) <= 0);
  const periods = periodsOf(byThen);
  const latest = byThen.at(-1) ?? null;
  const isRecent = latest !== null && Temporal.PlainDate.compare(latest.opensOn, asOf.opensOn.subtract(recent)) > 0;
  const answers = isRecent ? latest.answers : {};
  return {
    answer: latest !== null && latest.round === asOf.id ? latest : null,
    periods,
    feeling: textOf(answers["feeling"]),
    rolling12: rolling(periods, asOf.guides, asOf.opensOn, 12),
    rolling52: rolling(periods, asOf.guides, asOf.opensOn, 52),
    waiting: numberOf(answers["waiting"]),
    longestWaitWeeks: numberOf(answers["longestWaitWeeks"]),
  };
}

function rowOf(input: RingContext & {
  team: Team;
  past: readonly PastCheckIn[];
  asOf: Round;
  parts: ReadonlyMap<TeamId, RoundTeam["state"]>;
  details: ReadonlyMap<TeamId, readonly PastDetails[]>;
  today: LocalDate;
}): TeamSummary {
  const { team, past, asOf, today } = input;
  const request = input.requests.get(team.id);
  return {
    ...emptyRow(team),
    managers: team.managers.map((id) => input.people.get(id)?.name ?? "").filter((name) => name !== ""),
    part: input.parts.get(team.id) ?? null,
    details: input.details.get(team.id) ?? [],
    ...said(past, asOf),
    openRequest:
      request === undefined
        ? null
        : {
            reasons: request.reasons,
            dueOn: request.dueOn,
            overdue: Temporal.PlainDate.compare(request.dueOn, today) < 0,
            takenBy: request.state === "taken" ? (input.people.get(request.owner)?.name ?? "A lead") : null,
          },
    request: request ?? null,
    lastSpoke: lastSpokeOf(input, past.at(-1) ?? null),
    roundsUnanswered: input.unanswered.get(team.id) ?? 0,
  };
}

function lastSpokeOf(
  { lastDone, people, zone, team, asOf }: RingContext & { team: Team; asOf: Round },
  latest: PastCheckIn | null,
): LastSpoke | null {
  const done = lastDone.get(team.id);
  if (done === undefined) return null;
  const isSince = (moment: Instant) => Temporal.Instant.compare(done.at, moment) >= 0;
  return {
    on: dateIn(zone, done.at),
    by: people.get(done.by)?.name ?? "a lead",
    sinceOpening: isSince(asOf.openedAt),
    sinceAnswer: latest === null || isSince(latest.submittedAt),
  };
}

function emptyRow(team: Team): TeamSummary {
  return {
    id: team.id,
    name: team.name,
    area: team.area,
    team,
    managers: [],
    part: null,
    details: [],
    answer: null,
    periods: [],
    feeling: null,
    rolling12: null,
    rolling52: null,
    waiting: null,
    longestWaitWeeks: null,
    openRequest: null,
    request: null,
    lastSpoke: null,
    roundsUnanswered: 0,
  };
}

function textOf(answer: unknown): string | null {
  return typeof answer === "string" ? answer : null;
}

function numberOf(answer: unknown): number | null {
  return typeof answer === "number" ? answer : null;
}
