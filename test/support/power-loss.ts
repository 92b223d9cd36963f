import { jest } from "@jest/globals";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join, relative } from "node:path";

/** What was done to a file of the store, in its order; paths are relative to the store's folder. */
type Deed =
  | { readonly kind: "write"; readonly path: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly path: string; readonly length: number }
  | { readonly kind: "sync"; readonly path: string }
  | { readonly kind: "create" | "remove" | "make-folder" | "remove-folder"; readonly path: string }
  | { readonly kind: "rename"; readonly path: string; readonly to: string };

export interface Recording {
  readonly deeds: readonly Deed[];
  stop(): void;
}

/** Records what this process does to the files below a folder, from now on. Linux only: it asks /proc what a descriptor is. */
export function recordFiles(folder: string): Recording {
  const deeds: Deed[] = [];
  const inside = (path: string) => {
    const at = relative(folder, path);
    return at.startsWith("..") || path.endsWith(" (deleted)") ? null : at;
  };
  const pathOf = (file: fs.PathOrFileDescriptor) => {
    if (typeof file !== "number") return inside(String(file));
    try {
      return inside(fs.readlinkSync(`/proc/self/fd/${file}`));
    } catch {
      return null;
    }
  };
  const note = (file: fs.PathOrFileDescriptor, deed: (path: string) => Deed) => {
    const path = pathOf(file);
    if (path !== null) deeds.push(deed(path));
  };
  const real = { ...fs };
  const spies = [
    jest.spyOn(fs, "writeSync").mockImplementation(((file: number, data: NodeJS.ArrayBufferView, offset?: number | null, length?: number | null, position?: number | null) => {
      const written = real.writeSync(file, data, offset, length, position);
      if (typeof position !== "number") throw new Error("A write without a place can't be played again.");
      const bytes = Buffer.from(data.buffer, data.byteOffset + (offset ?? 0), written);
      note(file, (path) => ({ kind: "write", path, at: position, bytes: Buffer.from(bytes) }));
      return written;
    }) as typeof fs.writeSync),
    jest.spyOn(fs, "ftruncateSync").mockImplementation((file, length) => {
      real.ftruncateSync(file, length);
      note(file, (path) => ({ kind: "truncate", path, length: length ?? 0 }));
    }),
    jest.spyOn(fs, "truncateSync").mockImplementation((file, length) => {
      real.truncateSync(file, length);
      note(file, (path) => ({ kind: "truncate", path, length: length ?? 0 }));
    }),
    jest.spyOn(fs, "fsyncSync").mockImplementation((file) => {
      real.fsyncSync(file);
      note(file, (path) => ({ kind: "sync", path }));
    }),
    jest.spyOn(fs, "openSync").mockImplementation(((path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode | null) => {
      const isNew = !real.existsSync(path);
      const file = real.openSync(path, flags, mode);
      if (isNew) note(String(path), (at) => ({ kind: "create", path: at }));
      else if (typeof flags === "number" && (flags & fs.constants.O_TRUNC) !== 0) note(String(path), (at) => ({ kind: "truncate", path: at, length: 0 }));
      return file;
    })),
    jest.spyOn(fs, "unlinkSync").mockImplementation((path) => {
      real.unlinkSync(path);
      note(String(path), (at) => ({ kind: "remove", path: at }));
    }),
    jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      real.renameSync(from, to);
      note(String(from), (at) => ({ kind: "rename", path: at, to: inside(String(to)) ?? "" }));
    }),
    jest.spyOn(fs, "mkdirSync").mockImplementation(((path: fs.PathLike, options?: fs.MakeDirectoryOptions) => {
      const made = real.mkdirSync(path, options);
      note(String(path), (at) => ({ kind: "make-folder", path: at }));
      return made;
    }) as typeof fs.mkdirSync),
    jest.spyOn(fs, "rmdirSync").mockImplementation((path) => {
      real.rmdirSync(path);
      note(String(path), (at) => ({ kind: "remove-folder", path: at }));
    }),
  ];
  syncBuiltinESMExports();
  return {
    deeds,
    stop() {
      for (const spy of spies) spy.mockRestore();
      syncBuiltinESMExports();
    },
  };
}

/**
 * Does to a copy of the store what had reached the disk when the power went after so many deeds: all that was synced since,
 * and of the rest each write or not. Names (files made, renamed, removed) are kept, as file systems with a journal keep them
 * in their order.
 * @param keeps decides about a write that wasn't synced; the same file's writes reach a disk in any order
 */
export function losePower(folder: string, deeds: readonly Deed[], after: number, keeps: () => boolean): { readonly lost: number } {
  const done = deeds.slice(0, after);
  const isSynced = syncedBy(done);
  let lost = 0;
  done.forEach((deed, n) => {
    const path = join(folder, deed.path);
    switch (deed.kind) {
      case "create":
        fs.closeSync(fs.openSync(path, "a"));
        break;
      case "remove":
        fs.rmSync(path, { force: true });
        break;
      case "rename":
        fs.renameSync(path, join(folder, deed.to));
        break;
      case "make-folder":
        fs.mkdirSync(path, { recursive: true });
        break;
      case "remove-folder":
        fs.rmSync(path, { recursive: true, force: true });
        break;
      case "truncate":
        // Lengths are names' company: a journal keeps them too.
        if (fs.existsSync(path)) fs.truncateSync(path, deed.length);
        break;
      case "write":
        if (!isSynced(n) && !keeps()) lost += 1;
        else if (fs.existsSync(path)) writeAt(path, deed.at, deed.bytes);
        break;
      case "sync":
        break;
    }
  });
  return { lost };
}

function writeAt(path: string, at: number, bytes: Buffer): void {
  const file = fs.openSync(path, "r+");
  try {
    fs.writeSync(file, bytes, 0, bytes.length, at);
  } finally {
    fs.closeSync(file);
  }
}

/** Whether a write was followed by a sync of its file, under whatever name the file then had. */
function syncedBy(deeds: readonly Deed[]): (n: number) => boolean {
  // Backwards: a name is followed to what it became.
  const synced = new Set<string>();
  const safe = new Set<number>();
  deeds.forEach((_, from) => {
    const n = deeds.length - 1 - from;
    const deed = deeds[n];
    if (deed === undefined) return;
    if (deed.kind === "sync") synced.add(deed.path);
    else if (deed.kind === "rename") {
      const was = synced.delete(deed.to);
      if (was) synced.add(deed.path);
      else synced.delete(deed.path);
    } else if (deed.kind === "create") synced.delete(deed.path);
    else if (deed.kind === "write" && synced.has(deed.path)) safe.add(n);
  });
  return (n) => safe.has(n);
}
