import type { PgBoss } from "pg-boss";
import { z } from "zod";
import { jobKind, type JobHandler, type Schedule } from "../../kernel/jobs.ts";

export const prefix = "schedule.";

/** A schedule's runs as jobs, so that they are retried and handed over like any other. */
export function handlerOf(schedule: Schedule): JobHandler<unknown> {
  const kind = jobKind({ name: `${prefix}${schedule.name}`, payload: z.unknown(), retryLimit: 2 });
  return { kind, run: () => schedule.run() };
}

/** Registers what comes back by itself, and forgets what this version no longer has. The queues must exist. */
export async function registerSchedules(boss: PgBoss, schedules: readonly Schedule[]): Promise<void> {
  const names = new Set(schedules.map((schedule) => `${prefix}${schedule.name}`));
  for (const { name } of await boss.getSchedules()) {
    if (name.startsWith(prefix) && !names.has(name)) await boss.unschedule(name);
  }
  for (const { name, cron } of schedules) {
    // "once": what came due while nothing ran is made up for by one run.
    await boss.schedule(`${prefix}${name}`, cron, null, { tz: "UTC", missed: "once" });
  }
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
