import { expect, it } from "@jest/globals";
import { sql } from "kysely";
import { arrivals } from "../support/arrivals.ts";
import type { ServerProcess } from "../support/built-server.ts";
import { killedReplica } from "../support/killed-replica.ts";
import { type Replicas, withReplicas } from "../support/replicas.ts";
import { until } from "../support/until.ts";

/** Holds up everything that reads the rounds, until it is released. */
async function holdUpRounds({ database }: Replicas): Promise<() => Promise<void>> {
  const released = Promise.withResolvers<null>();
  const held = Promise.withResolvers<null>();
  const holding = database.db.transaction().execute(async (tx) => {
    await sql`lock table check_in_rounds in access exclusive mode`.execute(tx);
    held.resolve(null);
    await released.promise;
  });
  await held.promise;
  return async () => {
    released.resolve(null);
    await holding;
  };
}

async function waitingStatements({ database }: Replicas): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(database.db);
  return rows[0]?.n ?? 0;
}

/** Asks whether it is ready, and whether its answer ends the connection. */
async function readiness({ url }: ServerProcess): Promise<{ status: number; connection: string | null }> {
  const answer = await fetch(`${url}/readyz`);
  await answer.text();
  return { status: answer.status, connection: answer.headers.get("connection") };
}

it("answers what is under way when it is told to stop, hands a hanging job back, and ends within ten seconds", async () => {
  await withReplicas({ managers: 6, requestsPerSecond: 50 }, async (replicas) => {
    const { standIns, start, api, openRound, complete, cards } = replicas;
    const first = await start();
    standIns.connector.faults.add({ match: ({ kind }) => kind === "send", respond: "hang", times: 1 });
    const others = arrivals(standIns, 5);
    const round = await openRound(first);
    await others;
    const release = await holdUpRounds(replicas);
    const asked = Array.from({ length: 5 }, () => api(first, "GET", "check-in-rounds"));
    await until(async () => (await waitingStatements(replicas)) >= 5, "the requests to be under way");

    const told = performance.now();
    const stopped = first.stop();
    await until(async () => (await readiness(first)).status === 503, "the server to say that it isn't ready");
    expect(await readiness(first)).toEqual({ status: 503, connection: "close" });
    await release();

    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await stopped).code).toBe(0);
    const seconds = (performance.now() - told) / 1_000;
    console.log(`Stopped ${seconds.toFixed(1)} s after the signal, with a job that hung.`);
    expect(seconds).toBeLessThanOrEqual(10);
    await expect(readiness(first)).rejects.toThrow();

    const second = await start();
    expect(await complete(second, round)).toMatchObject({ intended: 6, delivered: 6 });
    expect(cards()).toEqual([1, 1, 1, 1, 1, 1]);
  });
}, 120_000);

it("shares work and send rate among three replicas, and takes over what one that is killed was doing", async () => {
  // Many more cards than the 225 that three replicas take at once.
  const { duplicates, inFlight, runsOfSchedules, ...measured } = await killedReplica({
    ...{ managers: 280, killAfter: 20, requestsPerSecond: 30, isEachSending: true },
  });
  console.log({ duplicates, inFlight, ...measured });
  expect(duplicates).toBeLessThanOrEqual(inFlight);
  // 150 when shared, and nearly all of them when not; a busy machine makes up for what it has held up for a second or two.
  expect(measured.mostInFiveSeconds).toBeLessThanOrEqual(225);
  expect(measured.takenOver).toBeGreaterThan(0);
  expect(measured.secondsToTakeOver).toBeLessThanOrEqual(30);
  expect(runsOfSchedules.filter((runs) => runs !== 1)).toEqual([]);
}, 180_000);
