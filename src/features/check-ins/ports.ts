import type { PersonId, RequestId, RoundId, TeamId } from "../../kernel/ids.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import type { DeliveryStores } from "../deliveries/ports.ts";
import type { SettingsStore } from "../settings/ports.ts";
import type { CaseloadSummary } from "./contract.ts";
import type { CheckIn, CheckInDetails, HelpRequest, PastCheckIn, Round, RoundTeam } from "./model.ts";

export interface RoundStore {
  /** Adds a round and its teams; false when another round is open. */
  open(round: Round, teams: readonly RoundTeam[]): Promise<boolean>;
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
  setAnswered(round: RoundId, team: TeamId): Promise<void>;
  /** Records that a team sits a round out, unless it has answered. */
  setSkipped(round: RoundId, team: TeamId): Promise<void>;
  /** For each of these teams, how many of the latest closed rounds in a row it left unanswered. */
  unansweredInARow(teams: readonly TeamId[]): Promise<Map<TeamId, number>>;
}

export interface CheckInStore {
  save(checkIn: CheckIn): Promise<void>;
  saveDetails(details: CheckInDetails): Promise<void>;
  of(round: RoundId, team: TeamId): Promise<CheckIn | null>;
  ofTeams(round: RoundId, teams: readonly TeamId[]): Promise<Map<TeamId, CheckIn>>;
  detailsOfTeams(round: RoundId, teams: readonly TeamId[]): Promise<Map<TeamId, CheckInDetails>>;
  /** Each team's latest answer in a round that opened before the given day. */
  latestBefore(teams: readonly TeamId[], opensOn: LocalDate): Promise<Map<TeamId, PastCheckIn>>;
  /** Answers of rounds that opened on or after `since`, oldest first. */
  since(teams: readonly TeamId[], since: LocalDate): Promise<PastCheckIn[]>;
  /** Everything that a person answered and asked for. */
  byPerson(person: PersonId): Promise<{ checkIns: PastCheckIn[]; details: CheckInDetails[]; requests: HelpRequest[] }>;
  /** Deletes what a person answered, with the requests that came of it; their teams count as not having answered. */
  eraseOf(person: PersonId): Promise<number>;
}

export interface RequestStore {
  save(request: HelpRequest): Promise<void>;
  byIds(ids: readonly RequestId[]): Promise<Map<RequestId, HelpRequest>>;
  ofTeams(round: RoundId, teams: readonly TeamId[]): Promise<Map<TeamId, HelpRequest>>;
  /** Inside a transaction: the request, which nobody else changes before the transaction is done. */
  lock(id: RequestId): Promise<HelpRequest | null>;
  /** A team's request in a round, locked like that. */
  lockOf(round: RoundId, team: TeamId): Promise<HelpRequest | null>;
  /** Requests that nobody has closed yet. */
  unfinished(teams: readonly TeamId[]): Promise<HelpRequest[]>;
}

/** Combined figures as they stood when a round closed: what people outside the leads see, never worked out again. */
export interface CombinedStore {
  save(round: RoundId, summary: CaseloadSummary): Promise<void>;
  /** Those of the round that closed last; null before the first close. */
  latest(by: CaseloadSummary["by"]): Promise<CaseloadSummary | null>;
}

export interface CheckInStores extends DeliveryStores {
  readonly rounds: RoundStore;
  readonly checkIns: CheckInStore;
  readonly requests: RequestStore;
  readonly combined: CombinedStore;
  readonly settings: SettingsStore;
}
