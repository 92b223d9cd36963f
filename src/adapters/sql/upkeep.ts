import type { Logger } from "../../kernel/logger.ts";

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
 * Runs CHECKPOINT every five minutes and VACUUM ANALYZE hourly through `run`, until stopped. The timers don't keep the
 * process alive; a failed run is logged and tried again the next time.
 */
export function startUpkeep(run: (statement: string) => Promise<unknown>, logger: Logger): Upkeep {
  let last: Promise<void> = Promise.resolve();
  const perform = (statement: string): Promise<void> => {
    const next = last.then(async () => {
      const started = performance.now();
      await run(statement);
      logger.debug({ statement, milliseconds: Math.round(performance.now() - started) }, "store upkeep done");
    });
    last = next.catch(() => undefined);
    return next;
  };
  const every = (milliseconds: number, statement: string) =>
    setInterval(() => {
      perform(statement).catch((error: unknown) => {
        logger.error({ err: error, statement }, "store upkeep failed");
      });
    }, milliseconds).unref();

  const timers = [every(everyFiveMinutes, "CHECKPOINT"), every(everyHour, "VACUUM ANALYZE")];
  return {
    checkpoint: () => perform("CHECKPOINT"),
    vacuum: () => perform("VACUUM ANALYZE"),
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await last;
    },
  };
}
