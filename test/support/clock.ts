import type { JobClock } from "../../src/adapters/queue/boss.ts";
import { movedJobClock } from "../../src/adapters/queue/moved-clock.ts";
import type { Clock } from "../../src/kernel/time.ts";

/** Puts jobs on a test's clock: `drain` first moves the queue's time, in the database too, to what `clock` says. */
export function jobClock(clock: Clock): JobClock {
  return movedJobClock(() => clock.now().epochMilliseconds);
}
