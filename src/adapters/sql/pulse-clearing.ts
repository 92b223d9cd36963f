import { sql } from "kysely";
import type { Logger } from "../../kernel/logger.ts";
import type { OpenDatabase } from "./engine.ts";

/** Longer than an answer takes; whoever answers meanwhile waits behind this. */
const longestWaitForATable = "3s";

// Every row anew, from the rows that are committed: an expression that changes nothing, and no constant either, makes
// ALTER TABLE write the whole table into another file. VACUUM FULL does as much, but keeps deleted rows which an older
// snapshot might still see, such as a backup's or a replica's.
const rewrites = {
  pulse_participations: "alter table pulse_participations alter column state type text using state || ''",
  pulse_sealed: "alter table pulse_sealed alter column sealed type text using sealed || ''",
  pulse_responses: "alter table pulse_responses alter column group_name type text using group_name || ''",
};

const checkpoint = "checkpoint";

// That ALTER TABLE writes another file is how it works, and that VACUUM FULL does so is what it is for. The rest frees
// what reminders were in, and lets no row of those who were asked show whether it was read since. At last, files that
// were left are emptied, and the log up to here may go.
const statements = [
  ...Object.entries(rewrites).flatMap(([table, rewrite]) => [rewrite, `vacuum full ${table}`]),
  ...["deliveries", "sent_cards", "links", "pulse_asked"].map((table) => `vacuum ${table}`),
  checkpoint,
];

/**
 * Makes what clears the tables after a wave has closed, or after its single answers were deleted: nothing of deleted
 * participations, sealed answers and responses is left in them. Harmless when done again, and on several replicas at
 * once. What the server doesn't allow, or what stays locked for 3 s twice, is left out with a warning. Not for use
 * within a transaction. Throws when the store can't be reached.
 */
export function pulseClearing(database: OpenDatabase, logger: Logger): () => Promise<void> {
  return async () => {
    const blocked = await run(database, statements);
    if (blocked.size === 0) return;
    const failed = await run(database, [...new Set([...blocked.keys(), checkpoint])]);
    for (const [statement, reason] of failed) {
      logger.warn({ statement, reason }, "a step of clearing up after a pulse wave was left out");
    }
  };
}

/** Runs statements one by one, none in a transaction; gives those that failed, each with why. */
async function run(database: OpenDatabase, wanted: readonly string[]): Promise<Map<string, string>> {
  const failed = new Map<string, string>();
  await database.db.connection().execute(async (connection) => {
    await sql.raw(`set lock_timeout = '${longestWaitForATable}'`).execute(connection);
    try {
      for (const statement of wanted) {
        await sql.raw(statement).execute(connection).catch((error: unknown) => failed.set(statement, String(error)));
      }
    } finally {
      await sql`reset lock_timeout`.execute(connection);
    }
  });
  return failed;
}
