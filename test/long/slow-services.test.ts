import { describe, expect, it } from "@jest/globals";
import { serverDatabase } from "../support/database.ts";
import { type LiveNetwork, withLiveNetwork } from "../support/faulty-store.ts";
import { until } from "../support/until.ts";

const people = 60;

async function onItsOwnDatabase(use: (scene: LiveNetwork) => Promise<void>): Promise<void> {
  const { url, drop } = await serverDatabase("empty");
  try {
    await withLiveNetwork({ people, environment: () => ({ DATABASE_URL: url }) }, use);
  } finally {
    await drop();
  }
}

/** How late each answer comes, one after the other: below the ten seconds after which Steady gives up, and for more requests than come. */
const lateOnes = Array.from({ length: 1_000 }, (_, n) => [3_000, 5_500, 8_000][n % 3] ?? 0);

/** Asks Steady itself, time and again until the work is over: what the slowest answer took, in milliseconds. */
async function slowestMeanwhile({ ask, readyz }: LiveNetwork, paths: readonly string[], work: Promise<unknown>): Promise<number> {
  const times: number[] = [];
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  const asking = async () => {
    while (!isOver) {
      for (const path of paths) {
        const { status, ms } = await ask(path);
        expect({ path, status }).toEqual({ path, status: 200 });
        times.push(ms);
      }
      const ready = await readyz();
      expect(ready.status).toBe(200);
      times.push(ready.ms);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  await Promise.all([asking(), over]);
  return Math.max(...times);
}

describe("the built server", () => {
  it("sends everybody one card through a Connector that takes 3 to 8 seconds, and answers everybody at once meanwhile", async () => {
    await onItsOwnDatabase(async (scene) => {
      const { server, managers, cards } = scene;
      for (const lateMs of lateOnes) server.connector.faults.add({ match: () => true, respond: { lateMs }, times: 1 });
      const began = performance.now();
      const round = await scene.openRound();
      const answered: number[] = [];
      const answering = async () => {
        await until(() => cards().filter((count) => count > 0).length >= 20, "the first cards");
        for (const [n, one] of managers.entries()) {
          if (answered.length === 10) return;
          if (cards()[n] !== 1) continue;
          const pressed = performance.now();
          expect(await scene.answer(one, 12)).toBe(true);
          answered.push(performance.now() - pressed);
        }
      };
      const slowest = await slowestMeanwhile(scene, ["people", `check-in-rounds/${round}`], Promise.all([scene.complete(round), answering()]));
      const seconds = (performance.now() - began) / 1_000;
      console.log(`a slow Connector: ${people} cards in ${seconds.toFixed(0)} s; the slowest of Steady's own answers ${slowest.toFixed(0)} ms, of ten check-ins ${Math.max(...answered).toFixed(0)} ms`);
      expect(await scene.complete(round)).toEqual({ intended: people, delivered: people, failed: 0, skipped: 0, pending: 0 });
      expect(cards()).toEqual(managers.map(() => 1));
      expect(answered).toHaveLength(10);
      expect(Math.max(...answered)).toBeLessThan(2_000);
      expect(slowest).toBeLessThan(2_000);
      // Slow isn't away.
      expect((await scene.readyz()).says.filter((said) => said.startsWith("Teams"))).toEqual([]);
      expect(seconds).toBeLessThan(90);
    });
  }, 300_000);

  it("books, moves and cancels a meeting once through a Graph that takes 3 to 8 seconds, and answers at once meanwhile", async () => {
    await onItsOwnDatabase(async (scene) => {
      const { server, leader, managers } = scene;
      for (const lateMs of lateOnes) server.graph.failOn({ path: /./ }, { lateMs });
      const on = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      const began = performance.now();
      const booked = await server.api(leader, "POST", "meetings", { on: on(120) });
      expect(booked.status).toBe(201);
      const answeredIn = performance.now() - began;
      const path = `meetings/${String(booked.body.id)}`;
      const inStep = () => until(async () => (await server.api(leader, "GET", path)).body.calendar.state !== "pending", "the calendar to be in step", 200);
      const slowest = await slowestMeanwhile(scene, ["people", path], inStep());
      const bookedIn = (performance.now() - began) / 1_000;
      expect((await server.api(leader, "PATCH", path, { on: on(121) })).status).toBe(200);
      await inStep();
      expect(server.graph.calendarOf("meetings@example.org")).toHaveLength(1);
      expect(server.graph.calendarOf("meetings@example.org")[0]?.startsAt).toContain(on(121));
      expect((await server.api(leader, "DELETE", path)).status).toBe(200);
      await inStep();
      console.log(`a slow Graph: in step ${bookedIn.toFixed(0)} s after the booking, which was answered in ${answeredIn.toFixed(0)} ms; the slowest of Steady's own answers ${slowest.toFixed(0)} ms; ${server.graph.log().length} requests`);
      expect(server.graph.calendarOf("meetings@example.org")).toEqual([]);
      const mails = managers.map(({ email = "" }) => server.graph.mailsTo(email).map(({ kind }) => kind));
      expect(mails).toEqual(managers.map(() => ["invitation", "update", "cancellation"]));
      expect(answeredIn).toBeLessThan(2_000);
      expect(slowest).toBeLessThan(2_000);
    });
  }, 300_000);
});
