import type { LocalConfig } from "../../config.ts";
import { Fault } from "../../kernel/errors.ts";
import type { Instant } from "../../kernel/time.ts";
import { hasStore, makeDemo } from "./make.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the demo keeps its data unless it is told otherwise: apart from what `npm start` has. */
const folders = { DATA_DIR: ".data-demo", PULSE_KEYS: ".pulse-keys-demo" };

/** The environment of the demo. */
export function demoEnvironment(environment: Environment): Environment {
  return environment["DATA_DIR"]?.trim() ? environment : { ...environment, ...folders };
}

/**
 * Makes the demo's history where there is none yet. Throws a Fault "configuration" where it can't be kept: the demo has
 * its store in a folder, and its stand-ins with it.
 */
export async function prepareDemo(config: LocalConfig, now: Instant): Promise<void> {
  if (config.databaseUrl !== null) {
    throw new Fault("configuration", "The demo keeps its store in a folder: leave DATABASE_URL out.");
  }
  if (config.standIns !== null) {
    throw new Fault("configuration", "The demo brings its own stand-ins: leave out the addresses of others.");
  }
  if (hasStore(config)) return;
  console.log("Making a year of made-up history. This takes about a quarter of a minute.");
  await makeDemo(config, now);
}
