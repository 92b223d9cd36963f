import { setTimeout as delay } from "node:timers/promises";
import type { Application } from "./composition/parts.ts";

/** From the signal to the end of the process, in milliseconds: nobody waits longer for it. */
const longestMs = 9_700;
/** Requests and jobs that are under way at the signal have this long; what isn't over then is handed back. */
const workMs = 8_000;

/**
 * Ends the application's work in good order: says at once that it isn't ready, answers every request that is under way
 * or comes within `noticeMs`, takes no more, and lets jobs end or hands them back. Needs 9 s at most.
 * @param noticeMs how long whoever sends requests here may need to see that others have to be asked
 */
export async function stopWorking({ server, jobs }: Pick<Application, "server" | "jobs">, noticeMs: number): Promise<void> {
  const startedAt = performance.now();
  const left = () => Math.max(0, workMs - (performance.now() - startedAt));
  server.leave();
  await jobs.rest();
  await delay(noticeMs);
  await server.close(left());
  await jobs.stop(left());
}

/**
 * Keeps running until the process is told to stop; then stops in good order within 10 s, with the exit code 0 (1 when
 * something broke on the way). What can't end in that time is left behind. Told again, it stops at once.
 */
export async function untilStopped(running: { stop(): Promise<void> }): Promise<void> {
  await new Promise<void>((resolve) => {
    let isStopping = false;
    const stop = () => {
      // A second Ctrl+C means it.
      if (isStopping) process.exit(1);
      isStopping = true;
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  });
  const stopped = running.stop().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
  await Promise.race([stopped, delay(longestMs, undefined, { ref: false })]);
  // A job that was handed back may still wait for an answer; this process waits for nothing any more.
  process.exit();
}
