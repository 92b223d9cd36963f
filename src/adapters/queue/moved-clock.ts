import { TestClock } from "pg-boss";
import type { JobClock } from "./boss.ts";

/**
 * Puts jobs on a clock that is moved by hand: `drain` first moves the queue's time, in the database too, to what `now`
 * (milliseconds since 1970) says. When the jobs stop, the database's own time counts again.
 */
export function movedJobClock(now: () => number): JobClock {
  const boss = new TestClock(now());
  return { boss, catchUp: () => boss.setTime(now()) };
}
