import { describe, expect, it } from "@jest/globals";
import { withoutRepeatedReadings } from "../../src/composition/readings.ts";
import { actorOf } from "../../src/features/roster/model.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aPerson } from "../builders/roster.ts";

const start = Temporal.Instant.from("2026-11-22T09:00:00Z");
const lea = actorOf(aPerson({ name: "Lea", role: "lead", scope: { kind: "network" } }), false);
const sue = actorOf(aPerson({ name: "Sue", role: "lead", scope: { kind: "network" } }), false);

function recorder() {
  const kept: string[] = [];
  let isBroken = false;
  const record = withoutRepeatedReadings(async ({ action, subject, at }) => {
    if (isBroken) throw new Error("The store is away.");
    kept.push(`${action}${subject === null ? "" : ` ${subject}`} at ${at.since(start).total("minutes")}`);
  });
  const done = (action: string, minutes = 0, { by = lea, subject = null as string | null, status = 200 } = {}) =>
    record({ at: start.add({ minutes }), actor: by, action, subject, detail: { status } });
  return { kept, done, breakIt: (now: boolean) => (isBroken = now) };
}

describe("recording what was looked at", () => {
  it("says once in a quarter of an hour that somebody reads the same", async () => {
    const { kept, done } = recorder();
    for (const minutes of [0, 0, 1, 14, 15, 16]) await done("GET deliveries", minutes);
    expect(kept).toEqual(["GET deliveries at 0", "GET deliveries at 15"]);
  });

  it("tells people and things apart", async () => {
    const { kept, done } = recorder();
    await done("GET teams/:id", 0, { subject: "one" });
    await done("GET teams/:id", 1, { subject: "two" });
    await done("GET teams/:id", 2, { subject: "one", by: sue });
    expect(kept).toEqual(["GET teams/:id one at 0", "GET teams/:id two at 1", "GET teams/:id one at 2"]);
  });

  it("leaves out nothing that was changed, refused or taken as a file", async () => {
    const { kept, done } = recorder();
    for (const action of ["PATCH settings", "GET exports/evidence.xlsx"]) for (const minutes of [0, 1]) await done(action, minutes);
    for (const minutes of [0, 1]) await done("GET people", minutes, { status: 403 });
    expect(kept).toHaveLength(6);
  });

  it("records it the next time when it couldn't be recorded", async () => {
    const { kept, done, breakIt } = recorder();
    breakIt(true);
    await expect(done("GET people")).rejects.toThrow("away");
    breakIt(false);
    await done("GET people", 1);
    expect(kept).toEqual(["GET people at 1"]);
  });
});
