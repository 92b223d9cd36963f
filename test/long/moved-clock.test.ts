import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import type { Engine } from "../../src/adapters/sql/engine.ts";
import { temporaryFolder } from "../support/built-server.ts";
import { engines, serverDatabase } from "../support/database.ts";
import { type LiveNetwork, withLiveNetwork } from "../support/faulty-store.ts";
import { type MovedClock, movedClock } from "../support/moved-clock.ts";
import { until } from "../support/until.ts";

const people = 60;

/** The server's clock is `clock`; everybody else's is this machine's. */
async function onItsOwnStore(engine: Engine, use: (scene: LiveNetwork, clock: MovedClock) => Promise<void>): Promise<void> {
  const clock = movedClock(join(temporaryFolder(), "clock"));
  if (clock === null) return console.log("Not tried: the library faketime isn't here.");
  const store = engine === "server" ? await serverDatabase("empty") : null;
  const environment = (folder: string) => ({ ...clock.environment, ...(store === null ? { DATA_DIR: join(folder, "data") } : { DATABASE_URL: store.url }) });
  try {
    await withLiveNetwork({ people, environment }, (scene) => use(scene, clock));
  } finally {
    await store?.drop();
  }
}

const hour = 3_600;

describe.each(engines)("a server whose clock is set while a round goes out (%s)", (engine) => {
  it.each<readonly [string, readonly number[]]>([
    ["back by an hour", [-hour]],
    ["forwards by an hour, and back by two", [hour, -hour]],
    ["back by a day", [-24 * hour]],
  ])("%s, sends everybody one card, without waiting for the time to come again", async (what, settings) => {
    await onItsOwnStore(engine, async (scene, { set }) => {
      const { server, managers, cards, readyz, ask } = scene;
      const sent = () => cards().filter((count) => count > 0).length;
      // Some have to wait for their next try when the clock is set: the jobs have to be brought to the new time.
      let sends = 0;
      const busy = { status: 503, code: "ServiceError", retryAfterSeconds: 15 } as const;
      server.connector.faults.add({ match: ({ kind }) => kind === "send" && (sends += 1) % 2 === 0, respond: busy, times: 8 });
      const round = await scene.openRound();
      for (const [n, seconds] of settings.entries()) {
        await until(() => sent() >= 10 * (n + 1), "some cards", 5);
        set(seconds);
      }
      const [at, before] = [performance.now(), sent()];
      expect(before).toBeLessThan(people);
      await until(() => sent() === people, "everybody's card");
      const seconds = (performance.now() - at) / 1_000;
      console.log(`${engine}, ${what}: ${before} of ${people} had their card, the others within ${seconds.toFixed(1)} s`);
      expect(seconds).toBeLessThan(60);
      expect((await readyz()).status).toBe(200);
      // People's tokens are from another hour than the server's, which refuses them until its clock is right.
      set(0);
      expect(await scene.complete(round)).toEqual({ intended: people, delivered: people, failed: 0, skipped: 0, pending: 0 });
      expect((await ask("people")).status).toBe(200);
      const [one] = managers;
      if (one === undefined) throw new Error("There should be somebody.");
      expect(await scene.answer(one, 12)).toBe(true);
      expect(await scene.stored(one)).toContain("12");
      // A minute's schedules.
      await delay(65_000);
      expect(cards()).toEqual(managers.map(() => 1));
      expect((await readyz()).status).toBe(200);
    });
  }, 400_000);
});
