import { createHash } from "node:crypto";
import { constants, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { build, freePorts, startServer, temporaryFolder } from "./built-server.ts";
import { until } from "./until.ts";

const root = join(import.meta.dirname, "../..");
const cache = join(root, "node_modules/.cache/steady-demo");

/** What the demo is made of: every script of the built server, and the rest that it reads. */
function fingerprint(): string {
  const hash = createHash("sha256");
  const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.(js|json|csv)$/.test(entry.name) && !entry.parentPath.includes(join("dist", "web")))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  for (const file of ["dist", "adaptive-cards", "src/local/sample-roster"].flatMap((folder) => files(join(root, folder)))) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

/** A lock of a process that died is taken over after this long, in milliseconds. */
const staleAfter = 180_000;

/** Runs `work` while no other process does. */
async function alone(lock: string, work: () => Promise<void>): Promise<void> {
  const take = () => {
    try {
      mkdirSync(lock);
      return true;
    } catch {
      const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
      if (age > staleAfter) rmSync(lock, { recursive: true, force: true });
      return false;
    }
  };
  await until(take, "another process to make the demo's data");
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Makes the data by the built server's own command, which is stopped once it serves. */
async function make(folder: string): Promise<void> {
  const [draft, port] = [join(temporaryFolder(), "data"), String(await freePorts())];
  const server = await startServer({ DATA_DIR: draft, PORT: port }, ["demo"]);
  await server.stop();
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache)) if (!old.endsWith(".lock")) rmSync(join(cache, old), { recursive: true, force: true });
  cpSync(draft, `${folder}.new`, { recursive: true, mode: constants.COPYFILE_FICLONE });
  renameSync(`${folder}.new`, folder);
}

/**
 * A data folder of one's own with the demo's year, for `startServer({ DATA_DIR, PORT })`: made once a day for each
 * build, by whoever comes first, and copied. Links in its mails lead to the port of that one.
 */
export async function demoData(): Promise<string> {
  build();
  const day = new Date().toISOString().slice(0, 10);
  const made = join(cache, `${day}-${fingerprint()}`);
  mkdirSync(cache, { recursive: true });
  await alone(join(cache, "making.lock"), async () => {
    if (!existsSync(made)) await make(made);
  });
  const folder = join(temporaryFolder(), "data");
  cpSync(made, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return folder;
}
