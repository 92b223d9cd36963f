import { statSync } from "node:fs";

/**
 * What takes longest, longest first. A clean checkout has no times of an earlier run, and what jest goes by then, the
 * length of a file, is shortest for some of these.
 */
const heavy = [
  "together/app-1",
  "together/app-2",
  "together/app-3",
  "together/app-4",
  "together/app-5",
  "together/app-6",
  "browser/tab-pages",
  "browser/tab-evidence",
  "built/replicas",
  "browser/pulse",
  "built/kill-wave",
  "app/pulse-attacks-found",
  "app/pulse-attacks",
  "browser/tab-people",
  "browser/local-mode",
  "built/doctor",
  "browser/tab-meetings",
  "contracts/crash",
  "built/kill-meeting",
  "built/command-line",
  "contracts/pulse-traces",
];

/** @param {{ path: string }} test */
function placeOf({ path }) {
  const place = heavy.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return place < 0 ? heavy.length : place;
}

/** Begins with the heavy test files, so that none of them runs alone at the end while the other worker has nothing to do. */
export default class HeavyFirst {
  /** @template {{ path: string }} T @param {readonly T[]} tests @returns {T[]} */
  sort(tests) {
    const sizes = new Map(tests.map(({ path }) => [path, statSync(path).size]));
    return tests.toSorted((a, b) => placeOf(a) - placeOf(b) || (sizes.get(b.path) ?? 0) - (sizes.get(a.path) ?? 0));
  }

  /** @template {{ path: string }} T @param {readonly T[]} tests @param {{ shardIndex: number, shardCount: number }} shard */
  shard(tests, { shardIndex, shardCount }) {
    return tests.filter((_, place) => place % shardCount === shardIndex - 1);
  }

  /** The order doesn't come from earlier runs, so nothing is kept of this one. */
  cacheResults() {}

  allFailedTests() {
    throw new Error("No results of earlier runs are kept, so --onlyFailures isn't to be had.");
  }
}
