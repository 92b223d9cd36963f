import type { Clock } from "../../kernel/time.ts";
import { inSeconds } from "./hindrances.ts";
import type { Pause } from "./ports.ts";

export interface InsistingDeps {
  readonly clock: Clock;
  readonly pause: Pause;
  /** True for errors after which the same may well work in a minute: the store is away. */
  readonly isTemporary: (error: unknown) => boolean;
}

/** A job ends after 15 minutes and is run again; until then nobody else knows what has been sent. */
const longestSeconds = 14 * 60;

/**
 * Tries again each second while the store is away. For what has happened and would happen once more if it weren't written
 * down, such as a card that has gone. Throws the error of the last try.
 */
export async function insist<T>({ clock, pause, isTemporary }: InsistingDeps, work: () => Promise<T>): Promise<T> {
  for (let seconds = 0; ; seconds += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isTemporary(error) || seconds >= longestSeconds) throw error;
      await pause.until(inSeconds(clock.now(), 1));
    }
  }
}
