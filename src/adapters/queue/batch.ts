import type { JobResult, JobWithMetadata } from "pg-boss";
import type { JobHandler } from "../../kernel/jobs.ts";
import type { Logger } from "../../kernel/logger.ts";

/** A kind with its handler, whatever its payload: takes fetched jobs, says how each one ended, and never throws. */
export interface Runner {
  readonly queue: string;
  readonly batchSize: number;
  readonly concurrency: number;
  readonly retryLimit: number;
  run(jobs: readonly JobWithMetadata[], logger: Logger): Promise<JobResult<Mishap>[]>;
}

/** What is kept beside a job that failed. */
interface Mishap {
  readonly error: string;
}

interface Failure {
  readonly job: JobWithMetadata;
  readonly error: unknown;
}

/** Jobs whose payload isn't what the kind says fail by themselves; the others are run and settled together. */
export function runnerOf<P>(handler: JobHandler<P>): Runner {
  const { kind } = handler;
  const attempt = async (jobs: readonly JobWithMetadata[]): Promise<Failure[]> => {
    const failures: Failure[] = [];
    const accepted: { job: JobWithMetadata; payload: P }[] = [];
    for (const job of jobs) {
      const parsed = kind.payload.safeParse(job.data);
      if (parsed.success) accepted.push({ job, payload: parsed.data });
      else failures.push({ job, error: parsed.error });
    }
    if (accepted.length === 0) return failures;
    try {
      await handler.run(accepted.map(({ payload }) => payload));
      return failures;
    } catch (error) {
      return [...failures, ...accepted.map(({ job }) => ({ job, error }))];
    }
  };
  return {
    queue: kind.name,
    batchSize: kind.batchSize ?? 1,
    concurrency: kind.concurrency ?? 1,
    retryLimit: kind.retryLimit ?? 5,
    async run(jobs, logger) {
      // A fetch takes the most urgent ones, but gives them in any order.
      const failures = await attempt(jobs.toSorted((a, b) => b.priority - a.priority));
      for (const failure of failures) logFailure(failure, logger);
      const failed = new Map(failures.map(({ job, error }) => [job.id, error]));
      return jobs.map(({ id }) =>
        failed.has(id) ? { id, status: "failed", output: nameOf(failed.get(id)) } : { id, status: "completed" },
      );
    },
  };
}

function logFailure({ job, error }: Failure, logger: Logger): void {
  const fields = { job: job.id, queue: job.name, attempt: job.retryCount + 1, err: error };
  if (job.retryCount < job.retryLimit) logger.warn(fields, "a job failed and will be tried again");
  else logger.error(fields, "a job failed for good");
}

// Only the error's name is kept beside the job: a message or a database's detail may repeat somebody's answer.
function nameOf(error: unknown): Mishap {
  return { error: error instanceof Error ? error.name : typeof error };
}
