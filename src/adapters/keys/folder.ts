import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from "node:fs";
import { type FileHandle, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { PulseKeys } from "../../features/pulse/ports.ts";
import { Fault } from "../../kernel/errors.ts";
import type { WaveId } from "../../kernel/ids.ts";
import { checkedId } from "./wave-id.ts";

/**
 * Keeps each wave's key in a file of its own that only this account can read, in a folder that is made when it isn't
 * there. What was kept or purged is on the disk when the promise resolves. Throws a Fault "configuration" when the
 * folder can't be made, or others may look into it; its functions throw a Fault "keys-unavailable" when the disk
 * refuses, or the whole folder is gone, which says nothing about a key.
 */
export function folderKeys(folder: string): PulseKeys {
  prepare(resolve(folder));
  const fileOf = (wave: WaveId) => join(folder, `${checkedId(wave)}.jwk`);
  /** Until it is whole, a key has another name. */
  const unfinished = (path: string) => `${path}.new`;

  return {
    async keep(wave, privateKey) {
      const path = fileOf(wave);
      const fresh = unfinished(path);
      await onDisk(async () => {
        await rm(fresh, { force: true });
        await inFile(fresh, "wx", (file) => file.writeFile(privateKey));
        await rename(fresh, path);
        syncFolder(folder);
      });
    },
    async read(wave) {
      const path = fileOf(wave);
      return onDisk(async () => {
        const text = await unlessMissing(readFile(path, "utf8"));
        if (text === null) await stat(folder);
        return text;
      });
    },
    async purge(wave) {
      const path = fileOf(wave);
      await onDisk(async () => {
        for (const one of [path, unfinished(path)]) await overwriteAndDelete(one);
        syncFolder(folder);
      });
    },
  };
}

function prepare(folder: string): void {
  try {
    const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
    // A folder is on the disk once the folder above it is.
    for (let made = folder; first !== undefined && made.length >= first.length; made = dirname(made)) {
      syncFolder(dirname(made));
    }
    if ((statSync(folder).mode & 0o077) === 0) return;
  } catch (cause) {
    throw new Fault("configuration", "The folder of PULSE_KEYS can't be made or looked into.", { cause });
  }
  throw new Fault(
    "configuration",
    "Other accounts may look into the folder of PULSE_KEYS: take that away (chmod 700), or name a folder of its own.",
  );
}

// The bytes of a deleted file stay on the disk until something else needs their place. Disks that write elsewhere each
// time keep them anyhow; it is the best that a program can do.
async function overwriteAndDelete(path: string): Promise<void> {
  const size = (await unlessMissing(stat(path)))?.size;
  if (size === undefined) return;
  await inFile(path, "r+", (file) => file.write(randomBytes(size), 0, size, 0));
  await rm(path, { force: true });
}

/** Opens a file that only this account may read, and sees that what was done reaches the disk. */
async function inFile(path: string, flags: "wx" | "r+", work: (file: FileHandle) => Promise<unknown>): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder reach the disk. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const Missing = z.object({ code: z.literal("ENOENT") });

async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (Missing.safeParse(error).success) return null;
    throw error;
  }
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Fault("keys-unavailable", "The folder of PULSE_KEYS can't be read or written.", { cause });
  }
}
