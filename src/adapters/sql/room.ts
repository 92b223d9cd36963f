import { type Kysely, type LogEvent, sql } from "kysely";
import type { Database } from "./tables.ts";

/** PostgreSQL's code for a disk that is full (its manual, appendix A). */
const diskFull = "53100";

/** Whether the store can still write. */
export interface Room {
  /** Hears of every statement that failed. */
  readonly note: (event: LogEvent) => void;
  /**
   * False once a statement has failed for want of room, until a small table can be written, and is gone at once. Costs
   * nothing before. Throws when the store can't be asked.
   */
  readonly isLeft: (db: Kysely<Database>) => Promise<boolean>;
}

export function watchRoom(): Room {
  let isShort = false;
  const isFull = (error: unknown) => error instanceof Error && "code" in error && error.code === diskFull;
  return {
    note: (event) => {
      if (event.level === "error" && isFull(event.error)) isShort = true;
    },
    async isLeft(db) {
      if (!isShort) return true;
      try {
        await db.transaction().execute((tx) =>
          sql`create temporary table steady_room on commit drop as
            select repeat(n::text, 500) as filler from generate_series(1, 500) as n`.execute(tx),
        );
      } catch (error) {
        if (isFull(error)) return false;
        throw error;
      }
      isShort = false;
      return true;
    },
  };
}
