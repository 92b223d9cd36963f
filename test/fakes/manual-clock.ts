import type { Pause } from "../../src/features/deliveries/ports.ts";
import { type Clock, type Instant, Temporal } from "../../src/kernel/time.ts";

/** Turns of the event loop in which a request gets on its way. */
const turnsBetween = 3;
/** The same as the machine's pause, in milliseconds. */
const missedAfter = 60;
const farOffAfter = 2 * 60_000;

/** A clock that a test moves by hand; waiting moves it too, so that nothing takes real time. */
export class ManualClock implements Clock, Pause {
  #now: Instant;
  #waiting: { readonly moment: Instant; readonly resolve: () => void }[] = [];

  constructor(now: Instant) {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  /** Moves to a moment; never back. */
  moveTo(moment: Instant): void {
    if (Temporal.Instant.compare(moment, this.#now) > 0) this.#now = moment;
  }

  /** Sets the clock back, as somebody does who finds it wrong. What is waited for already takes no longer: timers go by no clock. */
  setBack(duration: Temporal.DurationLike): void {
    this.#now = this.#now.subtract(duration);
    this.#waiting = this.#waiting.map((one) => ({ ...one, moment: one.moment.subtract(duration) }));
  }

  /**
   * Waiting moves the clock on: to the moment of whoever waits for the earliest one, then to the next. In between what
   * was waited for goes on its way, as it does while real time passes: requests that are paced don't all go at the last
   * one's moment.
   */
  until(moment: Instant): Promise<void> {
    if (Temporal.Instant.compare(moment, this.#now) <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ moment, resolve });
      if (this.#waiting.length === 1) void this.#letTimePass();
    });
  }

  isMissed(moment: Instant): boolean {
    return this.#now.since(moment).total("milliseconds") > missedAfter;
  }

  isFarOff(moment: Instant): boolean {
    return moment.since(this.#now).total("milliseconds") > farOffAfter;
  }

  async #letTimePass(): Promise<void> {
    while (this.#waiting.length > 0) {
      for (let turn = 0; turn < turnsBetween; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const next = this.#waiting.reduce((a, b) => (Temporal.Instant.compare(a.moment, b.moment) <= 0 ? a : b));
      this.moveTo(next.moment);
      next.resolve();
      // Last, so that whoever waits from now on starts the clock again.
      this.#waiting = this.#waiting.filter(({ resolve }) => resolve !== next.resolve);
    }
  }
}
