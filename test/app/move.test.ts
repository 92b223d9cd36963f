import { afterAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { heartbeatSeconds } from "../../src/adapters/queue/boss.ts";
import { folderKeys } from "../../src/adapters/keys/folder.ts";
import { createJobs } from "../../src/adapters/queue/jobs.ts";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { chatsAreAt } from "../../src/adapters/sql/moved-chats.ts";
import { moveStore } from "../../src/adapters/sql/moving/index.ts";
import { openRound } from "../../src/features/check-ins/rounds.ts";
import { serverDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";
import { answer, close, openedWave, share } from "./pulse-people.ts";
import { lead, manager, member, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const lea = "lea@example.org";
const letters = [..."abcdefghijkl"];
const managers = letters.map((letter, index) => manager(`M${letter}`, { organisation: index % 2 === 0 ? "Riverside Care" : "Hill Trust" }));
const everybody = roster(...managers, ...letters.map((letter) => member(`W${letter}`)), lead("Lea"));
const drops: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const drop of drops) await drop();
});

/** What leads see: the same before and after, whatever the engine. */
async function seen(app: TestApp, round: string) {
  const paths = ["caseload-summary", "caseload-summary?by=place", "teams", "people", "pulse-waves", "settings", `deliveries?round=${round}`, "check-in-rounds", "audit-log?show=changes"];
  const found: Record<string, unknown> = {};
  for (const path of paths) found[path] = (await app.api(lea, "GET", path)).body;
  return found;
}

describe("a network whose embedded store is moved to a server", () => {
  it("goes on there: cards that were on their way arrive, the survey closes with its answers, and every figure is as it was", async () => {
    const now = "2027-01-12T09:30";
    const app = await testApp({ now, engine: "embedded", roster: everybody });
    const off = { "check-ins": { opensByItself: false, reminderDays: [] }, pulse: { opensByItself: false, reminderDays: [] } };
    await app.api(lea, "PATCH", "settings", off);
    const wave = await openedWave(app);
    // Twelve of 25, which are shown as ten.
    for (const [index, letter] of letters.entries()) await answer(app, `w${letter}@example.org`, (item) => (index + item) % 5);
    await app.moveTo("2027-01-20T09:30");
    const opened = await openRound(app.features.checkIns, app.network, null);
    if (!opened.ok) throw new Error(opened.why);
    const { id: round } = opened.round;
    expect(await app.counts(round)).toMatchObject({ intended: 12, pending: 12 });
    const before = await seen(app, round);

    // With the jobs stops the test's clock, which is a table of its own.
    await app.jobs.stop();
    const { url, drop } = await serverDatabase("empty");
    drops.push(drop);
    const target = await openDatabase({ kind: "server", url, poolSize: 3 }, silent);
    const prepareQueue = async () => {
      const jobs = createJobs({ database: target, logger: silent });
      await jobs.prepare();
      await jobs.stop();
    };
    await moveStore(app.database, target, { prepareQueue, heartbeatSeconds });

    const store = { database: target, network: app.network };
    const there = await testApp({ now: "2027-01-20T09:30", store, pulseKeys: folderKeys(app.keyFolder) });
    await chatsAreAt(target.db, there.connector.serviceUrl);
    expect(await seen(there, round)).toEqual(before);
    await there.settle();
    expect(await there.counts(round)).toMatchObject({ intended: 12, delivered: 12, pending: 0 });
    await (await there.card("ma@example.org", "How is your caseload?")).press("Send", { feeling: "busy", newPeople__link_worker: 27 });
    expect((await there.api(lea, "GET", "caseload-summary")).body.coverage).toBe("1 of 12 teams");

    expect((await close(there, wave)).status).toBe(200);
    expect((await share(there, wave)).status).toBe(200);
    expect((await there.api(lea, "GET", `pulse-waves/${wave}/summary`)).body).toMatchObject({ score: { kind: "shown" }, responseRate: 40 });
    await there.settle();
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pgboss.job
      where state < 'active' and start_after <= pgboss.job_now() and not starts_with(name, '__pgboss')`.execute(target.db);
    expect(rows).toEqual([{ n: 0 }]);
  }, 60_000);
});
