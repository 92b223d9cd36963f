import { afterEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createJobs } from "../../src/adapters/queue/jobs.ts";
import { jobKind } from "../../src/kernel/jobs.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { engines, testDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";
import { until } from "../support/until.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const note = jobKind({ name: "note", payload: z.object({ n: z.number() }) });

describe.each(engines)("a store's clock that was set back by a day (%s)", (engine) => {
  it("keeps neither jobs nor schedules waiting for that day, nor brings what is for later forward", async () => {
    const database = await testDatabase(engine);
    cleanUps.push(() => database.close());
    const jobs = createJobs({ database, logger: silent });
    const ran: number[] = [];
    jobs.handle({ kind: note, run: async (payloads) => void ran.push(...payloads.map(({ n }) => n)) });
    await jobs.prepare();
    const nextWeek = Temporal.Now.instant().add({ hours: 24 * 7 });
    await jobs.queue.add(note, [{ n: 1 }]);
    await jobs.queue.add(note, [{ n: 2 }], { runAt: Temporal.Now.instant().add({ seconds: 1 }) });
    await jobs.queue.add(note, [{ n: 3 }], { runAt: nextWeek });
    // What a clock leaves that is then set back: times that are yet to come.
    await sql`update pgboss.job set created_on = created_on + interval '1 day', start_after = start_after + interval '1 day' where start_after < now() + interval '1 day'`.execute(database.db);
    await sql`update pgboss.version set cron_on = now() + interval '1 day'`.execute(database.db);
    await jobs.start();
    cleanUps.push(() => jobs.stop(1_000));
    await until(() => ran.length === 2, "the jobs");
    // Until its mark is in the past again, no schedule would run.
    const { rows: marks } = await sql`select from pgboss.version where cron_on > now()`.execute(database.db);
    expect(marks).toEqual([]);
    expect(ran.sort()).toEqual([1, 2]);
    const { rows } = await sql<{ left: number }>`
      select extract(epoch from start_after - now())::float8 as left from pgboss.job where name = 'note' and state = 'created'`.execute(database.db);
    expect(rows.map(({ left }) => Math.round(left / 86_400))).toEqual([7]);
  }, 110_000);
});
