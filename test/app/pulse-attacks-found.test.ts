import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import type { Closed } from "../attacks/attack.ts";
import { type Fault, inArrivalOrder, openSealing, publishing, unpaddedSealing } from "../attacks/broken.ts";
import { closedOnly, type Evidence } from "../attacks/evidence.ts";
import { attacked, expectFound, lopsided, surveyed } from "../attacks/found.ts";
import { keyOf } from "../attacks/responses.ts";

/* Surveys that several tests look at. Where one lacks two defences, each is found by a trace that the other doesn't touch. */

let stolen = "";
let unshuffled_: Promise<Closed[]> | null = null;

/** Nothing shuffles the answers, and somebody has the key at the time at which it should have been purged. */
function unshuffled(): Promise<Closed[]> {
  const fault: Fault = {
    deps: (deps) => ({
      ...deps,
      shuffled: (items) => [...items],
      keys: { ...deps.keys, purge: async (wave) => void (stolen = (await deps.keys.read(wave)) ?? "") },
    }),
  };
  return (unshuffled_ ??= surveyed(fault));
}

/** Answers are stored as anybody can read them, and deleted rows stay where they were. */
const readable: Fault = { deps: (deps) => ({ ...deps, sealing: openSealing, clear: () => Promise.resolve() }) };
let readable_: Promise<Closed[]> | null = null;
const readableOnServer = () => (readable_ ??= surveyed(readable));

let unpadded_: Promise<Closed[]> | null = null;

/** Sealed answers are as long as what was said, and the key to them is in the database. */
function unpaddedWithKey(): Promise<Closed[]> {
  const fault: Fault = {
    deps: (deps, { app: { database, network } }) => ({
      ...deps,
      sealing: unpaddedSealing,
      keys: {
        ...deps.keys,
        async keep(wave, key) {
          await deps.keys.keep(wave, key);
          const value = JSON.stringify({ key });
          await sql`insert into network_settings values (${network}, 'keys', ${value}, now())`.execute(database.db);
        },
      },
    }),
  };
  return (unpadded_ ??= surveyed(fault, { people: 30, rate: 1, terse: 1 }));
}

let traces: Promise<Closed[]> | null = null;

/** Answers counted in the order in which they came, and traces of who answered when in four places. */
function traced(): Promise<Closed[]> {
  const reference = sql`alter table pulse_participations add foreign key (network, person) references people (network, id)`;
  const fault: Fault = {
    deps: inArrivalOrder,
    prepare: ({ app }) => reference.execute(app.database.db),
    async answered({ app, log }, actor) {
      const at = app.clock.now();
      const entry = { at, actor, action: "bot pulse.submit", subject: null, detail: {} };
      await app.store.transaction(app.network, (tx) => tx.audit.record(entry));
      const touched = sql`update deliveries set updated_at = ${at.toString()} where recipient = ${actor.person} and purpose = 'pulse'`;
      await touched.execute(app.database.db);
      log.push({ level: "info", msg: "turn", name: "confidential", person: actor.person });
    },
  };
  return (traces ??= surveyed(fault));
}

/** Without the dump before the close, and without the bytes of the log, which hold answers in the order they came. */
function closedFiles(evidence: Evidence): Evidence {
  const { after, ...rest } = closedOnly(evidence);
  return { ...rest, after: { ...after, raw: after.raw.filter(({ kind }) => kind === "files") } };
}

describe("the attacker finds who said what", () => {
  it("by the ciphertexts' order, when nothing shuffles", async () => {
    expectFound(await attacked(unshuffled()), "people by md5 of the sealed answer, answers by place");
  });

  it("by the order of participations, when answers are counted as they came and nothing shuffles", async () => {
    expectFound(await attacked(traced()), "people by before public.pulse_participations.xmin, answers by place");
  });

  it("without any dump or log, by row locks on people, the audit log or deliveries, when answering leaves traces there", async () => {
    const verdict = await attacked(traced(), closedFiles);
    for (const trace of ["public.people.xmax", "public.audit_log.at", "public.deliveries.updated_at"]) {
      expectFound(verdict, `people by after ${trace}, answers by place`);
    }
  });

  it("without any dump, by log lines, when they say who pressed and nothing shuffles", async () => {
    expectFound(await attacked(traced(), closedFiles), "people by log turn confidential.place, answers by place");
  });

  it("by the roster, when people answer in its order and nothing shuffles", async () => {
    const waves = surveyed({ deps: inArrivalOrder }, { order: "roster", engine: "embedded" });
    expectFound(await attacked(waves, closedFiles), "people by roster, answers by place");
  });

  it("by reading sealed answers, when sealing doesn't encrypt", async () => {
    const verdict = await attacked(readableOnServer());
    expectFound(verdict, "sealed answers read without a key");
    expect(verdict.beyond).toContainEqual(expect.stringMatching(/^answers close .*person's id in (before|after) wal$/));
  });

  it("by the length of sealed answers, when sealing doesn't pad", async () => {
    expectFound(await attacked(unpaddedWithKey()), "length of sealed answers");
  });

  it("by opening sealed answers, when the key is kept in the database", async () => {
    expectFound(await attacked(unpaddedWithKey()), "sealed answers opened with a key that was found");
  });

  it("in the write-ahead log, when the key isn't purged and is stolen after the close", async () => {
    const verdict = await attacked(unshuffled(), (evidence) => ({ ...closedOnly(evidence), log: [...evidence.log, { stolen }] }));
    expectFound(verdict, "sealed answers in raw bytes opened with a key that was found");
  });

  it("by labels, when those of small groups aren't dropped", async () => {
    const fault: Fault = { deps: (deps) => publishing(deps, (opened, { results }) => ({ responses: deps.shuffled(opened), results })) };
    expectFound(await attacked(surveyed(fault, lopsided)), "labels of few");
  });

  it.each([
    ["embedded", () => surveyed(readable, { engine: "embedded" })],
    ["server", readableOnServer],
  ] as const)("in deleted rows, when they aren't cleared away and weren't encrypted (%s)", async (_, waves) => {
    expectFound(await attacked(waves(), closedFiles), "people by place in ledger 1, answers by first place in after files");
  });

  it("by times, when both ledgers have one (put into what was captured, as columns would have it)", async () => {
    const waves = (await unshuffled()).map(withTimes);
    expectFound(await attacked(Promise.resolve(waves)), "people by before public.pulse_participations.at, answers by at");
  });
});

/** The same rows, each with when it was answered. */
function withTimes(wave: Closed): Closed {
  const { before, after } = wave.evidence;
  const people = [...wave.truth.keys()];
  const timed = (table: string, rows: typeof before, at: (values: Readonly<Record<string, unknown>>) => number) => ({
    ...rows,
    tables: new Map(rows.tables).set(
      table,
      (rows.tables.get(table) ?? []).map((row) => ({ ...row, values: { ...row.values, at: at(row.values) } })),
    ),
  });
  const left = new Map(people.map((id, place) => [place, keyOf(wave.truth.get(id)!)]));
  const placeOf = (choices: unknown) => {
    const [place] = [...left].find(([, key]) => key === keyOf(choices as Record<string, number>)) ?? [-1];
    left.delete(place);
    return place;
  };
  const evidence = {
    ...wave.evidence,
    before: timed("public.pulse_participations", before, ({ person }) => people.indexOf(String(person))),
    after: timed("public.pulse_responses", after, ({ choices }) => placeOf(choices)),
  };
  return { ...wave, evidence };
}
