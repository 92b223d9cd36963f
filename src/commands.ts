import { createLogger } from "./adapters/logging/logger.ts";
import { openDatabase } from "./adapters/sql/database.ts";
import { migrate } from "./adapters/sql/migrate.ts";
import { systemClock } from "./adapters/system.ts";
import { type Config, readConfig } from "./config.ts";
import { databaseOf } from "./database-of.ts";
import { Fault } from "./kernel/errors.ts";
import { demoEnvironment, prepareDemo } from "./local/demo/index.ts";
import { importRosterFile } from "./roster-command.ts";
import { serve } from "./serve.ts";

const usage = `steady <command>
  serve                                     run the server (the default)
  demo                                      run it on twelve months of made-up history, in local mode
  migrate                                   bring the store up to date
  roster import FILE [--network NAME]       make the roster what the CSV says; NAME is a new or another network`;

/** Runs one command of the command line. Throws a Fault whose message says what to do when it can't. */
export async function runCommand(
  [command = "serve", ...rest]: readonly string[],
  options: { readonly network?: string | undefined },
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  if (command === "demo" && rest.length === 0) return runDemo(environment);
  const config = readConfig(environment);
  const [action, file] = rest;
  if (command === "serve" && rest.length === 0) return untilStopped(await serve(config));
  if (command === "migrate" && rest.length === 0) return migrateStore(config);
  if (command === "roster" && action === "import" && file !== undefined) {
    return importRosterFile(config, file, options.network ?? null);
  }
  throw new Fault("command", `There is no such command.\n\n${usage}`);
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

/** Keeps running until the process is told to stop, then stops in good order. */
async function untilStopped(running: { stop(): Promise<void> }): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await running.stop();
}
