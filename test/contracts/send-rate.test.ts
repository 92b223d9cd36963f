import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { sendRate } from "../../src/adapters/sql/send-rate.ts";
import { type Instant, Temporal } from "../../src/kernel/time.ts";
import { ManualClock } from "../fakes/manual-clock.ts";
import { engines, testDatabase } from "../support/database.ts";

const start = Temporal.Instant.from("2026-11-24T09:30Z");
const after = (moment: Instant) => moment.since(start).total("milliseconds");

/** The most moments that any window of this length (in milliseconds) holds. */
function most(moments: readonly number[], length: number): number {
  return Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + length).length));
}

describe.each(engines)("the send rate on the %s engine", (engine) => {
  let database: OpenDatabase;
  let clock: ManualClock;
  beforeEach(async () => {
    database = await testDatabase(engine);
    clock = new ManualClock(start);
  });
  afterEach(() => database.close());

  const replica = () => sendRate(database.db, clock, { requestsPerSecond: 50 });

  it("keeps fifty a second when two replicas reserve at once", async () => {
    const [a, b] = [replica(), replica()];
    const wanted = Array.from({ length: 20 }, (_, i) =>
      (i % 2 === 0 ? a : b).reserve(Array.from({ length: 10 }, (_, n) => `chat ${i}.${n}`)),
    );
    const moments = (await Promise.all(wanted)).flat().map(after);
    expect(moments).toHaveLength(200);
    expect(most(moments, 1_000)).toBeLessThanOrEqual(50);
    expect(Math.max(...moments)).toBeLessThan(200 * 21);
  });

  it("keeps a chat's own limits when two replicas write to it for the first time at once", async () => {
    const replicas = [replica(), replica(), replica(), replica()];
    // The app's row is there already, so that nothing but its lock keeps them apart.
    await replica().reserve([null]);
    for (const chat of ["one", "two", "three"]) {
      const all = await Promise.all(replicas.map((one) => one.reserve(new Array<string>(5).fill(chat))));
      const moments = all.flat().map(after);
      expect(most(moments, 1_000)).toBeLessThanOrEqual(7);
      expect(most(moments, 2_000)).toBeLessThanOrEqual(8);
    }
  });

  it("lets other chats through while one has to wait", async () => {
    const rate = replica();
    const slow = (await rate.reserve(new Array<string>(9).fill("chat"))).map(after);
    expect(slow.at(-1)).toBeGreaterThan(2_000);
    const [other] = await rate.reserve(["another chat"]);
    expect(after(other ?? start)).toBeLessThan(200);
  });

  it("keeps a low rate too, however far ahead that books", async () => {
    const slow = sendRate(database.db, clock, { requestsPerSecond: 0.5 });
    const first = await slow.reserve(new Array<null>(60).fill(null));
    const [next = start] = await slow.reserve([null]);
    expect(after(first.at(-1) ?? start)).toBeGreaterThan(100_000);
    expect(after(next)).toBeGreaterThan(after(first.at(-1) ?? start) + 2_000);
  });

  it("gives the moments in the order of the requests, none of them in the past", async () => {
    const rate = replica();
    await rate.reserve([null, null]);
    clock.moveTo(start.add({ seconds: 10 }));
    const moments = (await rate.reserve([null, "chat", null])).map(after);
    expect(moments).toEqual(moments.toSorted((x, y) => x - y));
    expect(moments[0]).toBe(10_000);
    expect(await rate.reserve([])).toEqual([]);
  });

  it("gives those that are wanted at once in the order in which they were", async () => {
    const rate = replica();
    const all = await Promise.all([rate.reserve([null]), rate.reserve(["chat", null]), rate.reserve([]), rate.reserve([null])]);
    expect(all.map((moments) => moments.length)).toEqual([1, 2, 0, 1]);
    const moments = all.flat().map(after);
    expect(moments).toEqual(moments.toSorted((x, y) => x - y));
  });

  it("goes more slowly in every replica for a minute and a half after refusals, and by no more than a tenth", async () => {
    const [a, b] = [replica(), replica()];
    const lengthOf = async () => after((await b.reserve(new Array<null>(51).fill(null))).at(-1) ?? start) - after(clock.now());
    expect(await lengthOf()).toBeCloseTo(1_025, -1);
    clock.moveTo(start.add({ seconds: 60 }));
    await Promise.all([a.refused(), a.refused()]);
    expect(await lengthOf()).toBeCloseTo(1_047, -1);
    clock.moveTo(start.add({ seconds: 120 }));
    for (let more = 0; more < 20; more += 1) await a.refused();
    expect(await lengthOf()).toBeCloseTo(1_080, -1);
    clock.moveTo(start.add({ seconds: 215 }));
    expect(await lengthOf()).toBeCloseTo(1_025, -1);
  });

  it("goes a little more slowly among several replicas, until the others have been quiet for a minute", async () => {
    const [a, b] = [replica(), replica()];
    const lengthFor = async (one: typeof a) => after((await one.reserve(new Array<null>(51).fill(null))).at(-1) ?? start) - after(clock.now());
    expect(await lengthFor(a)).toBeCloseTo(1_025, -1);
    clock.moveTo(start.add({ seconds: 10 }));
    await b.reserve([null]);
    clock.moveTo(start.add({ seconds: 20 }));
    expect(await lengthFor(a)).toBeCloseTo(1_040, -1);
    clock.moveTo(start.add({ seconds: 30 }));
    expect(await lengthFor(b)).toBeCloseTo(1_040, -1);
    clock.moveTo(start.add({ seconds: 91 }));
    expect(await lengthFor(b)).toBeCloseTo(1_025, -1);
  });
});
