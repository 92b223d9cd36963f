import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { lead, manager, roster } from "../app/rosters.ts";
import { freePorts, startServer, steady, temporaryFolder } from "../support/built-server.ts";
import { serverDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";
import { until } from "../support/until.ts";

const everybody = roster(...Array.from({ length: 26 }, (_, n) => manager(`M${"abcdefghijklmnopqrstuvwxyz".charAt(n)}`)), lead("Lea"));

async function peopleOf(url: string): Promise<string> {
  return (await fetch(`${url}/rehearsal/api/people`)).text();
}

describe("steady move", () => {
  it("may be killed at any moment: the old store stays as it is, nothing runs on the new one, and a second run does it", async () => {
    const folder = temporaryFolder();
    const environment = { DATA_DIR: join(folder, "data"), PORT: String(await freePorts()) };
    const file = join(folder, "roster.csv");
    writeFileSync(file, everybody);
    expect(await steady(["roster", "import", file, "--network", "Moved"], environment).finished).toMatchObject({ code: 0 });
    // Makes the queue, with its schedules.
    const old = await startServer(environment);
    const everyone = await peopleOf(old.url);
    expect(everyone).toContain('"lea@example.org"');
    await old.stop();

    for (const wait of [0, 50, 150, 400]) {
      const { url, drop } = await serverDatabase("empty");
      const there = { ...environment, DATABASE_URL: url };
      const watching = await openDatabase({ kind: "server", url, poolSize: 1 }, silent);
      try {
        const move = steady(["move"], there);
        const { db } = watching;
        const marked = async () => (await sql`select from pg_tables where tablename = 'steady_move'`.execute(db)).rows.length > 0;
        await until(marked, "the move to begin");
        await new Promise((resolve) => setTimeout(resolve, wait));
        move.child.kill("SIGKILL");
        await move.finished;
        if (await marked()) {
          const refused = await steady(["serve"], there).finished;
          expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("A move into it was cut off") });
          expect(await steady(["move"], there).finished).toMatchObject({ code: 0, stdout: expect.stringContaining("the same on both sides") });
        }
        const server = await startServer(there);
        expect(await peopleOf(server.url)).toBe(everyone);
        expect(await server.stop()).toMatchObject({ code: 0 });
      } finally {
        await watching.close();
        await drop();
      }
    }
    await (await startServer(environment)).stop();
  }, 300_000);
});
