import type { PersonId, RequestId, RoundId, TeamId } from "../../kernel/ids.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import type { DeliveryStores } from "../deliveries/ports.ts";
import type { SettingsStore } from "../settings/ports.ts";
import type { ClosingStore } from "./closing-ports.ts";
import type { Behind } from "./combined-details.ts";
import type { CaseloadSummary } from "./contract.ts";
import type { CheckIn, CheckInDetails, HelpRequest, PastCheckIn, PastDetails, Round, RoundTeam } from "./model.ts";
import type { StandingStore } from "./standing-ports.ts";

export interface RoundStore {
  /** Adds a round and its teams; false when another round is open, or about to be opened in another transaction. */
  open(round: Round, teams: readonly RoundTeam[]): Promise<boolean>;
  /** Makes more teams part of rounds. */
  addTeams(teams: readonly RoundTeam[]): Promise<void>;
  /** Closes an open round; false when it was closed before. */
  close(round: RoundId, at: Instant): Promise<boolean>;
  byId(round: RoundId): Promise<Round | null>;
  /** Inside a transaction: the round, which can't close before the transaction is done. */
  holdOpen(round: RoundId): Promise<Round | null>;
  current(): Promise<Round | null>;
  /** The one opened last, open or closed. */
  latest(): Promise<Round | null>;
  /** The latest that opened by a day (null: by now). */
  latestBy(day: LocalDate | null): Promise<Round | null>;
  /** Newest first. */
  page(query: { limit: number; after: RoundId | null }): Promise<Round[]>;
  count(): Promise<number>;
  /** Every team's part in a round, or only these teams'. */
  teams(round: RoundId, only?: readonly TeamId[]): Promise<RoundTeam[]>;
  teamCounts(round: RoundId): Promise<{ waiting: number; answered: number; skipped: number }>;
  team(round: RoundId, team: TeamId): Promise<RoundTeam | null>;
  /** The latest round that a team is part of. */
  latestOf(team: TeamId): Promise<RoundId | null>;
  setAnswered(round: RoundId, ...teams: readonly TeamId[]): Promise<void>;
  /** Records that a team sits a round out, unless it has answered. */
  setSkipped(round: RoundId, team: TeamId): Promise<void>;
  /** For each of these teams, how many of the latest closed rounds in a row it left unanswered. */
  unansweredInARow(teams: readonly TeamId[]): Promise<Map<TeamId, number>>;
}

export interface CheckInStore {
  /** Keeps answers, one a team at most; each takes the place of what its team answered in that round before. */
  save(...checkIns: readonly CheckIn[]): Promise<void>;
  saveDetails(details: CheckInDetails): Promise<void>;
  detailsOfTeams(round: RoundId, teams: readonly TeamId[]): Promise<Map<TeamId, CheckInDetails>>;
  /** The day on which the latest round opened that each team answered, of those before the given day. */
  lastAnsweredBefore(teams: readonly TeamId[], opensOn: LocalDate): Promise<Map<TeamId, LocalDate>>;
  /** Each team's latest answer in a round that opened before the given day. */
  latestBefore(teams: readonly TeamId[], opensOn: LocalDate): Promise<Map<TeamId, PastCheckIn>>;
  /** Answers of rounds that opened on or after `since`, oldest first. */
  since(teams: readonly TeamId[], since: LocalDate): Promise<PastCheckIn[]>;
  /** Second cards of rounds that opened on or after `since`, oldest first. */
  detailsSince(teams: readonly TeamId[], since: LocalDate): Promise<PastDetails[]>;
  /** Everything that a person answered and asked for. */
  byPerson(person: PersonId): Promise<{ checkIns: PastCheckIn[]; details: CheckInDetails[]; requests: HelpRequest[] }>;
  /** Deletes what a person answered, with the requests that came of it; their teams count as not having answered. */
  eraseOf(person: PersonId): Promise<number>;
}

/** Which requests a list shows: `areas` null means every team's. */
export interface RequestsQuery {
  readonly state: "unfinished" | "done" | "all";
  readonly areas: readonly string[] | null;
  /** Only this team's; null for every team's. */
  readonly team: TeamId | null;
  readonly limit: number;
  readonly after: RequestId | null;
}

export interface RequestStore {
  /** Adds a request; false when its team has one in its round already. */
  add(request: HelpRequest): Promise<boolean>;
  save(request: HelpRequest): Promise<void>;
  byIds(ids: readonly RequestId[]): Promise<Map<RequestId, HelpRequest>>;
  ofTeams(round: RoundId, teams: readonly TeamId[]): Promise<Map<TeamId, HelpRequest>>;
  /** Inside a transaction: the request, which nobody else changes before the transaction is done. */
  lock(id: RequestId): Promise<HelpRequest | null>;
  /** Teams' requests in a round, locked like that. */
  lockOf(round: RoundId, teams: readonly TeamId[]): Promise<Map<TeamId, HelpRequest>>;
  /** Requests that nobody has closed yet. */
  unfinished(teams: readonly TeamId[]): Promise<HelpRequest[]>;
  /** One page: unfinished ones in the order in which they are due, others with the newest first. */
  page(query: RequestsQuery): Promise<HelpRequest[]>;
  /** When a lead last marked a request of each of these teams as done, and who; teams without are absent. */
  lastDone(teams: readonly TeamId[]): Promise<Map<TeamId, NonNullable<HelpRequest["done"]>>>;
  /** How many unfinished requests were due before a day. */
  overdue(day: LocalDate, areas: readonly string[] | null): Promise<number>;
}

/** Combined figures as they stood when a round closed: what people outside the leads see, never worked out again. */
export interface CombinedStore {
  save(round: RoundId, summary: CaseloadSummary, behind: Behind): Promise<void>;
  /** Those of the round that closed last; null before the first close. */
  latest(by: CaseloadSummary["by"]): Promise<CaseloadSummary | null>;
  /** Those of one round; null when it hasn't closed, or closed too long ago for them to be kept. */
  of(round: RoundId, by: CaseloadSummary["by"]): Promise<CaseloadSummary | null>;
  /** Those of the rounds that opened on or after `from` and before `to`, oldest first. */
  between(from: LocalDate, to: LocalDate, by: CaseloadSummary["by"]): Promise<CaseloadSummary[]>;
  /** Who stands behind what was shown of the second cards up to that round. */
  behind(): Promise<Behind>;
}

export interface CheckInStores extends DeliveryStores {
  readonly rounds: RoundStore;
  readonly checkIns: CheckInStore;
  readonly requests: RequestStore;
  readonly closing: ClosingStore;
  readonly combined: CombinedStore;
  readonly standings: StandingStore;
  readonly settings: SettingsStore;
}
