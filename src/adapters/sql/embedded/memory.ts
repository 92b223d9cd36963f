import { PGlite } from "@electric-sql/pglite";
import type { OpenDatabase } from "../engine.ts";
import { databaseOn } from "./database.ts";
import { passingParams } from "./parameters.ts";

/** A PGlite in memory, for tests; `template` is what `dumpDataDir` of another one gave. */
export function createInMemory(template?: Blob): Promise<PGlite> {
  return PGlite.create({ startParams: passingParams, ...(template === undefined ? {} : { loadDataDir: template }) });
}

export async function openMemory(template?: Blob): Promise<OpenDatabase> {
  return databaseOn(await createInMemory(template));
}
