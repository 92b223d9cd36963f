import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import type { DatabaseOptions, Engine } from "../../src/adapters/sql/database.ts";
import type { DirectoryPerson } from "../../src/local/entra/index.ts";
import { localTenant, type StandIns, startStandIns } from "../../src/local/stand-ins.ts";
import { roster } from "../app/rosters.ts";
import type { Row } from "../builders/roster.ts";
import { freePorts, type ServerProcess, startServer, steady, temporaryFolder } from "./built-server.ts";
import { serverDatabase } from "./database.ts";

/** The mailbox that owns the meetings. */
export const organiser = "meetings@example.org";

/** The built server beside stand-ins that live in this process, and so outlive it. */
export interface ServerToKill {
  readonly url: string;
  readonly standIns: StandIns;
  /** Where its data is, for looking at it while nobody holds it. */
  readonly database: DatabaseOptions;
  /** The folder of its keys to pulse answers. */
  readonly keys: string;
  /** Ends it without warning (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again, and waits until it is ready. */
  start(): Promise<void>;
  /** Asks its API as the roster's leader; gives the body of the answer. */
  api(method: string, path: string, body?: object): Promise<unknown>;
}

/** A roster's row as the directory knows the person. */
export function inDirectory(row: Row): DirectoryPerson {
  return {
    objectId: row.aad_object_id ?? "",
    tenantId: localTenant,
    name: row.name ?? "",
    email: row.email ?? "",
    external: false,
  };
}

interface Everybody {
  readonly rows: readonly Row[];
  readonly leader: Row;
  /** Those whom Teams knows and the roster doesn't have yet. */
  readonly newcomers?: readonly Row[];
}

/** Starts the built server with this roster, and ends it and all that it used once `use` is over. */
export async function withServerToKill<Result>(
  engine: Engine,
  { rows, leader, newcomers = [] }: Everybody,
  use: (server: ServerToKill) => Promise<Result>,
): Promise<Result> {
  const folder = temporaryFolder();
  const port = await freePorts();
  const store = engine === "server" ? await serverDatabase("empty") : null;
  const all = [...rows, leader];
  const standIns = await startStandIns({
    people: () => Promise.resolve([...all, ...newcomers].map(inDirectory)),
    botEndpoint: () => `http://127.0.0.1:${port}/api/messages`,
    folder: null,
    port: 0,
    mailSender: "steady@example.org",
    organiser,
  });
  const dataDir = join(folder, "data");
  const keys = join(folder, "keys");
  const environment = {
    ...environmentOf(standIns, folder),
    DATA_DIR: dataDir,
    PULSE_KEYS: keys,
    PORT: String(port),
    ...(store === null ? {} : { DATABASE_URL: store.url }),
  };
  let running: ServerProcess | null = null;
  try {
    const file = join(folder, "roster.csv");
    writeFileSync(file, roster(...all));
    const imported = await steady(["roster", "import", file, "--network", "Kill test"], environment).finished;
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    const { url } = (running = await startServer(environment));
    return await use({
      url,
      standIns,
      database: store === null ? { kind: "embedded", dataDir: join(dataDir, "store") } : { kind: "server", url: store.url },
      keys,
      kill: async () => running?.kill(),
      async start() {
        running = await startServer(environment);
      },
      async api(method, path, body) {
        const token = await standIns.entra.issueUserToken(leader.aad_object_id ?? "", { audience: standIns.addresses.appId });
        const answer = await fetch(`${url}/api/v1/${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return answer.json();
      },
    });
  } finally {
    await running?.kill();
    await standIns.close();
    await store?.drop();
  }
}

/** What a server of its own process needs to know to use these stand-ins. */
export function environmentOf({ addresses, graph }: StandIns, folder: string): Record<string, string> {
  const certificate = join(folder, "graph.pem");
  writeFileSync(certificate, graph.certificate);
  return {
    TEAMS_SERVICE_URL: addresses.serviceUrl,
    BOT_OPENID_METADATA_URL: addresses.openIdMetadataUrl,
    BOT_TOKEN_ISSUER: addresses.tokenIssuer,
    BOT_LOGIN_URL: addresses.loginUrl,
    ENTRA_AUTHORITY: addresses.entraAuthority,
    STAND_IN_APP_ID: addresses.appId,
    STAND_IN_APP_SECRET: addresses.appSecret,
    STAND_IN_TENANT_ID: addresses.tenantId,
    TEAMS_REQUESTS_PER_SECOND: "50",
    GRAPH_BASE_URL: graph.url,
    MEETING_ORGANISER: organiser,
    NODE_EXTRA_CA_CERTS: certificate,
  };
}
