import type { Db } from "pg-boss";
import type { Wire } from "./wire.ts";

/** What pg gives for several statements in one: a result for each. */
interface Result {
  readonly rows?: readonly unknown[];
}

/** How pg-boss reaches the only session, which it shares with everybody else: each statement waits for its turn. */
export function bossOver({ pool, hear }: Pick<Wire, "pool" | "hear">): Db {
  async function executeSql(text: string, values: readonly unknown[] = []): Promise<{ rows: unknown[] }> {
    const client = await pool.connect();
    try {
      const results: readonly Result[] = [await client.query<unknown>(text, values)].flat();
      return { rows: results.flatMap(({ rows }) => rows ?? []) };
    } catch (error) {
      // pg-boss counts on a connection of its own; others would find this one in its failed transaction.
      await client.query("rollback", []).catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }
  return {
    executeSql,
    async setSessionStatements(statements) {
      for (const statement of statements) await executeSql(statement);
    },
    async listen(channel, heard, again) {
      const stop = hear(channel, heard);
      const name = `"${channel.replaceAll('"', '""')}"`;
      await executeSql(`listen ${name}`);
      again();
      return {
        async close() {
          stop();
          await executeSql(`unlisten ${name}`);
        },
      };
    },
  };
}
