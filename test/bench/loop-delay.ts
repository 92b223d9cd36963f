import { renameSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

/*
 * Loaded into a server's process before its own program, which knows nothing of it: by SIGUSR2 it writes down how long
 * the process was kept from answering since the last one.
 */

/** How often it looks, in ms. The histogram has the time between two looks, so this is taken off. */
const every = 10;

const { BENCH_LOOP_DELAY: folder } = process.env;
const delay = monitorEventLoopDelay({ resolution: every });
delay.enable();
let nth = 0;
process.on("SIGUSR2", () => {
  nth += 1;
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - every);
  const found = { nth, p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), most: ms(delay.max) };
  const file = `${folder ?? ""}/${process.pid}.json`;
  writeFileSync(`${file}.part`, JSON.stringify(found));
  renameSync(`${file}.part`, file);
  delay.reset();
});
