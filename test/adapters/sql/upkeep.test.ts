import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { startUpkeep } from "../../../src/adapters/sql/embedded/upkeep.ts";
import { recordingLogger } from "../../support/logger.ts";

const minute = 60_000;

describe("upkeep of the embedded store", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const started = (run: (kind: string) => Promise<unknown>) => {
    const { logger, lines } = recordingLogger();
    return { upkeep: startUpkeep({ checkpoint: () => run("checkpoint"), vacuum: () => run("vacuum") }, logger), lines };
  };

  it("checkpoints every five minutes and vacuums every hour until it is stopped", async () => {
    const done: string[] = [];
    const { upkeep } = started((kind) => Promise.resolve(done.push(kind)));

    await jest.advanceTimersByTimeAsync(61 * minute);
    expect(done.filter((kind) => kind === "checkpoint")).toHaveLength(12);
    expect(done.filter((kind) => kind === "vacuum")).toHaveLength(1);

    await upkeep.stop();
    await jest.advanceTimersByTimeAsync(120 * minute);
    expect(done).toHaveLength(13);
  });

  it("logs a run that fails and goes on with the next", async () => {
    let runs = 0;
    const { lines } = started(() => (runs++ === 0 ? Promise.reject(new Error("busy")) : Promise.resolve()));

    await jest.advanceTimersByTimeAsync(10 * minute);

    expect(runs).toBe(2);
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
  });

  it("never does two things at once, and waits for the last one when it stops", async () => {
    const first = Promise.withResolvers<null>();
    const done: string[] = [];
    const { upkeep } = started((kind) => {
      done.push(kind);
      return first.promise;
    });
    const checkpoint = upkeep.checkpoint();
    const vacuum = upkeep.vacuum();
    await jest.advanceTimersByTimeAsync(0);
    expect(done).toEqual(["checkpoint"]);

    first.resolve(null);
    await Promise.all([checkpoint, vacuum, upkeep.stop()]);

    expect(done).toEqual(["checkpoint", "vacuum"]);
  });
});
