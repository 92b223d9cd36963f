import { afterEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createJobs } from "../../src/adapters/queue/jobs.ts";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { jobKind } from "../../src/kernel/jobs.ts";
import { type Instant, Temporal } from "../../src/kernel/time.ts";
import { jobClock } from "../support/clock.ts";
import { engines, testDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";
import { until } from "../support/until.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const note = jobKind({ name: "note", payload: z.object({ n: z.number() }) });
const inside = (duration: Temporal.DurationLike) => Temporal.Now.instant().add(duration);

/** Jobs that note what ran; prepared, and not started. */
async function notes(database: OpenDatabase) {
  cleanUps.push(() => database.close());
  const jobs = createJobs({ database, logger: silent });
  const ran: number[] = [];
  jobs.handle({ kind: note, run: async (payloads) => void ran.push(...payloads.map(({ n }) => n)) });
  await jobs.prepare();
  const start = async () => {
    await jobs.start();
    cleanUps.push(() => jobs.stop(1_000));
  };
  return { jobs, ran, start };
}

/** What the queue believes to have happened at a time that is yet to come; a job waiting for its own moment isn't that. */
async function yetToCome({ db }: OpenDatabase): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select mark.what from pgboss.version, lateral (values
      ('cron', cron_on), ('bam', bam_on), ('flow', flow_on), ('reindex', reindex_on)) as mark (what, at) where mark.at > now()
    union all select 'a queue that was ' || mark.what from pgboss.queue, lateral (values
      ('claimed', monitor_claim_on), ('monitored', monitor_on), ('maintained', maintain_on)) as mark (what, at) where mark.at > now()
    union all select 'job ' || (data->>'n') || ' ' || mark.what from pgboss.job, lateral (values
      ('added', created_on), ('begun', started_on), ('alive', heartbeat_on), ('for this slot', singleton_on at time zone 'UTC')) as mark (what, at)
      where name = 'note' and mark.at > now() and start_after < now() + interval '2 days'`.execute(db);
  return [...new Set(rows.map(({ what }) => what))].sort();
}

describe.each(engines)("a store's clock that was set back by a day (%s)", (engine) => {
  it("keeps neither jobs nor schedules waiting for that day, nor brings what is for later forward", async () => {
    const database = await testDatabase(engine);
    const { jobs, ran, start } = await notes(database);
    const { db } = database;
    await jobs.queue.add(note, [{ n: 1 }]);
    await jobs.queue.add(note, [{ n: 2 }], { runAt: inside({ seconds: 1 }) });
    await jobs.queue.add(note, [{ n: 3 }], { runAt: inside({ hours: 24 * 7 }) });
    await jobs.queue.add(note, [4, 5, 6, 7].map((n) => ({ n })));
    // What a clock leaves that is then set back: times that are yet to come.
    const job = (n: number, set: string) => sql`update pgboss.job set ${sql.raw(set)} where name = 'note' and data->>'n' = ${String(n)}`.execute(db);
    await sql`update pgboss.version set cron_on = now() + interval '1 day', bam_on = now() + interval '1 day',
      flow_on = now() + interval '1 day', reindex_on = now() + interval '1 day'`.execute(db);
    await sql`update pgboss.queue set monitor_claim_on = now() + interval '1 day', monitor_on = now() + interval '1 day', maintain_on = now() + interval '1 day'`.execute(db);
    for (const n of [1, 2]) await job(n, "created_on = created_on + interval '1 day', start_after = start_after + interval '1 day'");
    await job(3, "created_on = created_on + interval '1 day'");
    // Added before the clock was wrong, and to be tried again.
    await job(4, "state = 'retry', retry_count = 1, start_after = now() + interval '1 day'");
    await job(5, "state = 'retry', retry_count = 1, start_after = now() + interval '10 minutes'");
    // A replica's that is gone.
    await job(6, "state = 'active', started_on = now() + interval '1 day', heartbeat_on = now() + interval '1 day', heartbeat_seconds = 1");
    // A schedule's run of a minute that comes again: another may have its slot.
    await job(7, "state = 'completed', completed_on = now(), singleton_on = (now() + interval '1 day') at time zone 'UTC'");
    expect(await yetToCome(database)).toHaveLength(12);
    await start();
    // On the embedded store, which nobody else has, nobody's job is taken over before it takes too long.
    const others = engine === "server" ? [6] : [];
    await until(() => ran.length === 3 + others.length, "the jobs");
    // Until these marks are in the past again, no schedule would run, and nobody's jobs would be taken over.
    expect(await yetToCome(database)).toEqual([]);
    expect(ran.toSorted()).toEqual([1, 2, 4, ...others]);
    const { rows } = await sql<{ n: string; left: number }>`
      select data->>'n' as n, extract(epoch from start_after - now())::float8 as left from pgboss.job
      where name = 'note' and state in ('created', 'retry') order by n`.execute(db);
    expect(rows.map(({ n, left }) => [n, Math.round(left / 600)])).toEqual([["3", 7 * 144], ["5", 1]]);
  }, 110_000);

  it("has schedules come due by the time that comes again, where a command runs them", async () => {
    const database = await testDatabase(engine);
    cleanUps.push(() => database.close());
    const noon = Temporal.Instant.from("2026-11-24T12:00Z");
    let now: Instant = noon;
    const runs: string[] = [];
    const jobs = createJobs({ database, logger: silent, clock: jobClock({ now: () => now }) });
    const run = async () => void runs.push(now.toString());
    jobs.schedule({ name: "look", cron: "*/15 * * * *", run });
    const at = async (moment: Instant) => {
      now = moment;
      await jobs.drain();
    };
    await at(noon);
    cleanUps.push(() => jobs.stop(1_000));
    await at(noon.add({ minutes: 20 }));
    await at(noon.subtract({ hours: 24 }));
    await at(noon.subtract({ hours: 24 }).add({ minutes: 20 }));
    expect(runs).toEqual(["2026-11-24T12:20:00Z", "2026-11-23T12:20:00Z"]);
  });
});

it("finds out while jobs run that the store's clock was set back", async () => {
  const database = await testDatabase("server");
  const { ran, jobs, start } = await notes(database);
  await start();
  await jobs.queue.add(note, [{ n: 1 }]);
  // By then it has looked once.
  await until(() => ran.length === 1, "the first job");
  await database.db.transaction().execute(async (tx) => {
    await jobs.queueIn(tx).add(note, [{ n: 2 }], { runAt: inside({ hours: 24 }) });
    await sql`update pgboss.job set created_on = created_on + interval '1 day' where state = 'created' and name = 'note'`.execute(tx);
    await sql`update pgboss.version set cron_on = now() + interval '1 day'`.execute(tx);
  });
  await until(() => ran.length === 2, "the job");
  expect(await yetToCome(database)).toEqual([]);
}, 110_000);
