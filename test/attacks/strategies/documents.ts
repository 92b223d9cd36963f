import type { Evidence, Guess, Snapshot, Strategies, Vector } from "../evidence.ts";
import { documentsOf, whoIn } from "../mentions.ts";
import { answersInBytes, type Found } from "../raw-answers.ts";
import { peopleInBytes } from "../raw-people.ts";
import { keyOf, poolsOf, vectorFrom } from "../responses.ts";

/** Rows, log lines and listings that name one person and hold answers. */
export const documents: Strategies = (evidence) => {
  const all = documentsOf(evidence);
  const who = whoIn(evidence);
  const guesses = { row: new Map<string, Vector>(), line: new Map<string, Vector>() };
  for (const document of all) {
    const person = who(document);
    const vector = person === null ? null : vectorIn(document.value, evidence);
    if (person !== null && vector !== null) guesses[document.row === undefined ? "line" : "row"].set(person, vector);
  }
  return new Map<string, Guess>([
    ["answers in a row that names a person", guesses.row],
    ["answers in a log line or listing that names a person", guesses.line],
  ]);
};

/** The first answers in a value, however deep, also within texts that are JSON. */
export function vectorIn(value: unknown, evidence: Pick<Evidence, "choices">): Vector | null {
  const own = vectorFrom(value, evidence);
  if (own !== null) return own;
  if (typeof value === "string" && value.includes("{")) return answersInBytes(Buffer.from(value), evidence)[0]?.what ?? null;
  if (typeof value !== "object" || value === null) return null;
  for (const child of Object.values(value)) {
    const found = vectorIn(child, evidence);
    if (found !== null) return found;
  }
  return null;
}

const near = 400;

/** Answers in raw bytes close to a person's id: to the nearest one, and to the last one before them. */
export const rawBytes: Strategies = (evidence) => {
  const named = (when: string, { raw }: Snapshot) => raw.map((file) => ({ ...file, when }));
  const files = [...named("before", evidence.before), ...named("after", evidence.after)];
  return new Map(
    files.flatMap(({ when, kind, bytes }) => {
      const people = peopleInBytes(bytes, evidence).filter(({ what }) => evidence.tookPart.has(what));
      const answers = answersInBytes(bytes, evidence);
      const nearest = (at: number) => people.reduce<Found<string> | undefined>(
        (best, one) => (best === undefined || Math.abs(one.at - at) < Math.abs(best.at - at) ? one : best), undefined);
      const before = (at: number) => people.findLast((one) => one.at < at);
      return [
        [`answers close to a person's id in ${when} ${kind}`, closeTo(answers, nearest)],
        [`answers close after a person's id in ${when} ${kind}`, closeTo(answers, before)],
      ] as const;
    }),
  );
};

function closeTo(answers: readonly Found<Vector>[], person: (at: number) => Found<string> | undefined): Guess {
  const closest = new Map<string, Found<Vector>>();
  for (const { at, what } of answers) {
    const found = person(at);
    const distance = Math.abs((found?.at ?? -Infinity) - at);
    if (found === undefined || distance > near || distance >= (closest.get(found.what)?.at ?? Infinity)) continue;
    closest.set(found.what, { at: distance, what });
  }
  return new Map([...closest].map(([id, { what }]) => [id, what]));
}

/** Everybody said what most of those said among whom they are hidden. */
export const unanimity: Strategies = (evidence) => {
  const guess = new Map<string, Vector>();
  for (const { people, answers } of poolsOf(evidence)) {
    const byKey = [...Map.groupBy(answers, ({ vector }) => keyOf(vector)).values()].sort((a, b) => b.length - a.length);
    const most = byKey[0]?.[0]?.vector;
    if (most !== undefined) for (const { id } of people) guess.set(id, most);
  }
  return new Map([["what most said", guess]]);
};
