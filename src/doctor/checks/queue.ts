import { failed, fine, type Verdict, warning } from "../model.ts";
import type { QueueFacts } from "../store-facts.ts";

/** Seconds for which a due job may wait before it is odd, and before it is wrong. */
const oddAfter = 5 * 60;
const wrongAfter = 30 * 60;
/** A server looks which schedules are due every half minute (pg-boss's own pace). */
const silentAfter = 5 * 60;

/** Whether jobs are worked on; `facts` is null where the queue has never been made. */
export function judgeQueue(facts: QueueFacts | null): Verdict[] {
  const startIt = "Start the server: it makes the queue and its schedules.";
  if (facts === null) return [failed("The job queue has never been made.", startIt)];
  const { waiting, schedules, failed: givenUp, lastLook } = facts;
  const found: Verdict[] = [];
  if (schedules === 0) found.push(failed("Nothing is scheduled: no round opens and nobody is reminded.", startIt));
  const oldest = waiting.toSorted((a, b) => b.seconds - a.seconds)[0];
  if (oldest !== undefined && oldest.seconds > oddAfter) {
    const says = `A job (${oldest.kind}) has been due for ${inWords(oldest.seconds)}.`;
    const todo = "See that a server runs and isn't overloaded; its log says which jobs fail.";
    found.push(oldest.seconds > wrongAfter ? failed(says, todo) : warning(says, todo));
  }
  if (schedules > 0 && (lastLook === null || lastLook > silentAfter)) {
    const since = lastLook === null ? "No server has ever" : `For ${inWords(lastLook)} no server has`;
    found.push(warning(`${since} looked what is due.`, "Start the server, or see in its log why its jobs rest."));
  }
  if (givenUp.length > 0) {
    const kinds = givenUp.map(({ kind, count }) => `${kind} ${count}`).join(", ");
    found.push(warning(
      `Jobs were given up in the last 24 hours: ${kinds}.`,
      "The server's log says why: look for these names. Failed cards have a Retry in the tab.",
    ));
  }
  const wait = oldest === undefined ? "nothing due is waiting" : `the oldest due job has waited ${inWords(oldest.seconds)}`;
  return found.length > 0 ? found : [fine(`${schedules} schedules, ${wait}, and none was given up in the last 24 hours.`)];
}

/** "12 s", "7 min", "3 h", "2 days". */
export function inWords(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 120) return `${s} s`;
  if (s < 7_200) return `${Math.round(s / 60)} min`;
  return s < 172_800 ? `${Math.round(s / 3_600)} h` : `${Math.round(s / 86_400)} days`;
}
