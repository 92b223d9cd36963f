import type { Logger } from "../../kernel/logger.ts";
import type { OpenDatabase } from "./engine.ts";

export type { Engine, OpenDatabase } from "./engine.ts";

/** Where the store is: a folder of this machine, the memory of this process (tests), or a PostgreSQL server. */
export type DatabaseOptions =
  | { readonly kind: "embedded"; readonly dataDir: string }
  | { readonly kind: "memory"; readonly template?: Blob }
  | { readonly kind: "server"; readonly url: string; readonly poolSize?: number };

/**
 * Opens the store. Both engines give the same JavaScript values: timestamptz as Date, date as "YYYY-MM-DD", int8 and
 * numeric as number, arrays as arrays, jsonb parsed. Throws a Fault "store-locked" when another process has the folder,
 * and "store-unavailable" when it can't be opened.
 *
 * The embedded engine has one connection: inside a transaction only that transaction's own handle may be used, since
 * anything else waits for the transaction to end, and the transaction for it. Only the engine that is used is loaded.
 */
export async function openDatabase(options: DatabaseOptions, logger: Logger): Promise<OpenDatabase> {
  switch (options.kind) {
    case "embedded":
      return (await import("./embedded/folder.ts")).openFolder(options.dataDir, logger);
    case "memory":
      return (await import("./embedded/memory.ts")).openMemory(options.template);
    case "server":
      return (await import("./postgres.ts")).openServer(options.url, options.poolSize ?? 10, logger);
  }
}
