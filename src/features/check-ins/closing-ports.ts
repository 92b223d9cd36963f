import type { RoundId, TeamId } from "../../kernel/ids.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import type { Round } from "./model.ts";

/** The 12-week load in the middle of the teams that answered a round. */
export interface Median {
  /** How many answered. */
  readonly teams: number;
  /** Null where too few answered for it to be seen. */
  readonly median12: number | null;
}

/** The figures that are worked out once a round has closed, and which rounds still wait for theirs. */
export interface ClosingStore {
  /** Inside the transaction that closes a round: its figures are to be worked out. */
  begin(round: RoundId): Promise<void>;
  /**
   * The earliest round whose figures are to be worked out, for whoever asks to be at it from `now` on; null when there
   * is none, or when somebody else has been at it since `since`.
   */
  take(now: Instant, since: Instant): Promise<RoundId | null>;
  /** Inside the transaction that keeps a round's figures; false when they were kept before. */
  end(round: RoundId): Promise<boolean>;
  /** Keeps the median of a closed round, for good. */
  saveMedian(round: RoundId, median: Median): Promise<void>;
  /**
   * The rounds that opened between these days and were answered, oldest first. The median of one that is open, or whose
   * median isn't worked out yet, is null.
   */
  medians(from: LocalDate, to: LocalDate): Promise<{ readonly openedOn: LocalDate; readonly median12: number | null }[]>;
  /** Rounds that opened on or after a day and have closed without a median, and for which nothing else is to be worked out. */
  withoutMedian(from: LocalDate): Promise<Round[]>;
  /** Some teams in the order of their ids, those that have left among them. */
  teamsAfter(team: TeamId | null, count: number): Promise<TeamId[]>;
}
