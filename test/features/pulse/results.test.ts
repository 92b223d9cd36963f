import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { areAlike } from "../../../src/features/pulse/distribution.ts";
import { defaultInstrument } from "../../../src/features/pulse/instrument.ts";
import { withLabelsDropped } from "../../../src/features/pulse/labels.ts";
import type { Distribution, Response, Score, WaveResults } from "../../../src/features/pulse/model.ts";
import { lostResults, resultsOf } from "../../../src/features/pulse/results.ts";
import { scoreOf } from "../../../src/features/pulse/scoring.ts";
import { groupNames, onlyFirst, people, someGroups, someResponses } from "./answers.ts";

const waveWith = (threshold = 10) => ({
  instrument: defaultInstrument,
  threshold,
  groups: someGroups,
  asked: { managers: 61, members: 43 },
});
const closed = (responses: readonly Response[], threshold = 10) =>
  resultsOf(waveWith(threshold), withLabelsDropped(defaultInstrument, responses, threshold));

/** "50 ±5", or why there is none. */
const inShort = (score: Score) => (score.kind === "shown" ? `${score.score} ±${score.margin}` : score.why);
const groupsInShort = ({ groups }: WaveResults) =>
  Object.fromEntries(groups.map(({ name, score }) => [name, inShort(score)]));
/** Everything that is shown or withheld. */
const partsOf = ({ score, bands, items, groups }: WaveResults) => [
  score,
  bands,
  ...items.map(({ distribution }) => distribution),
  ...groups.map((group) => group.score),
];
const firstItem = ({ items }: WaveResults) => items[0]?.distribution;
const percents = (distribution: Distribution | undefined) =>
  distribution?.kind === "shown" ? distribution.parts.map(({ percent }) => percent) : distribution?.why;

function scoresOf(responses: readonly Response[], belongs: (group: string | null) => boolean = () => true): number[] {
  return responses.filter(({ group }) => belongs(group)).flatMap(({ choices }) => scoreOf(defaultInstrument, choices) ?? []);
}

const thresholds = fc.constantFrom(10, 10, 12, 20);

describe("results by hand", () => {
  // Scores: place 1 gives 475/7 = 67.86, place 3 gives 225/7 = 32.14.
  // 20 and 20: mean 50; deviation 17.857 * sqrt(40/39) = 18.08; 1.96 * 18.08 / sqrt(40) = 5.6, so 6.
  it("give the mean with its margin rounded up, and people rounded to five", () => {
    const results = closed([...people("North", 21, 1, 3), ...people("South", 21, 3, 1)]);
    expect(results.score).toEqual({ kind: "shown", people: 40, score: 50, margin: 6 });
    expect(results.people).toEqual({ asked: 105, managersAsked: 60, membersAsked: 45, answered: 40 });
    expect(results.responseRate).toBe(40);
    expect(percents(results.bands)).toEqual([50, 50, 0, 0]);
    expect(percents(firstItem(results))).toEqual([0, 50, 0, 50, 0]);
  });

  it("show groups that can be shown, and say why others can't", () => {
    const results = closed([...people("North", 20, 1, 3), ...people("South", 12, 3, 1), ...people("West", 3, 1)]);
    // West is too small, so South loses its label to it.
    expect(groupsInShort(results)).toEqual({ North: "50 ±9", East: "too-few", South: "too-few", West: "too-few" });
  });

  it("don't show a group that is everybody", () => {
    expect(groupsInShort(closed(people("North", 30, 1, 3)))).toMatchObject({ North: "complement", East: "too-few" });
  });

  it("don't show a group beside too few others, even if their labels weren't dropped", () => {
    const groups = [...people("North", 12, 1, 3), ...people("East", 14, 1, 3), ...people("South", 9, 1, 3)];
    const results = resultsOf(waveWith(), groups);
    expect(groupsInShort(results)).toEqual({ North: "complement", East: "50 ±10", South: "too-few", West: "too-few" });
  });

  it("withhold what all, or all but four, scored", () => {
    expect(closed(people("North", 30, 1)).score).toEqual({ kind: "suppressed", why: "unanimous" });
    expect(inShort(closed([...people("North", 26, 1), ...people("North", 4, 3)]).score)).toBe("unanimous");
    expect(closed([...people("North", 26, 1), ...people("North", 5, 3)]).score.kind).toBe("shown");
  });

  it("withhold the other group, too, when a group is of one mind: the network less that one would tell", () => {
    const results = closed([...people("North", 20, 1), ...people("South", 20, 1, 3)]);
    expect(results.score.kind).toBe("shown");
    expect(groupsInShort(results)).toMatchObject({ North: "unanimous", South: "unanimous" });
  });

  it("leave people without a score out of items while they are few, so that no sum tells their answers", () => {
    const scored = people("North", 30, 1, 3);
    const few = Array.from({ length: 9 }, () => ({ group: "North", choices: onlyFirst(0) }));
    expect(percents(firstItem(closed([...scored, ...few])))).toEqual([0, 50, 0, 50, 0]);
    const many = Array.from({ length: 10 }, () => ({ group: "North", choices: onlyFirst(0) }));
    expect(percents(firstItem(closed([...scored, ...many])))).toEqual([25, 38, 0, 38, 0]);
  });

  it("show an item when too few have a score for anything else", () => {
    const results = closed(Array.from({ length: 20 }, (_, nth) => ({ group: "North", choices: onlyFirst(nth % 2) })));
    expect(percents(firstItem(results))).toEqual([50, 50, 0, 0, 0]);
    expect(results.items.slice(1).map(({ distribution }) => percents(distribution))).toEqual(Array(6).fill("too-few"));
    expect([inShort(results.score), percents(results.bands)]).toEqual(["too-few", "too-few"]);
    expect(results.people.answered).toBe(20);
  });

  it("of a lost wave say only how many took part", () => {
    const results = lostResults(waveWith(), 41);
    expect(results.people.answered).toBe(40);
    const all = partsOf(results);
    expect(all).toHaveLength(2 + 7 + 4);
    expect(new Set(all.map((one) => (one.kind === "suppressed" ? one.why : one.kind)))).toEqual(new Set(["lost"]));
  });
});

describe("results of any wave", () => {
  it("show no score of fewer people than the threshold, nor beside fewer others", () => {
    fc.assert(
      fc.property(someResponses, thresholds, (responses, threshold) => {
        const results = closed(responses, threshold);
        const everybody = scoresOf(responses).length;
        expect(results.score.kind === "shown" && everybody < threshold).toBe(false);
        for (const { name, score } of results.groups) {
          if (score.kind === "suppressed") continue;
          const inGroup = scoresOf(responses, (group) => group === name).length;
          expect(inGroup).toBeGreaterThanOrEqual(threshold);
          expect(everybody - inGroup).toBeGreaterThanOrEqual(threshold);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("leave neither few people nor one mind when any published groups are added up and taken from the whole", () => {
    fc.assert(
      fc.property(someResponses, thresholds, fc.boolean(), (responses, threshold, areDropped) => {
        const results = areDropped ? closed(responses, threshold) : resultsOf(waveWith(threshold), responses);
        const published = results.groups.filter(({ score }) => score.kind === "shown").map(({ name }) => name);
        for (let union = 1; union < 2 ** published.length; union += 1) {
          const chosen = new Set<string | null>(published.filter((_, nth) => (union >> nth) % 2 === 1));
          const inside = scoresOf(responses, (group) => chosen.has(group));
          const outside = scoresOf(responses, (group) => !chosen.has(group));
          for (const part of [inside, outside]) {
            if (part.length === 0) continue;
            expect(part.length).toBeGreaterThanOrEqual(threshold);
            expect(areAlike(part)).toBe(false);
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it("are whole numbers, with people in fives", () => {
    fc.assert(
      fc.property(someResponses, (responses) => {
        const results = closed(responses);
        const distributions = [results.bands, ...results.items.map(({ distribution }) => distribution)];
        const numbers = distributions.flatMap((one) => (one.kind === "shown" ? one.parts.map(({ percent }) => percent) : []));
        const fives: number[] = Object.values(results.people);
        for (const score of [results.score, ...results.groups.map((group) => group.score)]) {
          if (score.kind === "suppressed") continue;
          numbers.push(score.score);
          fives.push(score.people);
          expect(Number.isInteger(score.margin) && score.margin > 0).toBe(true);
        }
        for (const number of numbers) expect(Number.isInteger(number) && number >= 0 && number <= 100).toBe(true);
        for (const number of fives) expect(number % 5).toBe(0);
      }),
    );
  });

  it("don't depend on the order of responses", () => {
    const twice = someResponses.chain((responses) =>
      fc.tuple(fc.constant(responses), fc.shuffledSubarray(responses, { minLength: responses.length })),
    );
    fc.assert(fc.property(twice, ([responses, shuffled]) => expect(closed(shuffled)).toEqual(closed(responses))));
  });

  it("show nothing at all of fewer people than the threshold", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(null, ...groupNames), fc.nat({ max: 4 })), { maxLength: 9 }), (few) => {
        const results = closed(few.flatMap(([group, place]) => people(group, 1, place)));
        expect(new Set(partsOf(results).map(({ kind }) => kind))).toEqual(new Set(["suppressed"]));
      }),
    );
  });
});
