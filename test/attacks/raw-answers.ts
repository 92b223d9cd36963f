import type { Evidence, Vector } from "./evidence.ts";
import { once } from "./once.ts";
import { vectorFrom } from "./responses.ts";

/** Something found in bytes. */
export interface Found<T> {
  readonly at: number;
  readonly what: T;
}

/** Answers in raw bytes, as JSON text or as PostgreSQL keeps jsonb, in the order of the bytes. */
export function answersInBytes(bytes: Buffer, { choices }: Pick<Evidence, "choices">): readonly Found<Vector>[] {
  return searchFor(choices)(bytes);
}

const searchFor = once((choices: Evidence["choices"]) => once((bytes: Buffer) => search(bytes, { choices })));

function search(bytes: Buffer, evidence: Pick<Evidence, "choices">): readonly Found<Vector>[] {
  const items = Object.keys(evidence.choices);
  const found = items.flatMap((item) => places(bytes, Buffer.from(item)).map((at) => ({ at, item })));
  const texts = new Map<number, Vector>();
  const binaries: Found<Vector>[] = [];
  for (const { at, item } of found) {
    const binary = jsonbAt(bytes, at, item.length);
    if (binary !== null) {
      const vector = vectorFrom(binary.value, evidence);
      if (vector !== null) binaries.push({ at: binary.at, what: vector });
    } else if (bytes[at - 1] === quote) {
      const text = textAround(bytes, at, evidence);
      if (text !== null) texts.set(text.at, text.what);
    }
  }
  return [...binaries, ...[...texts].map(([at, what]) => ({ at, what }))].sort((a, b) => a.at - b.at);
}

const quote = 0x22;
const [openBrace, closeBrace] = [0x7b, 0x7d];

function textAround(bytes: Buffer, at: number, evidence: Pick<Evidence, "choices">): Found<Vector> | null {
  const from = bytes.lastIndexOf(openBrace, at);
  const to = bytes.indexOf(closeBrace, at);
  if (from < 0 || to < 0 || to - from > 2_000) return null;
  try {
    // Within a text that is quoted itself, quotes are escaped.
    const text = bytes.toString("latin1", from, to + 1).replaceAll('\\"', '"');
    const vector = vectorFrom(JSON.parse(text), evidence);
    return vector === null ? null : { at: from, what: vector };
  } catch {
    return null;
  }
}

/** Every place of a pattern. */
export function places(bytes: Buffer, pattern: Buffer): number[] {
  const all: number[] = [];
  for (let at = bytes.indexOf(pattern); at >= 0; at = bytes.indexOf(pattern, at + 1)) all.push(at);
  return all;
}

// jsonb on disk (PostgreSQL, src/include/utils/jsonb.h): a header with the number of pairs, a word for each key and then
// for each value with its kind and its length (or where it ends), the keys, the values. Numbers are numerics.
const isObject = 0x2000_0000;
const kinds = 0x7000_0000;
const numeric = 0x1000_0000;
const hasEnd = 0x8000_0000;
const lengths = 0x0fff_ffff;
const mostItems = 20;

/** The jsonb object of numbers whose first key is at `at`; null when there is none. */
function jsonbAt(bytes: Buffer, at: number, length: number): { at: number; value: Record<string, number> } | null {
  for (let pairs = 1; pairs <= mostItems; pairs += 1) {
    const start = at - 4 - 8 * pairs;
    if (start < 0) return null;
    if (bytes.readUInt32LE(start) !== isObject + pairs || (bytes.readUInt32LE(start + 4) & lengths) !== length) continue;
    const value = pairsAt(bytes, start, at, pairs);
    if (value !== null) return { at: start, value };
  }
  return null;
}

function pairsAt(bytes: Buffer, start: number, data: number, pairs: number): Record<string, number> | null {
  const ends: number[] = [0];
  const kind: number[] = [];
  for (let entry = 0; entry < 2 * pairs; entry += 1) {
    const word = bytes.readUInt32LE(start + 4 + 4 * entry);
    const size = word & lengths;
    ends.push((word & hasEnd) !== 0 ? size : ends[entry]! + size);
    kind.push(word & kinds);
  }
  const value: Record<string, number> = {};
  for (let pair = 0; pair < pairs; pair += 1) {
    if (kind[pair] !== 0 || kind[pairs + pair] !== numeric) return null;
    const key = bytes.toString("latin1", data + ends[pair]!, data + ends[pair + 1]!);
    const number = numberAt(bytes, start + align(data - start + ends[pairs + pair]!), data + ends[pairs + pair + 1]!);
    if (number === null) return null;
    value[key] = number;
  }
  return value;
}

const align = (offset: number) => (offset + 3) & ~3;

// A short numeric (numeric.c): a length, a header word, and base-10,000 digits, none for zero.
function numberAt(bytes: Buffer, from: number, to: number): number | null {
  if (to > bytes.length || to - from < 6) return null;
  return to - from === 6 ? 0 : bytes.readInt16LE(from + 6);
}
