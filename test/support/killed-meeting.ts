import { expect } from "@jest/globals";
import { z } from "zod";
import type { Engine } from "../../src/adapters/sql/database.ts";
import type { StandIns } from "../../src/local/stand-ins.ts";
import { lead, manager } from "../app/rosters.ts";
import { withReplicasAtGraph } from "./replicas-at-graph.ts";
import { inDirectory, organiser, type ServerToKill, withServerToKill } from "./server-to-kill.ts";
import { soon, until } from "./until.ts";

const leader = lead("Lea");
const rows = [manager("Ana"), manager("Ben"), manager("Cem")];
const people = [...rows, leader].map(inDirectory);

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

/** What is killed: the server, or one of several that share their work. */
interface ToKill extends Pick<ServerToKill, "standIns" | "api" | "kill"> {
  /** After each kill. */
  start?(): Promise<void>;
  /** Before each step. */
  prepare?(): Promise<void>;
}

/**
 * Books a meeting with the built server, moves it and cancels it, and kills the server at the given requests to Graph;
 * started again, it has to end in step by itself: with one event, and with one mail for each step to each person.
 */
export async function killedMeeting(engine: Engine, kills: Kills): Promise<void> {
  await withServerToKill(engine, { rows, leader }, (server) => goThrough(server, kills));
}

/**
 * The same with three replicas, of which the one is killed that is at work with Graph: the others have to go on with it.
 * Those that were killed are replaced once the step is over.
 * @returns how long after each kill another one asked Graph, in seconds
 */
export async function killedMeetingReplicas(kills: Kills): Promise<readonly number[]> {
  return withReplicasAtGraph({ rows, leader }, async (replicas) => {
    const { standIns } = replicas;
    const secondsToTakeOver: number[] = [];
    const kill = async () => {
      await replicas.killAtWork();
      const at = performance.now();
      const stop = standIns.graph.onChange(({ what }) => {
        if (what !== "traffic" || !isAboutEvents(standIns)) return;
        stop();
        secondsToTakeOver.push((performance.now() - at) / 1_000);
      });
    };
    await goThrough({ ...replicas, kill, prepare: replicas.startMissing }, kills);
    return secondsToTakeOver;
  });
}

async function goThrough(server: ToKill, kills: Kills): Promise<void> {
  const { standIns, api } = server;
  const on = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const booked = await stepOf(server, () => api("POST", "meetings", { on: on(120) }), kills.booking);
  expect(booked).toMatchObject({ state: "booked", calendar: { reason: null } });
  expect(booked.joinUrl).toMatch(/^https:\/\//);
  expectOneEvent(standIns, ["invitation"]);
  if (kills.moving !== undefined) {
    const moved = await stepOf(server, () => api("PATCH", `meetings/${booked.id}`, { on: on(121) }), kills.moving);
    expect(moved.joinUrl).toBe(booked.joinUrl);
    expectOneEvent(standIns, ["invitation", "update"]);
    expect(standIns.graph.calendarOf(organiser)[0]?.startsAt).toContain(on(121));
  }
  if (kills.cancelling !== undefined) {
    await stepOf(server, () => api("DELETE", `meetings/${booked.id}`), kills.cancelling);
    expect(standIns.graph.calendarOf(organiser)).toEqual([]);
    expectMails(standIns, ["invitation", "update", "cancellation"]);
  }
}

/** Asks for something, kills the server at these moments of it, and gives the meeting as it is in the end. */
async function stepOf({ standIns, api, kill, start, prepare }: ToKill, ask: () => Promise<unknown>, kills: readonly Kill[]): Promise<z.infer<typeof Meeting>> {
  await prepare?.();
  const [first, ...later] = kills.map((moment) => () => reached(standIns, moment));
  let moment = first?.();
  const { id } = Meeting.parse(await ask());
  while (moment !== undefined) {
    await soon(moment, "the request at which it is killed");
    await kill();
    // Looked out for before it is started again, which may ask at once.
    moment = later.shift()?.();
    await start?.();
  }
  return inStep(() => api("GET", `meetings/${id}`));
}

const aboutEvents = /^\/v1\.0\/users\/[^/]+\/events/i;

const isAboutEvents = ({ graph }: StandIns) => aboutEvents.test(graph.log().at(-1)?.path ?? "");

/** Resolves in the very moment in which the request has come, and before it is answered. */
function reached(standIns: StandIns, { request, which }: Kill): Promise<void> {
  const { graph } = standIns;
  return new Promise((resolve) => {
    let seen = 0;
    const cutNext = () => {
      if (which === "unheard" && seen === request - 1) graph.failOn({ path: aboutEvents }, { cut: true });
    };
    cutNext();
    const stop = graph.onChange(({ what }) => {
      if (what !== "traffic" || !isAboutEvents(standIns)) return;
      seen += 1;
      cutNext();
      if (seen < request) return;
      stop();
      resolve();
    });
  });
}

async function inStep(read: () => Promise<unknown>): Promise<z.infer<typeof Meeting>> {
  const now = async () => Meeting.parse(await read());
  await until(async () => (await now()).calendar.state !== "pending", "the calendar to be in step", 100);
  const meeting = await now();
  expect(meeting.calendar).toEqual({ state: "in-step", reason: null });
  return meeting;
}

function expectOneEvent(standIns: StandIns, mails: readonly string[]): void {
  expect(standIns.graph.calendarOf(organiser)).toHaveLength(1);
  expectMails(standIns, mails);
}

function expectMails({ graph }: StandIns, kinds: readonly string[]): void {
  for (const { email } of people) expect(graph.mailsTo(email).map(({ kind }) => kind)).toEqual(kinds);
}
