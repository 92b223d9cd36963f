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

/** True when `cron` came due after `since` and not after `now` (both epoch milliseconds). */
export function cameDue(boss: PgBoss, cron: string, since: number, now: number): boolean {
  const [next] = boss.previewSchedule(cron, { tz: "UTC", from: new Date(since), count: 1 });
  return next !== undefined && next.getTime() <= now;
}
