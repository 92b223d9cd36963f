import { afterAll, it } from "@jest/globals";
import fc from "fast-check";
import type { Moment } from "../support/close-moments.ts";
import { engines } from "../support/database.ts";
import { killTally } from "../support/kill-tally.ts";
import { killedWave, type WaveKills } from "../support/killed-wave.ts";

/** The close takes about half a second of its own. */
const moment: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 600 }) },
  { weight: 3, arbitrary: fc.constantFrom("counting", "clearing", "purging", "answered") },
);
const kills: fc.Arbitrary<WaveKills> = fc.record({
  cards: fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 2 }),
  answers: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
  reminders: fc.option(fc.integer({ min: 1, max: 6 })),
  close: fc.array(moment, { minLength: 1, maxLength: 5 }),
  isDue: fc.boolean(),
});
const hurried = fc.sample(kills, { seed: 20261125, numRuns: 10 });
/** Also one in which everything that follows comes at its own time. */
const patient: WaveKills = { cards: [11], answers: [23], reminders: 3, close: ["counting", "clearing", "purging"], isPatient: true };

const { tally, report } = killTally("waves");
afterAll(report);

it.each(engines.flatMap((engine) => [...hurried, patient].map((some) => ({ engine, some, at: JSON.stringify(some) }))))(
  "counts every answer of a wave once when it is killed at $at ($engine)",
  async ({ engine, some }) => {
    tally(engine, await killedWave(engine, some));
  },
  600_000,
);
