import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { alone } from "../support/alone.ts";

/*
 * jest loads all modules anew for each test file: 1.5 s of processor time for an application test, more than many of them
 * take. So `npm test` runs several files as one. By itself each runs with `--selectProjects app`.
 */

const folder = join(import.meta.dirname, "../app");
const groups = 6;

/** Loads every sixth of the application's test files, beginning at the nth of the longest. */
export async function applicationTests(nth: number): Promise<void> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".test.ts") && !alone.includes(name.replace(".test.ts", "")));
  const longestFirst = names
    .map((name) => ({ name, size: statSync(join(folder, name)).size }))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  for (const [place, { name }] of longestFirst.entries()) if (place % groups === nth) await import(`../app/${name}`);
}
