import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { sql } from "kysely";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { dateOf, instantOf, jsonOf, localDateOf } from "../../src/adapters/sql/values.ts";
import { sqlStore } from "../../src/adapters/sql/store.ts";
import { asId, type NetworkId, newId, type RoundId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { engines, testDatabase } from "../support/database.ts";

describe.each(engines)("the %s engine", (engine) => {
  let store: OpenDatabase;
  beforeAll(async () => {
    store = await testDatabase(engine);
  }, 30_000);
  afterAll(() => store.close());

  const network = async (name: string) => {
    const id = newId();
    await store.db.insertInto("networks").values({ id, name }).execute();
    return id;
  };

  it("gives the values of every column type as the same JavaScript types", async () => {
    const { rows } = await sql`select
      timestamptz '2026-03-29 00:30:00+00' as moment, date '2026-03-29' as day, 9007199254740991::int8 as big,
      count(*) as counted, 12.5::numeric as exact, 2.5::float8 as inexact, 3::int4 as whole, true as yes,
      '018f4e2a-0000-7000-8000-000000000001'::uuid as id, array['a,b', 'c"d', null]::text[] as texts,
      array[1, 2]::int8[] as bigs, array[1.5]::numeric[] as exacts, array[0.5]::float8[] as inexacts,
      array[date '2026-01-02']::date[] as days, array[timestamptz '2026-01-02 03:04:05.678Z'] as moments,
      '{"a": [1, null, {"b": "ü"}]}'::jsonb as json, null::date as nothing`.execute(store.db);

    expect(rows).toEqual([
      {
        moment: new Date("2026-03-29T00:30:00Z"),
        day: "2026-03-29",
        big: 9007199254740991,
        counted: 1,
        exact: 12.5,
        inexact: 2.5,
        whole: 3,
        yes: true,
        id: "018f4e2a-0000-7000-8000-000000000001",
        texts: ["a,b", 'c"d', null],
        bigs: [1, 2],
        exacts: [1.5],
        inexacts: [0.5],
        days: ["2026-01-02"],
        moments: [new Date("2026-01-02T03:04:05.678Z")],
        json: { a: [1, null, { b: "ü" }] },
        nothing: null,
      },
    ]);
  });

  it("keeps any moment, day, list of words and JSON as they were written", async () => {
    // PostgreSQL's text and jsonb can't hold U+0000 or half a surrogate pair, and jsonb has no negative zero.
    const text = fc.string({ unit: "grapheme" }).filter((t) => !t.includes("\u0000"));
    const value = fc.array(fc.record({ name: text, count: fc.integer(), parts: fc.array(fc.option(text)) }));
    const moment = fc.date({ min: new Date("1900-01-01"), max: new Date("2200-01-01"), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(moment, fc.array(text), value, async (at, words, json) => {
        const instant = instantOf(at);
        const day = instant.toZonedDateTimeISO("UTC").toPlainDate();
        const { rows } = await sql<{ at: Date; day: string; words: string[]; json: unknown }>`select
          ${dateOf(instant)}::timestamptz as at, ${day.toString()}::date as day,
          ${words}::text[] as words, ${jsonOf(json)}::jsonb as json`.execute(store.db);
        const [row] = rows;
        expect(instantOf(row?.at ?? new Date(0)).equals(instant)).toBe(true);
        expect(localDateOf(row?.day ?? "").equals(day)).toBe(true);
        expect(row?.words).toEqual(words);
        expect(row?.json).toEqual(json);
      }),
      { numRuns: 40 },
    );
  });

  it("takes a day for what it says, whatever zone the process runs in", async () => {
    const id = await network("days");
    const person = newId();
    const day = Temporal.PlainDate.from("2026-10-25");
    const ana = { network: id, id: person, name: "Ana", email: "ana@example.org", role: "manager" };
    await store.db.insertInto("people").values({ ...ana, left_on: day.toString() }).execute();

    const rows = await store.db.selectFrom("people").select("left_on").where("id", "=", person).execute();

    expect(rows).toEqual([{ left_on: "2026-10-25" }]);
  });

  it("keeps nothing of a transaction that throws", async () => {
    await expect(
      store.db.transaction().execute(async (tx) => {
        await tx.insertInto("networks").values({ id: newId(), name: "undone" }).execute();
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");

    expect(await store.db.selectFrom("networks").where("name", "=", "undone").selectAll().execute()).toEqual([]);
  });

  it("stays usable after a statement that failed, inside a transaction and outside", async () => {
    await expect(sql`select no_such_column`.execute(store.db)).rejects.toThrow("no_such_column");
    const failing = store.db.transaction().execute((tx) => sql`select no_such_column`.execute(tx));
    await expect(failing).rejects.toThrow("no_such_column");

    expect(await network("still here")).toEqual(expect.any(String));
  });

  it("keeps the work of transactions that run at the same time apart", async () => {
    const key = "counter";
    await store.db.insertInto("rate_limits").values({ key, hits: [0] }).execute();
    const addOne = () =>
      store.db.transaction().execute(async (tx) => {
        const mine = tx.selectFrom("rate_limits").selectAll().where("key", "=", key);
        const row = await mine.forUpdate().executeTakeFirstOrThrow();
        await tx.updateTable("rate_limits").set({ hits: [(row.hits[0] ?? 0) + 1] }).where("key", "=", key).execute();
      });

    await Promise.all(Array.from({ length: 8 }, addOne));

    const row = await store.db.selectFrom("rate_limits").selectAll().where("key", "=", key).executeTakeFirstOrThrow();
    expect(row.hits).toEqual([8]);
  });

  it("answers queries outside a transaction only with what was committed", async () => {
    const outside = store.db.transaction().execute(async (tx) => {
      await tx.insertInto("networks").values({ id: newId(), name: "half done" }).execute();
      const other = store.db.selectFrom("networks").where("name", "=", "half done").selectAll().execute();
      return { other };
    });
    const { other } = await outside;

    // The server looks at once and finds nothing yet; the embedded engine waits, and finds what was committed.
    expect((await other).length).toBeLessThanOrEqual(1);
  });

  it("refuses to change or delete what the audit log says", async () => {
    const id = await network("audited");
    const entry = { network: id, id: newId(), at: new Date(0), actor: null, action: "roster.import", subject: null };
    await store.db.insertInto("audit_log").values({ ...entry, detail: jsonOf({ rows: 70 }) }).execute();

    const change = sql`update audit_log set action = 'nothing' where network = ${id}`.execute(store.db);
    await expect(change).rejects.toThrow("append-only");
    const removal = store.db.deleteFrom("audit_log").where("network", "=", id).execute();
    await expect(removal).rejects.toThrow("append-only");
    const left = store.db.selectFrom("audit_log").where("network", "=", id).select(["action", "detail"]);
    expect(await left.execute()).toEqual([{ action: "roster.import", detail: { rows: 70 } }]);
  });

  it("tidies up after bulk loads without losing anything", async () => {
    const id = await network("tidy");
    await store.tidy();
    expect(await store.db.selectFrom("networks").where("id", "=", id).selectAll().execute()).toHaveLength(1);
  });

  // Less than none: never looked at.
  it("leaves tables that hold nothing unknown to the planner, which would take them for small ones", async () => {
    const fresh = await testDatabase(engine);
    try {
      await fresh.db.insertInto("networks").values({ id: newId(), name: "one" }).execute();
      await fresh.tidy();
      const { rows } = await sql<{ name: string; tuples: number }>`
        select relname as name, reltuples::int as tuples from pg_class where relname in ('check_ins', 'networks') order by relname`.execute(fresh.db);
      expect(rows).toEqual([{ name: "check_ins", tuples: -1 }, { name: "networks", tuples: 1 }]);
    } finally {
      await fresh.close();
    }
  });
});

describe("the embedded engine alone", () => {
  it("parses a statement that comes again once, and goes on after one of them failed", async () => {
    const store = await testDatabase("embedded");
    try {
      const half = (n: number, by: number) => sql<{ half: number }>`select ${n}::int / ${by}::int as half`.execute(store.db);
      for (const n of [2, 4, 6]) expect((await half(n, 2)).rows).toEqual([{ half: n / 2 }]);
      await expect(half(8, 0)).rejects.toMatchObject({ code: "22012" });
      expect((await half(8, 2)).rows).toEqual([{ half: 4 }]);
      const { rows } = await sql`select statement from pg_prepared_statements where statement like '%as half'`.execute(store.db);
      expect(rows).toHaveLength(1);
    } finally {
      await store.close();
    }
  });
});

describe("the server engine alone", () => {
  it("goes on when a newer version adds a column to what its connections have read before", async () => {
    const database = await testDatabase("server");
    try {
      const network = asId<NetworkId>(newId());
      const round = asId<RoundId>(newId());
      await database.db.insertInto("networks").values({ id: network, name: "Two versions" }).execute();
      const store = sqlStore(database.db, () => ({ add: () => Promise.resolve() }));
      const onManyConnections = () => Promise.all(Array.from({ length: 10 }, () => store.transaction(network, (tx) => tx.rounds.byId(round))));
      for (let time = 0; time < 4; time += 1) await onManyConnections();
      await sql`alter table check_in_rounds add column of_a_newer_version text`.execute(database.db);
      expect(await onManyConnections()).toEqual(new Array(10).fill(null));
      await expect(store.read(network).rounds.byId(round)).resolves.toBeNull();
    } finally {
      await database.close();
    }
  });
});
