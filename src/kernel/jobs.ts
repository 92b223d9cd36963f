import type { z } from "zod";
import type { Instant } from "./time.ts";

/** A kind of background work: its queue's name and what its payload looks like. */
export interface JobKind<P> {
  readonly name: string;
  readonly payload: z.ZodType<P>;
  /** Jobs handed to one worker at once (default 1). */
  readonly batchSize?: number;
  /** Workers per process, each with its own batch (default 1). */
  readonly concurrency?: number;
  /** How often a job whose handler threw is tried again (default 5), with exponential backoff. */
  readonly retryLimit?: number;
}

/** Declares a kind of job. */
export function jobKind<P>(kind: JobKind<P>): JobKind<P> {
  return kind;
}

export interface JobOptions {
  /** Not before this moment; now when left out. */
  readonly runAt?: Instant;
  /** Higher first; 0 when left out. */
  readonly priority?: number;
}

/** Adds jobs. The one inside a transaction adds them with it: they exist when it commits, and not otherwise. */
export interface JobQueue {
  add<P extends object>(kind: JobKind<P>, payloads: readonly P[], options?: JobOptions): Promise<void>;
}

/** What runs when jobs of a kind are due: gets a batch, and settles it as a whole by returning or throwing. */
export interface JobHandler<P> {
  readonly kind: JobKind<P>;
  run(payloads: readonly P[]): Promise<void>;
}

/** Work that comes back by itself, on a cron expression in UTC; idempotent and safe to overlap. */
export interface Schedule {
  readonly name: string;
  readonly cron: string;
  run(): Promise<void>;
}
