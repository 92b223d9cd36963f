import { setTimeout as delay } from "node:timers/promises";
import { expect } from "@jest/globals";
import pg from "pg";
import { onServer, serverDatabase, urlOf } from "./database.ts";
import { type FaultyStore, withFaultyStore, withLiveNetwork } from "./faulty-store.ts";
import { startPostgresWithLogOn } from "./postgres-small-log.ts";
import type { SmallDisk } from "./small-disk.ts";
import type { TcpProxy } from "./tcp-proxy.ts";
import { until } from "./until.ts";

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

export interface Outage {
  /** Connections to the store that were asked for while it was gone, in a second. */
  readonly attemptsPerSecond: number;
  /** From the store's return until it says that it is ready. */
  readonly msUntilReady: number;
  readonly duplicates: number;
  /** Cards that had come until the store was back, and weren't recorded yet. */
  readonly inFlight: number;
  /** To the Connector, from the opening of the round to its end: two for each card to a new chat. */
  readonly requests: number;
}

/** Cards that are recorded as delivered, read past the proxy. */
async function recorded(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query("select from deliveries where state = 'delivered'")).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

/** A database whose role is an ordinary one, which limits apply to; `url` is another role's, whom none do. */
async function onItsOwnDatabase(people: number, use: (scene: FaultyStore, url: string) => Promise<void>): Promise<void> {
  const { url, drop } = await serverDatabase("empty");
  const ordinary = new URL(url);
  const name = ordinary.pathname.slice(1);
  ordinary.username = name;
  await onServer(`create role ${name} login`);
  await onServer(`alter database ${name} owner to ${name}`);
  try {
    await withFaultyStore(ordinary.href, people, (scene) => use(scene, url));
  } finally {
    await drop();
    await onServer(`drop role ${name}`);
  }
}

/** All connections but those that nobody limits are ended, and no new one is given. */
export const noConnections: Badness = async (_, url) => {
  const role = new URL(url).pathname.slice(1);
  await onServer(`alter role ${role} connection limit 0`);
  await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`);
};

/** Undoes `noConnections`. */
export const connectionsAgain: Badness = (_, url) => onServer(`alter role ${new URL(url).pathname.slice(1)} connection limit -1`);

/** How the way to the store gets bad. */
export type Badness = (proxy: TcpProxy, url: string) => void | Promise<void>;

/**
 * The store goes in the middle of a round, with cards out and answers coming, and is back after a while. Fails when it
 * isn't said, when an answer that was acknowledged is lost, when anybody has no card, or more cards came twice than were
 * under way.
 * @param says what it says of its readiness meanwhile
 */
export async function storeGone(options: { readonly people: number; readonly goneMs: number; readonly how: Badness; readonly says: readonly string[]; readonly back?: Badness }): Promise<Outage> {
  const { people, goneMs, how, says, back: comesBack = (proxy) => proxy.restore() } = options;
  const outages: Outage[] = [];
  await onItsOwnDatabase(people, async (scene, url) => {
    const { server, proxy, managers, cards } = scene;
    const before = server.connector.counts().requests;
    const round = await scene.openRound();
    await until(() => sum(cards()) >= 8, "the first cards", 5);
    const [first, second] = managers.filter((_, n) => cards()[n] === 1);
    if (first === undefined || second === undefined) throw new Error("Two should have a card.");
    expect(await scene.answer(first, 23)).toBe(true);
    await how(proxy, url);
    const attemptsBefore = proxy.attempts();
    await until(async () => (await scene.readyz()).status === 503, "it to say that it isn't ready");
    const { ms, ...said } = await scene.readyz();
    expect(said).toEqual({ status: 503, says });
    expect(ms).toBeLessThan(5_000);
    expect((await fetch(`${server.inside}/healthz`)).status).toBe(200);
    const waiting = Promise.all([scene.ask("people"), scene.answer(second, 31)]);
    await delay(goneMs);
    const attempts = proxy.attempts() - attemptsBefore;
    const inFlight = sum(cards()) - (await recorded(url));
    await comesBack(proxy, url);
    const back = performance.now();
    await until(async () => (await scene.readyz()).status === 200, "it to be ready again", 20);
    const msUntilReady = performance.now() - back;
    const [asked, wasAcknowledged] = await waiting;
    expect([503, 200]).toContain(asked.status);
    expect(await scene.complete(round)).toEqual({ intended: people, delivered: people, failed: 0, skipped: 0, pending: 0 });
    expect(await scene.stored(first)).toContain("23");
    if (wasAcknowledged) expect(await scene.stored(second)).toContain("31");
    expect(await scene.answer(second, 32)).toBe(true);
    expect(await scene.stored(second)).toContain("32");
    expect(cards().filter((count) => count === 0)).toEqual([]);
    const requests = server.connector.counts().requests - before;
    outages.push({ attemptsPerSecond: attempts / (goneMs / 1_000), msUntilReady, inFlight, duplicates: sum(cards()) - people, requests });
  });
  const [outage] = outages;
  if (outage === undefined) throw new Error("It wasn't measured.");
  return outage;
}

/** A store that is slow, by so many milliseconds for all that is said to it and by it, keeps nothing from being done. */
export async function storeSlow({ people, delayMs }: { readonly people: number; readonly delayMs: number }): Promise<void> {
  await onItsOwnDatabase(people, async (scene) => {
    const { proxy, managers, cards } = scene;
    proxy.delay(delayMs);
    const round = await scene.openRound();
    expect(await scene.complete(round)).toEqual({ intended: people, delivered: people, failed: 0, skipped: 0, pending: 0 });
    expect(cards()).toEqual(managers.map(() => 1));
    expect((await scene.readyz()).status).toBe(200);
    const [one] = managers;
    if (one !== undefined) expect(await scene.answer(one, 12)).toBe(true);
  });
}

/** Connections that are cut again and again, as by servers that fail over, each time in the middle of the round. */
export async function storeFailsOver({ people, times, everyMs }: { readonly people: number; readonly times: number; readonly everyMs: number }): Promise<number> {
  let duplicates = 0;
  await onItsOwnDatabase(people, async (scene) => {
    const round = await scene.openRound();
    await until(() => sum(scene.cards()) >= 5, "the first cards", 5);
    for (let n = 0; n < times; n += 1) {
      scene.proxy.cut();
      await delay(everyMs);
    }
    expect(await scene.complete(round)).toEqual({ intended: people, delivered: people, failed: 0, skipped: 0, pending: 0 });
    expect(scene.cards().filter((count) => count === 0)).toEqual([]);
    duplicates = sum(scene.cards()) - people;
  });
  return duplicates;
}

/** The disk of a PostgreSQL server's tables gets full; see `outlastsFullDisk`. */
export async function storeFull({ disk, fullMs }: { readonly disk: SmallDisk; readonly fullMs: number }): Promise<number> {
  const name = `steady_full_${process.pid}`;
  await onServer(`create tablespace ${name} location '${disk.folder}'`);
  await onServer(`create database ${name} template template0 tablespace ${name}`);
  try {
    return await outlastsFullDisk({ DATABASE_URL: urlOf(name) }, disk, fullMs);
  } finally {
    disk.empty();
    await onServer(`drop database if exists ${name} with (force)`);
    await onServer(`drop tablespace ${name}`);
    disk.remove();
  }
}

/** The disk of the embedded store gets full, for its tables at first; see `outlastsFullDisk`. */
export async function embeddedFull({ disk, fullMs }: { readonly disk: SmallDisk; readonly fullMs: number }): Promise<number> {
  try {
    return await outlastsFullDisk({ DATA_DIR: disk.folder }, disk, fullMs);
  } finally {
    disk.remove();
  }
}

/** The disk of a PostgreSQL server's log gets full: the server panics, and doesn't start before there is room. */
export async function logFull({ disk, fullMs }: { readonly disk: SmallDisk; readonly fullMs: number }): Promise<number> {
  const { url, stop } = await startPostgresWithLogOn(disk.folder);
  try {
    return await outlastsFullDisk({ DATABASE_URL: url }, disk, fullMs, ["The store can't be reached.", expect.any(String)]);
  } finally {
    disk.empty();
    await stop();
    disk.remove();
  }
}

const full = ["The store's disk is full: nothing can be saved.", ""];

/**
 * A disk gets full, and has room again after a while. Fails unless what can't be saved is refused with a sentence, it is
 * said, what can be read is read, and everything goes on by itself afterwards with all that was acknowledged.
 * @param says what it says of its readiness meanwhile
 * @returns from the room's return until it says that it is ready, in milliseconds
 */
async function outlastsFullDisk(environment: Readonly<Record<string, string>>, disk: SmallDisk, fullMs: number, says: unknown = full): Promise<number> {
  let msUntilReady = 0;
  await withLiveNetwork({ people: 8, environment: () => environment }, async (scene) => {
    const { server, managers } = scene;
    const round = await scene.openRound();
    expect(await scene.complete(round)).toMatchObject({ delivered: 8 });
    const [first, second, third] = managers;
    if (first === undefined || second === undefined || third === undefined) throw new Error("There should be three.");
    expect(await scene.answer(first, 23)).toBe(true);
    disk.fill();
    let saved = 0;
    const ask = (n: number) => server.api(scene.leader, "PATCH", "settings", { meetings: { title: `Meeting ${n} ${"x".repeat(20)}` } });
    await until(async () => {
      const { status, body } = await ask(saved + 1);
      if (status === 200) saved += 1;
      else expect({ status, says: body.detail ?? body.title }).toEqual({ status: 503, says: expect.stringMatching(/^[A-Z].*\.$/) });
      return status !== 200;
    }, "the disk to be full", 0);
    await until(async () => (await scene.readyz()).status === 503, "it to say that it isn't ready");
    expect(await scene.readyz()).toMatchObject({ status: 503, says });
    const isRead = says === full;
    if (isRead) expect((await scene.ask("people")).status).toBe(200);
    expect((await fetch(`${server.inside}/healthz`)).status).toBe(200);
    const wasAcknowledged = await scene.answer(second, 31);
    await delay(fullMs);
    expect((await scene.readyz()).status).toBe(503);
    disk.empty();
    const back = performance.now();
    await until(async () => (await scene.readyz()).status === 200, "it to be ready again", 20);
    msUntilReady = performance.now() - back;
    expect(await scene.stored(first)).toContain("23");
    if (wasAcknowledged) expect(await scene.stored(second)).toContain("31");
    expect((await scene.ask("settings")).status).toBe(200);
    // Of a change whose connection was cut nobody knows whether it was made.
    const kept = JSON.stringify((await server.api(scene.leader, "GET", "settings")).body);
    if (saved > 0) expect([saved, saved + 1].some((n) => kept.includes(`Meeting ${n} `))).toBe(true);
    await until(() => scene.answer(third, 32), "an answer to be taken");
    expect(await scene.stored(third)).toContain("32");
  });
  return msUntilReady;
}
