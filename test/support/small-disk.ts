import { execFileSync } from "node:child_process";
import { chownSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ordinaryUser } from "./postgres.ts";

/** A file system of its own, so small that it can be full. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves no room on it. */
  fill(): void;
  /** Gives the room back. */
  empty(): void;
  remove(): void;
}

/** Mounts a small file system in memory, which the tests' PostgreSQL may write to; null where this account may not, as on most machines but a container's root. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), "steady-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  const owner = ordinaryUser();
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const filler = join(folder, "filler");
  const remove = () => {
    try {
      execFileSync("umount", ["-l", folder], { stdio: "ignore" });
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // It was removed before.
    }
  };
  process.once("exit", remove);
  return {
    folder,
    fill() {
      const file = openSync(filler, "a");
      try {
        for (const size of [1 << 20, 4_096]) {
          try {
            for (;;) writeSync(file, Buffer.alloc(size));
          } catch {
            // What is left is smaller than that.
          }
        }
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    remove,
  };
}
