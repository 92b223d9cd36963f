import { describe, expect, it } from "@jest/globals";
import { type Check, failed, fine, skipped, warning } from "../../src/doctor/model.ts";
import { countsOf, printed } from "../../src/doctor/print.ts";
import { examine } from "../../src/doctor/run.ts";
import { Fault } from "../../src/kernel/errors.ts";

const good = (name: Check["name"], needs: Check["needs"] = []): Check => ({ name, needs, run: async () => fine("All is well.") });

describe("examine", () => {
  it("gives what each check found, in the order of the checks, whichever ends first", async () => {
    const first = Promise.withResolvers<null>();
    const found = await examine([
      { name: "store", run: () => first.promise.then(() => [fine("One."), warning("Two.", "Do.")]) },
      { name: "clock", run: async () => (first.resolve(null), fine("Three.")) },
    ]);
    expect(found).toEqual([
      { check: "store", state: "ok", says: "One.", todo: null },
      { check: "store", state: "warning", says: "Two.", todo: "Do." },
      { check: "clock", state: "ok", says: "Three.", todo: null },
    ]);
  });

  it("reports a check that hangs, and goes on with the others", async () => {
    const hanging: Check = { name: "store", limitMs: 20, run: () => new Promise(() => undefined) };
    const found = await examine([hanging, good("migrations", ["store"]), good("clock")]);
    expect(found).toMatchObject([
      { check: "store", state: "failed", says: "This took longer than 1 s, and was given up." },
      { check: "migrations", state: "skipped", says: 'Not looked at: it needs what "store" looks at.' },
      { check: "clock", state: "ok" },
    ]);
  });

  it("passes over what rests on something that failed or was skipped, and not over what rests on a warning", async () => {
    const found = await examine([
      { name: "store", run: async () => failed("Gone.", "Mend it.") },
      good("migrations", ["store"]),
      good("networks", ["migrations"]),
      { name: "graph-token", run: async () => warning("Odd.", "Look.") },
      good("free-busy", ["graph-token"]),
    ]);
    expect(found.map(({ state }) => state)).toEqual(["failed", "skipped", "skipped", "warning", "ok"]);
    expect(found[2]?.says).toContain('"migrations"');
  });

  it("repeats a fault's sentence, and nothing of an error that isn't one", async () => {
    const found = await examine([
      { name: "store", run: () => Promise.reject(new Fault("store-unavailable", "It is away.")) },
      { name: "clock", run: () => Promise.reject(new TypeError("password hunter2")) },
    ]);
    expect(found).toMatchObject([
      { state: "failed", says: "The store can't be reached. It is away." },
      { state: "failed", says: "This couldn't be looked at: Steady itself made a mistake (TypeError)." },
    ]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});

describe("the report for people", () => {
  it("has a line for each finding, what to do below it, and a sum", () => {
    const findings = [
      { check: "store", ...fine("Fine.") },
      { check: "certificate", ...warning("Soon over.", "Renew it.") },
      { check: "clock", ...skipped("Not looked at.") },
      { check: "queue", ...failed("Stuck.", "Look.") },
    ] as const;
    expect(printed({ findings: [...findings], counts: countsOf(findings) }).split("\n")).toEqual([
      "ok       store        Fine.",
      "warning  certificate  Soon over.",
      "                      To do: Renew it.",
      "skipped  clock        Not looked at.",
      "failed   queue        Stuck.",
      "                      To do: Look.",
      "",
      "1 ok, 1 warning, 1 failed, 1 skipped.",
    ]);
  });
});
