import { createHash } from "node:crypto";
import type { Evidence, Guess, Snapshot, Strategies } from "../evidence.ts";
import { type Document, documentsOf, whoIn } from "../mentions.ts";
import { answersInBytes } from "../raw-answers.ts";
import { peopleInBytes } from "../raw-people.ts";
import { sealedByPerson } from "./sealed.ts";
import { type Answer, answersIn, inOrder, keyOf, type Order, poolsOf } from "../responses.ts";

/**
 * People in any order in which anything about them stands or happened, beside answers in any order in which these stand:
 * by roster, by place, transaction and every column of every table, by what was logged or listed, and in raw bytes.
 */
export const orders: Strategies = (evidence) => {
  const pools = poolsOf(evidence);
  const answerOrders = [...ordersOfAnswers(evidence)].flatMap(([name, order]) => [[name, order], [`${name} backwards`, backwards(order)]] as const);
  const guesses = new Map<string, Guess>();
  for (const [person, people] of ordersOfPeople(evidence)) {
    for (const [answer, answers] of answerOrders) {
      guesses.set(`people by ${person}, answers by ${answer}`, inOrder(pools, people, answers));
    }
  }
  return guesses;
};

function backwards(order: Order): Order {
  return new Map([...order].map(([id, place]) => [id, -place]));
}

function ordersOfPeople(evidence: Evidence): Map<string, Order> {
  const found = new Map<string, Order>([["roster", new Map(evidence.roster.map(({ id }, place) => [id, place]))]]);
  const documents = documentsOf(evidence);
  const who = whoIn(evidence);
  for (const [source, some] of Map.groupBy(documents, (document) => document.source)) {
    const named = some.flatMap((document) => {
      const person = who(document);
      return person === null || !evidence.tookPart.has(person) ? [] : [{ person, document }];
    });
    if (new Set(named.map(({ person }) => person)).size < 2) continue;
    for (const [field, value] of fieldsOf(named.map(({ document }) => document))) {
      const ranks = ranksOf(named.map(({ document }) => value(document)));
      if (ranks === null) continue;
      const places = named.map(({ person }, index) => ({ person, place: ranks[index]! }));
      found.set(`${source}.${field}`, new Map(places.toReversed().map(({ person, place }) => [person, place])));
      if (new Set(places.map(({ person }) => person)).size < places.length) {
        found.set(`last ${source}.${field}`, new Map(places.map(({ person, place }) => [person, place])));
      }
    }
  }
  for (const [name, order] of ordersOfSealed(evidence)) found.set(name, order);
  for (const { name, bytes } of rawOf(evidence)) {
    const places = peopleInBytes(bytes, evidence);
    found.set(`first place in ${name}`, new Map(places.toReversed().map(({ what, at }) => [what, at])));
    found.set(`last place in ${name}`, new Map(places.map(({ what, at }) => [what, at])));
  }
  for (const [name, order] of ordersInLedgers(evidence)) found.set(name, order);
  return found;
}

/** By place in those files that name nearly all who took part, and hardly anybody else. */
function ordersInLedgers({ after, roster, tookPart }: Evidence): Map<string, Order> {
  const found = new Map<string, Order>();
  for (const { kind, parts } of after.raw) {
    for (const part of kind === "files" ? parts : []) {
      const places = peopleInBytes(part, { roster });
      const named = new Set(places.map(({ what }) => what));
      const others = [...named].filter((id) => !tookPart.has(id)).length;
      if (named.size - others < 0.9 * tookPart.size || others > 0.1 * tookPart.size) continue;
      found.set(`place in ledger ${found.size + 1}`, new Map(places.toReversed().map(({ what, at }) => [what, at])));
    }
  }
  return found;
}

/** By what each person sealed: a ciphertext looks like chance, and yet may be what answers were put in order by. */
function ordersOfSealed(evidence: Evidence): Map<string, Order> {
  const texts = [...sealedByPerson(evidence)];
  const hashes = ["md5", "sha1", "sha256"].map((name) => [name, (text: string) => createHash(name).update(text).digest("hex")] as const);
  const ways = [["text", (text: string) => text] as const, ...hashes];
  return new Map(
    ways.flatMap(([name, way]) => {
      const ranks = ranksOf(texts.map(([, text]) => way(text)));
      return ranks === null ? [] : [[`${name} of the sealed answer`, new Map(texts.map(([id], place) => [id, ranks[place]!]))] as const];
    }),
  );
}

type Field = [name: string, value: (document: Document) => unknown];

function fieldsOf(documents: readonly Document[]): Field[] {
  const columns = new Set(documents.flatMap(({ value }) => (typeof value === "object" && value !== null ? Object.keys(value) : [])));
  const ofRow: Field[] = [
    ["xmin", ({ row }) => row?.xmin],
    ["xmax", ({ row }) => row?.xmax],
    ["cmin", ({ row }) => row?.cmin],
  ];
  const column = (name: string): Field => [name, ({ value }) => (value as Readonly<Record<string, unknown>>)[name]];
  return [["place", ({ place }) => place], ...ofRow, ...[...columns].map(column)];
}

/** Each value's place among the others; null when they are all alike, or can't be put in order. */
function ranksOf(values: readonly unknown[]): number[] | null {
  const sortable = values.map((value) => (typeof value === "string" || typeof value === "number" ? value : null));
  const distinct = [...new Set(sortable)].filter((value) => value !== null);
  if (distinct.length < 2) return null;
  const all = distinct.every((value) => typeof value === "number")
    ? distinct.sort((a, b) => a - b)
    : distinct.sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const places = new Map(all.map((value, place) => [value, place]));
  return sortable.map((value) => (value === null ? Infinity : places.get(value)!));
}

function ordersOfAnswers(evidence: Evidence): Map<string, Order> {
  const answers = answersIn(evidence);
  const found = new Map<string, Order>([["place", new Map(answers.map(({ row }) => [row.ctid, row.place]))]]);
  const wanted = new Set(answers.map(({ row }) => row.ctid));
  for (const { name, table, ctids } of evidence.after.indexes) {
    const own = table === "public.pulse_responses" ? ctids.filter((ctid) => wanted.has(ctid)) : [];
    if (own.length > 0) found.set(`index ${name}`, new Map(own.map((ctid, place) => [ctid, place])));
  }
  const columns = Object.keys(answers[0]?.row.values ?? {}).filter((name) => name !== "group_name");
  const rowFields: [string, (answer: Answer) => unknown][] = [
    ["xmin", ({ row }) => row.xmin],
    ["cmin", ({ row }) => row.cmin],
    ["xmax", ({ row }) => row.xmax],
    ...columns.map((name): [string, (answer: Answer) => unknown] => [name, ({ row }) => row.values[name]]),
  ];
  for (const [field, value] of rowFields) {
    const ranks = ranksOf(answers.map(value));
    if (ranks !== null) found.set(field, new Map(answers.map(({ row }, index) => [row.ctid, ranks[index]!])));
  }
  for (const { name, bytes } of rawOf(evidence)) {
    const places = answersInBytes(bytes, evidence).map(({ at, what }) => ({ at, key: keyOf(what) }));
    if (places.length === 0) continue;
    found.set(`first place in ${name}`, rawOrder(answers, places));
    found.set(`last place in ${name}`, rawOrder(answers, places.map(({ at, key }) => ({ at: -at, key })).reverse()));
  }
  return found;
}

// Answers that are alike can stand for each other.
function rawOrder(answers: readonly Answer[], places: readonly { at: number; key: string }[]): Order {
  const byKey = Map.groupBy(places, ({ key }) => key);
  return new Map(
    answers.flatMap(({ row, vector }) => {
      const place = byKey.get(keyOf(vector))?.shift();
      return place === undefined ? [] : [[row.ctid, place.at] as const];
    }),
  );
}

function rawOf({ before, after }: Evidence): { name: string; bytes: Buffer }[] {
  const named = (when: string, { raw }: Snapshot) => raw.map(({ kind, bytes }) => ({ name: `${when} ${kind}`, bytes }));
  return [...named("before", before), ...named("after", after)];
}
