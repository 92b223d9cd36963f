import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { auditLog } from "../../src/adapters/sql/settings-store.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { engines, testDatabase } from "../support/database.ts";

describe.each(engines)("the audit log on the %s engine", (engine) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await testDatabase(engine);
  }, 60_000);
  afterAll(() => database.close());

  it.each([
    ["changed", "update audit_log set action = 'nothing'"],
    ["thinned out", "delete from audit_log"],
    ["emptied", "truncate audit_log"],
    ["emptied with what it hangs on", "truncate networks cascade"],
  ])("can't be %s", async (_what, statement) => {
    const network = await directory(database.db).createNetwork("Test network");
    const log = auditLog(database.db, network);
    const at = Temporal.Instant.from("2026-11-22T09:30:00Z");
    await log.record({ at, actor: null, action: "round.open", subject: null, detail: { teams: 3 } });
    const before = await log.page({ limit: 10, after: null });
    await expect(sql.raw(statement).execute(database.db)).rejects.toThrow("the audit log is append-only");
    expect(await log.page({ limit: 10, after: null })).toEqual(before);
    expect(before[0]).toMatchObject({ action: "round.open", actor: null, detail: { teams: 3 } });
  });
});
