import { fork } from "node:child_process";
import { join } from "node:path";
import type { Calls, Settings } from "./stand-ins-process.ts";

export type { FaultShare, Seen } from "./stand-ins-process.ts";

/** The made-up tenant in a process of its own: every call of it, by messages. */
export interface BenchStandIns extends Calls {
  readonly pid: number;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** Starts it for so many managers and the leader; `close` ends it. */
export async function startBenchStandIns(settings: Settings): Promise<BenchStandIns> {
  const child = fork(join(import.meta.dirname, "stand-ins-process.ts"), [JSON.stringify(settings)], { serialization: "advanced" });
  const killIt = () => child.kill("SIGKILL");
  process.once("exit", killIt);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const wait = (id: number) => {
    const one = Promise.withResolvers<unknown>();
    waiting.set(id, one);
    return one.promise;
  };
  child.on("message", ({ id, result, error }: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(result);
    else one?.reject(new Error(error));
  });
  child.once("exit", () => {
    for (const one of waiting.values()) one.reject(new Error("The stand-ins have ended."));
  });
  let last = 0;
  await wait(last);
  const call = (name: keyof Calls, given: readonly unknown[]) => {
    last += 1;
    child.send({ id: last, name, given });
    return wait(last);
  };
  const standIns = new Proxy({} as BenchStandIns, {
    get: (_target, name) => {
      if (name === "pid") return child.pid;
      // A promise would be asked for "then".
      if (typeof name !== "string" || name === "then") return undefined;
      return async (...given: readonly unknown[]) => {
        const result = await call(name as keyof Calls, given);
        if (name === "close") {
          process.removeListener("exit", killIt);
          child.kill("SIGKILL");
        }
        return result;
      };
    },
  });
  return standIns;
}
