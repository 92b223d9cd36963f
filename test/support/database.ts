import { randomBytes } from "node:crypto";
import { openAsBlob } from "node:fs";
import pg from "pg";
import { type Engine, openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { silent } from "./logger.ts";

/** What the set-up of the store's tests leaves for them. */
export const dumpVariable = "STEADY_TEST_DUMP";
export const serverVariable = "STEADY_TEST_SERVER";
export const templateName = "steady_test_template";
export const queuesTemplateName = "steady_test_queues_template";

export const engines = ["embedded", "server"] as const satisfies readonly Engine[];

function fromSetUp(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is missing: these tests need test/support/store-setup.ts`);
  return value;
}

const outside = new Map<string, pg.Pool>();

function poolFor(server: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: server, max: 2, idleTimeoutMillis: 2_000, allowExitOnIdle: true });
  // A server may stop while a connection to it is kept.
  pool.on("error", () => undefined);
  outside.set(server, pool);
  return pool;
}

/** Runs one statement on the server of the tests, outside the database of any test. */
export async function onServer(statement: string, server = fromSetUp(serverVariable)): Promise<void> {
  // A connection takes as much processor time as a third of a new database, so it is kept for a while.
  const pool = outside.get(server) ?? poolFor(server);
  await pool.query(statement);
}

/** The address of a database on the server of the tests. */
export function urlOf(database: string, server = fromSetUp(serverVariable)): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

export interface ServerDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

const templates = { empty: "template0", migrated: templateName, "with queues": queuesTemplateName } as const;

/** Makes a database of its own on the server: a copy of the migrated one, also with all queues, or an empty one. */
export async function serverDatabase(from: keyof typeof templates = "migrated"): Promise<ServerDatabase> {
  const name = `steady_test_${randomBytes(6).toString("hex")}`;
  // Copying files is quicker than writing every page of the template to the log.
  await onServer(`create database ${name} template ${templates[from]} strategy file_copy`);
  // So that a test's clock reaches the connections that pg-boss doesn't make itself.
  await onServer(`alter database ${name} set "pgboss.test_clock" = 'on'`);
  return { url: urlOf(name), drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

/**
 * A fresh store with its tables and queues' schema, alone on its engine; gone once closed. On the server with so many
 * connections, and with the application's queues when told so.
 */
export async function testDatabase(engine: Engine, connections = 5, from: "migrated" | "with queues" = "migrated"): Promise<OpenDatabase> {
  if (engine === "embedded") {
    return openDatabase({ kind: "memory", template: await openAsBlob(fromSetUp(dumpVariable)) }, silent);
  }
  const { url, drop } = await serverDatabase(from);
  const database = await openDatabase({ kind: "server", url, poolSize: connections }, silent);
  return {
    ...database,
    boss: { ...database.boss, max: Math.min(connections, 4) },
    async close() {
      await database.close();
      await drop();
    },
  };
}
