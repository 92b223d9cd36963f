import type { Jobs } from "../adapters/queue/jobs.ts";
import type { Directory } from "../features/roster/ports.ts";
import type { NetworkId } from "../kernel/ids.ts";
import type { Logger } from "../kernel/logger.ts";

/** What a schedule does for one network; several things happen one after the other. */
type Work = (network: NetworkId) => Promise<void>;

/** Schedules work for every network; what fails for one is logged and keeps neither the rest nor other networks from it. */
export function networkSchedules(jobs: Pick<Jobs, "schedule">, people: Pick<Directory, "networks">, logger: Logger) {
  const schedule = (name: string, cron: string, works: readonly Work[]) =>
    jobs.schedule({
      name,
      cron,
      async run() {
        for (const { id } of await people.networks()) {
          for (const work of works) {
            await work(id).catch((error: unknown) => {
              logger.error({ network: id, schedule: name, err: error }, "what is due wasn't done for a network");
            });
          }
        }
      },
    });
  return {
    everyMinute: (name: string, ...works: readonly Work[]) => schedule(name, "* * * * *", works),
    /** @param cron in UTC */
    at: (name: string, cron: string, work: Work) => schedule(name, cron, [work]),
  };
}
