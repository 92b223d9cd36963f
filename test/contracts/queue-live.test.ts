import { afterEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createJobs } from "../../src/adapters/queue/jobs.ts";
import { jobKind } from "../../src/kernel/jobs.ts";
import { engines, testDatabase } from "../support/database.ts";
import { recordingLogger, silent } from "../support/logger.ts";

const work = jobKind({ name: "work", payload: z.object({ n: z.number() }), concurrency: 2 });

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

describe.each(engines)("workers on the %s engine", (engine) => {
  it("run what a committed transaction adds, all of it, each once, without waiting for a poll per job", async () => {
    const store = await testDatabase(engine);
    cleanUps.push(() => store.close());
    const { logger, lines } = recordingLogger();
    const jobs = createJobs({ database: store, logger });
    const done: number[] = [];
    const all = Promise.withResolvers<null>();
    jobs.handle({
      kind: work,
      run(payloads) {
        done.push(...payloads.map(({ n }) => n));
        if (done.length === 40) all.resolve(null);
        return Promise.resolve();
      },
    });
    await jobs.start();
    cleanUps.push(() => jobs.stop());

    const numbers = Array.from({ length: 40 }, (_, n) => n);
    const started = performance.now();
    await store.db.transaction().execute((tx) => jobs.queueIn(tx).add(work, numbers.map((n) => ({ n }))));
    await all.promise;

    // Two workers that looked only once per poll would need ten seconds and more.
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(done.toSorted((a, b) => a - b)).toEqual(numbers);
    expect(lines.filter(({ level }) => level !== "debug")).toEqual([]);
  }, 30_000);

  it("hand back what still runs when they are stopped, and another process runs it", async () => {
    const store = await testDatabase(engine);
    cleanUps.push(() => store.close());
    const begun = Promise.withResolvers<null>();
    const never = Promise.withResolvers<null>();
    const first = createJobs({ database: store, logger: silent });
    first.handle({
      kind: work,
      run() {
        begun.resolve(null);
        return never.promise.then(() => undefined);
      },
    });
    await first.start();
    await first.queue.add(work, [{ n: 1 }]);
    await begun.promise;

    await first.stop(1_000);

    const { rows } = await sql`select state::text as state from pgboss.job where name = 'work'`.execute(store.db);
    expect(rows).toEqual([{ state: "retry" }]);
    never.resolve(null);
    const second = createJobs({ database: store, logger: silent });
    const ran = Promise.withResolvers<null>();
    second.handle({
      kind: work,
      run() {
        ran.resolve(null);
        return Promise.resolve();
      },
    });
    await second.start();
    cleanUps.push(() => second.stop());
    await ran.promise;
  }, 30_000);
});

describe("the embedded engine", () => {
  it("tells its listeners of what a transaction notifies, once, and of nothing after they have stopped", async () => {
    const store = await testDatabase("embedded");
    cleanUps.push(() => store.close());
    const heard: string[] = [];
    const handle = await store.boss.db?.listen?.("work", (payload) => heard.push(payload), () => undefined);
    const notify = (payload: string) => store.db.transaction().execute((tx) => sql`select pg_notify('work', ${payload})`.execute(tx));

    await notify("first");
    await store.boss.db?.executeSql("select pg_notify('work', 'second')", []);
    expect(heard).toEqual(["first", "second"]);

    await handle?.close();
    await notify("third");
    expect(heard).toEqual(["first", "second"]);
  });
});
