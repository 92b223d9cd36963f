import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "undici";
import type { Load, LoadResult } from "./load.ts";

/*
 * Sends requests from a process of its own, so that neither the server nor who watches it pays for it. Every answer is
 * looked at. Told by messages, one load after the other; ends with its parent.
 */

async function run({ url, host, requests, mustSay, keepsAnswers = false, ...how }: Load): Promise<LoadResult> {
  const pool = new Pool(new URL(url).origin, { connections: "connections" in how ? how.connections : 256, pipelining: 1 });
  const path = new URL(url).pathname;
  const latencies = new Array<number>(requests.length).fill(NaN);
  const wrong: string[] = [];
  const answers: string[] = [];
  let right = 0;

  async function send(index: number, plannedAt: number): Promise<void> {
    const { authorization, body } = requests[index] ?? { authorization: "", body: "" };
    try {
      const answer = await pool.request({
        ...{ path, method: "POST", body },
        headers: { authorization, "content-type": "application/json; charset=utf-8", ...(host === undefined ? {} : { host }) },
      });
      const text = await answer.body.text();
      latencies[index] = performance.now() - plannedAt;
      if (keepsAnswers) answers[index] = text;
      const missing = mustSay.find((part) => !text.includes(part));
      if (answer.statusCode === 200 && missing === undefined) right += 1;
      else if (wrong.length < 5) wrong.push(`${answer.statusCode} ${text.slice(0, 300)}`);
    } catch (error) {
      if (wrong.length < 5) wrong.push(String(error));
    }
  }

  const started = performance.now();
  if ("connections" in how) {
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < requests.length; index = next++) await send(index, performance.now());
    };
    await Promise.all(Array.from({ length: how.connections }, worker));
  } else {
    // At its moment whatever became of those before, and timed from it: a slow server gets no rest.
    const under: Promise<void>[] = [];
    for (let index = 0; index < requests.length; index += 1) {
      const plannedAt = started + (index * 1_000) / how.perSecond;
      const wait = plannedAt - performance.now();
      if (wait > 1) await pause(wait);
      under.push(send(index, plannedAt));
    }
    await Promise.all(under);
  }
  const seconds = (performance.now() - started) / 1_000;
  await pool.close();
  return { seconds, latencies, right, wrong, ...(keepsAnswers ? { answers } : {}) };
}

process.on("message", (load: Load) => {
  void run(load).then((result) => process.send?.(result));
});
process.on("disconnect", () => process.exit());
