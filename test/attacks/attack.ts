import { newJudge, type Trial, type Verdict } from "./chance.ts";
import type { Evidence, Guess, Strategies, Vector } from "./evidence.ts";
import { randomFrom } from "./random.ts";
import { documents, rawBytes, unanimity } from "./strategies/documents.ts";
import { orders } from "./strategies/orders.ts";
import { publishedScores } from "./strategies/published.ts";
import { sealed } from "./strategies/sealed.ts";
import { labels, sharedValues } from "./strategies/shared-values.ts";
import { publishedDifferences, twoWaves } from "./strategies/two-waves.ts";

/** All that is tried. */
const strategies: readonly Strategies[] = [
  orders,
  sharedValues,
  labels,
  documents,
  rawBytes,
  sealed,
  publishedScores,
  twoWaves,
  publishedDifferences,
  unanimity,
];

/** One closed wave: what the attacker has, and what only the judge knows. */
export interface Closed {
  readonly evidence: Evidence;
  readonly truth: ReadonlyMap<string, Vector>;
  /** Those who took part, by the group within which they must not be told apart. */
  readonly groups: readonly (readonly string[])[];
}

/** Tries everything on one wave. */
export async function trialOf({ evidence, truth, groups }: Closed): Promise<Trial> {
  const guesses = new Map<string, Guess>();
  for (const strategy of strategies) {
    for (const [name, guess] of await strategy(evidence)) guesses.set(name, guess);
  }
  return { truth, groups, guesses };
}

/** Tries everything on some waves, and says how far above guessing it came. */
export async function attack(waves: readonly Closed[], shufflings = 300): Promise<Verdict> {
  const judge = newJudge(randomFrom(1), shufflings);
  for (const wave of waves) judge.add(await trialOf(wave));
  return judge.verdict();
}

/** The best of a verdict in a few lines, for whoever reads that a test failed. */
export function inWords({ limit, scores }: Verdict): string {
  const best = scores.slice(0, 5).map(
    ({ strategy, counted, hits, chance, people, above }) =>
      `${above.toFixed(1)} above: "${strategy}" got ${hits} ${counted} of ${people} people, by chance ${chance.toFixed(1)}`,
  );
  return [`limit ${limit.toFixed(1)}`, ...best].join("\n");
}
