import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { z } from "zod";
import { type DatabaseOptions, type Engine, openDatabase } from "../../src/adapters/sql/database.ts";
import type { DirectoryPerson } from "../../src/local/entra/index.ts";
import { localTenant, type StandIns, startStandIns } from "../../src/local/stand-ins.ts";
import { lead, manager, roster } from "../app/rosters.ts";
import { freePorts, type ServerProcess, startServer, steady, temporaryFolder } from "./built-server.ts";
import { serverDatabase } from "./database.ts";
import { silent } from "./logger.ts";

const managers = Array.from({ length: 70 }, (_, n) => manager(`Manager ${n}`, { email: `manager${n}@example.org` }));
const leader = lead("Lea");

const people = [...managers, leader].map(
  (row): DirectoryPerson => ({
    objectId: row.aad_object_id ?? "",
    tenantId: localTenant,
    name: row.name ?? "",
    email: row.email ?? "",
    external: false,
  }),
);
const managerPeople = people.slice(0, managers.length);

export interface KilledRound {
  /** Cards that somebody got beyond the one meant for them. */
  readonly duplicates: number;
  /** Cards that had arrived when the server was killed, and that it hadn't recorded yet. */
  readonly inFlight: number;
}

/** What a server of its own process needs to know to use these stand-ins. */
export function environmentOf({ addresses }: StandIns): Record<string, string> {
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
  };
}

async function delivered(options: DatabaseOptions): Promise<number> {
  const database = await openDatabase(options, silent);
  try {
    const rows = await database.db.selectFrom("deliveries").select("id").where("state", "=", "delivered").execute();
    return rows.length;
  } finally {
    await database.close();
  }
}

interface Counts {
  readonly intended: number;
  readonly delivered: number;
  readonly failed: number;
  readonly skipped: number;
  readonly pending: number;
}

function expectToAddUp({ intended, delivered, failed, skipped, pending }: Counts): void {
  expect({ intended, sum: delivered + failed + skipped + pending }).toEqual({ intended, sum: intended });
}

/**
 * Opens a round for 70 managers on the built server, kills it (SIGKILL) each time that another so many cards have
 * arrived, starts it again, and waits until the round is complete. Fails when the round's counts don't add up at any
 * look, or when somebody gets no card. The stand-ins live in this process and so outlive the server.
 * @param killAfter cards from one start to the kill that follows; fewer than 70 in all
 */
export async function killedRound(engine: Engine, killAfter: readonly number[]): Promise<KilledRound> {
  const folder = temporaryFolder();
  const port = await freePorts();
  const store = engine === "server" ? await serverDatabase("empty") : null;
  const standIns = await startStandIns({
    people: () => Promise.resolve(people),
    botEndpoint: () => `http://127.0.0.1:${port}/api/messages`,
    folder: null,
    port: 0,
    mailSender: "steady@example.org",
    organiser: "meetings@example.org",
  });
  const environment = {
    ...environmentOf(standIns),
    DATA_DIR: folder,
    PORT: String(port),
    ...(store === null ? {} : { DATABASE_URL: store.url }),
  };
  const databaseOptions: DatabaseOptions =
    store === null ? { kind: "embedded", dataDir: join(folder, "store") } : { kind: "server", url: store.url };
  let server: ServerProcess | null = null;
  try {
    const file = join(folder, "roster.csv");
    writeFileSync(file, roster(...managers, leader));
    const imported = await steady(["roster", "import", file, "--network", "Kill test"], environment).finished;
    expect(imported).toMatchObject({ code: 0, stderr: "" });

    server = await startServer(environment);
    const { api, counts } = apiOf(server.url, standIns);
    const { id } = RoundId.parse(await api("POST", "check-in-rounds"));
    let inFlight = 0;
    for (const cards of killAfter) {
      await arrivals(standIns, cards);
      await server.kill();
      inFlight += total(standIns) - (await delivered(databaseOptions));
      server = await startServer(environment);
      expectToAddUp(await counts(id));
    }
    for (let now = await counts(id); now.pending > 0; now = await counts(id)) {
      expectToAddUp(now);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await counts(id)).toEqual({ intended: 70, delivered: 70, failed: 0, skipped: 0, pending: 0 });
    const without = managerPeople.filter((person) => cardsOf(standIns, person) === 0).map((person) => person.name);
    expect(without).toEqual([]);
    return { inFlight, duplicates: total(standIns) - managerPeople.length };
  } finally {
    await server?.kill();
    await standIns.close();
    await store?.drop();
  }
}

const RoundId = z.object({ id: z.string() });
const Round = z.object({
  deliveries: z.object({
    intended: z.number(),
    delivered: z.number(),
    failed: z.number(),
    skipped: z.number(),
    pending: z.number(),
  }),
});

function apiOf(url: string, { entra, addresses }: StandIns) {
  const api = async (method: "GET" | "POST", path: string): Promise<unknown> => {
    const token = await entra.issueUserToken(leader.aad_object_id ?? "", { audience: addresses.appId });
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(`${url}/api/v1/${path}`, { method, headers, ...(method === "POST" ? { body: "{}" } : {}) });
    return answer.json();
  };
  return { api, counts: async (id: string) => Round.parse(await api("GET", `check-in-rounds/${id}`)).deliveries };
}

function cardsOf({ connector }: StandIns, person: DirectoryPerson): number {
  return connector.client(person.objectId).messages().filter((message) => message.card !== null).length;
}

function total(standIns: StandIns): number {
  return managerPeople.reduce((sum, person) => sum + cardsOf(standIns, person), 0);
}

/** Resolves in the very moment in which so many more cards have arrived. */
function arrivals({ connector }: StandIns, cards: number): Promise<void> {
  return new Promise((resolve) => {
    let left = cards;
    const stop = connector.onChange(({ what }) => {
      if (what !== "message") return;
      left -= 1;
      if (left > 0) return;
      stop();
      resolve();
    });
  });
}
