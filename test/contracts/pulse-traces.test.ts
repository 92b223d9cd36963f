import { afterEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { migrate } from "../../src/adapters/sql/migrate.ts";
import { pulseClearing } from "../../src/adapters/sql/pulse-clearing.ts";
import { pulseStore } from "../../src/adapters/sql/pulse-store.ts";
import { rosterStore } from "../../src/adapters/sql/roster-store.ts";
import { newId, type PersonId, type WaveId } from "../../src/kernel/ids.ts";
import { aWave, someResults } from "../builders/pulse.ts";
import { aPerson } from "../builders/roster.ts";
import { engines, serverDatabase, testDatabase } from "../support/database.ts";
import { recordingLogger, silent } from "../support/logger.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const ledgers = ["pulse_participations", "pulse_sealed", "pulse_responses"] as const;
const sealedOf = (person: PersonId) => `sealed-${person}`;

async function networkWithWave({ db }: OpenDatabase, name: string, many: number) {
  const network = await directory(db).createNetwork(name);
  const people = Array.from({ length: many }, () => aPerson({ network }));
  await rosterStore(db, network).savePeople(people);
  const wave = aWave({ id: newId<WaveId>() });
  await db.transaction().execute((tx) => pulseStore(tx, network).add(wave, people.map(({ id }) => ({ person: id, group: null }))));
  return { network, wave, people: people.map(({ id }) => id) };
}
type Furnished = Awaited<ReturnType<typeof networkWithWave>>;

async function answer({ db }: OpenDatabase, { network, wave }: Furnished, person: PersonId): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const store = pulseStore(tx, network);
    await store.hold(wave.id);
    await store.askedOne(wave.id, person);
    expect(await store.takePart(wave.id, person, sealedOf(person))).toBe(true);
  });
}

async function close({ db }: OpenDatabase, { network, wave, people }: Furnished): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const store = pulseStore(tx, network);
    await store.lock(wave.id);
    await store.publish(wave.id, people.map(() => ({ group: null, choices: { "worn-out": 4 } })), someResults());
    await store.save({ ...wave, closedAt: wave.closesAt });
  });
}

/** Every row of every table but the two that answering writes, with where it is and who wrote, locked or deleted it. */
async function everyRow({ db }: OpenDatabase): Promise<unknown[]> {
  const tables = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      and table_name not in ('pulse_participations', 'pulse_sealed') order by 1`.execute(db);
  const all = [];
  for (const { name } of tables.rows) {
    all.push(name, (await sql`select ctid::text, xmin::text, xmax::text, t::text from ${sql.raw(name)} t order by ctid`.execute(db)).rows);
  }
  return all;
}

describe.each(engines)("answering a wave on the %s engine", (engine) => {
  it("leaves no trace on any row but the participation's, not even on the wave's or in the queue of jobs", async () => {
    const database = await testDatabase(engine);
    cleanUps.push(() => database.close());
    const furnished = await networkWithWave(database, "Network", 6);
    const before = await everyRow(database);
    await Promise.all(furnished.people.map((person) => answer(database, furnished, person)));
    expect(await everyRow(database)).toEqual(before);
    expect(before).toContain("public.people");
  });

  it("gives the planner no samples that would outlive the rows", async () => {
    const database = await testDatabase(engine);
    cleanUps.push(() => database.close());
    const sampled = async () => {
      await sql`analyze`.execute(database.db);
      return (await sql`select tablename, attname from pg_stats where tablename in (${sql.join([...ledgers, "networks"])})`.execute(database.db)).rows;
    };
    const first = await networkWithWave(database, "First", 40);
    for (const person of first.people) await answer(database, first, person);
    const onlyNetworks = expect.not.arrayContaining([expect.objectContaining({ tablename: expect.stringMatching(/^pulse/) })]);
    expect(await sampled()).toEqual(onlyNetworks);
    await close(database, first);
    expect(await sampled()).toEqual(onlyNetworks);
    await pulseClearing(database, silent)();
    expect(await sampled()).toEqual(onlyNetworks);
    expect((await sampled()).length).toBeGreaterThan(0);
  });
});

/** A store whose files can be read, with the means to do so. */
async function openFiles(engine: Engine) {
  if (engine === "embedded") {
    const dataDir = await mkdtemp(join(tmpdir(), "steady-traces-"));
    const database = await openDatabase({ kind: "embedded", dataDir }, silent);
    cleanUps.push(() => database.close().then(() => rm(dataDir, { recursive: true, force: true })));
    await migrate(database);
    const read = (path: string) => {
      const file = join(dataDir, "postgres", path);
      return Promise.resolve(existsSync(file) ? readFileSync(file) : Buffer.alloc(0));
    };
    return { database, read, readOld: () => Promise.resolve(() => Promise.resolve()) };
  }
  const { url, drop } = await serverDatabase();
  const open = () => openDatabase({ kind: "server", url, poolSize: 3 }, silent);
  const [database, other] = await Promise.all([open(), open()]);
  cleanUps.push(drop, () => Promise.all([database.close(), other.close()]));
  const read = async (path: string) => {
    const { rows } = await sql<{ bytes: Buffer | null }>`select pg_read_binary_file(${path}, 0, 10000000, true) as bytes`.execute(other.db);
    return rows[0]?.bytes ?? Buffer.alloc(0);
  };
  /** Somebody who reads what was there before the close, and hasn't touched these tables yet. */
  const readOld = async () => {
    const old = await other.db.startTransaction().setIsolationLevel("repeatable read").execute();
    await sql`select count(*) from networks`.execute(old);
    return () => old.rollback().execute();
  };
  return { database, read, readOld };
}

/** The files of the ledgers, of their indexes and of what is kept beside them. */
async function filesOf({ db }: OpenDatabase): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`
    with ledger as (select oid, reltoastrelid from pg_class where relname in (${sql.join([...ledgers])})),
      relation as (select oid from ledger union select reltoastrelid from ledger
        union select indexrelid from pg_index join ledger on indrelid in (ledger.oid, reltoastrelid))
    select pg_relation_filepath(oid) as file from relation where pg_relation_filepath(oid) is not null`.execute(db);
  return rows.map(({ file }) => file);
}

const bytesOf = (person: PersonId) => Buffer.from(person.replaceAll("-", ""), "hex");

describe.each(engines)("clearing up after a wave on the %s engine", (engine) => {
  it("leaves nothing of participations and sealed answers in any file, whoever still reads older rows", async () => {
    const { database, read, readOld } = await openFiles(engine);
    const closing = await networkWithWave(database, "Closing", 40);
    const open = await networkWithWave(database, "Open", 15);
    for (const person of closing.people) await answer(database, closing, person);
    for (const person of open.people) await answer(database, open, person);
    await sql`checkpoint`.execute(database.db);
    const filesBefore = await filesOf(database);
    const found = async (files: string[], people: readonly PersonId[]) => {
      const all = Buffer.concat(await Promise.all(files.map(read)));
      return people.filter((person) => all.includes(bytesOf(person)) || all.includes(sealedOf(person))).length;
    };
    expect(await found(filesBefore, closing.people)).toBe(40);
    const stopReading = await readOld();
    await close(database, closing);
    const clear = pulseClearing(database, silent);
    await clear();
    const files = [...new Set([...filesBefore, ...(await filesOf(database))])];
    expect(await found(files, closing.people)).toBe(0);
    expect(await found(files, open.people)).toBe(15);
    await clear();
    await stopReading();
    const store = pulseStore(database.db, open.network);
    expect((await store.sealed(open.wave.id)).toSorted()).toEqual(open.people.map(sealedOf).toSorted());
    expect(await store.sentCount(open.wave.id)).toBe(15);
    await pulseStore(database.db, closing.network).deleteResponses(closing.wave.id);
    await clear();
    const left = Buffer.concat(await Promise.all((await filesOf(database)).map(read)));
    expect(left.includes("worn-out")).toBe(false);
  }, 60_000);

  it("loses nothing that is answered meanwhile, on however many replicas it runs", async () => {
    const database = await testDatabase(engine);
    cleanUps.push(() => database.close());
    const { logger, lines } = recordingLogger();
    const open = await networkWithWave(database, "Open", 40);
    const clear = pulseClearing(database, logger);
    const answers = open.people.map((person) => answer(database, open, person));
    await Promise.all([clear(), clear(), ...answers, clear()]);
    expect(await pulseStore(database.db, open.network).sentCount(open.wave.id)).toBe(40);
    expect(lines).toEqual([]);
  }, 60_000);
});

describe("clearing up where the server allows less", () => {
  it("leaves out what it may not do or can't come to, with a warning, and does the rest", async () => {
    const { url, drop } = await serverDatabase();
    cleanUps.push(drop);
    const open = async (address: string) => {
      const database = await openDatabase({ kind: "server", url: address, poolSize: 2 }, silent);
      cleanUps.push(() => database.close());
      return database;
    };
    const owner = await open(url);
    const role = `role_${crypto.randomUUID().replaceAll("-", "")}`;
    await sql.raw(`create role ${role} login`).execute(owner.db);
    cleanUps.push(async () => {
      for (const statement of [`reassign owned by ${role} to current_user`, `drop owned by ${role}`, `drop role ${role}`]) await sql.raw(statement).execute(owner.db);
    });
    for (const table of ["pulse_participations", "pulse_sealed"]) await sql.raw(`alter table ${table} owner to ${role}`).execute(owner.db);
    const address = new URL(url);
    address.username = role;
    const { logger, lines } = recordingLogger();
    const blocker = await owner.db.startTransaction().execute();
    await sql`lock table pulse_participations in row exclusive mode`.execute(blocker);
    await pulseClearing(await open(address.href), logger)();
    await blocker.rollback().execute();
    const leftOut = lines.map(({ fields }) => ("statement" in fields ? String(fields.statement) : ""));
    const blocked = [/^alter table pulse_participations/, /^vacuum full pulse_participations/];
    expect(leftOut).toEqual([...blocked, /^alter table pulse_responses/, /^checkpoint/].map((statement) => expect.stringMatching(statement)));
    expect(lines.every(({ level }) => level === "warn")).toBe(true);
  }, 60_000);
});
