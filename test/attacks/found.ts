import { expect } from "@jest/globals";
import { attack, type Closed, inWords } from "./attack.ts";
import { brokenWay, type Fault } from "./broken.ts";
import type { Verdict } from "./chance.ts";
import type { Evidence } from "./evidence.ts";
import { planFrom, type PlanOptions } from "./plan.ts";
import { survey } from "./survey.ts";

/** A small network that answers by hand, so that every answer takes the broken way. */
const small: PlanOptions = { people: 30, rate: 0.8, waves: 1, byLink: 0, overTeams: 0, order: "random", stability: 0, engine: "server" };

/** Five reporting groups, in all of which but one a single person answers. */
export const lopsided: PlanOptions = { people: 125, evenly: true, rate: 0.5, quiet: 1, groupBy: "area" };

/** Enough to set what is found apart from chance: a removed defence gives nearly everybody away. */
const shufflings = 100;

/** What an attacker makes of some waves, of whose evidence they may see a part. */
export async function attacked(waves: Promise<Closed[]>, seen: (evidence: Evidence) => Evidence = (all) => all): Promise<Verdict> {
  return attack((await waves).map((wave): Closed => ({ ...wave, evidence: seen(wave.evidence) })), shufflings);
}

/** Surveys a network that lacks what `fault` takes away. */
export const surveyed = (fault: Fault, options: PlanOptions = {}, seed = 1) => survey(planFrom(seed, { ...small, ...options }), brokenWay(fault));

/** The named strategy is beyond the limit. */
export function expectFound(verdict: Verdict, strategy: string): void {
  if (!verdict.beyond.includes(strategy)) throw new Error(`"${strategy}" found nothing:\n${inWords(verdict)}`);
  const [score] = verdict.scores.filter((one) => one.strategy === strategy);
  expect(score!.hits).toBeGreaterThan(score!.chance);
}
