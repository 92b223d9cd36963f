import { TestClock } from "pg-boss";
import type { JobClock } from "../../src/adapters/queue/boss.ts";
import type { Clock } from "../../src/kernel/time.ts";

/** Puts jobs on a test's clock: `drain` first moves the queue's time, in the database too, to what `clock` says. */
export function jobClock(clock: Clock): JobClock {
  const boss = new TestClock(clock.now().epochMilliseconds);
  return { boss, catchUp: () => boss.setTime(clock.now().epochMilliseconds) };
}
