import type { DatabaseOptions } from "./adapters/sql/database.ts";
import type { Config } from "./config.ts";

/** Where a configuration keeps its store. */
export function databaseOf(config: Config): DatabaseOptions {
  if (config.databaseUrl !== null) return { kind: "server", url: config.databaseUrl };
  return { kind: "embedded", dataDir: `${config.dataDir ?? ".data"}/store` };
}
