import { readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { temporaryFolder } from "../support/built-server.ts";
import { percentile } from "./scenario.ts";
import { usageOf } from "./usage.ts";
import type { BenchServer } from "./world.ts";

/*
 * Whether a server goes on answering while it does something big. It is looked at from within (the delay of its event
 * loop, by Node's own histogram) and from outside (how long /healthz takes, asked at set times, whether it has answered
 * the last question or not).
 */

const folder = temporaryFolder();

const { BENCH_NODE_OPTIONS: more = "" } = process.env;

/** What a server's environment needs for `meanwhile`; BENCH_NODE_OPTIONS, such as "--cpu-prof --cpu-prof-dir=FOLDER", is for looking into it. */
export const watched = {
  NODE_OPTIONS: `--import=${join(import.meta.dirname, "loop-delay.ts")} ${more}`,
  BENCH_LOOP_DELAY: folder,
};

interface LoopDelay {
  readonly nth: number;
  /** All in ms. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

export interface Meanwhile<Result> {
  readonly result: Result;
  readonly seconds: number;
  readonly loop: LoopDelay;
  /** The time in ms within which 99 % of the questions from outside were answered, beyond what such a question takes anyway. */
  readonly answersP99: number;
  /** What such a question takes anyway, in ms. */
  readonly usual: number;
  /** The most memory that it has held meanwhile, and what it held before, in MB. */
  readonly peakMemory: number;
  readonly memoryBefore: number;
}

const askEvery = 10;
const baseline = 1_000;

function loopDelayOf(pid: number): LoopDelay | null {
  try {
    return JSON.parse(readFileSync(`${folder}/${pid}.json`, "utf8")) as LoopDelay;
  } catch {
    return null;
  }
}

/** The delay since it was asked for last. */
async function takeLoopDelay(pid: number): Promise<LoopDelay> {
  const before = loopDelayOf(pid)?.nth ?? 0;
  process.kill(pid, "SIGUSR2");
  for (;;) {
    const found = loopDelayOf(pid);
    if (found !== null && found.nth > before) return found;
    await pause(20);
  }
}

/** Asks at set times until `stop`, which gives how long each answer took, in ms. */
function askSteadily(url: string): { stop(): Promise<number[]> } {
  const agent = new Agent({ keepAlive: true });
  const took: number[] = [];
  const underWay = new Set<Promise<void>>();
  const started = performance.now();
  let asked = 0;
  const ask = () => {
    // A late timer asks for each moment that it missed, as somebody would have who pressed then.
    for (; started + asked * askEvery <= performance.now(); asked += 1) {
      const due = performance.now();
      const one = new Promise<void>((resolve) => {
        get(`${url}/healthz`, { agent }, (answer) => answer.resume().once("end", resolve)).once("error", () => resolve());
      }).then(() => {
        took.push(performance.now() - due);
        underWay.delete(one);
      });
      underWay.add(one);
    }
  };
  ask();
  const timer = setInterval(ask, askEvery);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
      agent.destroy();
      return took;
    },
  };
}

async function usualOf(url: string): Promise<number> {
  const quiet = askSteadily(url);
  await pause(baseline);
  return percentile(await quiet.stop(), 0.5);
}

/**
 * Does something big on a server and looks at it meanwhile.
 * @param known what a question takes anyway, in ms, for something that has begun already; left out, it is found out first
 */
export async function meanwhile<Result>({ url, pid }: BenchServer, work: () => Promise<Result>, known?: number): Promise<Meanwhile<Result>> {
  const usual = known ?? (await usualOf(url));
  const memoryBefore = usageOf(pid).memory;
  let peakMemory = memoryBefore;
  const looking = setInterval(() => (peakMemory = Math.max(peakMemory, usageOf(pid).memory)), 50);
  await takeLoopDelay(pid);
  const asking = askSteadily(url);
  const started = performance.now();
  try {
    const result = await work();
    const seconds = (performance.now() - started) / 1_000;
    const loop = await takeLoopDelay(pid);
    return { result, seconds, loop, answersP99: percentile(await asking.stop(), 0.99) - usual, usual, peakMemory, memoryBefore };
  } finally {
    clearInterval(looking);
    await asking.stop();
  }
}
