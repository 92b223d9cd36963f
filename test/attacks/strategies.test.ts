import { describe, expect, it } from "@jest/globals";
import { randomUUID } from "node:crypto";
import type { Evidence, Snapshot, StoredRow, Vector } from "./evidence.ts";
import { documents, rawBytes, vectorIn } from "./strategies/documents.ts";
import { answersInBytes } from "./raw-answers.ts";
import { peopleInBytes } from "./raw-people.ts";
import { sharedValues } from "./strategies/shared-values.ts";
import { sealed } from "./strategies/sealed.ts";
import { publishedDifferences, twoWaves } from "./strategies/two-waves.ts";

const choices = { rested: 5, tired: 5 };
const nothing: Snapshot = { tables: new Map(), indexes: [], raw: [] };
const roster = Array.from({ length: 4 }, (_, place) => ({ id: randomUUID(), group: null, facts: { name: `Person ${place}` } }));
const ids = roster.map(({ id }) => id);
const said: Vector[] = [{ rested: 1 }, { rested: 2 }, { rested: 1 }, { rested: 1, tired: 4 }];

function rows(...values: Record<string, unknown>[]): StoredRow[] {
  return values.map((one, place) => ({ place, ctid: `(0,${place})`, xmin: 100 + place, xmax: 0, cmin: 0, values: { wave: "w", ...one } }));
}

function evidenceOf(change: Partial<Evidence>): Evidence {
  const points = { rested: [0, 25, 50, 75, 100], tired: [0, 25, 50, 75, 100] };
  const base = { wave: "w", choices, points, sealKey: "{}", roster, tookPart: new Set(ids), before: nothing, later: nothing, log: [], api: [], earlier: null };
  const after = { ...nothing, tables: new Map([["public.pulse_responses", rows(...said.map((one) => ({ group_name: null, choices: one })))]]) };
  return { ...base, after, ...change };
}

describe("raw bytes", () => {
  it("give answers as text, as text within text, and as PostgreSQL keeps them", () => {
    const text = Buffer.from('xx{"rested":3,"tired":0}yy"{\\"tired\\":2}"zz');
    expect(answersInBytes(text, { choices }).map(({ what }) => what)).toEqual([{ rested: 3, tired: 0 }, { tired: 2 }]);
    // select '{"rested": 3, "tired": 0}'::jsonb, as it stands on a page
    const jsonb = Buffer.from("020000200500008006000000070000100a000010746972656472657374656400180000000080000020000000008003000100", "hex");
    expect(answersInBytes(Buffer.concat([Buffer.from("noise"), jsonb]), { choices })).toEqual([{ at: 5, what: { tired: 0, rested: 3 } }]);
  });

  it("give people by their ids, as text and as sixteen bytes, and the answers beside them", () => {
    const [ana, bo] = ids as [string, string];
    const bytes = Buffer.concat([Buffer.from(ana.replaceAll("-", ""), "hex"), Buffer.from('{"rested":4}'), Buffer.alloc(999), Buffer.from(`${bo}{"tired":1}`)]);
    expect(peopleInBytes(bytes, { roster }).map(({ what }) => what)).toEqual([ana, bo]);
    const guesses = rawBytes(evidenceOf({ after: { ...nothing, raw: [{ kind: "wal", bytes, parts: [bytes] }] } })) as Map<string, Map<string, Vector>>;
    expect(guesses.get("answers close to a person's id in after wal")).toEqual(new Map([[ana, { rested: 4 }], [bo, { tired: 1 }]]));
  });
});

describe("what stands beside people", () => {
  it("is found in a row, a log line and a listing that names one person", async () => {
    const table = rows({ actor: ids[0], detail: { pressed: { rested: "3" } } });
    const found = await documents(
      evidenceOf({
        before: { ...nothing, tables: new Map([["public.audit_log", table]]) },
        log: [{ msg: "turn", person: ids[1], data: { tired: "2" } }],
        api: [{ as: "lead", path: "GET people", body: { items: [{ name: "Person 2", said: { rested: 0 } }, { name: "Person 3" }] } }],
      }),
    );
    expect(found.get("answers in a row that names a person")).toEqual(new Map([[ids[0], { rested: 3 }]]));
    expect(found.get("answers in a log line or listing that names a person")).toEqual(new Map([[ids[1], { tired: 2 }], [ids[2], { rested: 0 }]]));
    expect(vectorIn({ text: '{"choices":{"tired":4}}' }, { choices })).toEqual({ tired: 4 });
  });

  it("is found through a value that only they and one answer have, and through a transaction", async () => {
    const keyed = rows(...said.map((one, place) => ({ choices: one, key: `some-key-${place}` })));
    const beside = rows(...ids.map((person, place) => ({ wave: "other", person, key: `some-key-${3 - place}` })));
    const tables = new Map([["public.pulse_responses", keyed], ["public.tokens", beside]]);
    const found = await sharedValues(evidenceOf({ after: { ...nothing, tables } }));
    expect(found.get("shared values")).toEqual(new Map(ids.map((id, place) => [id, said[3 - place]!])));
    const untold = rows(...ids.map((person) => ({ wave: "other", person })));
    const answers = rows(...said.map((one) => ({ choices: one })));
    const written = await sharedValues(evidenceOf({ after: { ...nothing, tables: new Map([["public.pulse_responses", answers], ["public.jobs", untold]]) } }));
    expect(written.get("shared transactions")).toEqual(new Map(ids.map((id, place) => [id, said[place]!])));
  });
});

it("reads, measures and compares what was sealed in the transaction of each person", async () => {
  const ledgers = (texts: readonly string[]): Snapshot => ({
    ...nothing,
    tables: new Map([
      ["public.pulse_participations", rows(...ids.map((person) => ({ person, state: "sent" })))],
      ["public.pulse_sealed", rows(...texts.map((text) => ({ sealed: text })))],
    ]),
  });
  const plain = await sealed(evidenceOf({ before: ledgers(said.map((one) => Buffer.from(JSON.stringify(one)).toString("base64url"))) }));
  expect([...plain.get("sealed answers read without a key")!.values()]).toEqual(said);
  const lengths = await sealed(evidenceOf({ before: ledgers(["xx", "xx", "xx", "xxxxx"]) }));
  expect(lengths.get("length of sealed answers")!.get(ids[3]!)).toEqual(said[3]);
  const alike = await sealed(evidenceOf({ before: ledgers(["same", "else", "same", "more"]) }));
  expect([0, 2].map((place) => alike.get("equal sealed answers")!.get(ids[place]!))).toEqual([{ rested: 1 }, { rested: 1 }]);
});

describe("two waves", () => {
  const earlier = { ...evidenceOf({ wave: "v", tookPart: new Set(ids.slice(0, 3)) }) };

  it("show what a joiner said when the answers of both are kept", async () => {
    const kept = rows(...said.slice(0, 3).map((one) => ({ wave: "v", group_name: null, choices: one })), ...said.map((one) => ({ group_name: null, choices: one })));
    const found = await twoWaves(evidenceOf({ earlier, after: { ...nothing, tables: new Map([["public.pulse_responses", kept]]) } }));
    expect(found.get("answers that the wave before didn't have")).toEqual(new Map([[ids[3], said[3]]]));
  });

  it("show what a joiner added to published percentages, where everybody else says the same again", async () => {
    const item = (few: number, many: number) => ({ id: "rested", distribution: { parts: [{ labels: ["a"], percent: few }, { labels: ["b"], percent: many }] } });
    const published = rows({ wave: "v", value: { items: [item(33, 67)] } }, { value: { items: [item(25, 75)] } });
    const found = await publishedDifferences(evidenceOf({ earlier, after: { ...nothing, tables: new Map([["public.pulse_results", published]]) } }));
    expect(found.get("differences of published distributions")).toEqual(new Map([[ids[3], { rested: 1 }]]));
  });
});
