import { isDeepStrictEqual } from "node:util";
import { type Kysely, sql } from "kysely";
import { type Db, fromKysely, type JobWithMetadata, type PgBoss, type QueueResult } from "pg-boss";
import { chunksOf } from "../../kernel/chunks.ts";
import { Fault } from "../../kernel/errors.ts";
import type { JobHandler, JobQueue, Schedule } from "../../kernel/jobs.ts";
import type { Logger } from "../../kernel/logger.ts";
import { noTelemetry, type Telemetry } from "../../kernel/telemetry.ts";
import type { OpenDatabase } from "../sql/database.ts";
import type { Database } from "../sql/tables.ts";
import { type Runner, runnerOf } from "./batch.ts";
import { createBoss, heartbeatSeconds, type JobClock } from "./boss.ts";
import { handlerOf, nextTimes, registerSchedules } from "./schedules.ts";
import { bringToPresent, watchForSetBacks } from "./set-back.ts";

export interface Jobs {
  /** Adds jobs with the transaction `tx`; given the database itself, at once. */
  queueIn(tx: Kysely<Database>): JobQueue;
  /** Adds jobs at once. Inside a transaction use `queueIn`: on the embedded engine this one would wait for ever. */
  readonly queue: JobQueue;
  /** Names what runs jobs of a kind; before `prepare`, `start` and `drain`. */
  handle<P>(handler: JobHandler<P>): void;
  /** Names work that comes back by itself; before `prepare`, `start` and `drain`. */
  schedule(schedule: Schedule): void;
  /** Makes the queues, and no schedule, in a store on which others will start. */
  makeQueues(): Promise<void>;
  /** Makes the queues and schedules, so that jobs can be added; nothing runs yet. `start` and `drain` do it too. */
  prepare(): Promise<void>;
  /** Runs jobs as they come due, until `stop`. */
  start(): Promise<void>;
  /** True when the queues are made and can be read. */
  works(): Promise<boolean>;
  /** Seconds for which the oldest job that is due has waited, for every kind of job; 0 where none is. */
  ages(): Promise<readonly { readonly queue: string; readonly seconds: number }[]>;
  /** Takes no more jobs; those that run go on, and jobs can still be added. */
  rest(): Promise<void>;
  /**
   * Takes no more jobs, gives those that run 8 s, or `grace` milliseconds (at least 1,000), and hands back what is still
   * running then: another process runs it within seconds.
   */
  stop(grace?: number): Promise<void>;
  /**
   * Runs everything that is due now, one batch after the other, until nothing is: for commands and tests. A schedule
   * runs once when it came due since the last drain (or since `prepare`). Gives how many jobs and schedules ran.
   */
  drain(): Promise<number>;
}

const addedAtOnce = 500;

export interface JobsOptions {
  readonly database: OpenDatabase;
  readonly logger: Logger;
  /** For tests: the time that decides what is due. */
  readonly clock?: JobClock;
  readonly telemetry?: Telemetry;
}

/**
 * Jobs on the store, delivered at least once. A handler that throws has its jobs tried again after about 2, 4, 8…
 * seconds, up to the kind's limit; then they are marked as failed, and logged. Jobs of a process that was killed run
 * elsewhere within 30 s on a server, and as soon as the process is back on the embedded engine.
 */
export function createJobs({ database, logger, clock, telemetry = noTelemetry }: JobsOptions): Jobs {
  const boss = createBoss(database, logger, clock);
  const runners = new Map<string, Runner>();
  const schedules: Schedule[] = [];
  let prepared: Promise<void> | undefined;
  let schedulesSince = 0;
  let stopWatching = () => {};
  const dueSchedules = nextTimes(boss);
  const now = () => clock?.boss.now() ?? Date.now();

  const queueOn = (connection: { readonly db?: Db }): JobQueue => ({
    async add(kind, payloads, options = {}) {
      // pg-boss would look an unknown queue up outside the transaction, which on the embedded engine never returns.
      if (prepared === undefined || !runners.has(kind.name)) {
        throw new Fault("not-found", `Nothing handles jobs of the kind "${kind.name}", or the queues aren't made yet.`);
      }
      if (payloads.length === 0) return;
      const { runAt, priority } = options;
      const shared = {
        ...(runAt === undefined ? {} : { startAfter: runAt.toString() }),
        ...(priority === undefined ? {} : { priority }),
      };
      // Many at once would be one long statement, and keep the process from anything else while it is written down.
      for (const some of chunksOf(payloads, addedAtOnce)) await boss.insert(kind.name, some.map((data) => ({ data, ...shared })), connection);
    },
  });

  const makeQueues = async () => {
    await boss.start();
    const made = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
    for (const runner of runners.values()) await makeQueue(boss, runner, database, made.get(runner.queue));
  };
  const prepareOnce = async () => {
    await makeQueues();
    if (database.engine === "embedded") await takeBackInterrupted(boss, database.db);
    await registerSchedules(boss, schedules, database.db);
    schedulesSince = now();
  };
  const prepare = () => (prepared ??= prepareOnce());

  const runBatch = async (runner: Runner): Promise<number> => {
    const jobs = await boss.fetch<object>(runner.queue, { batchSize: runner.batchSize, includeMetadata: true });
    if (jobs.length === 0) return 0;
    const results = new Map((await runWatched(runner, jobs, logger, telemetry)).map((result) => [result.id, result]));
    for (const job of jobs) {
      const result = results.get(job.id);
      if (result?.status === "completed") await boss.complete(runner.queue, job);
      else await boss.fail(runner.queue, job, result?.output);
    }
    return jobs.length;
  };

  const runSchedules = async (): Promise<number> => {
    const [since, until] = [schedulesSince, now()];
    schedulesSince = until;
    if (until < since) await bringToPresent(database.db);
    const due = schedules.filter((schedule) => dueSchedules.cameDue(schedule, since, until));
    for (const schedule of due) await schedule.run();
    return due.length;
  };

  const register = (runner: Runner) => {
    if (prepared !== undefined) {
      throw new Fault("configuration", `"${runner.queue}" has to be handled before the queues are made.`);
    }
    runners.set(runner.queue, runner);
  };

  return {
    queueIn: (tx) => queueOn({ db: fromKysely(tx) }),
    queue: queueOn({}),
    handle: (handler) => register(runnerOf(handler)),
    schedule(schedule) {
      register(runnerOf(handlerOf(schedule)));
      schedules.push(schedule);
    },
    makeQueues,
    prepare,
    async start() {
      await prepare();
      stopWatching = watchForSetBacks(database.db, logger);
      for (const runner of runners.values()) {
        for (let worker = 0; worker < runner.concurrency; worker++) await startWorker(boss, runner, logger, telemetry);
      }
    },
    async works() {
      if (schedulesSince === 0) return false;
      return sql`select 1 from pgboss.version limit 1`.execute(database.db).then(
        () => true,
        () => false,
      );
    },
    async ages() {
      const waiting = await waitingFor(database.db);
      return [...runners.keys()].map((queue) => ({ queue, seconds: waiting.get(queue) ?? 0 }));
    },
    async rest() {
      stopWatching();
      await prepared?.catch(() => undefined);
      for (const queue of runners.keys()) await boss.offWork(queue, { wait: false });
    },
    async stop(grace = 8_000) {
      stopWatching();
      await prepared?.catch(() => undefined);
      await boss.stop({ graceful: true, timeout: grace });
    },
    async drain() {
      await prepare();
      let total = 0;
      for (;;) {
        await clock?.catchUp();
        let ran = await runSchedules();
        const due = await queuesWithWork(database.db);
        for (const runner of runners.values()) {
          if (!due.has(runner.queue)) continue;
          for (let batch = await runBatch(runner); batch > 0; batch = await runBatch(runner)) ran += batch;
        }
        if (ran === 0) return total;
        total += ran;
      }
    },
  };
}

/** Makes a queue, or gives the one that was `made` this version's settings; asks nothing of one that has them. */
async function makeQueue(boss: PgBoss, runner: Runner, database: OpenDatabase, made: QueueResult | undefined): Promise<void> {
  const options = {
    retryLimit: runner.retryLimit,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: 15 * 60,
    notify: true,
    // One process has the embedded store to itself, so nobody could take a job over.
    ...(database.engine === "server" ? { heartbeatSeconds } : {}),
  };
  if (made === undefined) await boss.createQueue(runner.queue, options);
  else if (!isDeepStrictEqual({ ...made, ...options }, made)) await boss.updateQueue(runner.queue, options);
}

/** Runs a batch as one step; it has failed when any of its jobs has. */
function runWatched(runner: Runner, jobs: readonly JobWithMetadata[], logger: Logger, telemetry: Telemetry) {
  return telemetry.step({ kind: "job", queue: runner.queue }, async (ended) => {
    const results = await runner.run(jobs, logger);
    if (results.some(({ status }) => status === "failed")) ended("failed");
    return results;
  });
}

async function startWorker(boss: PgBoss, runner: Runner, logger: Logger, telemetry: Telemetry): Promise<void> {
  const options = {
    batchSize: runner.batchSize,
    includeMetadata: true,
    perJobResults: true,
    pollingIntervalSeconds: 0.5,
    // New jobs wake the worker; only those for later and retries wait for it to look.
    notifyPollingIntervalSeconds: 1,
  } as const;
  const worker = { id: "" };
  const run = async (jobs: JobWithMetadata[]) => {
    const results = await runWatched(runner, jobs, logger, telemetry);
    // Look again at once: pg-boss's own way (burstWhenBatchFull) does nothing for batches of one.
    boss.notifyWorker(worker.id);
    return results;
  };
  worker.id = await boss.work<object, unknown, typeof options>(runner.queue, options, run);
}

/** The queues that have a job due now: one question, where asking each queue in turn is one for every kind of job. */
async function queuesWithWork(db: Kysely<Database>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select distinct name from pgboss.job
    where state < 'active' and not blocked and start_after <= pgboss.job_now()`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

/** Seconds for which the oldest due job of each queue has waited; queues without one are left out. */
export async function waitingFor(db: Kysely<Database>): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ name: string; seconds: number }>`
    select name, extract(epoch from pgboss.job_now() - min(start_after))::float8 as seconds from pgboss.job
    where state < 'active' and not blocked and start_after <= pgboss.job_now() group by name`.execute(db);
  return new Map(rows.map(({ name, seconds }) => [name, seconds]));
}

/** Jobs that a killed process left running count as one failed attempt, and are due at once. */
async function takeBackInterrupted(boss: PgBoss, db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from pgboss.job where state = 'active'`.execute(db);
  for (const { id, name } of rows) await boss.fail(name, id, { error: "interrupted" });
  const ids = rows.map(({ id }) => id);
  await sql`update pgboss.job set start_after = pgboss.job_now()
    where id = any(${ids}::uuid[]) and state = 'retry'`.execute(db);
}
