import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { z } from "zod";
import type { Engine } from "../../src/adapters/sql/database.ts";
import type { DirectoryPerson } from "../../src/local/entra/index.ts";
import { localTenant, type StandIns, startStandIns } from "../../src/local/stand-ins.ts";
import { lead, manager, roster } from "../app/rosters.ts";
import { freePorts, type ServerProcess, startServer, steady, temporaryFolder } from "./built-server.ts";
import { serverDatabase } from "./database.ts";
import { environmentOf } from "./killed-round.ts";

const leader = lead("Lea");
const rows = [manager("Ana"), manager("Ben"), manager("Cem"), leader];
const people = rows.map(
  (row): DirectoryPerson => ({
    objectId: row.aad_object_id ?? "",
    tenantId: localTenant,
    name: row.name ?? "",
    email: row.email ?? "",
    external: false,
  }),
);
const organiser = "meetings@example.org";

/** A moment at which the server is killed, told by its requests about events since it was last started or killed. */
export interface Kill {
  /** The how-manieth such request. */
  readonly request: number;
  /** "unheard" when Graph never gets to carry it out; "unanswered" when it does, and nobody learns of it. */
  readonly which: "unheard" | "unanswered";
}

export interface Kills {
  readonly booking: readonly Kill[];
  readonly moving?: readonly Kill[];
  readonly cancelling?: readonly Kill[];
}

const Meeting = z.object({
  id: z.string(),
  state: z.string(),
  joinUrl: z.string().nullable(),
  calendar: z.object({ state: z.string(), reason: z.string().nullable() }),
});

/**
 * Books a meeting with the built server, moves it and cancels it, and kills the server at the given requests to Graph;
 * started again, it has to end in step by itself: with one event, and with one mail for each step to each person.
 */
export async function killedMeeting(engine: Engine, kills: Kills): Promise<void> {
  const folder = temporaryFolder();
  const port = await freePorts();
  const store = engine === "server" ? await serverDatabase("empty") : null;
  const standIns = await startStandIns({
    people: () => Promise.resolve(people),
    botEndpoint: () => `http://127.0.0.1:${port}/api/messages`,
    folder: null,
    port: 0,
    mailSender: "steady@example.org",
    organiser,
  });
  const certificate = join(folder, "graph.pem");
  writeFileSync(certificate, standIns.graph.certificate);
  const environment = {
    ...environmentOf(standIns),
    GRAPH_BASE_URL: standIns.graph.url,
    MEETING_ORGANISER: organiser,
    NODE_EXTRA_CA_CERTS: certificate,
    DATA_DIR: join(folder, "data"),
    PORT: String(port),
    ...(store === null ? {} : { DATABASE_URL: store.url }),
  };
  let server: ServerProcess | null = null;
  try {
    const file = join(folder, "roster.csv");
    writeFileSync(file, roster(...rows));
    const imported = await steady(["roster", "import", file, "--network", "Kill test"], environment).finished;
    expect(imported).toMatchObject({ code: 0, stderr: "" });

    const running = (server = await startServer(environment));
    const api = apiOf(running.url, standIns);
    const step = async (ask: () => Promise<unknown>, wanted: readonly Kill[]) => {
      const [first, ...later] = wanted;
      const killed = first === undefined ? null : reached(standIns, first);
      const { id } = Meeting.parse(await ask());
      if (killed !== null) {
        server = await restarted(server, killed, environment);
        for (const kill of later) server = await restarted(server, reached(standIns, kill), environment);
      }
      return inStep(() => api("GET", `meetings/${id}`));
    };

    const on = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const booked = await step(() => api("POST", "meetings", { on: on(120) }), kills.booking);
    expect(booked).toMatchObject({ state: "booked", calendar: { reason: null } });
    expect(booked.joinUrl).toMatch(/^https:\/\//);
    expectOneEvent(standIns, ["invitation"]);
    if (kills.moving !== undefined) {
      const moved = await step(() => api("PATCH", `meetings/${booked.id}`, { on: on(121) }), kills.moving);
      expect(moved.joinUrl).toBe(booked.joinUrl);
      expectOneEvent(standIns, ["invitation", "update"]);
      expect(standIns.graph.calendarOf(organiser)[0]?.startsAt).toContain(on(121));
    }
    if (kills.cancelling !== undefined) {
      await step(() => api("DELETE", `meetings/${booked.id}`), kills.cancelling);
      expect(standIns.graph.calendarOf(organiser)).toEqual([]);
      expectMails(standIns, ["invitation", "update", "cancellation"]);
    }
  } finally {
    await server?.kill();
    await standIns.close();
    await store?.drop();
  }
}

const aboutEvents = /^\/v1\.0\/users\/[^/]+\/events/i;

/** Resolves in the very moment in which the request has come, and before it is answered. */
function reached({ graph }: StandIns, { request, which }: Kill): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    const cutNext = () => {
      if (which === "unheard" && seen === request - 1) graph.failOn({ path: aboutEvents }, { cut: true });
    };
    cutNext();
    const stop = graph.onChange(({ what }) => {
      if (what !== "traffic" || !aboutEvents.test(graph.log().at(-1)?.path ?? "")) return;
      seen += 1;
      cutNext();
      if (seen < request) return;
      stop();
      resolve();
    });
  });
}

async function restarted(
  server: ServerProcess | null,
  killed: Promise<void>,
  environment: Parameters<typeof startServer>[0],
): Promise<ServerProcess> {
  await killed;
  await server?.kill();
  return startServer(environment);
}

function apiOf(url: string, { entra, addresses }: StandIns) {
  return async (method: string, path: string, body?: object): Promise<unknown> => {
    const token = await entra.issueUserToken(leader.aad_object_id ?? "", { audience: addresses.appId });
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.json();
  };
}

async function inStep(read: () => Promise<unknown>): Promise<z.infer<typeof Meeting>> {
  for (;;) {
    const meeting = Meeting.parse(await read());
    if (meeting.calendar.state !== "pending") {
      expect(meeting.calendar).toEqual({ state: "in-step", reason: null });
      return meeting;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function expectOneEvent(standIns: StandIns, mails: readonly string[]): void {
  expect(standIns.graph.calendarOf(organiser)).toHaveLength(1);
  expectMails(standIns, mails);
}

function expectMails({ graph }: StandIns, kinds: readonly string[]): void {
  for (const { email } of people) expect(graph.mailsTo(email).map(({ kind }) => kind)).toEqual(kinds);
}
