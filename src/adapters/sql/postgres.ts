import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { Fault } from "../../kernel/errors.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { OpenDatabase } from "./engine.ts";
import { patienceOf } from "./patience.ts";
import { analysing, filledTables, randomPageCost } from "./planning.ts";
import { preparingPool } from "./prepared.ts";
import { watchRoom } from "./room.ts";
import type { Database } from "./tables.ts";
import { wireTypes } from "./wire-types.ts";

const oldestServer = 15;
const seconds = 1_000;

/** Longer than any statement may take that isn't run patiently, and any connection lies idle. */
const silentMs = 40 * seconds;

/**
 * Opens a PostgreSQL server, 15 or newer, with a pool of `poolSize` connections (pg-boss has up to four more and one
 * that listens). A statement may take 30 s, a transaction may idle for 60 s, a connection may take 10 s to make.
 */
export async function openServer(url: string, poolSize: number, logger: Logger): Promise<OpenDatabase> {
  const limits = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s";
  const sessionOptions = `-c timezone=UTC ${limits} -c random_page_cost=${randomPageCost}`;
  const { socket, patiently } = patienceOf(silentMs);
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10 * seconds,
    idleTimeoutMillis: 30 * seconds,
    options: sessionOptions,
    application_name: "steady",
    types: wireTypes(),
    stream: socket,
    // What is asked at once travels at once, also within a transaction. Cursors wouldn't work: nothing here uses them.
    pipeline: true,
  });
  // Without a listener, a server that restarts while a connection is idle would end this process.
  pool.on("error", (error) => {
    logger.warn({ err: error }, "an idle connection to the store was lost");
  });
  // The pool listens to idle connections only. One that breaks between two statements of a transaction would end this
  // process too; whoever has it learns of it by the next statement.
  pool.on("connect", (client) => {
    client.on("error", (error) => logger.debug({ err: error }, "a connection to the store broke"));
  });
  const room = watchRoom();
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: preparingPool(pool) }), log: room.note });
  try {
    const { rows } = await sql<{ version: number }>`
      select current_setting('server_version_num')::int / 10000 as version`.execute(db);
    const version = rows[0]?.version ?? 0;
    if (version < oldestServer) {
      const detail = `The server is PostgreSQL ${version}; it has to be ${oldestServer} or newer.`;
      throw new Fault("store-unavailable", detail);
    }
  } catch (cause) {
    await pool.end();
    if (cause instanceof Fault) throw cause;
    throw new Fault("store-unavailable", "The PostgreSQL server of DATABASE_URL doesn't answer.", { cause });
  }
  // pg-boss hands all of it on to its own pool.
  const boss = { connectionString: url, max: 4, options: sessionOptions, application_name: "steady-jobs", stream: socket };
  return {
    db,
    engine: "server",
    boss,
    patiently,
    hasRoom: () => room.isLeft(db),
    async tidy() {
      const { rows } = await sql.raw<{ name: string }>(filledTables).execute(db);
      await sql.raw(analysing("ANALYZE", rows)).execute(db);
    },
    close: () => db.destroy(),
  };
}
