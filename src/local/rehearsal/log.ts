/** What every log entry of a stand-in has: its number within that log, and when its request came (ms since 1970). */
interface Numbered {
  readonly n: number;
  readonly at: number;
}

/** The page shows no more than this. */
const kept = 1000;

/**
 * One log made of several, each of which numbers its own entries from 1 and keeps the last of them. Entries get a
 * number of their own when they are first seen, those seen together in the order of their times, and keep it: whoever
 * asks for what came after the last number that they know misses nothing and gets nothing twice.
 */
export function mergedLog<T extends Numbered>(sources: readonly (() => readonly T[])[]): () => readonly T[] {
  const entries: T[] = [];
  const seen = sources.map(() => 0);
  let last = 0;
  return () => {
    const fresh = sources.flatMap((read, source) => {
      const known = seen[source] ?? 0;
      const added = read().filter((entry) => entry.n > known);
      seen[source] = added.at(-1)?.n ?? known;
      return added;
    });
    for (const entry of fresh.sort((one, other) => one.at - other.at)) {
      last += 1;
      entries.push({ ...entry, n: last });
    }
    entries.splice(0, entries.length - kept);
    return [...entries];
  };
}
