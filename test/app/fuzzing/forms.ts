import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { mails } from "../access/callers.ts";
import { type Furnished, furnished } from "../access/furnished.ts";
import { testApp, type TestAppOptions } from "../test-app.ts";
import { toTheApi } from "./api.ts";
import { toTheBot } from "./bot.ts";
import { asGraph, toThePages } from "./pages.ts";
import { answersTo, rawRequests } from "./raw.ts";
import { rosterFiles } from "./roster-files.ts";
import { type Attempt, watching } from "./watched.ts";

export interface Fuzzing {
  readonly seed: number;
  /** Attempts at each route, button, line or address. */
  readonly each: number;
}

/** Megabytes that an application may hold more after it was sent all that: about what the log of the test itself takes. */
const mostGrowth = 64;

function heldMegabytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** So many attempts of each kind, mixed: the first of every kind, then the second. */
function inTurn(kinds: readonly fc.Arbitrary<Attempt>[], { seed, each }: Fuzzing): Attempt[] {
  const samples = kinds.map((kind, nth) => fc.sample(kind, { seed: seed + nth, numRuns: each }));
  return Array.from({ length: each }, (_, nth) => samples.flatMap((some) => some[nth] ?? [])).flat();
}

/** What leads look at: all that was stored must be readable. */
const readings = ["me/data", "people", "teams", "overview", "caseload-summary", "meetings", "meetings/polls", "check-in-rounds", "pulse-waves", "settings", "audit-log", "exports/audit-log.csv"];

async function fuzzed(options: Partial<TestAppOptions>, kindsOf: (scene: Furnished) => Promise<fc.Arbitrary<Attempt>[]>, fuzzing: Fuzzing): Promise<string[]> {
  const watch = watching();
  const scene = await furnished({ logger: watch.logger, ...options });
  const { app } = scene;
  const attempts = inTurn(await kindsOf(scene), fuzzing);
  const before = heldMegabytes();
  await watch.send(app, attempts);
  await app.settle();
  const token = await app.tokenOf(mails.networkLead);
  await watch.send(app, readings.map((path) => ({ what: "reading", method: "GET", path: `/api/v1/${path}`, headers: { authorization: `Bearer ${token}` } })));
  const growth = heldMegabytes() - before;
  return [...watch.wrong, ...(growth > mostGrowth ? [`holds ${Math.round(growth)} MB more after ${attempts.length} attempts`] : [])];
}

/*
 * Each of these sends hostile requests to an application that has one of everything, and gives what went wrong, which
 * is to be nothing; the same seed sends the same.
 */

/** To every route of the API. */
export function fuzzedApi(fuzzing: Fuzzing): Promise<string[]> {
  return fuzzed({}, ({ app, ids }) => toTheApi(app, ids), fuzzing);
}

/** Rosters as files: tried first, then imported, so that whoever asks is there until the last. */
export async function fuzzedRosters(fuzzing: Fuzzing): Promise<string[]> {
  return fuzzed({}, async ({ app }) => rosterFiles(await app.tokenOf(mails.networkLead)), fuzzing);
}

/** Bytes to the port, so many in all; the server must answer others meanwhile. */
export async function fuzzedBytes({ seed, each }: Fuzzing): Promise<string[]> {
  const watch = watching();
  const { url } = await testApp({ now: "2026-11-24T09:30", logger: watch.logger });
  const wrong: string[] = [];
  for (const bytes of fc.sample(rawRequests, { seed, numRuns: each })) {
    const answers = await answersTo(Number(new URL(url).port), bytes);
    const isGood = answers !== "no end" && answers.every((status) => status < 500 || status === 501);
    if (!isGood) wrong.push(`${String(answers)} to ${Buffer.from(bytes).toString("latin1").slice(0, 400)}`);
    const { status } = await fetch(`${url}/healthz`);
    if (status !== 200) wrong.push(`${status} of /healthz after ${Buffer.from(bytes).toString("base64").slice(0, 400)}`);
  }
  return [...wrong, ...watch.faults()];
}

/** Activities with the Connector's own token: every button, every line, envelopes and bytes. */
export function fuzzedBot(fuzzing: Fuzzing): Promise<string[]> {
  return fuzzed({}, toTheBot, fuzzing);
}

/** What pages that were opened by a link ask for, and what anybody may post as Graph's notifications. */
export function fuzzedPages(fuzzing: Fuzzing): Promise<string[]> {
  const kindsOf = async (scene: Furnished) => {
    const { subscription_id: id, client_state: clientState } = await scene.app.database.db.selectFrom("calendar_watches").selectAll().executeTakeFirstOrThrow();
    return [...(await toThePages(scene)), ...asGraph({ id: id ?? "", clientState: clientState ?? "" })];
  };
  return fuzzed({ mail: true, installed: () => false }, kindsOf, fuzzing);
}
