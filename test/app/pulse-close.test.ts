import { beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { folderKeys } from "../../src/adapters/keys/folder.ts";
import { jweSealing } from "../../src/adapters/sealing/jwe.ts";
import type { Engine } from "../../src/adapters/sql/database.ts";
import { pulseClearing } from "../../src/adapters/sql/pulse-clearing.ts";
import { sqlStore } from "../../src/adapters/sql/store.ts";
import { shuffled } from "../../src/composition/secrets.ts";
import { submitAnswers } from "../../src/features/pulse/answering.ts";
import { clearClosedWaves, closeDueWave, closeWave, deleteOldAnswers } from "../../src/features/pulse/closing.ts";
import type { Response, Wave } from "../../src/features/pulse/model.ts";
import { openWave } from "../../src/features/pulse/opening.ts";
import type { PulseDeps, PulseStores } from "../../src/features/pulse/ports.ts";
import { shareWave } from "../../src/features/pulse/sharing.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { asId, type WaveId } from "../../src/kernel/ids.ts";
import type { Store } from "../../src/kernel/store.ts";
import { ManualClock } from "../fakes/manual-clock.ts";
import { engines } from "../support/database.ts";
import { silent } from "../support/logger.ts";
import { answer, askedMails, choices, close, lea, openedWave, pulseNetwork, share, summaryOf, surveyCard, workforce } from "./pulse-people.ts";
import { roster } from "./rosters.ts";
import { testApp, type TestApp } from "./test-app.ts";
import { type Tripwire, tripwire, wired } from "./tripwire.ts";

const [managers, members] = [12, 38];
/** 25 people in each of two groups, of whom 14 and 13 answer. */
const areaOf = (place: number) => (place < 25 ? "North Central" : "South East");
const answering = [...Array.from({ length: 14 }, (_, place) => place), ...Array.from({ length: 13 }, (_, place) => 25 + place)];
const answers: Response[] = answering.map((place) => ({
  group: areaOf(place),
  choices: Object.fromEntries(Object.entries(choices((item) => (place + item) % 5)).map(([id, text]) => [id, Number(text)])),
}));

/** The pulse on the same database and keys, as a process that starts now would have it. */
function composed(app: TestApp): PulseDeps {
  return {
    store: sqlStore(app.database.db, (connection) => app.jobs.queueIn(connection)),
    clock: app.clock,
    templates: app.templates,
    keys: folderKeys(app.keyFolder),
    sealing: jweSealing(),
    shuffled,
    clear: pulseClearing(app.database, silent),
    meetings: () => Promise.resolve([]),
    logger: silent,
  };
}

/** The same, dying at a step of the wire: at any call of its parts, and at any moment of a transaction. */
function mortal(deps: PulseDeps, wire: Tripwire): PulseDeps {
  const store: Store<PulseStores> = {
    async transaction(network, work) {
      wire.step();
      const result = await deps.store.transaction(network, async (tx) => {
        const done = await work(wired(tx, wire));
        wire.step();
        return done;
      });
      wire.step();
      return result;
    },
    read: (network) => wired(deps.store.read(network), wire),
  };
  const clear = async () => {
    wire.step();
    await deps.clear();
    wire.step();
  };
  return { ...deps, store, keys: wired(deps.keys, wire), clear };
}

/** Moves the clock to a wave's close without running what is due then. */
function passTheClose({ clock }: TestApp, { closesAt }: Wave): void {
  if (!(clock instanceof ManualClock)) throw new Error("this clock can't be moved");
  clock.moveTo(closesAt);
}

async function minutely(deps: PulseDeps, app: TestApp): Promise<void> {
  for (const work of [closeDueWave, clearClosedWaves, deleteOldAnswers]) await work(deps, app.network).catch(() => undefined);
}

function workforceApp(engine: Engine): Promise<TestApp> {
  return testApp({ now: "2027-01-12T09:30", engine, roster: roster(...workforce(managers, members, areaOf)) });
}

async function actorOf(app: TestApp, email: string): Promise<Actor> {
  const identity = { objectId: await app.accountOf(email), tenantId: app.tenantId };
  const actor = await app.directory.actorByIdentity(identity);
  if (actor === null) throw new Error(`Nobody has the e-mail ${email}`);
  return actor;
}

/** A wave with the answers in it, written at once. */
async function answeredWave(deps: PulseDeps, app: TestApp): Promise<Wave> {
  const opened = await openWave(deps, app.network, null);
  if (!opened.ok) throw new Error(`No wave: ${opened.why}`);
  const { wave } = opened;
  const people = new Map((await deps.store.read(app.network).roster.people()).map(({ email, id }) => [email, id]));
  const mails = askedMails(managers, members);
  const sealed = await Promise.all(answers.map((one) => deps.sealing.seal(wave.sealKey, one)));
  await deps.store.transaction(app.network, async (tx) => {
    for (const [nth, place] of answering.entries()) {
      const person = people.get(mails[place] ?? "");
      if (person === undefined || !(await tx.pulse.takePart(wave.id, person, sealed[nth] ?? ""))) throw new Error("not taken");
    }
  });
  return wave;
}

/** The single answers that are stored, in an order of their own. */
async function storedAnswers(app: TestApp, wave: WaveId): Promise<string[]> {
  const { rows } = await sql<{ group_name: string | null; choices: Record<string, number> }>`
    select group_name, choices from pulse_responses where wave = ${wave}`.execute(app.database.db);
  return rows.map(({ group_name: group, choices: given }) => asText({ group, choices: given })).sort();
}

function asText({ group, choices: given }: Response): string {
  return `${group ?? ""} ${Object.entries(given).sort().join(" ")}`;
}

async function expectClosed(app: TestApp, deps: PulseDeps, id: WaveId): Promise<void> {
  const read = deps.store.read(app.network);
  const wave = await read.pulse.byId(id);
  expect(wave).toMatchObject({ sent: answers.length, isLost: false });
  expect([wave?.closedAt, wave?.clearedAt]).not.toContain(null);
  expect(await storedAnswers(app, id)).toEqual(answers.map(asText).sort());
  expect(await read.pulse.results(id)).toMatchObject({
    people: { asked: 50, answered: 25 },
    score: { kind: "shown" },
    groups: [{ score: { kind: "shown", people: 15 } }, { score: { kind: "shown", people: 15 } }],
  });
  expect(await deps.keys.read(id)).toBeNull();
  for (const table of ["pulse_sealed", "pulse_participations"]) {
    const { rows } = await sql`select 1 from ${sql.table(table)} where wave = ${id}`.execute(app.database.db);
    expect({ table, rows }).toEqual({ table, rows: [] });
  }
  const { rows } = await sql`select 1 from audit_log where action = 'pulse.close' and subject = ${id}`.execute(app.database.db);
  expect(rows).toHaveLength(1);
}

describe.each(engines)("the close of a wave, on the %s engine", (engine) => {
  it("loses and doubles nothing wherever the process dies, and ends in the next run", async () => {
    const app = await workforceApp(engine);
    const deps = composed(app);
    const someLead = await actorOf(app, lea);
    let died = 0;
    for (let step = 1; ; step += 1) {
      const wave = await answeredWave(deps, app);
      passTheClose(app, wave);
      const wire = tripwire(step);
      await minutely(mortal(deps, wire), app);
      // However much of it was done, nobody is asked for more, and the count isn't known by halves.
      const sealed = await deps.store.read(app.network).pulse.sealed(wave.id);
      const stored = await storedAnswers(app, wave.id);
      expect([sealed.length, stored.length].sort()).toEqual([0, answers.length]);
      await minutely(composed(app), app);
      await expectClosed(app, deps, wave.id);
      expect((await shareWave(deps, someLead, wave.id)).ok).toBe(true);
      await sql`truncate deliveries cascade`.execute(app.database.db);
      if (wire.gone < step) break;
      died += 1;
    }
    // Each call within it, before and after, and each transaction before and after its commit.
    expect(died).toBeGreaterThan(40);
  }, 180_000);

  it("is one close when two replicas come to it at once", async () => {
    const app = await workforceApp(engine);
    const deps = composed(app);
    const wave = await answeredWave(deps, app);
    passTheClose(app, wave);
    // Both have the key before either counts.
    let readers = 0;
    const bothHaveIt = Promise.withResolvers<null>();
    const read: PulseDeps["keys"]["read"] = async (id) => {
      const key = await deps.keys.read(id);
      readers += 1;
      if (readers === 2) bothHaveIt.resolve(null);
      await bothHaveIt.promise;
      return key;
    };
    const replica = (): PulseDeps => ({ ...composed(app), keys: { ...deps.keys, read } });
    await Promise.all([closeDueWave(replica(), app.network), closeDueWave(replica(), app.network)]);
    await expectClosed(app, deps, wave.id);
  });

  it("counts an answer that races it, or refuses it in words: never neither, never both", async () => {
    const app = await workforceApp(engine);
    const deps = composed(app);
    const wave = await answeredWave(deps, app);
    const late = await Promise.all([20, 21, 22, 23, 45, 46].map((place) => actorOf(app, askedMails(managers, members)[place] ?? "")));
    const cards = await deps.store.read(app.network).deliveries.ofOccasion(wave.id, "pulse");
    const press = (actor: Actor) => {
      const card = cards.find(({ recipient }) => recipient === actor.person);
      return submitAnswers(deps, actor, asId(card?.id ?? ""), choices(1));
    };
    const [first, second, ...others] = late;
    if (first === undefined || second === undefined) throw new Error("nobody");
    const outcomes = await Promise.all([
      press(first),
      press(second),
      closeWave(deps, app.network, null, wave.id),
      ...others.map(press),
    ]);
    const kinds = outcomes.flatMap((outcome) => ("kind" in outcome ? [outcome.kind] : []));
    const sent = kinds.filter((kind) => kind === "sent").length;
    expect(kinds.filter((kind) => kind !== "sent" && kind !== "closed")).toEqual([]);
    expect(await storedAnswers(app, wave.id)).toHaveLength(answers.length + sent);
    expect(await deps.store.read(app.network).pulse.byId(wave.id)).toMatchObject({ sent: answers.length + sent });
  });
});

describe("a wave whose key is lost", () => {
  let app: TestApp;
  let id: string;
  beforeEach(async () => {
    app = await pulseNetwork();
    id = await openedWave(app);
    for (const [place, email] of askedMails(4, 8).entries()) await answer(app, email, place % 5);
  });
  const lose = () => folderKeys(app.keyFolder).purge(asId(id));

  it("isn't given up while its key is there, and goes on", async () => {
    expect(await close(app, id, { giveUp: true })).toMatchObject({ status: 409 });
    expect((await summaryOf(app, lea, id)).body).toMatchObject({ state: "open" });
  });

  it("waits in words, takes no answers, and counts all of them once the key is back", async () => {
    const key = (await folderKeys(app.keyFolder).read(asId(id))) ?? "";
    await lose();
    expect(await close(app, id)).toMatchObject({ status: 409, body: { detail: expect.stringContaining("key") } });
    expect((await summaryOf(app, lea, id)).body).toMatchObject({ state: "closing" });
    await app.say(lea, "pulse");
    const card = await app.card(lea, "The key to the answers can't be found");
    expect(card.buttons).toEqual(["Give the survey up"]);
    await app.moveTo("2027-01-12T09:32");
    expect((await summaryOf(app, lea, id)).body).toMatchObject({ state: "closing" });
    await folderKeys(app.keyFolder).keep(asId(id), key);
    await app.moveTo("2027-01-12T09:33");
    expect((await summaryOf(app, lea, id)).body).toMatchObject({ state: "closed", people: { answered: 10 }, score: { kind: "shown" } });
  });

  it("is given up by a lead, who shares that it was lost; the next one can open then", async () => {
    await lose();
    expect(await close(app, id, { giveUp: true })).toMatchObject({ status: 200, body: { state: "lost" } });
    expect((await summaryOf(app, lea, id)).body).toMatchObject({ state: "lost", score: { kind: "suppressed", why: "lost" }, people: { answered: 10 } });
    expect((await app.api(lea, "POST", "pulse-waves", {})).status).toBe(409);
    expect((await share(app, id)).status).toBe(200);
    await app.moveTo("2027-01-19T09:31");
    expect((await app.card(askedMails(4, 8)[0] ?? "", "key")).text).toContain("lost");
    expect((await app.api(lea, "POST", "pulse-waves", {})).status).toBe(201);
  });
});

describe("after the close", () => {
  it("takes no more answers, and deletes single answers 30 days later; what was published stays", async () => {
    const app = await pulseNetwork();
    const id = await openedWave(app);
    const mails = askedMails(4, 8);
    for (const email of mails.slice(1)) await answer(app, email, 3);
    const form = await surveyCard(app, mails[0] ?? "");
    await close(app, id);
    expect(await form.press("Send", choices(3))).toMatchObject({ kind: "message", text: expect.stringContaining("closed") });
    const { body } = await summaryOf(app, lea, id);
    await app.moveTo("2027-02-11T09:29");
    expect(await storedAnswers(app, asId(id))).toHaveLength(11);
    await app.moveTo("2027-02-11T09:32");
    expect(await storedAnswers(app, asId(id))).toEqual([]);
    expect((await summaryOf(app, lea, id)).body).toEqual(body);
  });
});
