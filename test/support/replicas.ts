import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { z } from "zod";
import { openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { type StandIns, startStandIns } from "../../src/local/stand-ins.ts";
import { lead, manager, roster } from "../app/rosters.ts";
import { freePorts, type ServerProcess, startServer, steady, temporaryFolder } from "./built-server.ts";
import { serverDatabase } from "./database.ts";
import { silent } from "./logger.ts";
import { environmentOf, inDirectory, organiser } from "./server-to-kill.ts";
import { until } from "./until.ts";

const leader = lead("Lea");

const Counts = z.object({
  intended: z.number(),
  delivered: z.number(),
  failed: z.number(),
  skipped: z.number(),
  pending: z.number(),
});
const Round = z.object({ deliveries: Counts });
const RoundId = z.object({ id: z.string() });

/** Several processes of the built server on one PostgreSQL, beside stand-ins that live in this process. */
export interface Replicas {
  readonly standIns: StandIns;
  /** The store that they share. */
  readonly database: OpenDatabase;
  /** Starts one more and waits until it is ready. */
  start(): Promise<ServerProcess>;
  /** Asks one of them as the roster's leader. */
  api(replica: ServerProcess, method: string, path: string, body?: object): Promise<Response>;
  /** Opens a round by one of them, and gives its id. */
  openRound(replica: ServerProcess): Promise<string>;
  counts(replica: ServerProcess, round: string): Promise<z.infer<typeof Counts>>;
  /** Waits until nothing of a round is pending, and fails when its counts don't add up on the way. */
  complete(replica: ServerProcess, round: string): Promise<z.infer<typeof Counts>>;
  /** The cards that each manager has got, in the roster's order. */
  cards(): number[];
}

/**
 * Makes a network of so many managers on an empty database; ends every replica and all that they used afterwards.
 * @param requestsPerSecond what the replicas may send in all; the stand-in of the Connector takes 50
 */
export async function withReplicas<Result>(
  { managers, requestsPerSecond }: { readonly managers: number; readonly requestsPerSecond: number },
  use: (replicas: Replicas) => Promise<Result>,
): Promise<Result> {
  const rows = Array.from({ length: managers }, (_, n) => manager(`Manager ${n}`, { email: `manager${n}@example.org` }));
  const everybody = [...rows, leader].map(inDirectory);
  const folder = temporaryFolder();
  const store = await serverDatabase("empty");
  const started: ServerProcess[] = [];
  const standIns = await startStandIns({
    people: () => Promise.resolve(everybody),
    botEndpoint: () => `${started.at(-1)?.url ?? ""}/api/messages`,
    folder: null,
    port: 0,
    mailSender: "steady@example.org",
    organiser,
  });
  const environment = {
    ...environmentOf(standIns, folder),
    PULSE_KEYS: join(folder, "keys"),
    DATABASE_URL: store.url,
    TEAMS_REQUESTS_PER_SECOND: String(requestsPerSecond),
  };
  const database = await openDatabase({ kind: "server", url: store.url, poolSize: 4 }, silent);
  const api: Replicas["api"] = async ({ url }, method, path, body) => {
    const token = await standIns.entra.issueUserToken(leader.aad_object_id ?? "", { audience: standIns.addresses.appId });
    return fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  const counts: Replicas["counts"] = async (replica, round) => {
    const answer = await api(replica, "GET", `check-in-rounds/${round}`);
    const { deliveries } = Round.parse(await answer.json());
    const { intended, delivered, failed, skipped, pending } = deliveries;
    expect({ intended, sum: delivered + failed + skipped + pending }).toEqual({ intended, sum: intended });
    return deliveries;
  };
  try {
    const file = join(folder, "roster.csv");
    writeFileSync(file, roster(...rows, leader));
    const imported = await steady(["roster", "import", file, "--network", "Replicas"], environment).finished;
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    let ports: Promise<number> = Promise.resolve(0);
    return await use({
      standIns,
      database,
      async start() {
        // One after the other: whoever looks for a free port at the same moment finds the same one.
        ports = ports.then(async (before) => {
          const free = await freePorts();
          return free > before ? free : before + 4;
        });
        const replica = await startServer({ ...environment, PORT: String(await ports) });
        started.push(replica);
        return replica;
      },
      api,
      async openRound(replica) {
        return RoundId.parse(await (await api(replica, "POST", "check-in-rounds", {})).json()).id;
      },
      counts,
      async complete(replica, round) {
        await until(async () => (await counts(replica, round)).pending === 0, "the end of the round", 100);
        return counts(replica, round);
      },
      cards: () =>
        everybody
          .slice(0, managers)
          .map(({ objectId }) => standIns.connector.client(objectId).messages().filter((message) => message.card !== null).length),
    });
  } finally {
    for (const replica of started) await replica.kill();
    await database.close();
    await standIns.close();
    await store.drop();
  }
}
