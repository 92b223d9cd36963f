import { inWords, trialOf } from "./attack.ts";
import { newJudge, type Verdict } from "./chance.ts";
import { type Plan, planFrom, type PlanOptions } from "./plan.ts";
import { randomFrom } from "./random.ts";
import { survey } from "./survey.ts";

/** How many networks to try, and what of them is given. */
export interface Campaign {
  readonly seeds: readonly number[];
  readonly options?: (seed: number) => PlanOptions;
  readonly shufflings?: number;
  /** No network is begun after so many milliseconds. */
  readonly lasting?: number;
}

export type Tried = Verdict & { readonly networks: number };

/** Attacks the composed application over many networks. */
export async function attackMany({ seeds, options, shufflings, lasting = Infinity }: Campaign): Promise<Tried> {
  const end = Date.now() + lasting;
  const judge = newJudge(randomFrom(seeds[0] ?? 0), shufflings);
  let networks = 0;
  for (const seed of seeds) {
    const plan = planFrom(seed, options?.(seed));
    const waves = await survey(plan);
    for (const wave of judged(plan, waves)) judge.add(await trialOf(wave));
    networks += 1;
    if (Date.now() >= end) break;
  }
  return { ...judge.verdict(), networks };
}

// Where people say again what they said before, two waves aren't two trials: what is guessed right in one is in both.
function judged<T>({ stability }: Plan, waves: readonly T[]): readonly T[] {
  return stability === 0 ? waves : waves.slice(-1);
}

/**
 * Attacks many networks, and if anything came out above chance, as many others: one time in a hundred that happens by
 * chance, but only a leak makes the same strategy do so again. Gives what was found both times, in words; empty for
 * nothing.
 */
export async function leaksIn(campaign: Campaign): Promise<string> {
  const first = await attackMany(campaign);
  if (first.beyond.length === 0) return "";
  const again = await attackMany({ ...campaign, seeds: campaign.seeds.map((seed) => seed + 500_000) });
  const both = first.beyond.filter((strategy) => again.beyond.includes(strategy));
  return both.length === 0 ? "" : `${both.join("\n")}\n${inWords(first)}\nand again:\n${inWords(again)}`;
}
