import { isDeepStrictEqual } from "node:util";
import { fromKysely, type PgBoss } from "pg-boss";
import { z } from "zod";
import type { Kysely } from "kysely";
import { jobKind, type JobHandler, type Schedule } from "../../kernel/jobs.ts";
import type { Database } from "../sql/tables.ts";

export const prefix = "schedule.";

/** A schedule's runs as jobs, so that they are retried and handed over like any other. */
export function handlerOf(schedule: Schedule): JobHandler<unknown> {
  const kind = jobKind({ name: `${prefix}${schedule.name}`, payload: z.unknown(), retryLimit: 2 });
  return { kind, run: () => schedule.run() };
}

// "once": what came due while nothing ran is made up for by one run.
const options = { tz: "UTC", missed: "once" } as const;

/**
 * Registers what comes back by itself, and forgets what this version no longer has; asks nothing for those that are as they
 * should be. The queues must exist.
 */
export async function registerSchedules(boss: PgBoss, schedules: readonly Schedule[], db: Kysely<Database>): Promise<void> {
  const wanted = new Map(schedules.map(({ name, cron }) => [`${prefix}${name}`, cron]));
  const made = (await boss.getSchedules()).filter(({ name }) => name.startsWith(prefix));
  const isRight = new Set(made.filter((one) => one.cron === wanted.get(one.name) && isDeepStrictEqual(one.options, options)).map(({ name }) => name));
  const wrong = made.filter(({ name }) => !wanted.has(name));
  const missing = [...wanted].filter(([name]) => !isRight.has(name));
  if (wrong.length + missing.length === 0) return;
  await db.transaction().execute(async (tx) => {
    const on = { db: fromKysely(tx) };
    for (const { name } of wrong) await boss.unschedule(name, undefined, on);
    for (const [name, cron] of missing) await boss.schedule(name, cron, null, { ...options, ...on });
  });
}

export interface NextTimes {
  /** True when the schedule came due after `since` and not after `now` (both epoch milliseconds). */
  cameDue(schedule: Schedule, since: number, now: number): boolean;
}

/** When schedules come due. Each one's next time is kept until it has passed: reading a cron line is slow. */
export function nextTimes(boss: PgBoss): NextTimes {
  const known = new Map<string, { readonly since: number; readonly next: number }>();
  return {
    cameDue({ cron }, since, now) {
      const last = known.get(cron);
      const isStill = last !== undefined && last.since <= since && since < last.next;
      const next = isStill ? last.next : nextAfter(boss, cron, since);
      if (!isStill) known.set(cron, { since, next });
      return next <= now;
    },
  };
}

function nextAfter(boss: PgBoss, cron: string, since: number): number {
  const [next] = boss.previewSchedule(cron, { tz: "UTC", from: new Date(since), count: 1 });
  return next?.getTime() ?? Infinity;
}
