import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { migrate } from "../../src/adapters/sql/migrate.ts";
import { manager, lead, roster } from "./rosters.ts";
import { testApp } from "./test-app.ts";

describe("a replica of the version before", () => {
  it("stays ready and takes answers after a newer version has added to the store, and may start again on it", async () => {
    const app = await testApp({ now: "2026-05-19T09:30", roster: roster(manager("Ana"), lead("Lea")) });
    await app.openRound();
    await sql`alter table check_ins add column mood text not null default 'unknown'`.execute(app.database.db);
    await sql`create table moods (network uuid not null)`.execute(app.database.db);
    await sql`insert into kysely_migration (name, timestamp) values ('2999-01-01-moods', '2999-01-01T00:00:00Z')`.execute(app.database.db);

    const ready = await fetch(`${app.url}/readyz`);
    expect(ready.status).toBe(200);
    await (await app.card("ana@example.org", "How is your caseload?")).press("Send", { feeling: "busy", newPeople__link_worker: 27 });
    expect((await app.api("lea@example.org", "GET", "caseload-summary")).body.coverage).toBe("1 of 1 teams");
    await expect(migrate(app.database)).resolves.toEqual([]);
  });
});
