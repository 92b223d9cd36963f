import type { Evidence, Guess, Strategies, Vector } from "../evidence.ts";
import { answersInBytes } from "../raw-answers.ts";
import { answersIn, keyOf } from "../responses.ts";

/**
 * Two waves beside each other: answers that the wave before didn't have are those of people who took part in this one
 * alone, as far as the others say again what they said. The earlier answers are looked for in the closed database, and
 * in whatever bytes of them were left before this close.
 */
export const twoWaves: Strategies = (evidence) => {
  const { earlier } = evidence;
  if (earlier === null) return new Map();
  const inTables = answersIn({ ...earlier, after: evidence.after }).map(({ vector }) => keyOf(vector));
  const inBytes = evidence.before.raw.flatMap(({ bytes }) => answersInBytes(bytes, evidence).map(({ what }) => keyOf(what)));
  return new Map<string, Guess>([
    ["answers that the wave before didn't have", joinersBy(evidence, earlier, inTables)],
    ["answers that no bytes had before this close", joinersBy(evidence, earlier, inBytes)],
  ]);
};

function joinersBy(evidence: Evidence, earlier: Evidence, known: readonly string[]): Guess {
  if (known.length === 0) return new Map();
  const left = new Map([...Map.groupBy(known, (key) => key)].map(([key, some]) => [key, some.length]));
  const fresh = answersIn(evidence).filter(({ vector }) => {
    const count = left.get(keyOf(vector)) ?? 0;
    left.set(keyOf(vector), count - 1);
    return count <= 0;
  });
  const joined = evidence.roster.filter(({ id }) => evidence.tookPart.has(id) && !earlier.tookPart.has(id));
  return new Map(joined.flatMap(({ id }, place) => (fresh[place] === undefined ? [] : [[id, fresh[place].vector] as const])));
}

const mostJoiners = 3;

/** What few joiners added to the published distributions, if everybody else said again what they said before. */
export const publishedDifferences: Strategies = (evidence) => {
  const { earlier } = evidence;
  if (earlier === null) return new Map();
  const joined = [...evidence.tookPart].filter((id) => !earlier.tookPart.has(id));
  if (joined.length === 0 || joined.length > mostJoiners) return new Map();
  const [now, then] = [countsIn(evidence, evidence), countsIn(evidence, earlier)];
  const vector: Record<string, number> = {};
  for (const [item, counts] of now) {
    const grown = [...counts].map(([label, count]) => ({ label, by: count - (then.get(item)?.get(label) ?? Infinity) }));
    const most = grown.filter(({ by }) => by > 0).sort((a, b) => b.by - a.by)[0];
    if (most !== undefined) vector[item] = most.label;
  }
  return new Map([["differences of published distributions", new Map<string, Vector>(joined.map((id) => [id, vector]))]]);
};

interface Item {
  readonly id: string;
  readonly distribution: { readonly parts?: readonly { readonly labels: readonly string[]; readonly percent: number }[] };
}

/** By item and by the place of a choice, how many people a published percentage stands for; merged choices are left out. */
function countsIn({ after }: Evidence, { wave, tookPart }: Evidence): Map<string, Map<number, number>> {
  const row = (after.tables.get("public.pulse_results") ?? []).find(({ values }) => values["wave"] === wave);
  const { items } = (row?.values["value"] ?? { items: [] }) as { items: readonly Item[] };
  return new Map(
    items.map(({ id, distribution }) => {
      let place = 0;
      const counts = new Map<number, number>();
      for (const { labels, percent } of distribution.parts ?? []) {
        if (labels.length === 1) counts.set(place, (percent * tookPart.size) / 100);
        place += labels.length;
      }
      return [id, counts];
    }),
  );
}
