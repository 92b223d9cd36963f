import { createLogger } from "./adapters/logging/logger.ts";
import { openDatabase } from "./adapters/sql/database.ts";
import { migrate } from "./adapters/sql/migrate.ts";
import { systemClock } from "./adapters/system.ts";
import { packageApp } from "./app-package/command.ts";
import { type Config, readConfig } from "./config.ts";
import { databaseOf } from "./database-of.ts";
import { doctor } from "./doctor/command.ts";
import { Fault } from "./kernel/errors.ts";
import { exportNetworks } from "./export-command.ts";
import { demoEnvironment, prepareDemo } from "./local/demo/index.ts";
import { moveToServer } from "./move-command.ts";
import { importRosterFile } from "./roster-command.ts";
import { serve } from "./serve.ts";
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

/** Runs one command of the command line. Throws a Fault whose message says what to do when it can't. */
export async function runCommand(
  [command = "serve", ...rest]: readonly string[],
  options: { readonly network?: string | undefined; readonly out?: string | undefined; readonly json?: boolean | undefined },
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  if (command === "demo" && rest.length === 0) return runDemo(environment);
  if (command === "package" && rest.length === 0) return console.log(packageApp(environment, options.out));
  if (command === "doctor" && rest.length === 0) return runDoctor(environment, options.json === true);
  const config = readConfig(environment);
  const [action, file] = rest;
  if (command === "serve" && rest.length === 0) return untilStopped(await serve(config));
  if (command === "migrate" && rest.length === 0) return migrateStore(config);
  if (command === "move" && rest.length === 0) return moveToServer(config);
  if (command === "export" && action !== undefined && file === undefined) {
    return exportNetworks(config, action, options.network ?? null);
  }
  if (command === "roster" && action === "import" && file !== undefined) {
    return importRosterFile(config, file, options.network ?? null);
  }
  throw new Fault("command", `There is no such command.\n\n${usage}`);
}

async function runDoctor(environment: NodeJS.ProcessEnv, asJson: boolean): Promise<void> {
  const { text, exitCode } = await doctor(environment, asJson);
  console.log(text);
  process.exitCode = exitCode;
  // What hung, and was given up, may still hold the process.
  setTimeout(() => process.exit(), 1_000).unref();
}

async function runDemo(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(demoEnvironment(environment));
  if (config.mode === "live") throw new Fault("command", "The demo runs in local mode: set STEADY_MODE=local, or leave it out.");
  await prepareDemo(config, systemClock.now());
  return untilStopped(await serve(config));
}

async function migrateStore(config: Config): Promise<void> {
  const logger = createLogger({ level: config.logLevel });
  const database = await openDatabase(databaseOf(config), logger);
  try {
    const done = await migrate(database.db);
    console.log(done.length === 0 ? "The store is up to date." : `Done: ${done.join(", ")}.`);
  } finally {
    await database.close();
  }
}
