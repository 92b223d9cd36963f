import { type Actor, covers } from "../../kernel/actor.ts";
import type { PersonId, TeamId } from "../../kernel/ids.ts";
import { dateIn, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { Person, Team } from "../roster/model.ts";
import { type Guides, type Rolling, rolling, type TeamPeriod } from "./caseload.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import type { HelpRequest, PastCheckIn, Round } from "./model.ts";
import { periodsOf } from "./periods.ts";
import type { CheckInStores } from "./ports.ts";
import type { RingCandidate } from "./ring.ts";
import { guidesOf } from "./settings.ts";

/** What is known of one team as of a round: the row behind every summary. */
export interface TeamSummary extends RingCandidate {
  readonly team: Team;
  /** Whether it was part of the round that the summary is as of. */
  readonly asked: boolean;
  /** Its answer in the round that the summary is as of. */
  readonly answer: PastCheckIn | null;
  readonly periods: readonly TeamPeriod[];
  readonly rolling52: Rolling | null;
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
const weeksBack = 64;

/** Loads what a lead's or a manager's summary needs, as of the latest round that opened by `to` (null: by now). */
export async function loadSummary(deps: CheckInDeps, actor: Actor, to: LocalDate | null): Promise<SummaryData> {
  const read = deps.store.read(actor.network);
  const settings = await readSettings(read.settings);
  const teams = await teamsFor(actor, read);
  const asOf = await read.rounds.latestBy(to);
  if (asOf === null) return { asOf, guides: guidesOf(settings), teams: teams.map((team) => emptyRow(team)) };
  return summaryOf(read, teams, asOf, dateIn(settings.zone, deps.clock.now()));
}

/**
 * What is known of these teams as of a round, against the guide ranges of that round.
 * @param today decides what is overdue
 */
export async function summaryOf(read: CheckInStores, teams: readonly Team[], asOf: Round, today: LocalDate): Promise<SummaryData> {
  const ids = teams.map((team) => team.id);
  const history = await read.checkIns.since(ids, asOf.opensOn.subtract({ weeks: weeksBack }));
  const byTeam = Map.groupBy(
    history.filter((past) => Temporal.PlainDate.compare(past.opensOn, asOf.opensOn) <= 0),
    (past) => past.team,
  );
  const context = await ringContext(read, ids, teams);
  const asked = new Set((await read.rounds.teams(asOf.id, ids)).map((part) => part.team));
  return {
    asOf,
    guides: asOf.guides,
    teams: teams.map((team) => rowOf({ team, past: byTeam.get(team.id) ?? [], asOf, asked, today, ...context })),
  };
}

interface RingContext {
  readonly requests: ReadonlyMap<TeamId, HelpRequest>;
  readonly unanswered: ReadonlyMap<TeamId, number>;
  readonly people: ReadonlyMap<PersonId, Person>;
}

async function ringContext(read: CheckInStores, ids: readonly TeamId[], teams: readonly Team[]): Promise<RingContext> {
  // Of several, the last in a map stands: the most urgent one.
  const unfinished = (await read.requests.unfinished(ids)).sort(byUrgency).reverse();
  const requests = new Map(unfinished.map((request) => [request.team, request]));
  const unanswered = await read.rounds.unansweredInARow(ids);
  const people = await read.roster.peopleByIds([...new Set(teams.flatMap((team) => team.managers))]);
  return { requests, unanswered, people };
}

/** What is more than a team can do safely comes first, then what is due first. */
function byUrgency(a: HelpRequest, b: HelpRequest): number {
  const isUnsafe = (request: HelpRequest) => Number(request.reasons.includes("unsafe"));
  return isUnsafe(b) - isUnsafe(a) || Temporal.PlainDate.compare(a.dueOn, b.dueOn);
}

/** How long a team counts as feeling what it said, and people as waiting: as long as the caseload is judged over. */
const recent = { weeks: 12 };

function rowOf(input: RingContext & {
  team: Team;
  past: readonly PastCheckIn[];
  asOf: Round;
  asked: ReadonlySet<TeamId>;
  today: LocalDate;
}): TeamSummary {
  const { team, past, asOf, today } = input;
  const periods = periodsOf(past);
  const latest = past.at(-1) ?? null;
  const isRecent = latest !== null && Temporal.PlainDate.compare(latest.opensOn, asOf.opensOn.subtract(recent)) > 0;
  const said = isRecent ? latest.answers : {};
  const request = input.requests.get(team.id);
  return {
    ...emptyRow(team),
    managers: team.managers.map((id) => input.people.get(id)?.name ?? "").filter((name) => name !== ""),
    asked: input.asked.has(team.id),
    answer: latest !== null && latest.round === asOf.id ? latest : null,
    periods,
    feeling: textOf(said["feeling"]),
    rolling12: rolling(periods, asOf.guides, asOf.opensOn, 12),
    rolling52: rolling(periods, asOf.guides, asOf.opensOn, 52),
    waiting: numberOf(said["waiting"]),
    longestWaitWeeks: numberOf(said["longestWaitWeeks"]),
    openRequest:
      request === undefined
        ? null
        : {
            reasons: request.reasons,
            dueOn: request.dueOn,
            overdue: Temporal.PlainDate.compare(request.dueOn, today) < 0,
          },
    roundsUnanswered: input.unanswered.get(team.id) ?? 0,
  };
}

function emptyRow(team: Team): TeamSummary {
  return {
    id: team.id,
    name: team.name,
    area: team.area,
    team,
    managers: [],
    asked: false,
    answer: null,
    periods: [],
    feeling: null,
    rolling12: null,
    rolling52: null,
    waiting: null,
    longestWaitWeeks: null,
    openRequest: null,
    roundsUnanswered: 0,
  };
}

function textOf(answer: unknown): string | null {
  return typeof answer === "string" ? answer : null;
}

function numberOf(answer: unknown): number | null {
  return typeof answer === "number" ? answer : null;
}
