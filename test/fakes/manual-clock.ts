import type { Pause } from "../../src/features/deliveries/ports.ts";
import { type Clock, type Instant, Temporal } from "../../src/kernel/time.ts";

/** A clock that a test moves by hand; waiting moves it too, so that nothing takes real time. */
export class ManualClock implements Clock, Pause {
  #now: Instant;

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

  until(moment: Instant): Promise<void> {
    this.moveTo(moment);
    return Promise.resolve();
  }
}
