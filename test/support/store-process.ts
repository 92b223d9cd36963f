/**
 * A process that the tests kill: opens a store, commits a row, and starts a job that never ends. Arguments: the options
 * of `openDatabase` as JSON. Prints "open", "committed" and "running", each once it is true.
 */
import { z } from "zod";
import { createJobs } from "../../src/adapters/queue/jobs.ts";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { migrate } from "../../src/adapters/sql/migrate.ts";
import { jobKind } from "../../src/kernel/jobs.ts";
import { silent } from "./logger.ts";

export const longWork = jobKind({ name: "long-work", payload: z.object({ n: z.number() }) });

export const storeOptions = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("embedded"), dataDir: z.string() }),
  z.object({ kind: z.literal("server"), url: z.string() }),
]);

async function run(argument: string): Promise<void> {
  // So that it doesn't outlive tests that were killed themselves.
  process.stdin.resume().once("end", () => process.exit());
  const say = (word: string) => process.stdout.write(`${word}\n`);
  const store = await openDatabase(storeOptions.parse(JSON.parse(argument)), silent);
  say("open");
  await migrate(store);
  const jobs = createJobs({ database: store, logger: silent });
  jobs.handle({
    kind: longWork,
    run() {
      say("running");
      return new Promise(() => undefined);
    },
  });
  await jobs.start();
  await store.db.transaction().execute(async (tx) => {
    await tx.insertInto("networks").values({ id: crypto.randomUUID(), name: "acknowledged" }).execute();
    await jobs.queueIn(tx).add(longWork, [{ n: 1 }]);
  });
  say("committed");
}

const [, script, argument] = process.argv;
if (script?.endsWith("store-process.ts") === true && argument !== undefined) await run(argument);
