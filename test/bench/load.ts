import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface LoadRequest {
  readonly authorization: string;
  readonly body: string;
}

/** Requests to one address, each sent once: over so many connections, or at so many a second whatever becomes of them. */
export type Load = {
  readonly url: string;
  readonly requests: readonly LoadRequest[];
  /** What the requests name as their host; that of the address when left out. */
  readonly host?: string;
  /** Texts that each right answer holds. */
  readonly mustSay: readonly string[];
  /** True when what was answered is wanted too. */
  readonly keepsAnswers?: boolean;
} & ({ readonly connections: number } | { readonly perSecond: number });

export interface LoadResult {
  readonly seconds: number;
  /** Of each request, in milliseconds; from its planned moment where there is one. */
  readonly latencies: readonly number[];
  /** How many were answered with status 200 and what they must say. */
  readonly right: number;
  /** The first of the other answers. */
  readonly wrong: readonly string[];
  /** What was answered to each, when that is wanted. */
  readonly answers?: readonly string[];
}

export interface LoadGenerator {
  /** Throws when an answer isn't right. */
  run(load: Load): Promise<LoadResult>;
  stop(): void;
}

/**
 * Starts the process that sends. It is our own because a tool such as autocannon sends the next request when an answer
 * has come, and so never more than the server takes; people who answer a card don't wait for each other.
 */
export function startLoadGenerator(): LoadGenerator {
  const child = fork(join(import.meta.dirname, "load-process.ts"), { serialization: "advanced" });
  return {
    async run(load) {
      const answered = once(child, "message");
      child.send(load);
      const [result] = (await answered) as [LoadResult];
      const { right, wrong } = result;
      if (right < load.requests.length) throw new Error(`${right} of ${load.requests.length} answers were right; not: ${wrong.join("\n")}`);
      return result;
    },
    stop: () => child.disconnect(),
  };
}
