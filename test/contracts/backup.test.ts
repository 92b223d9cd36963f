import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createJobs, type Jobs } from "../../src/adapters/queue/jobs.ts";
import { openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { assertMigrated, migrate } from "../../src/adapters/sql/migrate.ts";
import { readConfig } from "../../src/config.ts";
import { jobKind } from "../../src/kernel/jobs.ts";
import { moveToServer } from "../../src/move-command.ts";
import { everythingStored } from "../app/everything-stored.ts";
import { serverDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";
import { binFolder } from "../support/postgres.ts";

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  jest.restoreAllMocks();
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "steady-backup-"));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const work = jobKind({ name: "work", payload: z.object({ n: z.number() }) });

function jobsOn(database: OpenDatabase, ran: number[]): Jobs {
  const jobs = createJobs({ database, logger: silent });
  jobs.handle({ kind: work, run: async (payloads) => void ran.push(...payloads.map(({ n }) => n)) });
  return jobs;
}

const id = "0192f000-0000-7000-8000-000000000001";

/** A store with a network, an entry of its log, and a job that nothing has run. */
async function furnish(database: OpenDatabase): Promise<void> {
  await migrate(database);
  const jobs = jobsOn(database, []);
  await jobs.prepare();
  await jobs.queue.add(work, [{ n: 7 }]);
  await jobs.stop();
  await sql`insert into networks values (${id}, 'kept', '2026-05-19T08:30:00.123456Z')`.execute(database.db);
  await sql`insert into audit_log values (${id}, ${id}, now(), null, 'x', null, '{}')`.execute(database.db);
}

/** What was put in, and everything else but what the queue notes about itself. */
async function contents(database: OpenDatabase): Promise<string[]> {
  await sql`set timezone to 'UTC'`.execute(database.db);
  const rows = (await everythingStored(database)).split("\n");
  return rows.filter((row) => !/^pgboss\.(version|queue|job_common|queue_stats)/.test(row)).sort();
}

async function goesOn(database: OpenDatabase): Promise<void> {
  const ran: number[] = [];
  const jobs = jobsOn(database, ran);
  await jobs.drain();
  await jobs.stop();
  expect(ran).toEqual([7]);
  await expect(sql`update audit_log set action = 'y'`.execute(database.db)).rejects.toThrow("append-only");
}

describe("a backup of an embedded store", () => {
  it("is a copy of its folder while nothing runs, from which a server goes on; and moves to a server by the command", async () => {
    const folder = newFolder();
    const dataDir = join(folder, "data");
    const at = (dir: string) => openDatabase({ kind: "embedded", dataDir: join(dir, "store") }, silent);
    const database = await at(dataDir);
    await furnish(database);
    const before = await contents(database);

    const { url, drop } = await serverDatabase("empty");
    cleanUps.push(drop);
    const config = (more: object) => readConfig({ DATA_DIR: dataDir, PULSE_KEYS: join(folder, "keys"), ...more });
    await expect(moveToServer(config({ DATABASE_URL: url }))).rejects.toMatchObject({ code: "store-locked" });
    await database.close();
    cpSync(dataDir, join(folder, "copy"), { recursive: true });

    await expect(moveToServer(config({}))).rejects.toMatchObject({ message: expect.stringContaining("DATABASE_URL is missing") });
    const elsewhere = config({ DATABASE_URL: url, DATA_DIR: join(folder, "nowhere") });
    await expect(moveToServer(elsewhere)).rejects.toMatchObject({ message: expect.stringContaining("no embedded store") });
    const said = jest.spyOn(console, "log").mockImplementation(() => undefined);
    await moveToServer(config({ DATABASE_URL: url }));
    expect(said.mock.calls.join("\n")).toContain("public.networks: 1 rows, the same on both sides");
    await expect(moveToServer(config({ DATABASE_URL: url }))).rejects.toMatchObject({ message: expect.stringContaining("isn't empty") });
    const server = await openDatabase({ kind: "server", url, poolSize: 3 }, silent);
    cleanUps.push(() => server.close());
    await goesOn(server);

    const copy = await at(join(folder, "copy"));
    cleanUps.push(() => copy.close());
    expect(await contents(copy)).toEqual(before);
    await goesOn(copy);
  }, 60_000);
});

describe("a backup of a PostgreSQL store", () => {
  it("is what pg_dump writes, and pg_restore brings all of it back into an empty database, from which a server goes on", async () => {
    const bin = binFolder(["pg_dump", "pg_restore"]);
    if (bin === null) throw new Error("pg_dump and pg_restore are missing: they come with PostgreSQL");
    const [one, two] = [await serverDatabase("empty"), await serverDatabase("empty")];
    cleanUps.push(one.drop, two.drop);
    const database = await openDatabase({ kind: "server", url: one.url, poolSize: 3 }, silent);
    cleanUps.push(() => database.close());
    await furnish(database);
    const before = await contents(database);
    const file = join(newFolder(), "steady.dump");
    execFileSync(join(bin, "pg_dump"), ["--format=custom", "--no-owner", "--no-privileges", `--file=${file}`, one.url], { stdio: "pipe" });
    execFileSync(join(bin, "pg_restore"), ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", `--dbname=${two.url}`, file], { stdio: "pipe" });
    const restored = await openDatabase({ kind: "server", url: two.url, poolSize: 3 }, silent);
    cleanUps.push(() => restored.close());
    expect(await contents(restored)).toEqual(before);
    await expect(assertMigrated(restored.db)).resolves.toBeUndefined();
    await goesOn(restored);
  }, 60_000);
});
