import { setTimeout as delay } from "node:timers/promises";
import type { Pause } from "../features/deliveries/ports.ts";
import { type Clock, Temporal } from "../kernel/time.ts";

/** The machine's clock. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** Milliseconds: three requests' worth at the limit of 50 a second, and more than timers are usually late. */
const missedAfter = 60;

/** Milliseconds. A round of 10,000 keeps far below it: moments are reserved for a batch at a time. */
const farOffAfter = 2 * 60_000;

/** Waits by the machine's timers. */
export const systemPause: Pause = {
  async until(moment) {
    const milliseconds = moment.epochMilliseconds - Date.now();
    if (milliseconds > 0) await delay(milliseconds);
  },
  isMissed: (moment) => Date.now() - moment.epochMilliseconds > missedAfter,
  isFarOff: (moment) => moment.epochMilliseconds - Date.now() > farOffAfter,
};
