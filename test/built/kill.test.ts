import { expect, it } from "@jest/globals";
import { engines } from "../support/database.ts";
import { killedRound } from "../support/killed-round.ts";

/** Requests to Teams that the sender has under way at one moment; at 50 a second each takes some milliseconds. */
const mostInFlight = 10;

it.each(engines)("loses nobody when it is killed in the middle of a round, and completes it by itself (%s)", async (engine) => {
  const { duplicates, inFlight } = await killedRound(engine, [23]);
  expect(inFlight).toBeLessThanOrEqual(mostInFlight);
  expect(duplicates).toBeLessThanOrEqual(inFlight);
}, 90_000);
