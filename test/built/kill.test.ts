import { expect, it } from "@jest/globals";
import { engines } from "../support/database.ts";
import { killedRound } from "../support/killed-round.ts";

it.each(engines)("loses nobody when it is killed in the middle of a round, and completes it by itself (%s)", async (engine) => {
  const { duplicates, inFlight } = await killedRound(engine, [23]);
  expect(duplicates).toBeLessThanOrEqual(inFlight);
}, 300_000);
