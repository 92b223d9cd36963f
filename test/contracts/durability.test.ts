import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import fs from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { recordingLogger } from "../support/logger.ts";

describe("the embedded store on the disk", () => {
  const { logger, lines } = recordingLogger();
  let folder: string;
  let store: OpenDatabase;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "steady-durable-"));
    // What a process leaves that was killed while it made the store.
    fs.mkdirSync(join(folder, "postgres.new"));
    fs.writeFileSync(join(folder, "postgres.new", "PG_VERSION"), "half");
    store = await openDatabase({ kind: "embedded", dataDir: folder }, logger);
    await sql`create table notes (note text)`.execute(store.db);
    // A new store is a thousand files that are all brought to the disk, which others may keep busy.
  }, 120_000);
  afterEach(async () => {
    jest.restoreAllMocks();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The files that reached the disk while `work` ran, by their names in the store where the system tells. */
  async function synced(work: () => Promise<unknown>): Promise<string[]> {
    const real = fs.fsyncSync;
    const files: string[] = [];
    const spy = jest.spyOn(fs, "fsyncSync").mockImplementation((descriptor) => {
      const link = `/proc/self/fd/${descriptor}`;
      files.push(fs.existsSync(link) ? fs.readlinkSync(link) : "pg_wal");
      real(descriptor);
    });
    await work();
    spy.mockRestore();
    return files;
  }

  it("syncs its log before a commit is acknowledged, and nothing for a transaction that only reads", async () => {
    const write = (text: string) => () =>
      store.db.transaction().execute((tx) => sql`insert into notes values (${text})`.execute(tx));

    for (const text of ["one", "two"]) {
      const files = await synced(write(text));
      expect(files.length).toBeGreaterThan(0);
      expect(files.every((file) => file.includes("pg_wal"))).toBe(true);
    }
    expect(await synced(() => sql`select * from notes`.execute(store.db))).toEqual([]);
  }, 30_000);

  it("syncs its tables when it is checkpointed", async () => {
    await sql`insert into notes values ('kept')`.execute(store.db);
    const files = await synced(() => sql`checkpoint`.execute(store.db));
    expect(files.length).toBeGreaterThan(1);
  }, 30_000);

  it("runs with the settings that keep what it acknowledged", async () => {
    const { rows } = await sql`select current_setting('fsync') as fsync, current_setting('wal_sync_method') as method,
      current_setting('synchronous_commit') as commits, current_setting('full_page_writes') as pages,
      current_setting('shared_buffers') as cache`.execute(store.db);
    expect(rows).toEqual([{ fsync: "on", method: "fsync", commits: "on", pages: "on", cache: "16MB" }]);
    expect(fs.existsSync(join(folder, "postgres.new"))).toBe(false);
  }, 30_000);

  it("stops the process at once when the disk refuses, before anything more is acknowledged", async () => {
    const exit = jest.spyOn(process, "exit").mockImplementation((() => undefined) as () => never);
    jest.spyOn(fs, "fsyncSync").mockImplementationOnce(() => {
      throw Object.assign(new Error("EIO: i/o error, fsync"), { code: "EIO" });
    });
    await sql`insert into notes values ('lost')`.execute(store.db);

    expect(exit).toHaveBeenCalledWith(1);
    expect(lines.filter(({ level }) => level === "error").map(({ message }) => message)).toEqual([
      expect.stringContaining("the disk refused"),
    ]);
  }, 30_000);
});
