import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A clock of a process that can be set while it runs; what it waits for, and how long things take, isn't touched. */
export interface MovedClock {
  /** What the process is to be told when it is started. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sets the clock so many seconds ahead of this machine's; behind it for fewer than none. */
  set(seconds: number): void;
}

function library(): string | null {
  const folder = "/usr/lib";
  const found = readdirSync(folder).map((name) => join(folder, name, "faketime/libfaketimeMT.so.1"));
  return found.find((file) => existsSync(file)) ?? null;
}

function findOrInstall(): string | null {
  const found = library();
  if (found !== null || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return found;
  try {
    execFileSync("apt-get", ["update", "-q"], { stdio: "ignore" });
    execFileSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "libfaketime"], { stdio: "ignore" });
  } catch {
    return null;
  }
  return library();
}

/** Makes one by the library "faketime", which it installs on Debian; null where that isn't to be had. It keeps its setting in `file`. */
export function movedClock(file: string): MovedClock | null {
  const preload = findOrInstall();
  if (preload === null) return null;
  const set = (seconds: number) => writeFileSync(file, `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}\n`);
  set(0);
  return { environment: { LD_PRELOAD: preload, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" }, set };
}
