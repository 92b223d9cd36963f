import { type Clock as BossClock, PgBoss } from "pg-boss";
import type { Logger } from "../../kernel/logger.ts";
import type { OpenDatabase } from "../sql/database.ts";
import { steadyClock } from "./set-back.ts";

/** A clock that a test moves: the one on which pg-boss runs, in the database too, and a way to bring it up to date. */
export interface JobClock {
  readonly boss: BossClock;
  catchUp(): Promise<void>;
}

/** How long a job may go without a sign of life from its worker before another replica takes it. */
export const heartbeatSeconds = 10;

/** A pg-boss on the store, with its complaints in the log. */
export function createBoss(database: OpenDatabase, logger: Logger, clock: JobClock | undefined): PgBoss {
  const onServer = database.engine === "server";
  const boss = new PgBoss({
    ...database.boss,
    clock: clock?.boss ?? steadyClock,
    // How far the store's clock is from that one; schedules go by the store's.
    clockMonitorIntervalSeconds: 60,
    useListenNotify: true,
    registerInstance: false,
    // With the heartbeat and the first retry's delay: a killed replica's jobs run elsewhere within 30 s.
    superviseIntervalSeconds: onServer ? 10 : 60,
    monitorIntervalSeconds: onServer ? 10 : 60,
    // The embedded engine has no autovacuum, and can't rebuild an index beside its only connection.
    monitorVacuum: onServer,
    reindex: onServer,
  });
  // pg-boss reports plain objects with an error's properties, so the message is logged by name.
  boss.on("error", (error) => {
    logger.error({ reason: error.message }, "the job queue reported an error");
  });
  boss.on("warning", ({ message, data }) => {
    logger.warn({ type: "type" in data ? data.type : undefined }, `the job queue warns: ${message}`);
  });
  return boss;
}
