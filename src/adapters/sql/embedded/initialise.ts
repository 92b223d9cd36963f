import { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import type { OpenDatabase } from "../engine.ts";
import { databaseOn } from "./database.ts";
import { passingParams } from "./parameters.ts";

/**
 * Makes a store in a folder that isn't there yet, and lets `fill` write into it. Nothing of it is sure to be on the disk
 * when this returns.
 */
export async function initialise(folder: string, fill: (database: OpenDatabase) => Promise<void> = () => Promise.resolve()): Promise<void> {
  const database = databaseOn(await PGlite.create({ dataDir: folder, startParams: passingParams }));
  try {
    await fill(database);
  } finally {
    await database.close();
  }
}

/** Takes away what PostgreSQL makes further databases from, which here nobody does: half of a store's files, and of the time that a copy of it takes. */
export async function dropTemplates(db: OpenDatabase["db"]): Promise<void> {
  await sql`update pg_database set datistemplate = false where datname <> current_database()`.execute(db);
  const { rows } = await sql<{ datname: string }>`select datname from pg_database where datname <> current_database()`.execute(db);
  for (const { datname } of rows) await sql`drop database ${sql.id(datname)}`.execute(db);
  await sql`checkpoint`.execute(db);
}
