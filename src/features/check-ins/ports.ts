import type { PersonId, RequestId, RoundId, TeamId } from "../../kernel/ids.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import type { DeliveryStores } from "../deliveries/ports.ts";
import type { SettingsStore } from "../settings/ports.ts";
import type { CheckIn, CheckInDetails, HelpRequest, PastCheckIn, Round, RoundTeam } from "./model.ts";

export interface RoundStore {
  /** Adds a round and its teams; false when another round is open. */
  open(round: Round, teams: readonly RoundTeam[]): Promise<boolean>;
  /** Closes an open round; false when it was closed before. */
  close(round: RoundId, at: Instant): Promise<boolean>;
  byId(round: RoundId): Promise<Round | null>;
  current(): Promise<Round | null>;
  /** The one opened last, open or closed. */
  latest(): Promise<Round | null>;
  /** The latest that opened by a day (null: by now), of any state or of those that have closed. */
  latestBy(day: LocalDate | null, which: "any" | "closed"): Promise<Round | null>;
  /** Newest first. */
  page(query: { limit: number; after: RoundId | null }): Promise<Round[]>;
  count(): Promise<number>;
  teams(round: RoundId): Promise<RoundTeam[]>;
  teamCounts(round: RoundId): Promise<{ waiting: number; answered: number; skipped: number }>;
  team(round: RoundId, team: TeamId): Promise<RoundTeam | null>;
  setTeamState(round: RoundId, team: TeamId, state: RoundTeam["state"]): Promise<void>;
  /** For each of these teams, how many of the latest closed rounds in a row it left unanswered. */
  unansweredInARow(teams: readonly TeamId[]): Promise<Map<TeamId, number>>;
}

export interface CheckInStore {
  save(checkIn: CheckIn): Promise<void>;
  saveDetails(details: CheckInDetails): Promise<void>;
  of(round: RoundId, team: TeamId): Promise<CheckIn | null>;
  detailsOf(round: RoundId, team: TeamId): Promise<CheckInDetails | null>;
  ofRound(round: RoundId): Promise<CheckIn[]>;
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
  byId(id: RequestId): Promise<HelpRequest | null>;
  byIds(ids: readonly RequestId[]): Promise<HelpRequest[]>;
  of(round: RoundId, team: TeamId): Promise<HelpRequest | null>;
  /** Requests that nobody has closed yet. */
  unfinished(teams: readonly TeamId[]): Promise<HelpRequest[]>;
  /** How many unfinished requests each of these people owns. */
  openCounts(owners: readonly PersonId[]): Promise<Map<PersonId, number>>;
}

export interface CheckInStores extends DeliveryStores {
  readonly rounds: RoundStore;
  readonly checkIns: CheckInStore;
  readonly requests: RequestStore;
  readonly settings: SettingsStore;
}
