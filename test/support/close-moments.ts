import { readdirSync, watch } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { ServerToKill } from "./server-to-kill.ts";
import { until } from "./until.ts";

/**
 * A moment of a wave's close: so many milliseconds after it was asked for; in the transaction that counts (in the
 * embedded store: at the first write since); in the clearing of the tables; at the purge of the key; once it is
 * answered.
 */
export type Moment = number | "counting" | "clearing" | "purging" | "answered";

interface Watch {
  /** Resolves in the moment, or as soon after it as can be seen from outside. */
  readonly reached: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Looks out for a moment from now on. */
export async function watchFor({ database, keys }: ServerToKill, moment: Moment): Promise<Watch> {
  if (typeof moment === "number" || moment === "answered") {
    const reached = () => new Promise<void>((resolve) => setTimeout(resolve, Number(moment)));
    return { reached, stop: () => Promise.resolve() };
  }
  if (moment === "purging") return fileWatch([keys], (name) => name.endsWith(".jwk"));
  if (database.kind === "server") {
    return moment === "counting"
      ? tableWatch(database.url, "pulse_results", "share")
      : tableWatch(database.url, "pulse_sealed", "access share");
  }
  if (database.kind === "memory") throw new Error("nobody else can see this store");
  const folder = join(database.dataDir, "postgres");
  // The end of answering is the first thing that reaches the log.
  if (moment === "counting") return fileWatch([join(folder, "pg_wal")], () => true);
  const tables = readdirSync(join(folder, "base")).map((name) => join(folder, "base", name));
  // A table that is written anew goes into a file with another number; nothing else makes one.
  return fileWatch(tables, (name, event) => event === "rename" && /^\d+$/.test(name));
}

/** The first change of a file in these folders. */
function fileWatch(folders: readonly string[], isMeant: (name: string, event: string) => boolean): Watch {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const watchers = folders.map((folder) =>
    watch(folder, (event, name) => {
      if (name !== null && isMeant(name, event)) resolve(undefined);
    }),
  );
  const stop = () => {
    for (const watcher of watchers) watcher.close();
    return Promise.resolve();
  };
  return { reached: () => promise, stop };
}

/** The moment in which somebody waits for a table which is held until the watch stops. */
async function tableWatch(url: string, table: string, mode: "share" | "access share"): Promise<Watch> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`begin; lock table ${table} in ${mode} mode`);
  return {
    async reached() {
      const waiting = `select 1 from pg_locks where relation = '${table}'::regclass and not granted`;
      await until(async () => (await client.query(waiting)).rowCount !== 0, `somebody who needs ${table}`, 5);
    },
    stop: () => client.end(),
  };
}
