import { afterAll, expect, it } from "@jest/globals";
import fc from "fast-check";
import { killTally } from "../support/kill-tally.ts";
import { killedReplicas } from "../support/killed-replica.ts";

const moments = fc.sample(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 5, maxLength: 5 }), { seed: 20261123, numRuns: 20 });

const rounds = killTally("rounds by three replicas");
const surveys = killTally("surveys by three replicas");
afterAll(() => {
  rounds.report();
  surveys.report();
});

it.each(moments.map((killAfter) => ({ killAfter })))(
  "loses nobody when one of three replicas is killed after $killAfter cards each",
  async ({ killAfter }) => {
    const outcome = await killedReplicas(killAfter);
    rounds.tally("server", outcome);
    expect(outcome.duplicates).toBeLessThanOrEqual(outcome.inFlight);
  },
  400_000,
);

it.each(moments.slice(0, 6).map((killAfter) => ({ killAfter })))(
  "loses nobody of a survey when one of three replicas is killed after $killAfter cards each",
  async ({ killAfter }) => {
    const outcome = await killedReplicas(killAfter, "survey");
    surveys.tally("server", outcome);
    expect(outcome.duplicates).toBeLessThanOrEqual(outcome.inFlight);
  },
  400_000,
);
