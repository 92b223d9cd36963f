import { expect, it } from "@jest/globals";
import { killedRound } from "../support/killed-round.ts";

// The server's engine loses a replica in replicas.test.ts; test/long kills on both, many times.
it("loses nobody when it is killed in the middle of a round, and completes it by itself", async () => {
  const { duplicates, inFlight } = await killedRound("embedded", [23]);
  expect(duplicates).toBeLessThanOrEqual(inFlight);
}, 300_000);
