import { EventEmitter } from "node:events";
import { Duplex } from "node:stream";
import type { PGlite } from "@electric-sql/pglite";
import type { PostgresPool } from "kysely";
import pg from "pg";
import { Fault } from "../../../kernel/errors.ts";
import { preparing } from "../prepared.ts";
import { wireTypes } from "../wire-types.ts";

export interface Wire {
  /** The only session, for one user at a time. */
  readonly pool: PostgresPool;
  /** Hears what is notified on a channel, once the session listens to it. Gives how to stop. */
  hear(channel: string, heard: (payload: string) => void): () => void;
}

/**
 * pg, talking to PGlite in PostgreSQL's own protocol. A statement goes in with one call where PGlite's `query` takes
 * five, and one that comes again isn't parsed and planned again: a third of the time, and values as the other engine
 * gives them.
 */
export function wireTo(pglite: PGlite): Wire {
  const client = new pg.Client({ stream: () => socketTo(pglite), types: wireTypes(), pipeline: true, user: "postgres", database: "postgres" });
  // Without a listener, a PGlite that was closed would end the process; whoever asks it learns of it by the statement.
  client.on("error", () => undefined);
  const notices = new EventEmitter();
  client.on("notification", ({ channel, payload = "" }) => notices.emit(channel, payload));
  let connected: Promise<unknown> | undefined;
  const query = preparing(client);
  const pool: PostgresPool = {
    options: {},
    async connect() {
      // Nobody else speaks to the only session until it is given back, as within a transaction.
      await pglite.waitReady;
      const free = await exclusive(pglite);
      try {
        await (connected ??= client.connect());
      } catch (error) {
        free();
        throw error;
      }
      return { query, processID: 1, release: free };
    },
    // PGlite's own `close` ends the session.
    end: () => Promise.resolve(),
  };
  const hear: Wire["hear"] = (channel, heard) => {
    notices.on(channel, heard);
    return () => void notices.off(channel, heard);
  };
  return { pool, hear };
}

/** Waits until nobody uses the session; what is resolved ends the use of it. */
function exclusive(pglite: PGlite): Promise<() => void> {
  return new Promise((resolve, reject) => {
    pglite.runExclusive(() => new Promise<void>((free) => resolve(free))).catch(reject);
  });
}

/** What pg takes for a socket: its bytes go into PGlite, and PGlite's answers come back. */
function socketTo(pglite: PGlite): Duplex {
  const send = (bytes: Buffer, done: (error?: Error | null) => void) => {
    // pg must have written down what it waits for before the answer comes.
    process.nextTick(() => {
      const parts: Buffer[] = [];
      // As a stream, because otherwise PGlite reads every row of an answer too, and keeps what it read.
      const asked = pglite.execProtocolRawStream(bytes, { syncToFs: false, onRawData: (part) => void parts.push(Buffer.from(part)) });
      asked.then(
        () => {
          socket.push(Buffer.concat(parts));
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error("PGlite ended.", { cause: error })),
      );
    });
  };
  const socket = new Duplex({
    // Answers are pushed as they come.
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => send(chunk, done),
    writev: (chunks, done) => send(Buffer.concat(chunks.map(({ chunk }) => bytesOf(chunk))), done),
  });
  return Object.assign(socket, {
    connect: () => process.nextTick(() => socket.emit("connect")),
    setNoDelay: () => socket,
    ref: () => socket,
    unref: () => socket,
  });
}

function bytesOf(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  throw new Fault("store-unavailable", "pg sends something else than bytes.");
}
