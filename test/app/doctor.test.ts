import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { openMemory } from "../../src/adapters/sql/embedded/memory.ts";
import { storeParts } from "../../src/doctor/store-facts.ts";
import { storeLook } from "../../src/doctor/store-look.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { engines } from "../support/database.ts";
import { lead, manager, member, roster } from "./rosters.ts";
import { testApp } from "./test-app.ts";

const lea = "lea@example.org";

describe.each(engines)("what doctor sees in a store (%s)", (engine) => {
  it("is its engine, its clock, its networks in counts, and a queue that works", async () => {
    const rows = [manager("Ana"), manager("Ben", { external: "yes" }), member("Mo"), lead("Lea")];
    const app = await testApp({ now: "2027-01-12T09:30", engine, roster: roster(...rows) });
    await app.api(lea, "POST", "check-in-rounds", {});
    await app.settle();
    const admins = [rows[0]?.aad_object_id ?? "", "00000000-0000-4000-8000-000000000000"];
    const look = storeLook(app.database, app.clock, admins);

    const about = storeParts.about.parse(await look.about());
    expect(about).toMatchObject({ engine, isEncrypted: engine === "embedded" ? null : false });
    expect(about.version).toBeGreaterThanOrEqual(15);
    expect(about.bytes).toBeGreaterThan(1_000_000);
    expect(Math.abs(about.now - Date.now())).toBeLessThan(60_000);
    expect(await look.migrations()).toEqual({ missing: [], unknown: [], isTooNew: false, isHalfMoved: false });

    const networks = storeParts.networks.parse(await look.networks());
    expect(networks).toHaveLength(1);
    expect(networks[0]).toMatchObject({
      organiser: null,
      runners: 1,
      knownAdmins: 1,
      hasOpenRound: true,
      survey: { hasBeen: false, open: null, supportLines: 4, unchecked: 4 },
      app: { people: 4, external: 1, withApp: 2, failed: 0, cannot: 0, pending: 0, isStarted: false },
      calendars: [],
    });
    expect(JSON.stringify(networks)).not.toMatch(/Ana|@example/);

    const queue = storeParts.queue.parse(await look.queue());
    expect(queue).toMatchObject({ failed: [] });
    expect(queue?.schedules).toBeGreaterThan(5);
  });

  it("is also what has gone wrong there: jobs that wait and were given up, migrations that haven't run", async () => {
    const app = await testApp({ now: "2027-01-12T09:30", engine, roster: roster(manager("Ana"), lead("Lea")) });
    const { db } = app.database;
    const look = storeLook(app.database, app.clock, []);
    const add = (state: string, time: string) =>
      sql`insert into pgboss.job (name, state, start_after, completed_on)
        select name, ${state}::pgboss.job_state, pgboss.job_now() - ${time}::interval, case when ${state} = 'failed' then pgboss.job_now() - ${time}::interval end
        from pgboss.queue where name = 'schedule.deliveries.tend'`.execute(db);
    for (const [state, time] of [["failed", "23 hours"], ["failed", "1 hour"], ["failed", "25 hours"], ["created", "40 minutes"], ["created", "2 minutes"]] as const) {
      await add(state, time);
    }
    const kind = "schedule.deliveries.tend";
    expect(await look.queue()).toMatchObject({ waiting: [{ kind, seconds: expect.closeTo(2_400, -1) }], failed: [{ kind, count: 2 }] });

    await sql`delete from kysely_migration where name = '2026-11-29-figures'`.execute(db);
    expect(await look.migrations()).toMatchObject({ missing: ["2026-11-29-figures"], unknown: [], isTooNew: false });
    await sql`insert into kysely_migration (name, timestamp) values ('2099-01-01-without-people', '')`.execute(db);
    expect(await look.migrations()).toMatchObject({ unknown: ["2099-01-01-without-people"], isTooNew: true });
  });
});

describe("what doctor sees in an empty store", () => {
  it("is that nothing has been made there", async () => {
    const database = await openMemory();
    const look = storeLook(database, { now: () => Temporal.Now.instant() }, []);
    expect(await look.queue()).toBeNull();
    expect((await look.migrations()).missing).toContain("2026-11-22-foundation");
    await database.close();
  });
});
