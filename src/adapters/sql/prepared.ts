import { Writable } from "node:stream";
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type pg from "pg";
import { Fault } from "../../kernel/errors.ts";

/** More different statements than this aren't kept parsed: each takes memory of its session. */
const mostKept = 1_000;

/**
 * True for PostgreSQL's refusal of a kept statement whose result has other columns since it was parsed, as when a newer
 * version of Steady has added one meanwhile. The same works when it is tried again.
 */
export function isStalePlan(error: unknown): boolean {
  return error instanceof Error && error.message.includes("cached plan must not change result type");
}

/** Sends statements that come again as prepared ones: parsed once, and planned once where that is as good. */
export function preparing(client: Pick<pg.Client, "query">): PostgresPoolClient["query"] {
  const gather = gathering(client);
  const names = new Map<string, string | null>();
  let kept = 0;
  /** The name under which a statement is kept; null for one that comes for the first time, or isn't kept. */
  const nameOf = (text: string): string | null => {
    const known = names.get(text);
    if (known === undefined && names.size < mostKept) names.set(text, null);
    if (known === null) names.set(text, `kept-${(kept += 1)}`);
    return names.get(text) ?? null;
  };
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== "string") throw new Fault("store-unavailable", "Cursors aren't used here.");
    gather();
    if (text === "begin") return begin(client);
    // Those without parameters may be several in one, which can't be prepared.
    if (values.length === 0) return client.query(text);
    const name = nameOf(text);
    const result = client.query({ text, values: [...values], ...(name === null ? {} : { name }) });
    return result.catch((error: unknown) => {
      // They are parsed anew, under other names, when they come again.
      if (isStalePlan(error)) names.clear();
      throw error;
    });
  }
  return query;
}

/** Doesn't wait for a beginning, which travels with the first statement: where it fails, so does that one. */
function begin(client: Pick<pg.Client, "query">): Promise<unknown> {
  client.query("begin").catch(() => undefined);
  return Promise.resolve({ command: "BEGIN", rowCount: null, rows: [] });
}

/**
 * What one turn of the event loop asks of a connection leaves in one packet, and reaches PGlite in one call. pg does so
 * for the messages of one statement, and keeps its stream to itself.
 */
function gathering(client: object): () => void {
  let isGathering = false;
  return () => {
    const stream = "connection" in client ? streamOf(client.connection) : null;
    if (isGathering || stream === null) return;
    isGathering = true;
    stream.cork();
    process.nextTick(() => {
      isGathering = false;
      stream.uncork();
    });
  };
}

/** The stream of pg's connection: another one than at first once it is encrypted. */
function streamOf(connection: unknown): Writable | null {
  const isConnection = typeof connection === "object" && connection !== null && "stream" in connection;
  return isConnection && connection.stream instanceof Writable ? connection.stream : null;
}

/** A pool whose connections keep statements that come again. */
export function preparingPool(pool: pg.Pool): PostgresPool {
  const lent = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      const known = lent.get(client);
      if (known !== undefined) return known;
      const one = { query: preparing(client), release: (isBroken?: boolean) => client.release(isBroken) };
      lent.set(client, one);
      return one;
    },
    end: () => pool.end(),
  };
}
