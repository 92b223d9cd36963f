import { afterEach, describe, expect, it } from "@jest/globals";
import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { createJobs } from "../../src/adapters/queue/jobs.ts";
import { openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { serverDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";
import { longWork, type storeOptions } from "../support/store-process.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "steady-crash-"));
  cleanUps.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

interface Victim {
  readonly pid: number;
  /** Resolves once the process has printed the word. */
  said(word: string): Promise<void>;
  kill(): Promise<void>;
}

function victim(options: z.infer<typeof storeOptions>): Victim {
  const script = fileURLToPath(new URL("../support/store-process.ts", import.meta.url));
  const stdio: StdioOptions = ["pipe", "pipe", "pipe"];
  const child: ChildProcess = spawn(process.execPath, [script, JSON.stringify(options)], { stdio });
  let output = "";
  let errors = "";
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  cleanUps.push(kill);
  return {
    pid: child.pid ?? 0,
    kill,
    said: (word) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (output.split("\n").includes(word)) resolve();
        };
        look();
        child.stdout?.on("data", look);
        void ended.then(() => reject(new Error(`the process ended: ${errors}`)));
      }),
  };
}

async function reopened(options: z.infer<typeof storeOptions>): Promise<OpenDatabase> {
  const store = await openDatabase(options, silent);
  cleanUps.push(() => store.close());
  return store;
}

const names = async (store: OpenDatabase) =>
  (await store.db.selectFrom("networks").select("name").execute()).map(({ name }) => name);

describe("a process killed in the middle of a job", () => {
  it("leaves its embedded store to the next one, with what it acknowledged and its job at once", async () => {
    const options = { kind: "embedded", dataDir: await folder() } as const;
    const first = victim(options);
    await first.said("running");
    await first.said("committed");
    await first.kill();

    const store = await reopened(options);
    expect(await names(store)).toEqual(["acknowledged"]);
    const ran: number[] = [];
    const jobs = createJobs({ database: store, logger: silent });
    cleanUps.push(() => jobs.stop());
    jobs.handle({
      kind: longWork,
      run(payloads) {
        ran.push(...payloads.map(({ n }) => n));
        return Promise.resolve();
      },
    });
    await jobs.drain();
    expect(ran).toEqual([1]);
  }, 60_000);

  it("has its job taken over by another replica within 30 s", async () => {
    const { url, drop } = await serverDatabase();
    cleanUps.push(drop);
    const store = await reopened({ kind: "server", url });
    const first = victim({ kind: "server", url });
    await first.said("running");
    await first.said("committed");
    const jobs = createJobs({ database: store, logger: silent });
    cleanUps.push(() => jobs.stop());
    const taken = Promise.withResolvers<number>();
    jobs.handle({
      kind: longWork,
      run(payloads) {
        taken.resolve(payloads[0]?.n ?? 0);
        return Promise.resolve();
      },
    });
    await jobs.start();

    await first.kill();
    const killed = performance.now();

    expect(await taken.promise).toBe(1);
    expect(performance.now() - killed).toBeLessThan(30_000);
    expect(await names(store)).toEqual(["acknowledged"]);
  }, 60_000);
});

describe("the data folder", () => {
  it("is for one process: a second is told who has it, until that one ends, however it ends", async () => {
    const options = { kind: "embedded", dataDir: await folder() } as const;
    const holder = victim(options);
    await holder.said("open");

    await expect(openDatabase(options, silent)).rejects.toMatchObject({
      code: "store-locked",
      message: expect.stringMatching(new RegExp(`process ${holder.pid} has had it open since \\d{4}-\\d\\d-\\d\\dT`)),
    });
    await holder.kill();

    const store = await reopened(options);
    await expect(openDatabase(options, silent)).rejects.toMatchObject({
      code: "store-locked",
      message: expect.stringContaining(`process ${process.pid} `),
    });
    await store.close();
    await (await openDatabase(options, silent)).close();
  }, 60_000);
});
