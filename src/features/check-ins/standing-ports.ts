import type { RoundId, TeamId } from "../../kernel/ids.ts";
import type { LocalDate } from "../../kernel/time.ts";

/** Figures that add up over teams, by their name; what isn't there is 0. */
export type Figures = Readonly<Record<string, number>>;

/** What a team adds to the figures of its area and place, as of a round. */
export interface TeamStanding {
  readonly team: TeamId;
  readonly round: RoundId;
  /** "" where none is given. */
  readonly area: string;
  readonly place: string;
  readonly figures: Figures;
}

/** The same with what puts the team into the order of those to ring. */
export interface RankedStanding extends TeamStanding {
  readonly nameKey: string;
  /** As `ringKeyOf`; null for a team without a reason that stands whatever the day. */
  readonly ringKey: readonly number[] | null;
  /** The day after which an unfinished request is a reason by itself; null when there is none. */
  readonly requestDue: LocalDate | null;
}

/** A figure of an area's place: summed over its teams, or by how much it changes. */
export interface StandingSum {
  readonly area: string;
  readonly place: string;
  readonly figure: string;
  readonly value: number;
}

/** Keeps what each team adds to its network's figures, and the sums, so that a summary needn't read any team. */
export interface StandingStore {
  /** How many teams there are about which something changed since they were brought up to date; `most` at most. */
  staleCount(most: number): Promise<number>;
  /** Adds up what was counted of cards and teams one change after the other. */
  foldCounts(): Promise<void>;
  /** Inside a transaction: others who bring teams up to date wait until it is done. */
  lock(): Promise<void>;
  /** Inside such a transaction: some teams that are to be brought up to date. */
  takeStale(count: number): Promise<TeamId[]>;
  /**
   * What these teams add as of a round takes the place of whatever they added before, in the sums as well. Teams without
   * anything fresh add nothing any more.
   */
  replace(round: RoundId, teams: readonly TeamId[], fresh: readonly RankedStanding[]): Promise<void>;
  /** Says that the sums as of a round are of every team, and forgets those as of others. */
  setReady(round: RoundId): Promise<void>;
  /** The round for which there are sums of every team; null before the first. */
  ready(): Promise<RoundId | null>;
  /**
   * The sums as of a round.
   * @param wanted only these areas', and only these figures; null for all
   */
  sums(round: RoundId, wanted: { readonly areas: readonly string[] | null; readonly figures: readonly string[] | null }): Promise<StandingSum[]>;
  /**
   * Teams among which are the first `count` to ring on a day, and how many have no reason but a request that was due
   * before that day.
   */
  toRing(areas: readonly string[] | null, today: LocalDate, count: number): Promise<{ teams: TeamId[]; byDateAlone: number }>;
}
