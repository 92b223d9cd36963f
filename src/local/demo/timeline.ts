import { type Clock, type Instant, later, Temporal } from "../../kernel/time.ts";
import type { Pause } from "../../features/deliveries/ports.ts";

/** A clock that only goes where it is put, and never back; whoever waits on it moves it on. */
export interface MovedClock extends Clock, Pause {
  moveTo(moment: Instant): void;
}

export function movedClock(start: Instant): MovedClock {
  let now = start;
  const moveTo = (moment: Instant) => {
    now = later(now, moment);
  };
  return { now: () => now, moveTo, until: async (moment) => moveTo(moment) };
}

/** Something that happens at a moment of the made-up year. */
interface Happening<W> {
  readonly at: Instant;
  run(world: W): Promise<void>;
}

/** What is still to happen. What happens may add more, so that a round's answers follow from the round. */
export interface Timeline<W> {
  add(at: Instant, run: Happening<W>["run"]): void;
  /** Takes the earliest that is left, up to and including a moment; null when there is none. */
  takeBy(moment: Instant): Happening<W> | null;
}

export function createTimeline<W>(): Timeline<W> {
  // Kept in order, the earliest first; of those at the same moment, the one that was added first.
  const left: Happening<W>[] = [];
  return {
    add(at, run) {
      const after = left.findLastIndex((other) => Temporal.Instant.compare(other.at, at) <= 0);
      left.splice(after + 1, 0, { at, run });
    },
    takeBy(moment) {
      const [first] = left;
      if (first === undefined || Temporal.Instant.compare(first.at, moment) > 0) return null;
      left.shift();
      return first;
    },
  };
}
