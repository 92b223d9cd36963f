import { createLogger } from "./adapters/logging/logger.ts";
import { openDatabase } from "./adapters/sql/database.ts";
import { migrate } from "./adapters/sql/migrate.ts";
import { systemClock } from "./adapters/system.ts";
import { type Config, readConfig } from "./config.ts";
import { databaseOf } from "./database-of.ts";
import { Fault } from "./kernel/errors.ts";
import { openStore } from "./opening-store.ts";
import { untilStopped } from "./stopping.ts";

const usage = `steady <command>
  serve                                     run the server (the default)
  demo                                      run it on twelve months of made-up history, in local mode
  migrate                                   bring the store up to date
  move                                      copy the embedded store of DATA_DIR into the empty database of DATABASE_URL
  export FOLDER [--network NAME]            write what the network has into files, each network into a folder of its own
  doctor [--json]                           say what is well, what isn't, and what to do; exit code 1 when something failed
  package [--out FILE]                      write the app package for Teams
  roster import FILE [--network NAME]       make the roster what the CSV says; NAME is a new or another network`;

// Each command loads what it needs and no more: a server in Azure has no use for the demo or the stand-ins.

/** Runs one command of the command line. Throws a Fault whose message says what to do when it can't. */
export async function runCommand(
  [command = "serve", ...rest]: readonly string[],
  options: { readonly network?: string | undefined; readonly out?: string | undefined; readonly json?: boolean | undefined },
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  if (command === "demo" && rest.length === 0) return runDemo(environment);
  if (command === "package" && rest.length === 0) return runPackage(environment, options.out);
  if (command === "doctor" && rest.length === 0) return runDoctor(environment, options.json === true);
  const config = readConfig(environment);
  const [action, file] = rest;
  if (command === "serve" && rest.length === 0) return runServer(config);
  if (command === "migrate" && rest.length === 0) return migrateStore(config);
  if (command === "move" && rest.length === 0) return (await import("./move-command.ts")).moveToServer(config);
  if (command === "export" && action !== undefined && file === undefined) {
    return (await import("./export-command.ts")).exportNetworks(config, action, options.network ?? null);
  }
  if (command === "roster" && action === "import" && file !== undefined) {
    return (await import("./roster-command.ts")).importRosterFile(config, file, options.network ?? null);
  }
  throw new Fault("command", `There is no such command.\n\n${usage}`);
}

async function runServer(config: Config): Promise<void> {
  const logger = createLogger({ level: config.logLevel });
  // It mostly waits, for the disk or for the server, and the rest is loaded meanwhile.
  const opening = openStore(config, logger);
  // One that can't be opened says so where it is waited for.
  opening.catch(() => undefined);
  const { serve } = await import("./serve.ts");
  return untilStopped(await serve(config, opening, logger));
}

async function runPackage(environment: NodeJS.ProcessEnv, out: string | undefined): Promise<void> {
  const { packageApp } = await import("./app-package/command.ts");
  console.log(packageApp(environment, out));
}

async function runDoctor(environment: NodeJS.ProcessEnv, asJson: boolean): Promise<void> {
  const { doctor } = await import("./doctor/command.ts");
  const { text, exitCode } = await doctor(environment, asJson);
  console.log(text);
  process.exitCode = exitCode;
  // What hung, and was given up, may still hold the process.
  setTimeout(() => process.exit(), 1_000).unref();
}

async function runDemo(environment: NodeJS.ProcessEnv): Promise<void> {
  const { demoEnvironment, prepareDemo } = await import("./local/demo/index.ts");
  const config = readConfig(demoEnvironment(environment));
  if (config.mode === "live") throw new Fault("command", "The demo runs in local mode: set STEADY_MODE=local, or leave it out.");
  await prepareDemo(config, systemClock.now());
  return runServer(config);
}

async function migrateStore(config: Config): Promise<void> {
  const logger = createLogger({ level: config.logLevel });
  const database = await openDatabase(databaseOf(config), logger);
  try {
    const done = await migrate(database);
    console.log(done.length === 0 ? "The store is up to date." : `Done: ${done.join(", ")}.`);
  } finally {
    await database.close();
  }
}
