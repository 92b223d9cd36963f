import type { Jobs } from "../adapters/queue/jobs.ts";
import type { Figures } from "../adapters/sql/figures.ts";
import type { Telemetry } from "../kernel/telemetry.ts";
import type { Clock } from "../kernel/time.ts";

const week = { hours: 7 * 24 };

/** Has the deployment's figures looked up whenever they are sent. Every replica tells the same: take the largest, don't add. */
export function tellFigures(telemetry: Telemetry, parts: { figures: Figures; jobs: Pick<Jobs, "ages">; clock: Clock }): void {
  const { figures, jobs, clock } = parts;
  telemetry.gauge("deliveries", async () => {
    const counts = await figures.deliveriesSince(clock.now().subtract(week));
    return counts.map(({ state, count }) => ({ value: count, of: state }));
  });
  telemetry.gauge("queueAge", async () => (await jobs.ages()).map(({ queue, seconds }) => ({ value: seconds, of: queue })));
  telemetry.gauge("subscription", async () => {
    const ends = await figures.firstSubscriptionEnd();
    return ends === null ? [] : [{ value: (ends.epochMilliseconds - clock.now().epochMilliseconds) / 1_000 }];
  });
}
