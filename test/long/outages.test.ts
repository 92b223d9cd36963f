import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import type { FaultResponse } from "../../src/local/connector/index.ts";
import type { GraphFault } from "../../src/local/graph/index.ts";
import { serverDatabase } from "../support/database.ts";
import { type FaultyStore, withFaultyStore } from "../support/faulty-store.ts";
import { until } from "../support/until.ts";

const people = 60;

async function onItsOwnServer(use: (scene: FaultyStore) => Promise<void>): Promise<void> {
  const { url, drop } = await serverDatabase("empty");
  try {
    await withFaultyStore(url, people, use);
  } finally {
    await drop();
  }
}

/** The most of these moments (ascending) that lie in any second. */
const mostInASecond = (moments: readonly number[]) => Math.max(0, ...moments.map((start, n) => moments.slice(n).filter((at) => at < start + 1_000).length));

describe("the built server", () => {
  // Ten minutes are gone through on a clock that the test moves (test/app/outages.test.ts); here they are one.
  it.each<readonly [string, FaultResponse]>([
    ["takes connections and never answers", "hang"],
    ["cuts every connection", "cut"],
    ["answers with somebody else's page", "garbage"],
  ])("outlasts a Connector that %s for a minute", async (what, respond) => {
    await onItsOwnServer(async ({ server, managers, cards, openRound, readyz, ask, complete }) => {
      const stop = server.connector.faults.add({ match: () => true, respond });
      const round = await openRound();
      await until(async () => (await readyz()).says.some((said) => said.startsWith("Teams has given no usable answer since ")), "it to say so");
      expect((await readyz()).status).toBe(200);
      await delay(15_000);
      const before = server.connector.counts().requests;
      await delay(40_000);
      const asked = server.connector.counts().requests - before;
      expect((await ask("people")).status).toBe(200);
      expect((await ask(`check-in-rounds/${round}`)).status).toBe(200);
      stop();
      const [back, at] = [performance.now(), Date.now()];
      const counts = await complete(round);
      const secondsToTheEnd = (performance.now() - back) / 1_000;
      const moments = server.connector.log().flatMap((entry) => (entry.direction === "from-bot" && entry.at > at ? [entry.at] : [])).sort((a, b) => a - b);
      console.log(`a Connector that ${what}: ${asked} requests in 40 s of it, all sent ${secondsToTheEnd.toFixed(0)} s after it, at most ${mostInASecond(moments)} requests in a second`);
      expect(counts).toEqual({ intended: people, delivered: people, failed: 0, skipped: 0, pending: 0 });
      expect(cards()).toEqual(managers.map(() => 1));
      expect(asked).toBeLessThanOrEqual(10);
      expect(secondsToTheEnd).toBeLessThan(100);
      expect(mostInASecond(moments)).toBeLessThanOrEqual(50);
      expect((await readyz()).says.filter((said) => said.startsWith("Teams"))).toEqual([]);
    });
  }, 400_000);

  it.each<readonly [string, GraphFault]>([
    ["takes connections and never answers", { hang: true }],
    ["answers with somebody else's page", { garbage: true }],
  ])("outlasts a Graph that %s for a minute", async (what, fault) => {
    await onItsOwnServer(async ({ server, leader, ask, readyz }) => {
      const stop = server.graph.failOn({ path: /./ }, fault, Number.POSITIVE_INFINITY);
      const on = new Date(Date.now() + 120 * 86_400_000).toISOString().slice(0, 10);
      const booked = await server.api(leader, "POST", "meetings", { on });
      expect(booked.status).toBe(201);
      await delay(60_000);
      expect((await readyz()).status).toBe(200);
      expect((await ask(`meetings/${String(booked.body.id)}`)).status).toBe(200);
      const tries = server.graph.log().length;
      stop();
      const back = performance.now();
      const calendar = async () => (await server.api(leader, "GET", `meetings/${String(booked.body.id)}`)).body.calendar;
      await until(async () => (await calendar()).state !== "pending", "the calendar to be in step", 500);
      console.log(`a Graph that ${what}: ${tries} requests in 60 s of it, in step ${((performance.now() - back) / 1_000).toFixed(0)} s after it`);
      expect(await calendar()).toEqual(expect.objectContaining({ state: "in-step", reason: null }));
      expect(server.graph.calendarOf("meetings@example.org")).toHaveLength(1);
      expect(tries).toBeLessThanOrEqual(40);
    });
  }, 400_000);
});
