import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { Fault } from "../../../kernel/errors.ts";
import { Temporal } from "../../../kernel/time.ts";

const Holder = z.object({ pid: z.number(), since: z.string() });

/** The holder in words, or null when nothing readable says who it is. */
function holderOf(file: string): string | null {
  try {
    const { pid, since } = Holder.parse(JSON.parse(readFileSync(file, "utf8")));
    return `process ${pid} has had it open since ${since}`;
  } catch {
    return null;
  }
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5;
  return typeof error === "object" && error !== null && "errcode" in error && error.errcode === sqliteBusy;
}

/**
 * Takes the data folder for this process alone, making the folder when it is missing. Throws a Fault "store-locked"
 * that names the holder. The lock is SQLite's on a small file: the kernel frees it when the process ends, however it
 * ends, which a file with a process id in it can't promise.
 */
export function lockFolder(folder: string): { release(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holderFile = join(folder, "lock-holder.json");
  const database = new DatabaseSync(join(folder, "lock.sqlite"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    if (!isBusy(cause)) throw new Fault("store-unavailable", `The lock in ${folder} can't be taken.`, { cause });
    const holder = holderOf(holderFile) ?? "the other one didn't say who it is";
    const whatToDo = "Stop it first, or set DATA_DIR to another folder.";
    throw new Fault("store-locked", `${folder} is in use: ${holder}. ${whatToDo}`);
  }
  const since = Temporal.Now.instant().toString({ smallestUnit: "second" });
  writeFileSync(holderFile, JSON.stringify({ pid: process.pid, since }));
  return {
    release() {
      if (!database.isOpen) return;
      rmSync(holderFile, { force: true });
      database.close();
    },
  };
}
