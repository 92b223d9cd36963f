import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { type StandIns, startStandIns } from "../../src/local/stand-ins.ts";
import { roster } from "../app/rosters.ts";
import type { Row } from "../builders/roster.ts";
import { freePorts, type ServerProcess, startServer, steady, temporaryFolder } from "./built-server.ts";
import { serverDatabase } from "./database.ts";
import { environmentOf, inDirectory, organiser } from "./server-to-kill.ts";
import { type SilentWayToStandIn, startSilentWayToStandIn } from "./silent-way.ts";

const wanted = 3;

/** Three processes of the built server on one PostgreSQL, each with its own way to Graph, by which it is known who asks it. */
export interface ReplicasAtGraph {
  readonly standIns: StandIns;
  /** Asks the API of one of them as the roster's leader; gives the body of the answer. */
  api(method: string, path: string, body?: object): Promise<unknown>;
  /** Ends the one that has asked Graph last, without warning. */
  killAtWork(): Promise<void>;
  /** Starts new ones in place of those that are gone, and waits until they are ready. */
  startMissing(): Promise<void>;
}

interface Replica {
  readonly server: ServerProcess;
  readonly way: SilentWayToStandIn;
}

/** Starts the stand-ins and imports the roster; replicas there are none before `startMissing`. Ends all of it afterwards. */
export async function withReplicasAtGraph<Result>(
  { rows, leader }: { readonly rows: readonly Row[]; readonly leader: Row },
  use: (replicas: ReplicasAtGraph) => Promise<Result>,
): Promise<Result> {
  const folder = temporaryFolder();
  const store = await serverDatabase("empty");
  const ways: SilentWayToStandIn[] = [];
  let running: readonly Replica[] = [];
  const url = () => running[0]?.server.url ?? "";
  const standIns = await startStandIns({
    people: () => Promise.resolve([...rows, leader].map(inDirectory)),
    botEndpoint: () => `${url()}/api/messages`,
    folder: null,
    port: 0,
    mailSender: "steady@example.org",
    organiser,
  });
  const environment = { ...environmentOf(standIns, folder), PULSE_KEYS: join(folder, "keys"), DATABASE_URL: store.url };
  let port = 0;
  const start = async (): Promise<Replica> => {
    const way = await startSilentWayToStandIn();
    ways.push(way);
    way.leadTo(standIns.graph.url);
    const free = await freePorts();
    port = free > port ? free : port + 4;
    const server = await startServer({ ...environment, GRAPH_BASE_URL: way.through("https://127.0.0.1"), PORT: String(port) });
    return { server, way };
  };
  try {
    const file = join(folder, "roster.csv");
    writeFileSync(file, roster(...rows, leader));
    const imported = await steady(["roster", "import", file, "--network", "Replicas"], environment).finished;
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    return await use({
      standIns,
      async api(method, path, body) {
        const token = await standIns.entra.issueUserToken(leader.aad_object_id ?? "", { audience: standIns.addresses.appId });
        const answer = await fetch(`${url()}/api/v1/${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return answer.json();
      },
      async killAtWork() {
        const [atWork, ...others] = running.toSorted((a, b) => b.way.lastUsed() - a.way.lastUsed());
        if (atWork === undefined || atWork.way.lastUsed() === 0) throw new Error("Nobody has asked Graph.");
        running = others;
        await atWork.server.kill();
      },
      async startMissing() {
        while (running.length < wanted) running = [...running, await start()];
      },
    });
  } finally {
    for (const { server } of running) await server.kill();
    for (const way of ways) await way.close();
    await standIns.close();
    await store.drop();
  }
}
