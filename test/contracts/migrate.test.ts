import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { assertMigrated, migrate, takingAway } from "../../src/adapters/sql/migrate.ts";
import { engines, serverDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** An empty store, opened twice where the engine allows two. */
async function emptyStore(engine: "embedded" | "server"): Promise<{ one: OpenDatabase; two: OpenDatabase }> {
  if (engine === "embedded") {
    const one = await openDatabase({ kind: "memory" }, silent);
    cleanUps.push(() => one.close());
    return { one, two: one };
  }
  const { url, drop } = await serverDatabase("empty");
  cleanUps.push(drop);
  const open = async () => {
    const database = await openDatabase({ kind: "server", url, poolSize: 2 }, silent);
    cleanUps.push(() => database.close());
    return database;
  };
  return { one: await open(), two: await open() };
}

describe.each(engines)("migrations on the %s engine", (engine) => {
  it("run once when two replicas start at the same time, and change nothing the next time", async () => {
    const { one, two } = await emptyStore(engine);
    await expect(assertMigrated(one.db)).rejects.toMatchObject({ code: "store-unavailable" });

    const ran = await Promise.all([migrate(one), migrate(two)]);

    expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
    await one.db.insertInto("networks").values({ id: crypto.randomUUID(), name: "kept" }).execute();
    expect(await migrate(two)).toEqual([]);
    await expect(assertMigrated(two.db)).resolves.toBeUndefined();
    expect(await two.db.selectFrom("networks").select("name").execute()).toEqual([{ name: "kept" }]);
  }, 30_000);

  it("add to a store of an earlier version what it hasn't got, and keep what is in it", async () => {
    const { one } = await emptyStore(engine);
    await migrate(one);
    for (const name of ["stale_teams", "stale_parts", "stale_roster", "stale_round"]) await sql`drop function ${sql.ref(name)} cascade`.execute(one.db);
    for (const table of ["deliveries", "round_teams"]) {
      for (const event of ["insert", "update", "delete"]) await sql`drop function ${sql.ref(`tally_${table}_${event}`)} cascade`.execute(one.db);
    }
    await sql`alter index deliveries_by_recipient_and_time rename to deliveries_by_recipient`.execute(one.db);
    for (const table of ["stale_standings", "team_standings", "standing_sums", "standing_rounds", "tallies", "round_medians", "unfrozen_rounds"]) await sql`drop table ${sql.table(table)}`.execute(one.db);
    for (const index of ["deliveries_by_occasion", "teams_by_name", "people_by_role"]) await sql`drop index ${sql.ref(index)}`.execute(one.db);
    for (const table of ["installs", "install_starts"]) await sql`drop table ${sql.table(table)}`.execute(one.db);
    await sql`drop index deliveries_by_creation`.execute(one.db);
    await sql`alter table event_invitees drop column attended`.execute(one.db);
    const added = ["changes", "results", "responses", "sealed", "participations", "asked", "waves", "groups"];
    for (const table of added) await sql`drop table ${sql.table(`pulse_${table}`)}`.execute(one.db);
    await sql`alter table requests drop column done_at, drop column done_by`.execute(one.db);
    for (const index of ["requests_by_team", "requests_by_day"]) await sql`drop index ${sql.ref(index)}`.execute(one.db);
    await sql`delete from kysely_migration where name >= '2026-11-25-pulse'`.execute(one.db);
    await one.db.insertInto("networks").values({ id: crypto.randomUUID(), name: "kept" }).execute();
    await expect(assertMigrated(one.db)).rejects.toMatchObject({ message: expect.stringContaining("2026-11-25-pulse") });

    expect(await migrate(one)).toEqual(["2026-11-25-pulse", "2026-11-26-requests", "2026-11-27-installs", "2026-11-28-retention", "2026-11-29-figures", "2026-11-30-attendance", "2026-12-01-standings", "2026-12-02-recipients", "2026-12-03-closing", "2026-12-04-leads", "2026-12-05-closes"]);
    await expect(assertMigrated(one.db)).resolves.toBeUndefined();
    expect(await one.db.selectFrom("networks").select("name").execute()).toEqual([{ name: "kept" }]);
    expect(await one.db.selectFrom("pulse_waves").selectAll().execute()).toEqual([]);
  }, 30_000);

  it("go on with a store to which a newer version has added, and say so", async () => {
    const { one } = await emptyStore(engine);
    await migrate(one);
    await hasHad(one, "2999-01-01-later");
    const said: object[] = [];
    await expect(migrate(one, { logger: { ...silent, warn: (fields) => said.push(fields) } })).resolves.toEqual([]);
    expect(said).toEqual([{ migrations: ["2999-01-01-later"] }]);
    await expect(assertMigrated(one.db)).rejects.toMatchObject(newerVersion);
  }, 30_000);

  it("refuse a store from which a newer version has taken something away, and one that lacks something besides", async () => {
    const { one } = await emptyStore(engine);
    await migrate(one);
    await hasHad(one, "2999-01-01-without-scores");
    await expect(migrate(one)).rejects.toMatchObject(newerVersion);

    await sql`delete from kysely_migration where name in ('2999-01-01-without-scores', '2026-11-26-requests')`.execute(one.db);
    await hasHad(one, "2999-01-01-later");
    await expect(migrate(one)).rejects.toMatchObject(newerVersion);
  }, 30_000);
});

const newerVersion = { code: "store-unavailable", message: expect.stringContaining("newer version of Steady") };

async function hasHad({ db }: OpenDatabase, migration: string): Promise<void> {
  await sql`insert into kysely_migration (name, timestamp) values (${migration}, '2999-01-01T00:00:00Z')`.execute(db);
}

/** Of the version that comes first; stores of an earlier one are nobody's. */
const firstOnes = /^2026-11-/;
/** Without an index, or with another one, an earlier version says and finds the same. */
const takesAway = /\b(drop(?! index)|rename|truncate|set not null)\b|\balter column \S+ (set data )?type\b/i;

describe("the migrations", () => {
  it("only add, unless their names say that they take something away", () => {
    const folder = join(import.meta.dirname, "../../src/adapters/sql/migrations");
    const wrong = readdirSync(folder).filter((file) => {
      const isFree = firstOnes.test(file) || file.includes(takingAway);
      return !isFree && takesAway.test(readFileSync(join(folder, file), "utf8"));
    });
    expect(wrong).toEqual([]);
    expect(["alter table a drop column b", "alter table a alter column b type text", "alter table a rename to b"].filter((text) => !takesAway.test(text))).toEqual([]);
  });
});

describe("a PostgreSQL server that can't be reached", () => {
  it("is told as one fault, without the address's password", async () => {
    const opening = openDatabase({ kind: "server", url: "postgres://steady:hush@127.0.0.1:1/steady" }, silent);
    const fault = { code: "store-unavailable", message: expect.not.stringContaining("hush") };
    await expect(opening).rejects.toMatchObject(fault);
  });
});
