import { setTimeout as delay } from "node:timers/promises";
import { expect } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { sendCard } from "../../src/features/deliveries/jobs.ts";
import { arrivals } from "./arrivals.ts";
import type { ServerProcess } from "./built-server.ts";
import { type Replicas, withReplicas } from "./replicas.ts";
import { soon, until } from "./until.ts";

export interface KilledReplica {
  /** Cards that somebody got beyond the one meant for them. */
  readonly duplicates: number;
  /** Cards that had arrived when the replica was killed, and weren't recorded yet. */
  readonly inFlight: number;
  /** What the replicas asked of the Connector, and how often they were told that it was too much. */
  readonly requests: number;
  readonly throttled: number;
  /** The most of the last 500 requests in any second, and in any five, by when the Connector's stand-in took them up. */
  readonly mostInASecond: number;
  readonly mostInFiveSeconds: number;
  /** Jobs that ran again because the replica that had them was gone. */
  readonly takenOver: number;
  /** From the kill until the last job that had been running then has run. */
  readonly secondsToTakeOver: number;
  /** How often each schedule ran in each of its minutes. */
  readonly runsOfSchedules: readonly number[];
}

async function running({ db }: OpenDatabase): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from pgboss.job where state = 'active'`.execute(db);
  return rows.map(({ id }) => id);
}

/** True while more cards are being sent than two replicas take at once, so that each of three has some. */
async function isEachSending({ db }: OpenDatabase): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pgboss.job where state = 'active' and name = ${sendCard.name}`.execute(db);
  return (rows[0]?.n ?? 0) > 2 * (sendCard.batchSize ?? 1) * (sendCard.concurrency ?? 1);
}

async function isOver({ db }: OpenDatabase, jobs: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pgboss.job where id = any(${jobs}::uuid[]) and state not in ('completed', 'failed') limit 1`.execute(db);
  return rows.length === 0;
}

async function runAgain({ db }: OpenDatabase, jobs: readonly string[]): Promise<number> {
  const { rows } = await sql`select 1 from pgboss.job where id = any(${jobs}::uuid[]) and retry_count > 0`.execute(db);
  return rows.length;
}

/** Runs of a schedule by the minute that they were for: a job for each, whichever replica filed it. */
async function schedulesByMinute({ db }: OpenDatabase): Promise<number[]> {
  const { rows } = await sql<{ runs: number }>`
    select count(*)::int as runs from pgboss.job
    where name like 'schedule.%' group by name, date_trunc('minute', created_on)`.execute(db);
  return rows.map(({ runs }) => runs);
}

/** The most of these moments (ascending) that lie in any stretch of so many milliseconds. */
function mostWithin(moments: readonly number[], milliseconds: number): number {
  return Math.max(0, ...moments.map((start, n) => moments.slice(n).filter((moment) => moment < start + milliseconds).length));
}

/**
 * Starts three replicas at the same moment, opens a round, kills one of them (SIGKILL) when so many cards have arrived,
 * and waits until the round is complete and so many `minutes` have passed. Fails when the round's
 * counts don't add up at any look, or when somebody gets no card.
 * @param options.isEachSending kills only once all three are sending; there must be cards enough for that
 */
export async function killedReplica(options: {
  readonly managers: number;
  readonly killAfter: number;
  readonly requestsPerSecond: number;
  readonly minutes?: number;
  readonly isEachSending?: boolean;
}): Promise<KilledReplica> {
  const { managers, killAfter, minutes = 0 } = options;
  return withReplicas(options, async ({ standIns, database, start, openRound, complete, cards }) => {
    const [first, second, third] = await Promise.all([start(), start(), start()]);
    const startedAt = performance.now();
    const before = standIns.connector.counts();
    const arrived = arrivals(standIns, killAfter);
    const round = await openRound(first);
    await arrived;
    if (options.isEachSending === true) await until(() => isEachSending(database), "all three to be sending", 10);
    const interrupted = await running(database);
    await second.kill();
    const killedAt = performance.now();
    const delivered = await database.db.selectFrom("deliveries").select("id").where("state", "=", "delivered").execute();
    const inFlight = cards().reduce((sum, count) => sum + count, 0) - delivered.length;
    expect(interrupted.length).toBeGreaterThan(0);
    await until(() => isOver(database, interrupted), "the killed replica's jobs to be taken over");
    const secondsToTakeOver = (performance.now() - killedAt) / 1_000;
    const takenOver = await runAgain(database, interrupted);

    expect(await complete(third, round)).toEqual({ intended: managers, delivered: managers, failed: 0, skipped: 0, pending: 0 });
    const counts = cards();
    expect(counts.filter((count) => count === 0)).toEqual([]);
    const { requests, throttled } = standIns.connector.counts();
    const moments = standIns.connector.log().flatMap(({ direction, at }) => (direction === "from-bot" ? [at] : [])).sort((a, b) => a - b);
    await delay(Math.max(0, minutes * 60_000 - (performance.now() - startedAt)));
    return {
      duplicates: counts.reduce((sum, count) => sum + count, 0) - managers,
      inFlight,
      requests: requests - before.requests,
      throttled: throttled - before.throttled,
      mostInASecond: mostWithin(moments, 1_000),
      mostInFiveSeconds: mostWithin(moments, 5_000),
      takenOver,
      secondsToTakeOver,
      runsOfSchedules: await schedulesByMinute(database),
    };
  });
}

/** Opens a survey by one of the replicas; nothing else is to be sent. */
async function openWave({ api }: Replicas, replica: ServerProcess): Promise<string> {
  expect((await api(replica, "PATCH", "settings", { "check-ins": { opensByItself: false } })).status).toBe(200);
  const answer = await api(replica, "POST", "pulse-waves", {});
  expect(answer.status).toBe(201);
  return Id.parse(await answer.json()).id;
}

const Id = z.object({ id: z.string() });

/** How many of an occasion's cards are in each state, once none is pending: a survey's own figures are rounded. */
async function settled({ database: { db } }: Replicas, occasion: string): Promise<Record<string, number>> {
  const states = async () => (await db.selectFrom("deliveries").select("state").where("occasion", "=", occasion).execute()).map(({ state }) => state);
  await until(async () => !(await states()).includes("pending"), "the end of the survey's cards", 100);
  const found = await states();
  return Object.fromEntries([...new Set(found)].map((state) => [state, found.filter((other) => other === state).length]));
}

/**
 * Starts three replicas, opens a round or a survey, and kills one after the other (SIGKILL) each time that another so many
 * cards have arrived; another one is started in its place each time. Fails when a round's counts don't add up at any look,
 * or when somebody gets no card.
 */
export async function killedReplicas(
  killAfter: readonly number[],
  what: "round" | "survey" = "round",
): Promise<{ readonly kills: number; readonly duplicates: number; readonly inFlight: number }> {
  const managers = killAfter.reduce((sum, count) => sum + count, 30);
  return withReplicas({ managers, requestsPerSecond: 30 }, async (replicas) => {
    const { standIns, database, start, openRound, complete, cards } = replicas;
    const running: ServerProcess[] = await Promise.all([start(), start(), start()]);
    const [first] = running;
    if (first === undefined) throw new Error("There should be three.");
    const arrived = () => cards().reduce((sum, count) => sum + count, 0);
    let wanted = 0;
    const id = what === "round" ? await openRound(first) : await openWave(replicas, first);
    let inFlight = 0;
    for (const count of killAfter) {
      wanted += count;
      // More may have come while the one before was started.
      if (arrived() < wanted) await soon(arrivals(standIns, wanted - arrived()), "cards");
      await running.shift()?.kill();
      const delivered = await database.db
        .selectFrom("deliveries")
        .innerJoin("people", "people.id", "deliveries.recipient")
        .select("deliveries.id")
        .where("state", "=", "delivered")
        .where("people.email", "like", "manager%")
        .execute();
      inFlight += arrived() - delivered.length;
      running.push(await start());
    }
    const [left] = running;
    if (left === undefined) throw new Error("There should be three.");
    // The lead is asked too.
    if (what === "survey") expect(await settled(replicas, id)).toEqual({ delivered: managers + 1 });
    else expect(await complete(left, id)).toEqual({ intended: managers, delivered: managers, failed: 0, skipped: 0, pending: 0 });
    const counts = cards();
    expect(counts.filter((count) => count === 0)).toEqual([]);
    const duplicates = arrived() - managers;
    return { kills: killAfter.length, duplicates, inFlight };
  });
}
