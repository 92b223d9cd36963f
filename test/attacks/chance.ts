import type { Guess, Vector } from "./evidence.ts";
import { once } from "./once.ts";
import { keyOf } from "./responses.ts";
import type { Random } from "./random.ts";

/** One wave, as the judge knows it. */
export interface Trial {
  /** By person, what they said. */
  readonly truth: ReadonlyMap<string, Vector>;
  /** Those who took part by published group: within one of these, nobody may be told from anybody else. */
  readonly groups: readonly (readonly string[])[];
  /** By strategy. */
  readonly guesses: ReadonlyMap<string, Guess>;
}

export interface Score {
  readonly strategy: string;
  /** Whole answers, or single items, that were guessed right. */
  readonly counted: "answers" | "items";
  readonly people: number;
  readonly hits: number;
  /** What guessing within the published group would hit on average. */
  readonly chance: number;
  /** How many standard deviations the hits are above that. */
  readonly above: number;
}

export interface Verdict {
  /** The 99 % point of the best of all strategies' `above`, if they all only guessed within the published group. */
  readonly limit: number;
  /** Best first. */
  readonly scores: readonly Score[];
  /** The names of strategies beyond the limit. */
  readonly beyond: readonly string[];
}

const level = 0.99;

/** Collects waves one by one, so that nothing of their evidence needs to be kept. */
export interface Judge {
  add(trial: Trial): void;
  verdict(): Verdict;
}

/** Hits of one strategy, first the real ones and then one count for each shuffling, with their exact moments. */
interface Tally {
  readonly hits: Int32Array;
  mean: number;
  variance: number;
}

/**
 * Judges strategies over some waves. Guessing within the published group is done by shuffling what people said within
 * their groups, many times, and counting again: hits of each strategy have an exact mean and variance under it
 * (Hoeffding, Annals of Mathematical Statistics 22, 1951, 558-566), and the largest of all strategies' standardised hits
 * gives the limit, which so allows for trying many (Westfall and Young, Resampling-based multiple testing, 1993).
 */
export function newJudge(random: Random, shufflings = 1_000): Judge {
  const tallies = { answers: new Map<string, Tally>(), items: new Map<string, Tally>() };
  let people = 0;
  return {
    add(trial) {
      const table = tableOf(trial);
      people += table.truth.length;
      const truths = [table.truth];
      while (truths.length <= shufflings) truths.push(shuffledWithin(table.truth, table.groups, random));
      for (const counted of ["answers", "items"] as const) {
        for (const { names, guessed } of table.guesses) {
          const worth = counted === "answers" ? table.equal : table.items;
          const { mean, variance } = momentsOf(table, guessed, worth);
          if (mean === 0) continue;
          const hits = truths.map((truth) => hitsOf(truth, guessed, worth));
          for (const name of names) {
            const tally = tallies[counted].get(name) ?? { hits: new Int32Array(shufflings + 1), mean: 0, variance: 0 };
            tally.mean += mean;
            tally.variance += variance;
            for (let shuffling = 0; shuffling <= shufflings; shuffling += 1) tally.hits[shuffling]! += hits[shuffling]!;
            tallies[counted].set(name, tally);
          }
        }
      }
    },
    verdict() {
      const all = [...tallies.answers.values(), ...tallies.items.values()].filter(({ variance }) => variance > 0);
      const best = new Float64Array(shufflings);
      for (const { hits, mean, variance } of all) {
        const deviation = Math.sqrt(variance);
        for (let shuffling = 0; shuffling < shufflings; shuffling += 1) {
          const above = (hits[shuffling + 1]! - mean) / deviation;
          if (above > best[shuffling]!) best[shuffling] = above;
        }
      }
      const limit = best.sort()[Math.ceil(level * shufflings) - 1] ?? 0;
      const scores = (["answers", "items"] as const).flatMap((counted) =>
        [...tallies[counted]].map(([strategy, tally]): Score => {
          return { strategy, counted, people, hits: tally.hits[0]!, chance: tally.mean, above: standardised(tally) };
        }),
      );
      scores.sort((a, b) => b.above - a.above);
      const beyond = [...new Set(scores.filter(({ above }) => above > limit).map(({ strategy }) => strategy))];
      return { limit, scores, beyond };
    },
  };
}

/** Judges some waves at once. */
export function judge(trials: readonly Trial[], random: Random): Verdict {
  const one = newJudge(random);
  for (const trial of trials) one.add(trial);
  return one.verdict();
}

function standardised({ hits, mean, variance }: Tally): number {
  return variance === 0 ? 0 : (hits[0]! - mean) / Math.sqrt(variance);
}

/** A trial in numbers: each distinct vector has one, and -1 stands for no guess. */
interface Table {
  readonly truth: Int32Array;
  readonly groups: readonly Int32Array[];
  /** Strategies that guess the same for everybody, together. */
  readonly guesses: readonly { readonly names: readonly string[]; readonly guessed: Int32Array }[];
  /** By two vectors: 1 when they are the same; how many items are the same. */
  readonly equal: Worth;
  readonly items: Worth;
}
type Worth = readonly Uint8Array[];

function tableOf({ truth, groups, guesses }: Trial): Table {
  const people = [...truth.keys()];
  const placeOf = new Map(people.map((id, place) => [id, place]));
  const vectors: Vector[] = [];
  const numbers = new Map<string, number>();
  const numberByKey = (vector: Vector) => {
    const key = keyOf(vector);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, vectors.length);
    return vectors.push(vector) - 1;
  };
  // Most guesses are of the very answers that others are, too.
  const byVector = once(numberByKey);
  const numberOf = (vector: Vector | undefined) => (vector === undefined ? -1 : byVector(vector));
  const said = Int32Array.from(people, (id) => numberOf(truth.get(id)));
  const alike = new Map<string, { names: string[]; guessed: Int32Array }>();
  for (const [name, guess] of guesses) {
    const guessed = Int32Array.from(people, (id) => numberOf(guess.get(id)));
    const key = guessed.join();
    const same = alike.get(key);
    if (same === undefined) alike.set(key, { names: [name], guessed });
    else same.names.push(name);
  }
  const compare = (worth: (a: Vector, b: Vector) => number) => vectors.map((a) => Uint8Array.from(vectors, (b) => worth(a, b)));
  return {
    truth: said,
    groups: groups.map((group) => Int32Array.from(group, (id) => placeOf.get(id) ?? -1)),
    guesses: [...alike.values()],
    equal: compare((a, b) => (a === b ? 1 : 0)),
    items: compare((a, b) => Object.keys(a).filter((item) => a[item] === b[item]).length),
  };
}

// Hoeffding: for hits summed over a random permutation, with d the worth less its row's and its column's means. The sum
// of d's squares is that of all worths, less those of the rows' and the columns' means, plus that of the overall mean.
function momentsOf({ truth, groups }: Table, guessed: Int32Array, worth: Worth): { mean: number; variance: number } {
  let mean = 0;
  let variance = 0;
  for (const group of groups) {
    const n = group.length;
    const columns = new Float64Array(n);
    let [all, squares, ofRows] = [0, 0, 0];
    for (const person of group) {
      let row = 0;
      for (let other = 0; other < n; other += 1) {
        const one = worthOf(worth, guessed[person]!, truth[group[other]!]!);
        row += one;
        squares += one * one;
        columns[other]! += one;
      }
      all += row;
      ofRows += row * row;
    }
    mean += all / n;
    if (n < 2) continue;
    const ofColumns = columns.reduce((sum, column) => sum + column * column, 0);
    variance += (squares - ofRows / n - ofColumns / n + (all / n) ** 2) / (n - 1);
  }
  return { mean, variance: variance < 1e-9 ? 0 : variance };
}

function worthOf(worth: Worth, guessed: number, said: number): number {
  return guessed < 0 ? 0 : worth[guessed]![said]!;
}

function hitsOf(truth: Int32Array, guessed: Int32Array, worth: Worth): number {
  let hits = 0;
  for (let person = 0; person < truth.length; person += 1) hits += worthOf(worth, guessed[person]!, truth[person]!);
  return hits;
}

function shuffledWithin(truth: Int32Array, groups: readonly Int32Array[], random: Random): Int32Array {
  const shuffled = truth.slice();
  for (const group of groups) {
    for (let last = group.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      const [a, b] = [group[last]!, group[other]!];
      [shuffled[a], shuffled[b]] = [shuffled[b]!, shuffled[a]!];
    }
  }
  return shuffled;
}
