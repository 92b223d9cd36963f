import type { Evidence, Guess, KnownPerson, Strategies, Vector } from "../evidence.ts";
import { type Answer, poolsOf, scoreOf } from "../responses.ts";

interface Shown {
  readonly people: readonly KnownPerson[];
  readonly score: number;
}

/**
 * What follows from published scores: of a group of which few took part; of the rest, where all groups but few people
 * are published; each made up of those answers that come to the score.
 */
export const publishedScores: Strategies = (evidence) => {
  const published = resultsIn(evidence);
  const took = evidence.roster.filter(({ id }) => evidence.tookPart.has(id));
  const groups = published.groups.map(({ name, score }) => ({ people: took.filter(({ group }) => group === name), score }));
  const rest = took.filter(({ group }) => !published.groups.some(({ name }) => name === group));
  const alone = new Map<string, Vector>();
  const subtracted = new Map<string, Vector>();
  for (const shown of groups) assign(alone, shown, evidence, 0.5);
  if (published.score !== null && rest.length > 0) {
    const sum = groups.reduce((total, { people, score }) => total + people.length * score, 0);
    const score = (published.score * took.length - sum) / rest.length;
    assign(subtracted, { people: rest, score }, evidence, took.length / rest.length);
  }
  return new Map<string, Guess>([
    ["published scores of small groups", alone],
    ["published scores subtracted", subtracted],
  ]);
};

interface Results {
  readonly score: number | null;
  readonly groups: readonly { readonly name: string; readonly score: number }[];
}

function resultsIn(evidence: Evidence): Results {
  const row = (evidence.after.tables.get("public.pulse_results") ?? []).find(({ values }) => values["wave"] === evidence.wave);
  const value = row?.values["value"] as { score: Score; groups: { name: string; score: Score }[] } | undefined;
  return {
    score: value?.score.score ?? null,
    groups: (value?.groups ?? []).flatMap(({ name, score }) => (score.score === undefined ? [] : [{ name, score: score.score }])),
  };
}

interface Score {
  readonly score?: number;
}

const mostPeople = 3;

/** Gives few people those answers, of the ones they may have written, whose mean is nearest to a score. */
function assign(guess: Map<string, Vector>, { people, score }: Shown, evidence: Evidence, off: number): void {
  const [first] = people;
  if (first === undefined || people.length > mostPeople) return;
  const pool = poolsOf(evidence).find((one) => one.people.includes(first))?.answers ?? [];
  const scored = pool.flatMap((answer) => {
    const own = scoreOf(answer.vector, evidence);
    return own === null ? [] : [{ answer, own }];
  });
  const best = nearest(scored, people.length, score * people.length);
  if (best === null || Math.abs(best.sum / people.length - score) > off) return;
  for (const [place, { id }] of people.entries()) guess.set(id, best.answers[place]!.vector);
}

type Scored = { readonly answer: Answer; readonly own: number };

function nearest(scored: readonly Scored[], count: number, wanted: number): { answers: Answer[]; sum: number } | null {
  if (count === 0) return { answers: [], sum: 0 };
  let best: { answers: Answer[]; sum: number } | null = null;
  for (const [place, { answer, own }] of scored.entries()) {
    const rest = nearest(scored.slice(place + 1), count - 1, wanted - own);
    if (rest === null) continue;
    const sum = rest.sum + own;
    if (best === null || Math.abs(sum - wanted) < Math.abs(best.sum - wanted)) best = { answers: [answer, ...rest.answers], sum };
  }
  return best;
}

