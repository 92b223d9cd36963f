import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { Fault } from "../../../kernel/errors.ts";
import { programRoot } from "../../program-root.ts";

const Package = z.object({ version: z.string() });

/** Makes a store in a folder that isn't there yet, and closes it again. */
export type Initialise = (folder: string) => Promise<void>;

/**
 * Where the build keeps an empty store. Its name holds PGlite's version: another one may keep its files in another way,
 * and then the copy isn't found and the store is made anew.
 */
function builtStore(): string {
  const pglite = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const { version } = Package.parse(JSON.parse(readFileSync(join(dirname(pglite), "../package.json"), "utf8")));
  return join(programRoot, "dist/empty-store", version);
}

/** Makes the store that new ones are copied from, with everything in it but what a network brings. For the build. */
export async function buildEmptyStore(initialise: Initialise): Promise<void> {
  const folder = builtStore();
  await rm(dirname(folder), { recursive: true, force: true });
  await makeWhole(folder, initialise);
}

/**
 * Makes an empty store in `folder`, which is there afterwards as a whole or not at all, whenever the process ends. A
 * copy of the build's spares the seconds and the hundreds of megabytes that PGlite needs to make one.
 */
export async function createStore(folder: string, initialise: Initialise): Promise<void> {
  const built = builtStore();
  await makeWhole(folder, existsSync(built) ? copyOf(built) : initialise);
}

/** Copies a folder while nothing else can happen, which at a start is nothing: one file after the other takes six times as long. */
function copyOf(built: string): Initialise {
  return (draft) => Promise.resolve(cpSync(built, draft, { recursive: true }));
}

// Made under another name first: a store half made when the process was killed would be taken for a finished one.
async function makeWhole(folder: string, make: Initialise): Promise<void> {
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await make(draft);
  await syncTree(draft);
  await rename(draft, folder);
  await syncOne(dirname(folder));
}

/** Makes a folder, and everything in it, reach the disk: at once, since the disk takes many together in the time of one. */
async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isDirectory() || entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  await Promise.all([folder, ...paths].map(syncOne));
}

/** Makes one file, or the names in one folder, reach the disk. */
async function syncOne(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } catch (cause) {
    throw new Fault("store-unavailable", "The disk refused to keep the new store.", { cause });
  } finally {
    await handle.close();
  }
}
