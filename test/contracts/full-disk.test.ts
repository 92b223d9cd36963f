import { afterEach, expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { recordingLogger } from "../support/logger.ts";
import { type SmallDisk, smallDisk } from "../support/small-disk.ts";

let disk: SmallDisk | null = null;
afterEach(() => disk?.remove());

/** What the process that writes said, line by line, and how it ended; `fill` is called once it is ready to write. */
async function written(dataDir: string, fill: () => void): Promise<{ readonly code: unknown; readonly said: string[] }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../support/full-log-process.ts"), dataDir], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  let isReady = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (isReady || !output.includes("ready")) return;
    isReady = true;
    fill();
    child.stdin.write("go on");
  });
  const late = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const [code] = (await once(child, "close")) as unknown[];
  clearTimeout(late);
  return { code, said: output.split("\n").filter((line) => line !== "") };
}

it("stops when the embedded store's log finds no room, and has all that it acknowledged once there is some", async () => {
  disk = smallDisk(128);
  if (disk === null) return console.log("Not tried: this account may mount no file system.");
  const { code, said } = await written(disk.folder, disk.fill);
  expect({ code, end: said.at(-1) }).toEqual({ code: 1, end: "the disk refused to keep data; stopping before more is acknowledged" });
  const acknowledged = said.filter((line) => /^\d+$/.test(line)).map(Number);
  expect(acknowledged.length).toBeGreaterThan(0);

  disk.empty();
  const { logger, lines } = recordingLogger();
  const store = await openDatabase({ kind: "embedded", dataDir: disk.folder }, logger);
  try {
    const { rows } = await sql<{ n: number; rows: number }>`select n, count(*)::int as rows from notes where n >= 0 group by n order by n`.execute(store.db);
    expect(rows.slice(0, acknowledged.length)).toEqual(acknowledged.map((n) => ({ n, rows: 20 })));
    await sql`insert into notes values (-2, 'goes on')`.execute(store.db);
  } finally {
    await store.close();
  }
  expect(lines).toEqual([]);
}, 120_000);
