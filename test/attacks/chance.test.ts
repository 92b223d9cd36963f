import { describe, expect, it } from "@jest/globals";
import { judge, newJudge, type Trial } from "./chance.ts";
import type { Guess, Vector } from "./evidence.ts";
import { type Random, randomFrom, shuffled } from "./random.ts";

const people = Array.from({ length: 30 }, (_, place) => `person ${place}`);
const groups = [people.slice(0, 18), people.slice(18)];

function truthFrom(random: Random): Map<string, Vector> {
  return new Map(people.map((id) => [id, { a: Math.floor(random() * 3), b: Math.floor(random() * 2) }]));
}

/** What somebody would guess who knows which answers each group gave, and no more. */
function guessFrom(random: Random, truth: ReadonlyMap<string, Vector>): Guess {
  return new Map(groups.flatMap((group) => shuffled(random, group).map((other, place) => [group[place]!, truth.get(other)!] as const)));
}

function trialFrom(random: Random, guesses: (truth: ReadonlyMap<string, Vector>) => Record<string, Guess>): Trial {
  const truth = truthFrom(random);
  return { truth, groups, guesses: new Map(Object.entries(guesses(truth))) };
}

describe("guessing within the published group", () => {
  it("hits as often on average, and varies as much, as all ways to shuffle three people come to", () => {
    const vectors: Vector[] = [{ a: 0 }, { a: 0 }, { a: 1 }];
    const truth = new Map(vectors.map((vector, place) => [`${place}`, vector]));
    const guess: Guess = new Map([["0", { a: 1 }], ["1", { a: 0 }]]);
    const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    const hits = orders.map((order) => [...guess].filter(([id, { a }]) => vectors[order[Number(id)]!]!["a"] === a).length);
    const mean = hits.reduce((sum, one) => sum + one, 0) / 6;
    const deviation = Math.sqrt(hits.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 6);
    const { scores } = judge([{ truth, groups: [["0", "1", "2"]], guesses: new Map([["one", guess]]) }], randomFrom(1));
    const score = scores.find(({ counted }) => counted === "answers")!;
    expect(score.chance).toBeCloseTo(mean, 9);
    expect(score.above).toBeCloseTo((score.hits - mean) / deviation, 9);
  });

  it("goes beyond the limit about once in a hundred times, however many strategies guess", () => {
    const random = randomFrom(7);
    const times = 200;
    const beyond = Array.from({ length: times }, () => {
      const trial = trialFrom(random, (truth) =>
        Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`guess ${n}`, guessFrom(random, truth)])),
      );
      const one = newJudge(random, 200);
      one.add(trial);
      return one.verdict().beyond.length > 0;
    }).filter(Boolean).length;
    // Binomial(200, 0.01) is above 8 once in 4,000 times.
    expect(beyond).toBeLessThanOrEqual(8);
  });

  it("is no better for knowing what most of a group said", () => {
    const random = randomFrom(3);
    const trial = trialFrom(random, (truth) => ({ most: new Map(people.map((id) => [id, truth.get(people[0]!)!])) }));
    const { scores, beyond } = judge([trial], random);
    expect(scores.map(({ above }) => above)).toEqual([0, 0]);
    expect(beyond).toEqual([]);
  });
});

describe("a strategy that knows", () => {
  it("is beyond the limit among hundreds that guess, even when it knows six people of ninety", () => {
    const random = randomFrom(5);
    const trials = Array.from({ length: 3 }, () =>
      trialFrom(random, (truth) => ({
        ...Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`guess ${n}`, guessFrom(random, truth)])),
        knows: new Map([people[0]!, people[20]!, people[21]!, people[1]!, people[2]!].map((id) => [id, truth.get(id)!])),
      })),
    );
    expect(judge(trials, random).beyond).toEqual(["knows"]);
  });
});
