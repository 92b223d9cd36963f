import { once } from "node:events";
import { writeSync } from "node:fs";
import { sql } from "kysely";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { silent } from "./logger.ts";

/**
 * Opens the embedded store in the folder that it is given, and makes a table with room inside it, so that a full disk meets
 * the log first. Says "ready"; told to go on, it writes row after row, and says the number of each that was acknowledged.
 */
const [, , dataDir = ""] = process.argv;
// Straight to the descriptor: what the stream still holds while nobody reads is lost when the process exits.
const say = (what: string | number) => writeSync(1, `${what}\n`);
// So that it doesn't outlive tests that were killed themselves.
process.stdin.once("end", () => process.exit());

const { db } = await openDatabase({ kind: "embedded", dataDir }, { ...silent, error: (_, message) => void say(message) });
await sql`create table notes (n int, text text)`.execute(db);
await sql`insert into notes select -1, repeat(md5(i::text), 20) from generate_series(1, 30000) as i`.execute(db);
// The last row stays: empty pages at the end of a table are given back to the disk.
await sql`delete from notes where ctid <> (select max(ctid) from notes)`.execute(db);
await sql`vacuum notes`.execute(db);
await sql`checkpoint`.execute(db);
say("ready");
await once(process.stdin, "data");
for (let n = 0; n < 5_000; n += 1) {
  await sql`insert into notes select ${n}::int, repeat(md5(random()::text), 20) from generate_series(1, 20)`.execute(db);
  say(n);
}
process.exit(0);
