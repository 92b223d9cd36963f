import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createJobs } from "../../src/adapters/queue/jobs.ts";
import { openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { migrate } from "../../src/adapters/sql/migrate.ts";
import { databaseOn } from "../../src/adapters/sql/embedded/database.ts";
import { dropTemplates } from "../../src/adapters/sql/embedded/initialise.ts";
import { createInMemory } from "../../src/adapters/sql/embedded/memory.ts";
import { makeQueues } from "../../src/local/queues.ts";
import { dumpVariable, onServer, queuesTemplateName, serverVariable, templateName, urlOf } from "./database.ts";
import { silent } from "./logger.ts";
import { startPostgres } from "./postgres.ts";

async function furnish(database: OpenDatabase): Promise<void> {
  await migrate(database);
  const jobs = createJobs({ database, logger: silent });
  await jobs.prepare();
  await jobs.stop();
}

async function makeDump(): Promise<string> {
  const pglite = await createInMemory();
  const database = databaseOn(pglite);
  await furnish(database);
  // A copy of it is opened for hundreds of tests, and takes a fifth less time without them.
  await dropTemplates(database.db);
  const dump = await pglite.dumpDataDir("none");
  await database.close();
  const folder = await mkdtemp(join(tmpdir(), "steady-store-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "migrated.tar");
  await writeFile(file, Buffer.from(await dump.arrayBuffer()));
  return file;
}

/** Makes a database on the server to copy, and has something put into it. */
async function makeTemplate(server: string, name: string, from: string, fill: (database: OpenDatabase) => Promise<void>): Promise<void> {
  await onServer(`drop database if exists ${name} with (force)`, server);
  await onServer(`create database ${name} template ${from}`, server);
  const database = await openDatabase({ kind: "server", url: urlOf(name, server), poolSize: 2 }, silent);
  await fill(database);
  await database.close();
}

async function makeServer(): Promise<string> {
  const server = process.env["DATABASE_URL_TEST"] ?? (await startPostgres());
  await makeTemplate(server, templateName, "template0", furnish);
  // A test's application finds its queues there: making them is a fifth of what a small test takes.
  await makeTemplate(server, queuesTemplateName, templateName, (database) => makeQueues(database, silent));
  return server;
}

/**
 * Gives the tests of the store what they start from: a dump of a migrated embedded store, and a server with a migrated
 * database to copy. Made once for all projects that name this file.
 */
export default async function setUp(): Promise<void> {
  const dump = process.env[dumpVariable];
  if (dump !== undefined && existsSync(dump)) return;
  const [file, server] = await Promise.all([makeDump(), makeServer()]);
  process.env[dumpVariable] = file;
  process.env[serverVariable] = server;
}
