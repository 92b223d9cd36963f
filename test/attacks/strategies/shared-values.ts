import type { Evidence, Guess, Strategies, Vector } from "../evidence.ts";
import { type Document, documentsOf, tokensIn, whoIn } from "../mentions.ts";
import { answersIn, poolsOf } from "../responses.ts";

/** Values, words or transaction numbers that few answers have, and few people's rows, lines or listings too. */
export const sharedValues: Strategies = (evidence) => {
  const documents = documentsOf(evidence);
  const who = whoIn(evidence);
  const guess = (tokens: (document: Document) => string[]) => bySharing(evidence, documents, who, tokens);
  return new Map([
    ["shared values", guess(tokensIn)],
    ["shared transactions", guess(({ row }) => (row === undefined ? [] : transactionsOf(row)))],
  ]);
};

function transactionsOf({ xmin, xmax }: { xmin: number; xmax: number }): string[] {
  return [...(xmin > 2 ? [`transaction ${xmin}`] : []), ...(xmax > 2 ? [`transaction ${xmax}`] : [])];
}

function bySharing(
  evidence: Evidence,
  documents: readonly Document[],
  who: (document: Document) => string | null,
  valuesIn: (document: Document) => string[],
): Guess {
  const answers = answersIn(evidence);
  const byToken = new Map<string, Set<Vector>>();
  for (const { row, vector } of answers) {
    for (const token of valuesIn({ source: "", place: 0, value: row.values, row })) {
      byToken.set(token, (byToken.get(token) ?? new Set()).add(vector));
    }
  }
  const peopleOf = new Map<string, Set<string>>();
  for (const document of documents) {
    const person = who(document);
    if (person === null || !evidence.tookPart.has(person)) continue;
    for (const token of valuesIn(document)) {
      if (byToken.has(token)) peopleOf.set(token, (peopleOf.get(token) ?? new Set()).add(person));
    }
  }
  const weights = new Map<string, Map<Vector, number>>();
  for (const [token, people] of peopleOf) {
    const vectors = byToken.get(token)!;
    if (vectors.size === answers.length) continue;
    for (const person of people) {
      const own = weights.get(person) ?? new Map<Vector, number>();
      for (const vector of vectors) own.set(vector, (own.get(vector) ?? 0) + 1 / (vectors.size * people.size));
      weights.set(person, own);
    }
  }
  const best = (own: ReadonlyMap<Vector, number>) => [...own].reduce((top, one) => (one[1] > top[1] ? one : top))[0];
  return new Map([...weights].map(([person, own]) => [person, best(own)]));
}

const few = 3;

/** Answers whose label, or anything else in their row, is something that the person is or has. */
export const labels: Strategies = (evidence) => {
  const guess = new Map<string, Vector>();
  const answers = answersIn(evidence);
  const taken = new Set<unknown>();
  const groups = new Map(evidence.roster.map(({ id, group }) => [id, group]));
  for (const { people } of poolsOf(evidence)) {
    for (const { id, group, facts } of people) {
      const own = new Set<unknown>([group, ...Object.values(facts)].filter((fact) => typeof fact === "string" && fact !== ""));
      const fitting = answers.filter(({ row }) => Object.values(row.values).some((value) => own.has(value)));
      const candidates = fitting.length > 0 ? fitting : answers.filter(({ label }) => label === null);
      const answer = candidates.find((one) => !taken.has(one)) ?? candidates[0];
      if (answer === undefined) continue;
      taken.add(answer);
      guess.set(id, answer.vector);
    }
  }
  const sizes = new Map([...Map.groupBy(answers, ({ label }) => label)].map(([label, some]) => [label, some.length]));
  const isOfFew = (label: string | null) => label !== null && (sizes.get(label) ?? Infinity) <= few;
  return new Map<string, Guess>([
    ["labels", guess],
    ["labels of few", new Map([...guess].filter(([id]) => isOfFew(groups.get(id) ?? null)))],
  ]);
};
