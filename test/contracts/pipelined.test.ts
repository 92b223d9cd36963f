import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type CompiledQuery, type Kysely, sql } from "kysely";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { inPipeline } from "../../src/adapters/sql/pipelined.ts";
import type { Database } from "../../src/adapters/sql/tables.ts";
import { newId } from "../../src/kernel/ids.ts";
import { allOf } from "../../src/kernel/together.ts";
import { engines, testDatabase } from "../support/database.ts";

/** How many statements of a piece of work were under way at the same moment, at most. */
async function mostAtOnce(db: Kysely<Database>, work: (tx: Kysely<Database>) => Promise<unknown>): Promise<number> {
  let underWay = 0;
  let most = 0;
  await inPipeline(db, (tx) =>
    tx.getExecutor().provideConnection(async (connection) => {
      const execute = connection.executeQuery.bind(connection);
      const counted = async <R>(query: CompiledQuery) => {
        underWay += 1;
        most = Math.max(most, underWay);
        return execute<R>(query).finally(() => (underWay -= 1));
      };
      Object.assign(connection, { executeQuery: counted });
      try {
        await work(tx);
      } finally {
        Object.assign(connection, { executeQuery: execute });
      }
    }),
  );
  return most;
}

describe.each(engines)("a transaction in a pipeline (%s)", (engine) => {
  let store: OpenDatabase;
  beforeAll(async () => {
    store = await testDatabase(engine);
  }, 30_000);
  afterAll(() => store.close());

  const add = (db: Kysely<Database>, name: string) => db.insertInto("networks").values({ id: newId(), name }).execute();
  const names = async (like: string) => {
    const rows = await store.db.selectFrom("networks").select("name").where("name", "like", `${like}%`).orderBy("name").execute();
    return rows.map(({ name }) => name);
  };
  const one = (db: Kysely<Database>) => sql`select 1`.execute(db);

  it("asks at once what is asked at once", async () => {
    expect(await mostAtOnce(store.db, (tx) => allOf([one(tx), one(tx), one(tx)]))).toBe(3);
  });

  it("asks in the order in which it is asked, so that later statements see what earlier ones wrote", async () => {
    const [, first, , second] = await inPipeline(store.db, (tx) => {
      const count = async () => (await tx.selectFrom("networks").select("id").where("name", "like", "order %").execute()).length;
      return allOf([add(tx, "order 1"), count(), add(tx, "order 2"), count()]);
    });
    expect([first, second]).toEqual([1, 2]);
  });

  it("keeps nothing where one of those that were asked at once fails, and leaves the connection in order", async () => {
    const failing = inPipeline(store.db, (tx) => allOf([add(tx, "failing 1"), sql`select 1 / 0`.execute(tx), add(tx, "failing 2")]));
    await expect(failing).rejects.toThrow("division by zero");
    await inPipeline(store.db, (tx) => add(tx, "failing not"));
    expect(await names("failing")).toEqual(["failing not"]);
  });

  it("refuses what comes after its end, and a transaction within it", async () => {
    let after: Kysely<Database> = store.db;
    await inPipeline(store.db, async (tx) => {
      after = tx;
      await one(tx);
      await expect(tx.transaction().execute(one)).rejects.toThrow("within another one");
    });
    await expect(add(after, "after the end")).rejects.toThrow("after the end of its transaction");
    expect(await names("after")).toEqual([]);
  });
});
