import { writeFileSync, mkdirSync } from "node:fs";
import { request, type RequestOptions } from "node:http";
import { join } from "node:path";
import pg from "pg";
import type { DatabaseOptions } from "../../src/adapters/sql/database.ts";
import { roster } from "../app/rosters.ts";
import { freePorts, type Process, steady, temporaryFolder } from "../support/built-server.ts";
import { onServer, urlOf } from "../support/database.ts";
import { startPostgres } from "../support/postgres.ts";
import { leader, managersOf } from "./people.ts";
import { type BenchStandIns, startBenchStandIns } from "./stand-ins.ts";

export interface BenchServer extends Process {
  readonly url: string;
  readonly pid: number;
}

/** How far a round's cards have come. */
export interface Deliveries {
  readonly intended: number;
  readonly delivered: number;
  readonly failed: number;
  readonly skipped: number;
  readonly pending: number;
}

/** The built server in live mode, as processes of their own, with a made-up tenant and a store around it. */
export interface World {
  readonly standIns: BenchStandIns;
  readonly servers: readonly BenchServer[];
  /** PostgreSQL's address; null for the embedded store. */
  readonly database: string | null;
  readonly dataDir: string;
  /** Asks the first server's API as the leader; throws for an answer that isn't good. */
  api(method: string, path: string, body?: object): Promise<any>;
  /** Reads a file from it, and gives its length in bytes. */
  fileOf(path: string): Promise<number>;
  deliveriesOf(round: string): Promise<Deliveries>;
}

export interface WorldOptions {
  readonly people: number;
  /** Processes of the server; 1 when left out. */
  readonly replicas?: number;
  readonly engine: "embedded" | "server";
  /** True when each manager has written to the bot before, so that it knows their chat. */
  readonly areChatsKnown?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** What becomes of the imported network before the first server starts. */
  prepare?(store: DatabaseOptions, standIns: BenchStandIns): Promise<void>;
}

/** Where the servers of a world keep what they know. */
export function storeOf(database: string | null, dataDir: string): DatabaseOptions {
  return database === null ? { kind: "embedded", dataDir: `${dataDir}/store` } : { kind: "server", url: database };
}

let shared: Promise<string> | null = null;
let databases = 0;

/** An empty database on a PostgreSQL of the bench's own, which loses nothing. */
export async function emptyDatabase(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  shared ??= startPostgres("everything");
  const server = await shared;
  databases += 1;
  const name = `bench_${databases}`;
  await onServer(`create database ${name}`, server);
  return { url: urlOf(name, server), drop: () => onServer(`drop database if exists ${name} with (force)`, server) };
}

/** Makes the network by the roster's import, starts everything, and ends it once `use` is over. */
export async function withWorld<Result>(options: WorldOptions, use: (world: World) => Promise<Result>): Promise<Result> {
  const { people, replicas = 1, engine, areChatsKnown = false } = options;
  const folder = temporaryFolder();
  const keys = join(folder, "keys");
  mkdirSync(keys, { mode: 0o700 });
  const port = await freePorts();
  const standIns = await startBenchStandIns({ people, port, folder });
  const store = engine === "server" ? await emptyDatabase() : null;
  const servers: BenchServer[] = [];
  try {
    const dataDir = join(folder, "data");
    const environment: Readonly<Record<string, string>> = {
      ...(await standIns.environment()),
      PULSE_KEYS: keys,
      LOG_LEVEL: "warn",
      DATA_DIR: dataDir,
      STEADY_ADMINS: leader.aad_object_id ?? "",
      ...(store === null ? {} : { DATABASE_URL: store.url }),
      ...options.environment,
    };
    const file = join(folder, "roster.csv");
    writeFileSync(file, roster(...managersOf(people), leader));
    const imported = await steady(["roster", "import", file, "--network", "Bench"], environment).finished;
    if (imported.code !== 0) throw new Error(`The roster wasn't imported: ${imported.stderr}`);
    if (areChatsKnown) {
      if (store === null) throw new Error("Chats are made known in PostgreSQL only.");
      await knowChats(store.url, await standIns.openChats(), environment["TEAMS_SERVICE_URL"] ?? "");
    }
    await options.prepare?.(storeOf(store?.url ?? null, dataDir), standIns);
    for (let n = 0; n < replicas; n += 1) {
      const own = n === 0 ? port : await freePorts();
      const running = steady([], { ...environment, PORT: String(own) });
      servers.push({ ...running, url: `http://127.0.0.1:${own}`, pid: running.child.pid ?? 0 });
      await running.said("live mode");
    }
    const asLead = async () => ({ host: new URL(environment["PUBLIC_URL"] ?? "").host, authorization: `Bearer ${await standIns.leadToken()}` });
    const api: World["api"] = async (method, path, body) => {
      const given = body === undefined ? "" : JSON.stringify(body);
      const headers = {
        ...(await asLead()),
        ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(given) }),
      };
      return JSON.parse(await goodAnswer(method, path, headers, given));
    };
    const goodAnswer = async (method: string, path: string, headers: RequestOptions["headers"], given: string) => {
      const { status, text } = await ask(`${servers[0]?.url ?? ""}/api/v1/${path}`, { method, ...(headers === undefined ? {} : { headers }) }, given);
      if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`);
      return text;
    };
    return await use({
      standIns,
      servers,
      database: store?.url ?? null,
      dataDir,
      api,
      fileOf: async (path) => (await goodAnswer("GET", path, await asLead(), "")).length,
      deliveriesOf: async (round) => ((await api("GET", `check-in-rounds/${round}`)) as { deliveries: Deliveries }).deliveries,
    });
  } finally {
    for (const { child, finished } of servers) {
      child.kill("SIGTERM");
      await finished;
    }
    await standIns.close().catch(() => undefined);
    await store?.drop();
  }
}

/** A request that names the public address as its host, as the ingress hands it on; fetch can't. */
function ask(url: string, options: RequestOptions, body: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (answer) => {
      let text = "";
      // Of a file that isn't text only the length is of interest.
      const isText = /json|text/.test(answer.headers["content-type"] ?? "");
      answer.setEncoding(isText ? "utf8" : "latin1").on("data", (piece: string) => (text += piece));
      answer.once("end", () => resolve({ status: answer.statusCode ?? 0, text })).once("error", reject);
    });
    sent.once("error", reject).end(body);
  });
}

/** Writes down each manager's chat as it is known from an earlier word of theirs. */
async function knowChats(url: string, chats: readonly (readonly [objectId: string, conversation: string])[], serviceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `insert into conversations (network, person, conversation_id, service_url, state, updated_at)
       select i.network, i.person, chat.conversation, $3, 'open', now()
       from unnest($1::text[], $2::text[]) as chat (object_id, conversation) join identities i on i.object_id::text = chat.object_id`,
      [chats.map(([objectId]) => objectId), chats.map(([, conversation]) => conversation), serviceUrl],
    );
    if (rowCount !== chats.length) throw new Error(`${rowCount} of ${chats.length} chats are known.`);
  } finally {
    await client.end();
  }
}
