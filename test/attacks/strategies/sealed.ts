import type { Evidence, Guess, Strategies, Vector } from "../evidence.ts";
import { answersIn, inOrder, keyOf, type Order, poolsOf } from "../responses.ts";
import { peopleInBytes } from "../raw-people.ts";
import { keysIn, openedWith } from "../key-search.ts";
import { vectorIn } from "./documents.ts";

/** By person, the sealed answer that was written in the same transaction as their participation. */
export function sealedByPerson(evidence: Evidence): Map<string, string> {
  const rows = (table: string) =>
    (evidence.before.tables.get(`public.${table}`) ?? []).filter(({ values }) => values["wave"] === evidence.wave);
  const byTransaction = Map.groupBy(rows("pulse_sealed"), ({ xmin }) => xmin);
  return new Map(
    rows("pulse_participations").flatMap(({ xmin, values }) => {
      const sealed = byTransaction.get(xmin);
      return sealed?.length === 1 ? [[String(values["person"]), String(sealed[0]!.values["sealed"])] as const] : [];
    }),
  );
}

/** What can be learnt from sealed answers: what they say, if that can be read; how long they are; which are alike. */
export const sealed: Strategies = async (evidence) => {
  const texts = sealedByPerson(evidence);
  const read = new Map([...texts].flatMap(([id, text]) => entry(id, plainIn(text, evidence))));
  const keys = keysIn(evidence);
  const opened = new Map<string, Vector>();
  for (const [id, text] of keys.length === 0 ? [] : texts) {
    const plain = await openedWith(keys, text);
    const vector = plain === null ? null : vectorIn(plain, evidence);
    if (vector !== null) opened.set(id, vector);
  }
  const inBytes = new Map<string, Vector>();
  for (const [id, text] of keys.length === 0 ? [] : sealedInBytes(evidence)) {
    const plain = await openedWith(keys, text);
    const vector = plain === null ? null : vectorIn(plain, evidence);
    if (vector !== null) inBytes.set(id, vector);
  }
  return new Map<string, Guess>([
    ["sealed answers in raw bytes opened with a key that was found", inBytes],
    ["sealed answers read without a key", read],
    ["sealed answers opened with a key that was found", opened],
    ["length of sealed answers", byLength(evidence, texts)],
    ["equal sealed answers", byEquals(evidence, texts)],
  ]);
};

const near = 400;
const jwe = /eyJ[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+/g;

/** Sealed answers in raw bytes, each by the person whose id comes last before it. */
function sealedInBytes(evidence: Evidence): [string, string][] {
  return [...evidence.before.raw, ...evidence.after.raw].flatMap(({ bytes }) => {
    const people = peopleInBytes(bytes, evidence);
    return [...bytes.toString("latin1").matchAll(jwe)].flatMap(({ 0: text, index }): [string, string][] => {
      const person = people.findLast(({ at }) => at < index);
      return person === undefined || index - person.at > near ? [] : [[person.what, text]];
    });
  });
}

function entry(id: string, vector: Vector | null): [string, Vector][] {
  return vector === null ? [] : [[id, vector]];
}

/** Answers in a text as it stands, or in its parts read as base64 or hexadecimal. */
function plainIn(text: string, evidence: Evidence): Vector | null {
  const parts = [text, ...text.split(".")];
  const readings = parts.flatMap((part) => [
    part,
    Buffer.from(part, "base64url").toString("latin1"),
    Buffer.from(part, "hex").toString("latin1"),
    [...part].reverse().join(""),
  ]);
  for (const reading of readings) {
    const vector = vectorIn(reading, evidence);
    if (vector !== null) return vector;
  }
  return null;
}

// Whoever sealed more wrote a longer text: both sides are put in order of length.
function byLength(evidence: Evidence, texts: ReadonlyMap<string, string>): Guess {
  const lengths = new Map([...texts].map(([id, text]) => [id, text.length]));
  if (new Set(lengths.values()).size < 2) return new Map();
  const answers: Order = new Map(
    answersIn(evidence).map(({ row, vector, label }) => [row.ctid, JSON.stringify({ group: label, choices: vector }).length]),
  );
  return inOrder(poolsOf(evidence), lengths, answers);
}

// Equal texts mean equal answers: whoever shares theirs with most others said what most said.
function byEquals(evidence: Evidence, texts: ReadonlyMap<string, string>): Guess {
  const counts = Map.groupBy(texts.values(), (text) => text);
  if (counts.size === texts.size) return new Map();
  const people: Order = new Map([...texts].map(([id, text]) => [id, -counts.get(text)!.length]));
  const alike = Map.groupBy(answersIn(evidence), ({ vector, label }) => `${label} ${keyOf(vector)}`);
  const answers: Order = new Map([...alike.values()].flatMap((some) => some.map(({ row }) => [row.ctid, -some.length] as const)));
  return inOrder(poolsOf(evidence), people, answers);
}
