import { expect, it } from "@jest/globals";
import { storeGone } from "../support/faulty-store-forms.ts";

it("says that its store is gone, loses nothing that it acknowledged, and goes on by itself when it is back", async () => {
  const says = ["The store can't be reached.", "The job queue isn't running."];
  const { attemptsPerSecond, ...outage } = await storeGone({ people: 30, goneMs: 3_000, how: (proxy) => proxy.refuse(), says });
  console.log({ attemptsPerSecond, ...outage });
  expect(outage.duplicates).toBeLessThanOrEqual(outage.inFlight);
  expect(outage.requests).toBeLessThanOrEqual(2 * 30 + outage.duplicates + 5);
  expect(outage.msUntilReady).toBeLessThan(5_000);
  expect(attemptsPerSecond).toBeLessThan(100);
}, 120_000);
