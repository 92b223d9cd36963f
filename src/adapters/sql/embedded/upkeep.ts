import type { Logger } from "../../../kernel/logger.ts";

/** What PostgreSQL's own background processes would do, which an embedded store has none of. */
export interface Upkeep {
  /** Writes changed pages to their tables, so that the log stays short and a restart after a crash quick. */
  checkpoint(): Promise<void>;
  /** Frees the space of dead rows and refreshes the planner's numbers; after bulk loads too. */
  vacuum(): Promise<void>;
  /** Stops the timers and waits for a run that is under way. */
  stop(): Promise<void>;
}

const everyFiveMinutes = 5 * 60_000;
const everyHour = 60 * 60_000;

/**
 * Checkpoints every five minutes and vacuums hourly, until stopped. The timers don't keep the process alive; what failed
 * is logged and tried again the next time.
 */
export function startUpkeep(work: Readonly<Record<"checkpoint" | "vacuum", () => Promise<unknown>>>, logger: Logger): Upkeep {
  let last: Promise<void> = Promise.resolve();
  const perform = (kind: keyof typeof work): Promise<void> => {
    const next = last.then(async () => {
      const started = performance.now();
      await work[kind]();
      logger.debug({ kind, milliseconds: Math.round(performance.now() - started) }, "store upkeep done");
    });
    last = next.catch(() => undefined);
    return next;
  };
  const every = (milliseconds: number, kind: keyof typeof work) =>
    setInterval(() => {
      perform(kind).catch((error: unknown) => {
        logger.error({ err: error, kind }, "store upkeep failed");
      });
    }, milliseconds).unref();

  const timers = [every(everyFiveMinutes, "checkpoint"), every(everyHour, "vacuum")];
  return {
    checkpoint: () => perform("checkpoint"),
    vacuum: () => perform("vacuum"),
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await last;
    },
  };
}
