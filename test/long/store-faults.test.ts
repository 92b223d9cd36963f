import { describe, expect, it } from "@jest/globals";
import { connectionsAgain, embeddedFull, logFull, noConnections, storeFailsOver, storeFull, storeGone, storeSlow } from "../support/faulty-store-forms.ts";
import { smallDisk } from "../support/small-disk.ts";

const refused = ["The store can't be reached.", "The job queue isn't running."];
const late = ["The store takes too long to answer.", "The job queue takes too long to answer."];

describe("a PostgreSQL server", () => {
  it("may be gone for a minute", async () => {
    const outage = await storeGone({ people: 70, goneMs: 60_000, how: (proxy) => proxy.refuse(), says: refused });
    console.log("gone for 60 s", outage);
    expect(outage.duplicates).toBeLessThanOrEqual(outage.inFlight);
    expect(outage.attemptsPerSecond).toBeLessThan(100);
    expect(outage.requests).toBeLessThanOrEqual(2 * 70 + outage.duplicates + 5);
  }, 400_000);

  it("may take connections and say nothing for a minute", async () => {
    const outage = await storeGone({ people: 70, goneMs: 60_000, how: (proxy) => proxy.stall(), says: late });
    console.log("silent for 60 s", outage);
    expect(outage.duplicates).toBeLessThanOrEqual(outage.inFlight);
    expect(outage.attemptsPerSecond).toBeLessThan(100);
  }, 400_000);

  it("may give no connection for a minute", async () => {
    const outage = await storeGone({ people: 70, goneMs: 60_000, how: noConnections, back: connectionsAgain, says: refused });
    console.log("no connections for 60 s", outage);
    expect(outage.duplicates).toBeLessThanOrEqual(outage.inFlight);
    expect(outage.attemptsPerSecond).toBeLessThan(100);
  }, 400_000);

  it.each([
    ["its tables", 64, storeFull],
    ["its log, with which it ends", 24, logFull],
  ] as const)("may have no room on its disk for %s", async (what, megabytes, outlasts) => {
    const disk = smallDisk(megabytes);
    if (disk === null) return console.log("Not tried: this account may mount no file system.");
    console.log(`ready again after a disk without room for ${what}, in ms:`, await outlasts({ disk, fullMs: 10_000 }));
  }, 400_000);

  it("may be slow", async () => {
    await storeSlow({ people: 40, delayMs: 100 });
  }, 400_000);

  it("may fail over, time and again", async () => {
    console.log("cards twice after 10 cuts:", await storeFailsOver({ people: 150, times: 10, everyMs: 300 }));
  }, 400_000);
});

// Without room for its log it ends the process, which is to be started again: test/contracts/full-disk.test.ts.
it("outlasts an embedded store without room for its tables", async () => {
  const disk = smallDisk(96);
  if (disk === null) return console.log("Not tried: this account may mount no file system.");
  console.log("ready again after a disk without room for the embedded store, in ms:", await embeddedFull({ disk, fullMs: 10_000 }));
}, 400_000);
