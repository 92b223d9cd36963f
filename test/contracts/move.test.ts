import { afterEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { heartbeatSeconds } from "../../src/adapters/queue/boss.ts";
import { createJobs } from "../../src/adapters/queue/jobs.ts";
import { openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { migrate } from "../../src/adapters/sql/migrate.ts";
import { moveStore } from "../../src/adapters/sql/moving/index.ts";
import { everythingStored } from "../app/everything-stored.ts";
import { serverDatabase, testDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const [network, person] = ["0192f000-0000-7000-8000-000000000001", "0192f000-0000-7000-8000-000000000002"];

/** An embedded store that holds what JavaScript, JSON and SQL each have their trouble with. */
async function fullStore(): Promise<OpenDatabase> {
  const source = await testDatabase("embedded");
  cleanUps.push(() => source.close());
  const said = JSON.stringify({ note: "„ö\u2028'\"\\n\ttab\n%{},[]", big: 1e15, tenth: 0.1, list: [1, null, { a: [] }], empty: "" });
  const answers = said.replace('"big":1000000000000000', '"big":12345678901234567890.5');
  for (const statement of [
    sql`insert into networks values (${network}, ${"O’Brien \\ {\"x\"}, NULL"}, '2026-05-19T08:30:00.123456Z')`,
    sql`insert into people (network, id, name, email, role, scope_areas, left_on, stopped_at)
      values (${network}, ${person}, '', 'NULL', 'lead', ${["a,b", 'c"d', "", "{e}", "null"]}::text[], '2026-02-28', '1999-12-31T23:59:59.999999Z')`,
    sql`insert into check_in_rounds values (${network}, ${person}, '2026-05-19', now(), now(), null, 'x', 'y', ${answers}::jsonb)`,
    sql`insert into rate_limits values ('app', '{1795000000000.1234, 0.30000000000000004, 1e-300}', 1.7976931348623157e308)`,
    sql`insert into pulse_sealed values (${network}, ${person}, 'twice'), (${network}, ${person}, 'twice'), (${network}, ${person}, 'once')`,
    sql`insert into audit_log values (${network}, ${person}, now(), null, 'x', null, 'null'::jsonb)`,
    sql`insert into network_settings select ${network}, 'section ' || n, jsonb_build_object('n', n), now() from generate_series(1, 1201) n`,
    sql`select pgboss.create_queue('work', '{"policy":"standard","retryLimit":2,"expireInSeconds":900}'::jsonb)`,
    sql`insert into pgboss.job (name, state, data) values ('work', 'created', '{"n": 1}'), ('work', 'active', '{"n": 2}'), ('work', 'completed', null)`,
    sql`insert into pgboss.schedule (name, cron) values ('work', '* * * * *')`,
  ]) {
    await statement.execute(source.db);
  }
  return source;
}

async function emptyServer(): Promise<OpenDatabase> {
  const { url, drop } = await serverDatabase("empty");
  cleanUps.push(drop);
  const target = await openDatabase({ kind: "server", url, poolSize: 3 }, silent);
  cleanUps.push(() => target.close());
  return target;
}

function move(source: OpenDatabase, target: OpenDatabase, copied?: (table: string) => Promise<void>) {
  const prepareQueue = async () => {
    const jobs = createJobs({ database: target, logger: silent });
    await jobs.prepare();
    await jobs.stop();
  };
  return moveStore(source, target, { prepareQueue, heartbeatSeconds, ...(copied === undefined ? {} : { copied }) });
}

/** Everything but what each store has for itself, and of jobs what a move may not change. */
const ofEachStore = /^(public\.kysely_migration|public\.steady_move|pgboss\.(version|bam|instance|queue_stats))/;

/** Every row in the server's words; of jobs only what a move may not change. */
async function rowsOf(database: OpenDatabase): Promise<string[]> {
  await sql`set timezone to 'UTC'`.execute(database.db);
  const all = (await everythingStored(database)).split("\n").filter((row) => !ofEachStore.test(row) && !row.startsWith("pgboss.job"));
  const jobs = await sql<{ row: string }>`select concat_ws(' ', 'job', id, name, data, created_on) as row from pgboss.job`.execute(database.db);
  return [...all, ...jobs.rows.map(({ row }) => row)].sort();
}

describe("moving an embedded store to a server", () => {
  it("brings every row over as it was, to the microsecond and the last digit, and jobs so that they run there", async () => {
    const [source, target] = [await fullStore(), await emptyServer()];
    const before = await rowsOf(source);
    const moved = await move(source, target);
    expect(before.filter((row) => row.includes("12345678901234567890.5") || row.includes("08:30:00.123456"))).toHaveLength(2);
    expect(await rowsOf(target)).toEqual(before);
    expect(await rowsOf(source)).toEqual(before);
    expect(moved).toContainEqual({ table: "public.network_settings", rows: 1201 });
    const { rows } = await sql`select state::text, heartbeat_seconds from pgboss.job order by 1`.execute(target.db);
    expect(rows).toEqual([
      { state: "completed", heartbeat_seconds: null },
      { state: "created", heartbeat_seconds: 10 },
      { state: "retry", heartbeat_seconds: 10 },
    ]);
    await expect(migrate(target)).resolves.toEqual([]);
    await expect(sql`delete from audit_log`.execute(target.db)).rejects.toThrow("append-only");
  }, 60_000);

  it("leaves a store on which no server runs when it is cut off, and is done again from there", async () => {
    const [source, target] = [await fullStore(), await emptyServer()];
    const before = await rowsOf(source);
    const cutOff = move(source, target, async (table) => {
      if (table === "public.people") throw new Error("the power fails");
    });
    await expect(cutOff).rejects.toThrow("the power fails");
    await expect(migrate(target)).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("steady -- move") });
    expect(await target.db.selectFrom("networks").selectAll().execute()).toEqual([]);
    expect(await rowsOf(source)).toEqual(before);

    await move(source, target);
    expect(await rowsOf(target)).toEqual(before);
  }, 60_000);

  it("refuses a database that isn't empty, and a store of another version", async () => {
    const [source, target] = [await fullStore(), await emptyServer()];
    await sql`create table letters (text text)`.execute(target.db);
    await expect(move(source, target)).rejects.toMatchObject({ code: "command", message: expect.stringContaining("isn't empty") });

    await sql`drop table letters`.execute(target.db);
    await sql`create table of_a_later_version (id uuid)`.execute(source.db);
    await expect(move(source, target)).rejects.toMatchObject({ message: expect.stringContaining("of_a_later_version") });
    await sql`delete from kysely_migration where name = '2026-11-26-requests'`.execute(source.db);
    await expect(move(source, target)).rejects.toMatchObject({ message: expect.stringContaining("out of date") });
  }, 60_000);
});
