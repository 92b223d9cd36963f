import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "../kernel/errors.ts";

function nearest(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Fault("not-found", "There is no package.json above the program's files.");
  return nearest(parent);
}

/** The folder of the program's package.json, whether this runs from src/ or from a build. */
export const programRoot = nearest(import.meta.dirname);
