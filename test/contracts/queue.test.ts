import { afterEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createJobs, type Jobs } from "../../src/adapters/queue/jobs.ts";
import type { Engine, OpenDatabase } from "../../src/adapters/sql/database.ts";
import { jobKind } from "../../src/kernel/jobs.ts";
import { type Instant, Temporal } from "../../src/kernel/time.ts";
import { jobClock } from "../support/clock.ts";
import { engines, testDatabase } from "../support/database.ts";
import { recordingLogger } from "../support/logger.ts";

const greet = jobKind({ name: "greet", payload: z.object({ name: z.string() }), batchSize: 3, retryLimit: 2 });
const monday = Temporal.Instant.from("2026-11-23T09:00:00Z");

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

interface Setting {
  readonly store: OpenDatabase;
  readonly jobs: Jobs;
  readonly batches: string[][];
  readonly lines: ReturnType<typeof recordingLogger>["lines"];
  /** What the handler of greetings throws while it is set. */
  failure: Error | null;
  now: Instant;
}

/** A store and its jobs on a clock that stands still at Monday 9am, with a handler that notes its batches. */
async function setting(engine: Engine, more: (jobs: Jobs) => void = () => undefined): Promise<Setting> {
  const store = await testDatabase(engine);
  cleanUps.push(() => store.close());
  const { logger, lines } = recordingLogger();
  const time = { now: monday };
  const jobs = createJobs({ database: store, logger, clock: jobClock({ now: () => time.now }) });
  cleanUps.push(() => jobs.stop());
  const batches: string[][] = [];
  const it: Setting = {
    store,
    jobs,
    batches,
    lines,
    failure: null,
    get now() {
      return time.now;
    },
    set now(at) {
      time.now = at;
    },
  };
  jobs.handle({
    kind: greet,
    run(payloads) {
      batches.push(payloads.map(({ name }) => name));
      return it.failure === null ? Promise.resolve() : Promise.reject(it.failure);
    },
  });
  more(jobs);
  await jobs.prepare();
  return it;
}

const states = async ({ store }: Setting) => {
  const { rows } = await sql<{ state: string; retries: number; output: unknown }>`
    select state::text as state, retry_count as retries, output from pgboss.job where name = 'greet'`.execute(store.db);
  return rows;
};

describe.each(engines)("jobs on the %s engine", (engine) => {
  it("don't exist when their transaction is rolled back, and run once when it commits", async () => {
    const { store, jobs, batches } = await setting(engine);
    await expect(
      store.db.transaction().execute(async (tx) => {
        await jobs.queueIn(tx).add(greet, [{ name: "nobody" }]);
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await jobs.drain()).toBe(0);

    await store.db.transaction().execute((tx) => jobs.queueIn(tx).add(greet, [{ name: "Ana" }]));

    expect(await jobs.drain()).toBe(1);
    expect(await jobs.drain()).toBe(0);
    expect(batches).toEqual([["Ana"]]);
  });

  it("come in batches of the kind's size, the most urgent first", async () => {
    const { jobs, batches } = await setting(engine);
    await jobs.queue.add(greet, [{ name: "a" }, { name: "b" }]);
    await jobs.queue.add(greet, [{ name: "urgent" }, { name: "also urgent" }], { priority: 5 });
    await jobs.queue.add(greet, []);

    await jobs.drain();

    expect(batches.map((batch) => batch.length)).toEqual([3, 1]);
    expect(new Set(batches[0]?.slice(0, 2))).toEqual(new Set(["urgent", "also urgent"]));
  });

  it("wait for their time, on the clock they are given", async () => {
    const it = await setting(engine);
    await it.store.db
      .transaction()
      .execute((tx) => it.jobs.queueIn(tx).add(greet, [{ name: "later" }], { runAt: monday.add({ hours: 30 }) }));
    it.now = monday.add({ hours: 30 }).subtract({ milliseconds: 1 });
    expect(await it.jobs.drain()).toBe(0);

    it.now = monday.add({ hours: 30 });

    expect(await it.jobs.drain()).toBe(1);
  });

  it("added by a handler run in the same drain", async () => {
    const plan = jobKind({ name: "plan", payload: z.object({}) });
    const { jobs, batches } = await setting(engine, (queues) => {
      queues.handle({ kind: plan, run: () => queues.queue.add(greet, [{ name: "from a handler" }]) });
    });
    await jobs.queue.add(plan, [{}]);

    expect(await jobs.drain()).toBe(2);
    expect(batches).toEqual([["from a handler"]]);
  });

  it("are tried again with growing pauses while their handler throws, then are failed and logged", async () => {
    const it = await setting(engine);
    it.failure = new TypeError("the answer was 42");
    await it.jobs.queue.add(greet, [{ name: "Zoë" }]);

    await it.jobs.drain();
    expect(await states(it)).toMatchObject([{ state: "retry" }]);
    expect(await it.jobs.drain()).toBe(0);
    for (const seconds of [4, 8]) {
      it.now = it.now.add({ seconds });
      expect(await it.jobs.drain()).toBe(1);
    }

    expect(await states(it)).toEqual([{ state: "failed", retries: 2, output: { error: "TypeError" } }]);
    expect(it.lines.map(({ level }) => level)).toEqual(["warn", "warn", "error"]);
    expect(it.lines[2]?.fields).toMatchObject({ queue: "greet", attempt: 3, job: expect.any(String) });
    expect(JSON.stringify(it.lines)).not.toContain("Zoë");
    it.now = it.now.add({ hours: 24 });
    expect(await it.jobs.drain()).toBe(0);
  });

  it("run again once their handler has stopped throwing", async () => {
    const it = await setting(engine);
    it.failure = new Error("not today");
    await it.jobs.queue.add(greet, [{ name: "Ana" }, { name: "Bo" }]);
    await it.jobs.drain();

    it.failure = null;
    it.now = it.now.add({ seconds: 4 });
    await it.jobs.drain();

    expect((await states(it)).map(({ state }) => state)).toEqual(["completed", "completed"]);
  });

  it("with a payload that isn't what the kind says fail alone", async () => {
    const it = await setting(engine);
    await it.jobs.queue.add(greet, [{ name: "Ana" }]);
    await it.jobs.queue.add({ name: "greet", payload: z.object({ nom: z.string() }) }, [{ nom: "Anne" }]);

    await it.jobs.drain();

    expect(it.batches).toEqual([["Ana"]]);
    expect((await states(it)).map(({ state }) => state).sort()).toEqual(["completed", "retry"]);
  });

  it("come back on their schedule: one run for all that came due, none in between", async () => {
    const runs: string[] = [];
    const it = await setting(engine, (queues) => {
      queues.schedule({
        name: "look-at-rounds",
        cron: "*/15 * * * *",
        run: () => {
          runs.push("looked");
          return Promise.resolve();
        },
      });
    });
    await it.jobs.drain();
    expect(runs).toEqual([]);

    it.now = monday.add({ minutes: 15 });
    await it.jobs.drain();
    it.now = monday.add({ minutes: 29 });
    await it.jobs.drain();
    expect(runs).toHaveLength(1);

    it.now = monday.add({ hours: 48 });
    expect(await it.jobs.drain()).toBe(1);
    expect(runs).toHaveLength(2);
  });

  it("take no new handler once the queues are made", async () => {
    const { jobs } = await setting(engine);
    const handler = { kind: jobKind({ name: "late", payload: z.object({}) }), run: () => Promise.resolve() };
    expect(() => jobs.handle(handler)).toThrow("before the queues are made");
  });

  it("of a kind that nothing handles are refused", async () => {
    const { store, jobs } = await setting(engine);
    const unknown = jobKind({ name: "unknown", payload: z.object({}) });
    const adding = store.db.transaction().execute((tx) => jobs.queueIn(tx).add(unknown, [{}]));
    await expect(adding).rejects.toMatchObject({ code: "not-found", message: expect.stringContaining('"unknown"') });
  });
});
