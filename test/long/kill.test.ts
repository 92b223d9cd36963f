import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { engines } from "../support/database.ts";
import { killedRound } from "../support/killed-round.ts";

const moments = fc.sample(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }), { seed: 20261122, numRuns: 12 });

it.each(engines.flatMap((engine) => moments.map((killAfter) => ({ engine, killAfter }))))(
  "loses nobody when it is killed after $killAfter cards ($engine)",
  async ({ engine, killAfter }) => {
    const { duplicates, inFlight } = await killedRound(engine, killAfter);
    expect(duplicates).toBeLessThanOrEqual(inFlight);
  },
  300_000,
);
