import type { Delivery } from "../deliveries/model.ts";
import type { Instant } from "../../kernel/time.ts";
import type { NetworkEvent } from "./model.ts";
import type { Poll, PollAnswer } from "./polls.ts";

/** All that the card of a poll can say to one person. */
export interface PollView {
  readonly delivery: Delivery;
  readonly poll: Poll;
  readonly answer: PollAnswer | null;
  readonly answers: readonly PollAnswer[];
  /** The meeting that was booked for the date since. */
  readonly booked: NetworkEvent | null;
  readonly network: string;
  readonly now: Instant;
}
