import type { PGlite } from "@electric-sql/pglite";
import { Kysely, PostgresDialect, sql } from "kysely";
import type { OpenDatabase } from "../engine.ts";
import { analysing, filledTables } from "../planning.ts";
import { watchRoom } from "../room.ts";
import type { Database } from "../tables.ts";
import { bossOver } from "./jobs.ts";
import { wireTo } from "./wire.ts";

/** The database on a PGlite that the caller has made. Closing the database closes it. */
export function databaseOn(pglite: PGlite): OpenDatabase {
  const room = watchRoom();
  const wire = wireTo(pglite);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: wire.pool }), log: room.note });
  return {
    db,
    engine: "embedded",
    boss: { backend: "pglite", db: bossOver(wire) },
    patiently: (work) => work(),
    hasRoom: () => room.isLeft(db),
    async tidy() {
      const { rows } = await sql.raw<{ name: string }>(filledTables).execute(db);
      await sql.raw(analysing("VACUUM ANALYZE", rows)).execute(db);
    },
    async close() {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
    },
  };
}
