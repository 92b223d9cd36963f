import type { Telemetry } from "../kernel/telemetry.ts";
import type { Clock, Instant } from "../kernel/time.ts";

/** So many calls in a row without a usable answer, and the service counts as away. */
const enough = 3;

/** A service on which some of the work depends, as it looks from here. */
export interface ServiceWatch {
  /** Hears of every call. */
  readonly telemetry: Telemetry;
  /** Since when the service is away; null when it isn't, as far as is known. */
  since(): Instant | null;
}

/** Watches how calls of a service end: without an answer or with a status of 500 or above, time and again, it is away. */
export function watchService(telemetry: Telemetry, clock: Clock): ServiceWatch {
  let inARow = 0;
  let began: Instant | null = null;
  const note = (outcome: string) => {
    const isAnswer = /^[1-4]\d\d$/.test(outcome);
    inARow = isAnswer ? 0 : inARow + 1;
    if (isAnswer) began = null;
    else began ??= clock.now();
  };
  return {
    telemetry: {
      ...telemetry,
      step: (step, work) =>
        telemetry.step(step, (ended) =>
          work((outcome) => {
            if (step.kind === "call") note(outcome);
            ended(outcome);
          }),
        ),
    },
    since: () => (inARow >= enough ? began : null),
  };
}
