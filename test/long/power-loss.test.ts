import { expect, it } from "@jest/globals";
import { powerLosses } from "../support/power-loss-forms.ts";

const seeds = Array.from({ length: 6 }, (_, n) => 4_000 + n);

it.each(seeds)("has everything that it acknowledged when the power goes at any moment (seed %d)", async (seed) => {
  const result = await powerLosses({ seed, losses: 20, writes: 250 });
  console.log(`power lost at ${result.losses} moments of ${result.acknowledged} acknowledged writes; writes that never reached the disk: ${result.writesLost}`);
  expect(result.writesLost).toBeGreaterThan(0);
}, 600_000);
