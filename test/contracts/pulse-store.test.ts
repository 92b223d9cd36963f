import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { pulseStore } from "../../src/adapters/sql/pulse-store.ts";
import { rosterStore } from "../../src/adapters/sql/roster-store.ts";
import type { Asked, Wave } from "../../src/features/pulse/model.ts";
import type { PulseStore } from "../../src/features/pulse/ports.ts";
import { type NetworkId, newId, type PersonId, type WaveId } from "../../src/kernel/ids.ts";
import type { Instant } from "../../src/kernel/time.ts";
import { aWave, at, northAreas, someResults } from "../builders/pulse.ts";
import { aPerson } from "../builders/roster.ts";
import { engines, serverDatabase, testDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";

const later = at("2026-12-08T17:00").add({ milliseconds: 123 });
const newWave = () => aWave({ id: newId<WaveId>() });
const tooFew = { kind: "suppressed", why: "too-few" } as const;
const results = someResults({ items: [{ id: "worn-out", text: "Zoë’s “item”", distribution: tooFew }], score: tooFew });

describe.each(engines)("the store of the pulse on the %s engine", (engine) => {
  /** Two replicas on a server; the embedded engine has but one. */
  let one: OpenDatabase;
  let two: OpenDatabase;
  let cleanUp: () => Promise<unknown>;
  let names = 0;

  beforeAll(async () => {
    if (engine === "embedded") {
      one = two = await testDatabase(engine);
      cleanUp = () => one.close();
      return;
    }
    const { url, drop } = await serverDatabase();
    [one, two] = await Promise.all([1, 2].map(() => openDatabase({ kind: "server", url, poolSize: 4 }, silent))) as [OpenDatabase, OpenDatabase];
    cleanUp = () => Promise.all([one.close(), two.close()]).then(drop);
  }, 60_000);
  afterAll(() => cleanUp());

  /** A network of its own, and an open wave in it that asks all of its people. */
  async function asked(many: number) {
    const network = await directory(one.db).createNetwork(`Network ${(names += 1)}`);
    const people = Array.from({ length: many }, () => aPerson({ network })).map((person, index) => ({ ...person, area: index % 2 === 0 ? "North East" : null }));
    await rosterStore(one.db, network).savePeople(people);
    const wave = newWave();
    const askedPeople = people.map(({ id, area }): Asked => ({ person: id, group: area === null ? null : northAreas.name }));
    const store = pulseStore(one.db, network);
    expect(await transaction(one, network, (tx) => tx.add(wave, askedPeople))).toBe(true);
    const [ana, ben, cem] = people.map(({ id }) => id) as [PersonId, PersonId, PersonId];
    return { network, store, wave, asked: askedPeople, people: people.map(({ id }) => id), ana, ben, cem };
  }
  function transaction<T>({ db }: OpenDatabase, network: NetworkId, work: (tx: PulseStore) => Promise<T>): Promise<T> {
    return db.transaction().execute((tx) => work(pulseStore(tx, network)));
  }
  /** What answering does: in one transaction, while the wave takes answers. */
  const answer = (database: OpenDatabase, network: NetworkId, wave: WaveId, person: PersonId, sealed: string) =>
    transaction(database, network, async (tx) => {
      const held = await tx.hold(wave);
      if (held === null || held.closedAt !== null) return "closed";
      return (await tx.takePart(wave, person, sealed)) ? "counted" : "had before";
    });
  /** What closing does; gives what was sealed. */
  const close = (database: OpenDatabase, network: NetworkId, id: WaveId) =>
    transaction(database, network, async (tx) => {
      const wave = await tx.lock(id);
      if (wave === null || wave.closedAt !== null) return null;
      const sealed = await tx.sealed(id);
      await tx.publish(id, [], results);
      await tx.save({ ...wave, closedAt: later, sent: sealed.length });
      return sealed;
    });

  describe("waves", () => {
    it("come back as they were saved, whatever is known of them", async () => {
      const { store, wave } = await asked(1);
      expect(await store.byId(wave.id)).toEqual(wave);
      const moments = ["closedAt", "clearedAt", "sharedAt", "rawDeletedAt", "remindedAt"] as const;
      const full: Wave = {
        ...wave,
        ...Object.fromEntries(moments.map((moment, index) => [moment, later.add({ milliseconds: index })])),
        isLost: true,
        groups: { ...wave.groups, by: "job-role", groups: [] },
        sent: 0,
      };
      await store.save(full);
      expect(await store.byId(wave.id)).toEqual(full);
      expect(await store.byId(newId<WaveId>())).toBeNull();
    });

    it("are open one at a time in a network, also when two replicas open one at once", async () => {
      const { network, store, wave } = await asked(1);
      const open = (database: OpenDatabase) => transaction(database, network, (tx) => tx.add(newWave(), []));
      expect(await open(two)).toBe(false);
      await store.save({ ...wave, closedAt: later });
      expect(await store.current()).toBeNull();
      expect((await Promise.all([open(one), open(two)])).toSorted()).toEqual([false, true]);
      expect((await store.current())?.id).not.toBe(wave.id);
    });

    it("are listed newest first, and by what is still to be done about them", async () => {
      const { store, wave } = await asked(1);
      const waves = [wave];
      for (let more = 0; more < 3; more += 1) {
        const last = waves.at(-1) ?? wave;
        await store.save({ ...last, closedAt: later.add({ hours: more }) });
        waves.push(newWave());
        await store.add(waves.at(-1) ?? wave, []);
      }
      const [first, second, third, fourth] = waves.map(({ id }) => id) as [WaveId, WaveId, WaveId, WaveId];
      const ids = (found: Wave[]) => found.map(({ id }) => id);
      expect(ids(await store.page({ limit: 3, after: null }))).toEqual([fourth, third, second]);
      expect(ids(await store.page({ limit: 3, after: second }))).toEqual([first]);
      await store.save({ ...wave, closedAt: later, clearedAt: later });
      expect(ids(await store.uncleared())).toEqual([third, second]);
      expect(ids(await store.withRawBefore(later.add({ hours: 1 })))).toEqual([second, first]);
      await store.save({ ...wave, closedAt: later, rawDeletedAt: later });
      expect(ids(await store.withRawBefore(later.add({ hours: 1 })))).toEqual([second]);
    });
  });

  describe("who was asked and who took part", () => {
    it("are known until the close, each with the group that they were told", async () => {
      const { store, wave, asked: everybody, people, ana, ben, cem } = await asked(5);
      const byPerson = (a: Asked, b: Asked) => (a.person < b.person ? -1 : 1);
      expect((await store.asked(wave.id)).toSorted(byPerson)).toEqual(everybody.toSorted(byPerson));
      expect(await store.askedOne(wave.id, ben)).toEqual({ person: ben, group: null });
      expect(await store.askedOne(wave.id, newId<PersonId>())).toBeNull();
      expect(await store.takePart(wave.id, ana, "a")).toBe(true);
      await store.skip(wave.id, ben);
      expect(await Promise.all([ana, ben, cem].map((person) => store.participation(wave.id, person)))).toEqual(["sent", "skipped", null]);
      expect((await store.waiting(wave.id)).toSorted()).toEqual(people.slice(2).toSorted());
      expect(await store.sentCount(wave.id)).toBe(1);
    });

    it("lets people answer after all, and lets nobody who has sent skip", async () => {
      const { store, wave, ana, ben, cem } = await asked(3);
      await store.takePart(wave.id, ana, "a");
      await store.skip(wave.id, ana);
      await store.unskip(wave.id, ana);
      expect(await store.participation(wave.id, ana)).toBe("sent");
      await store.skip(wave.id, ben);
      await store.skip(wave.id, ben);
      expect(await store.takePart(wave.id, ben, "b")).toBe(true);
      expect(await store.takePart(wave.id, ben, "c")).toBe(false);
      await store.skip(wave.id, cem);
      await store.unskip(wave.id, cem);
      expect(await store.waiting(wave.id)).toEqual([cem]);
      expect((await store.sealed(wave.id)).toSorted()).toEqual(["a", "b"]);
    });

    it("counts somebody once who sends from two places at once", async () => {
      const { network, store, wave, people } = await asked(12);
      const presses = people.flatMap((person) => [one, two, one].map((database, press) => answer(database, network, wave.id, person, `${person} ${press}`)));
      const outcomes = await Promise.all(presses);
      expect(outcomes.filter((outcome) => outcome === "counted")).toHaveLength(12);
      expect(await store.sentCount(wave.id)).toBe(12);
      expect(new Set((await store.sealed(wave.id)).map((sealed) => sealed.slice(0, 36)))).toEqual(new Set(people));
    });

    it("gives sealed answers in an order that has nothing to do with when they came", async () => {
      const { store, wave, people } = await asked(30);
      const sent = people.map((_, index) => `sealed ${String(index).padStart(2, "0")}`);
      for (const [index, person] of people.entries()) await store.takePart(wave.id, person, sent[index] ?? "");
      const found = await store.sealed(wave.id);
      expect(found.toSorted()).toEqual(sent);
      expect(found).not.toEqual(sent);
    });

    it("forgets that somebody was asked once the wave is closed, and not before", async () => {
      const { store, wave, ana, ben } = await asked(2);
      const second = newWave();
      expect(await store.eraseAskedOf(ana)).toBe(0);
      await store.save({ ...wave, closedAt: later });
      await store.add(second, [{ person: ana, group: null }]);
      expect(await store.wavesOf(ana)).toEqual([second.id, wave.id]);
      expect(await store.eraseAskedOf(ana)).toBe(1);
      expect([await store.wavesOf(ana), await store.wavesOf(ben)]).toEqual([[second.id], [wave.id]]);
    });
  });

  describe("the close", () => {
    it("counts or refuses everybody who answers at that moment, and loses nobody", async () => {
      for (let round = 0; round < 4; round += 1) {
        const { network, store, wave, people } = await asked(24);
        const half = people.length / 2;
        const answers = people.map((person, index) => {
          const send = () => answer(index % 2 === 0 ? one : two, network, wave.id, person, person);
          return index < half ? send() : Promise.resolve().then(send);
        });
        const closes = [close(two, network, wave.id), close(one, network, wave.id)];
        const outcomes = await Promise.all(answers);
        const counted = people.filter((_, index) => outcomes[index] === "counted");
        const sealed = (await Promise.all(closes)).filter((found) => found !== null);
        expect(sealed.map((found) => found.toSorted())).toEqual([counted.toSorted()]);
        expect((await store.byId(wave.id))?.sent).toBe(counted.length);
        expect([await store.sealed(wave.id), await store.sentCount(wave.id)]).toEqual([[], 0]);
      }
    });

    it("waits for those who hold the wave, and holds up those who come after it", async () => {
      if (engine === "embedded") return;
      const { network, wave, ana, ben } = await asked(2);
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      let answering = Promise.resolve();
      await new Promise<void>((holding) => {
        answering = transaction(one, network, async (tx) => {
          await tx.hold(wave.id);
          await tx.takePart(wave.id, ana, "a");
          holding();
          await released;
        });
      });
      const closing = close(two, network, wave.id);
      const untilWaiting = async (many: number) => {
        for (let look = 0; look < 2_000; look += 1) {
          const { rows } = await sql<{ n: number }>`
            select count(*)::int as n from pg_locks join pg_database on pg_database.oid = database
            where locktype = 'advisory' and not granted and datname = current_database()`.execute(one.db);
          if (rows[0]?.n === many) return;
        }
        throw new Error("nobody waits");
      };
      try {
        await untilWaiting(1);
        const late = answer(one, network, wave.id, ben, "b");
        await untilWaiting(2);
        release();
        expect(await Promise.all([answering, closing, late])).toEqual([undefined, ["a"], "closed"]);
      } finally {
        release();
      }
    });

    it("writes the responses in the order in which it is given them, and keeps what was published", async () => {
      const { store, wave, ana } = await asked(1);
      await store.takePart(wave.id, ana, "a");
      // More than go into one statement.
      const responses = Array.from({ length: 1200 }, (_, index) => ({
        group: index % 3 === 0 ? null : `Zoë’s “areas” ${index}`,
        choices: { "worn-out": index, "hard-mornings": 0 },
      }));
      await store.publish(wave.id, responses, results);
      const { rows } = await sql`select group_name as "group", choices from pulse_responses where wave = ${wave.id} order by ctid`.execute(one.db);
      expect(rows).toEqual(responses);
      expect(await store.results(wave.id)).toEqual(results);
      expect(await store.resultsOf([wave.id, newId<WaveId>()])).toEqual(new Map([[wave.id, results]]));
      expect([await store.resultsOf([]), await store.results(newId<WaveId>())]).toEqual([new Map(), null]);
      expect([await store.sealed(wave.id), await store.participation(wave.id, ana)]).toEqual([[], null]);
      await expect(store.publish(wave.id, responses, results)).rejects.toThrow();
      await store.deleteResponses(wave.id);
      expect((await sql`select 1 from pulse_responses where wave = ${wave.id}`.execute(one.db)).rows).toEqual([]);
      expect(await store.results(wave.id)).toEqual(results);
    });
  });

  it("keeps a network's groups, and what changed after its waves", async () => {
    const { store, wave } = await asked(1);
    expect(await store.groups()).toBeNull();
    for (const by of ["area", "job-role"] as const) await store.saveGroups({ ...wave.groups, by });
    expect(await store.groups()).toEqual({ ...wave.groups, by: "job-role" });
    const change = (text: string, publishedAt: Instant) => ({ wave: wave.id, text, publishedAt });
    const changes = [change("You said: “rents” $1 \\", later), change("Then", later.add({ hours: 1 }))];
    for (const published of changes.toReversed()) await store.saveChange(published);
    expect(await store.changesOf(wave.id)).toEqual(changes);
    expect(await store.changesSince(later)).toEqual(changes);
    expect(await store.changesSince(later.add({ minutes: 1 }))).toEqual(changes.slice(1));
    expect(await store.changesOf(newId<WaveId>())).toEqual([]);
  });

  it("shows no network what belongs to another, and lets none change it", async () => {
    const { wave, store, ana, ben } = await asked(2);
    const { store: others } = await asked(1);
    await store.takePart(wave.id, ana, "a");
    await store.skip(wave.id, ben);
    await others.save({ ...wave, sent: 9 });
    await others.unskip(wave.id, ben);
    await others.deleteResponses(wave.id);
    expect(await others.eraseAskedOf(ana)).toBe(0);
    expect([await others.byId(wave.id), await others.askedOne(wave.id, ana), await others.participation(wave.id, ana)]).toEqual([null, null, null]);
    expect([await others.asked(wave.id), await others.sealed(wave.id), await others.waiting(wave.id), await others.wavesOf(ana)]).toEqual([[], [], [], []]);
    expect(await others.sentCount(wave.id)).toBe(0);
    expect(await store.byId(wave.id)).toEqual(wave);
    expect([await store.participation(wave.id, ben), await store.sealed(wave.id)]).toEqual(["skipped", ["a"]]);
  });
});
