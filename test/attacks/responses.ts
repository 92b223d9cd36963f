import type { Evidence, Guess, KnownPerson, StoredRow, Vector } from "./evidence.ts";
import { once } from "./once.ts";

/** An answer in the closed database. */
export interface Answer {
  readonly row: StoredRow;
  readonly label: string | null;
  readonly vector: Vector;
}

const tableOf = "public.pulse_responses";

/** The wave's answers in physical order. */
export const answersIn = once((evidence: Evidence): readonly Answer[] =>
  (evidence.after.tables.get(tableOf) ?? [])
    .filter(({ values }) => values["wave"] === evidence.wave)
    .map((row) => ({
      row,
      label: typeof row.values["group_name"] === "string" ? row.values["group_name"] : null,
      vector: vectorFrom(row.values["choices"], evidence) ?? {},
    })),
);

/** Choices out of any object that holds nothing but answers to items, as numbers or as digits; else null. */
export function vectorFrom(value: unknown, { choices }: Pick<Evidence, "choices">): Vector | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const found = Object.entries(value).filter(([item]) => Object.hasOwn(choices, item));
  if (found.length === 0) return null;
  const vector: Record<string, number> = {};
  for (const [item, place] of found) {
    const number = typeof place === "string" && /^\d$/.test(place) ? Number(place) : place;
    if (typeof number !== "number") return null;
    vector[item] = number;
  }
  return vector;
}

/** The same text for the same answers. */
export function keyOf(vector: Vector): string {
  return Object.keys(vector).sort().map((item) => `${item}=${vector[item]}`).join(" ");
}

/** The score of 0 to 100 that somebody's answers come to; null without any. */
export function scoreOf(vector: Vector, { points }: Pick<Evidence, "points">): number | null {
  const given = Object.entries(vector).map(([item, place]) => points[item]?.[place] ?? 0);
  return given.length === 0 ? null : given.reduce((sum, one) => sum + one, 0) / given.length;
}

export interface Pool {
  readonly people: readonly KnownPerson[];
  readonly answers: readonly Answer[];
}

/** Who could have written which answers, going by the labels alone: what everybody with the database may know. */
export function poolsOf(evidence: Evidence): Pool[] {
  const answers = answersIn(evidence);
  const kept = new Set(answers.flatMap(({ label }) => label ?? []));
  const people = evidence.roster.filter(({ id }) => evidence.tookPart.has(id));
  const labelOf = ({ group }: KnownPerson) => (group !== null && kept.has(group) ? group : null);
  return [...kept, null].map((label) => ({
    people: people.filter((person) => labelOf(person) === label),
    answers: answers.filter((answer) => answer.label === label),
  }));
}

/** Gives each person of a pool the answer at the same place, people and answers each in an order. */
export function inOrder(pools: readonly Pool[], people: Order, answers: Order): Guess {
  const guess = new Map<string, Vector>();
  const [who, what] = [peopleBy(people)(pools), answersBy(answers)(pools)];
  for (const [nth, some] of who.entries()) {
    for (const [place, { id }] of some.entries()) {
      const answer = what[nth]![place];
      if (answer !== undefined) guess.set(id, answer.vector);
    }
  }
  return guess;
}

/** Places by a person's id, or by an answer's ctid. */
export type Order = ReadonlyMap<string, number>;

// Each order of people meets each order of answers, and is put in order only once.
const peopleBy = once((order: Order) =>
  once((pools: readonly Pool[]) => pools.map(({ people }) => sortedBy(people, ({ id }) => order.get(id)))),
);
const answersBy = once((order: Order) =>
  once((pools: readonly Pool[]) => pools.map(({ answers }) => sortedBy(answers, ({ row }) => order.get(row.ctid)))),
);

// Those of whom nothing is known go last, in the order in which they were.
function sortedBy<T>(items: readonly T[], place: (item: T) => number | undefined): T[] {
  return [...items].sort((a, b) => (place(a) ?? Infinity) - (place(b) ?? Infinity) || 0);
}
