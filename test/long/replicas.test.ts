import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { killedReplica } from "../support/killed-replica.ts";

const moments = fc.sample(fc.integer({ min: 5, max: 150 }), { seed: 20261122, numRuns: 6 });

it.each(moments)("takes over what a replica was doing that is killed after %d cards", async (killAfter) => {
  const { duplicates, inFlight, runsOfSchedules, ...measured } = await killedReplica({ managers: 200, killAfter, requestsPerSecond: 30 });
  console.log({ killAfter, duplicates, inFlight, ...measured });
  expect(duplicates).toBeLessThanOrEqual(inFlight);
  expect(measured.mostInFiveSeconds).toBeLessThanOrEqual(225);
  expect(measured.secondsToTakeOver).toBeLessThanOrEqual(30);
  expect(runsOfSchedules.filter((runs) => runs !== 1)).toEqual([]);
}, 300_000);

it("runs each schedule once in each of four minutes, at the whole send rate", async () => {
  const { runsOfSchedules, ...measured } = await killedReplica({ managers: 500, killAfter: 100, requestsPerSecond: 50, minutes: 4 });
  // How many requests come too close together depends on how busy the machine is on which all of this runs.
  console.log(measured);
  expect(measured.secondsToTakeOver).toBeLessThanOrEqual(30);
  // Six schedules of every minute.
  expect(runsOfSchedules.length).toBeGreaterThanOrEqual(4 * 5);
  expect(runsOfSchedules.filter((runs) => runs !== 1)).toEqual([]);
}, 400_000);
