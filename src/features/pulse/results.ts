import { areAlike, distributionOf } from "./distribution.ts";
import type { Instrument } from "./instrument.ts";
import type { Distribution, Response, Score, Suppression, Wave, WaveResults } from "./model.ts";
import { mean, responseRate, round5 } from "./rounding.ts";
import { bandOf, choiceOf, scoreOf } from "./scoring.ts";

// Why nothing here can be subtracted from anything else to set fewer people apart than the threshold:
//
// Scores. Labelled groups don't overlap, each has at least the threshold of people with a score, and so has everybody
// outside the groups that show, unless there is nobody. Whatever is added up or taken away (groups, the network's
// score, numbers of people), what is known is a union of such sets. That holds for exact numbers; whole points, margins
// rounded up and people rounded to 5 only blur it further. The same goes for sameness: no such set is all, or nearly
// all, of one score, so that a group that is withheld for that can't be had back from the network and other groups.
//
// Distributions are of the network only and never by group. Bands count the same people as its score. Items could
// count more: somebody who answered too little for a score is in an item and not in the score, and items together give
// the sum that the score is made of. So such people count in items only when they are at least the threshold, or when
// no score shows. What stays is who left a single item blank: nobody but they themselves knows, and of a sum over all
// items the whole points of the score hide 3.5 points for each person (seven items).
//
// Waves. Everybody answers afresh in each, and groups don't change within a year: two waves differ by everybody's
// answers, not by those of who joined and left. No result is ever computed again from a changed set of answers.

/** What results need to know of a wave. */
type Counted = Pick<Wave, "instrument" | "threshold" | "groups" | "asked">;

/**
 * All that is ever published of a wave. Depends on what the responses are, never on their order.
 * @param responses one for each person who sent, labels already dropped (labels.ts)
 */
export function resultsOf(wave: Counted, responses: readonly Response[]): WaveResults {
  const { instrument, threshold } = wave;
  const all = responses.map((response) => ({ ...response, score: scoreOf(instrument, response.choices) }));
  const scored = all.flatMap(({ group, choices, score }) => (score === null ? [] : [{ group, choices, score }]));
  const unscored = all.length - scored.length;
  const inItems = unscored >= threshold || scored.length < threshold ? all : scored;
  return {
    ...peopleOf(wave, responses.length),
    score: networkScore(scored.map(({ score }) => score), threshold),
    bands: bandsOf(instrument, scored.map(({ score }) => score), threshold),
    items: instrument.items.map((item) => {
      const labels = instrument.scales[item.scale]?.choices.map(({ label }) => label) ?? [];
      const places = inItems.flatMap(({ choices }) => choiceOf(choices, item.id) ?? []);
      return { id: item.id, text: item.text, distribution: distributionOf(labels, places, threshold) };
    }),
    groups: groupResults(wave, scored),
  };
}

/** What is published of a wave whose key was lost before the close: how many took part, and that there is no more. */
export function lostResults(wave: Counted, sent: number): WaveResults {
  const lost = { kind: "suppressed", why: "lost" } as const;
  return {
    ...peopleOf(wave, sent),
    score: lost,
    bands: lost,
    items: wave.instrument.items.map(({ id, text }) => ({ id, text, distribution: lost })),
    groups: wave.groups.groups.map(({ name, members }) => ({ name, members, score: lost })),
  };
}

function peopleOf(
  { asked: { managers, members } }: Counted,
  sent: number,
): Pick<WaveResults, "people" | "responseRate"> {
  const asked = managers + members;
  return {
    people: {
      asked: round5(asked),
      managersAsked: round5(managers),
      membersAsked: round5(members),
      answered: round5(sent),
    },
    responseRate: responseRate(sent, asked),
  };
}

function networkScore(scores: readonly number[], threshold: number): Score {
  if (scores.length < threshold) return suppressed("too-few");
  return areAlike(scores) ? suppressed("unanimous") : shown(scores);
}

function bandsOf(instrument: Instrument, scores: readonly number[], threshold: number): Distribution {
  const labels = instrument.bands.map(({ label }) => label);
  return distributionOf(labels, scores.map((score) => bandOf(instrument, score)), threshold);
}

interface Scored {
  readonly group: string | null;
  readonly score: number;
}

function groupResults({ groups: { groups }, threshold }: Counted, scored: readonly Scored[]): WaveResults["groups"] {
  const byGroup = Map.groupBy(scored, ({ group }) => group);
  const scoresOf = new Map(groups.map(({ name }) => [name, (byGroup.get(name) ?? []).map(({ score }) => score)]));
  const scoresIn = (name: string) => scoresOf.get(name) ?? [];
  const alone = new Map(groups.map(({ name }) => [name, aloneFault(scoresIn(name), scored.length, threshold)]));
  const published = groups
    .map(({ name }) => name)
    .filter((name) => alone.get(name) === null)
    .sort((a, b) => scoresIn(b).length - scoresIn(a).length || (a < b ? 1 : -1));
  let left = published.length;
  let fault: Suppression | null = null;
  // What the network's score says beyond the groups that show is that of everybody else: they must be nobody, or pass.
  for (; left > 0; left -= 1) {
    const kept = new Set<string | null>(published.slice(0, left));
    const others = scored.filter(({ group }) => !kept.has(group)).map(({ score }) => score);
    const found = othersFault(others, threshold);
    if (found === null) break;
    fault ??= found;
  }
  const kept = new Set(published.slice(0, left));
  return groups.map(({ name, members }) => {
    const why = alone.get(name) ?? (kept.has(name) ? null : fault);
    return { name, members, score: why === null ? shown(scoresIn(name)) : suppressed(why) };
  });
}

/** Why a group can't be shown whatever else is; null when it can. */
function aloneFault(scores: readonly number[], everybody: number, threshold: number): Suppression | null {
  if (scores.length < threshold) return "too-few";
  if (everybody - scores.length < threshold) return "complement";
  return areAlike(scores) ? "unanimous" : null;
}

function othersFault(scores: readonly number[], threshold: number): Suppression | null {
  if (scores.length === 0) return null;
  if (scores.length < threshold) return "complement";
  return areAlike(scores) ? "unanimous" : null;
}

function suppressed(why: Suppression): Score {
  return { kind: "suppressed", why };
}

/** The mean, and half its 95 % interval (1.96 standard errors) rounded up, so that it never promises too much. */
function shown(scores: readonly number[]): Score {
  const centre = mean(scores);
  const squares = scores.map((score) => (score - centre) ** 2);
  const deviation = Math.sqrt((mean(squares) * scores.length) / (scores.length - 1));
  const margin = Math.ceil((1.96 * deviation) / Math.sqrt(scores.length));
  return { kind: "shown", people: round5(scores.length), score: Math.round(centre), margin };
}
