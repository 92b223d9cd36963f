import type { Kysely } from "kysely";
import type { ConstructorOptions } from "pg-boss";
import type { Database } from "./tables.ts";

export type Engine = "embedded" | "server";

/** How pg-boss reaches the same database. */
export type BossConnection = Pick<
  ConstructorOptions,
  "backend" | "db" | "connectionString" | "options" | "max" | "application_name"
>;

export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly engine: Engine;
  readonly boss: BossConnection;
  /**
   * Runs `work`, which lifts the time limit of its statements: otherwise a server that says nothing for 40 s counts as
   * gone. Not for work beside which others are served, who would wait for a server that is gone.
   */
  patiently<T>(work: () => Promise<T>): Promise<T>;
  /** False once a statement has failed for want of room on the disk, until there is some again. Throws when it can't be asked. */
  hasRoom(): Promise<boolean>;
  /** Refreshes what the planner knows, and frees dead rows where nothing else does; after bulk loads. */
  tidy(): Promise<void>;
  /** Waits for what is under way, then closes. Jobs are stopped first: they use the same database. */
  close(): Promise<void>;
}
