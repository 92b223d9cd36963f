import { afterAll, expect, it } from "@jest/globals";
import fc from "fast-check";
import { engines } from "../support/database.ts";
import { killTally } from "../support/kill-tally.ts";
import { killedRound } from "../support/killed-round.ts";

const moments = fc.sample(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 3 }), { seed: 20261122, numRuns: 24 });

const { tally, report } = killTally("rounds");
afterAll(report);

it.each(engines.flatMap((engine) => moments.map((killAfter) => ({ engine, killAfter }))))(
  "loses nobody when it is killed after $killAfter cards ($engine)",
  async ({ engine, killAfter }) => {
    const { duplicates, inFlight } = await killedRound(engine, killAfter);
    expect(duplicates).toBeLessThanOrEqual(inFlight);
    tally(engine, { kills: killAfter.length, duplicates, inFlight });
  },
  300_000,
);
