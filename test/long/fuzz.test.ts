import { expect, it } from "@jest/globals";
import { fuzzedApi, fuzzedBot, fuzzedBytes, fuzzedPages, fuzzedRosters } from "../app/fuzzing/forms.ts";

// Each in an application of its own: what was erased or closed by one no longer keeps the others from being reached.
const seeds = Array.from({ length: 12 }, (_, n) => 1_000 * (n + 1));

it.each(seeds)("answers whatever is sent without a fault, and stores nothing of what it refuses (seed %d)", async (seed) => {
  expect(await fuzzedApi({ seed, each: 25 })).toEqual([]);
  expect(await fuzzedRosters({ seed, each: 40 })).toEqual([]);
  expect(await fuzzedBot({ seed, each: 10 })).toEqual([]);
  expect(await fuzzedPages({ seed, each: 8 })).toEqual([]);
  expect(await fuzzedBytes({ seed, each: 300 })).toEqual([]);
}, 600_000);
