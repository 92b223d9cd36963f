import type { AuditEntry } from "../kernel/store.ts";

type Record = (entry: AuditEntry) => Promise<void>;

/** Who reads the same again within this many milliseconds is still at it: a page that is open reads every few seconds. */
const sitting = 15 * 60_000;
/** More readings than this aren't kept in mind. */
const most = 10_000;

/**
 * Records what was done, and what was looked at once in a quarter of an hour for each person. What was refused and each
 * file that was taken are recorded every time.
 */
export function withoutRepeatedReadings(record: Record): Record {
  const last = new Map<string, number>();
  return async (entry) => {
    const { actor, action, subject, detail, at } = entry;
    const isReading = action.startsWith("GET ") && !action.startsWith("GET exports/") && detail["status"] === 200;
    if (actor === null || !isReading) return record(entry);
    const key = JSON.stringify([actor.network, actor.person, action, subject]);
    const now = at.epochMilliseconds;
    if (now - (last.get(key) ?? -Infinity) < sitting) return;
    // Before it is written: pages ask for several things at the same moment.
    last.delete(key);
    last.set(key, now);
    for (const [oldest] of last) if (last.size > most) last.delete(oldest);
    try {
      await record(entry);
    } catch (cause) {
      last.delete(key);
      throw cause;
    }
  };
}
