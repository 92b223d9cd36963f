import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { conversationStore } from "../../src/adapters/sql/conversation-store.ts";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { installStore } from "../../src/adapters/sql/install-store.ts";
import { rosterStore } from "../../src/adapters/sql/roster-store.ts";
import { cannot, failed, installed } from "../../src/features/installs/model.ts";
import { asId, type NetworkId, newId, type PersonId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aPerson, someTenant } from "../builders/roster.ts";
import { engines, testDatabase } from "../support/database.ts";

const now = Temporal.Instant.from("2026-11-24T09:30Z");
const later = now.add({ minutes: 5 });

describe.each(engines)("the ledger of installs on the %s engine", (engine) => {
  let database: OpenDatabase;
  let network: NetworkId;
  let people: PersonId[];
  const store = () => installStore(database.db, network);
  const person = (index: number) => people[index] ?? asId<PersonId>("");

  beforeAll(async () => {
    database = await testDatabase(engine);
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    network = await directory(database.db).createNetwork(`Network ${newId()}`);
    const persons = ["Ana", "Bea", "Cem", "Dot"].map((name) => aPerson({ network, name }));
    await rosterStore(database.db, network).savePeople(persons);
    people = persons.map(({ id }) => id);
  });

  const pending = (index: number) => ({ person: person(index), state: "pending", dueAt: now }) as const;
  const queue = async (index: number) => {
    const [queued] = await store().decide([pending(index)], now);
    if (queued === undefined) throw new Error("nothing was queued");
    return queued;
  };
  const claim = async (queued: { person: PersonId; turn: number }) => store().claim(queued, someTenant, now);
  const stateOf = async (index: number) => (await store().of(person(index)))?.state;
  const undecided = async (isAskedFor = false) => (await store().undecided(someTenant, isAskedFor)).map(({ name }) => name).sort();

  it("hands a try to one worker, again when it never ended, and the next one to the job that follows it", async () => {
    const queued = await queue(0);
    const first = await claim(queued);
    expect(first).toMatchObject({ name: "Ana", attempts: 1, account: null, isElsewhere: false, chat: null });
    expect(await claim(queued)).toMatchObject({ attempts: 1 });
    if (first === null) throw new Error("nothing was claimed");
    expect(await store().postpone(first, later, "Busy.", now)).toBe(true);
    expect(await claim(queued)).toBeNull();
    expect(await claim(first)).toMatchObject({ attempts: 2 });
    expect(await store().settle(first, installed, now)).toBe(false);
    expect(await store().settle({ ...first, turn: first.turn + 1 }, installed, now)).toBe(true);
    expect(await claim(first)).toBeNull();
  });

  it("lets what Teams said stand, whatever a try that was under way comes to", async () => {
    const claimed = await claim(await queue(0));
    await store().note(person(0), cannot("removed"), now);
    expect(claimed !== null && (await store().settle(claimed, installed, now))).toBe(false);
    expect(await store().decide([pending(0)], now)).toEqual([]);
    expect(await store().of(person(0))).toMatchObject({ state: "cannot", obstacle: "removed", reason: null });
  });

  it("finds those about whom something is to be decided, and when asked those for whom it failed too", async () => {
    expect(await undecided()).toEqual(["Ana", "Bea", "Cem", "Dot"]);
    await store().decide([{ person: person(0), ...failed("No.") }, { person: person(1), ...cannot("no-account") }, { person: person(2), ...cannot("stopped") }], now);
    await store().note(person(3), cannot("removed"), now);
    const roster = rosterStore(database.db, network);
    await roster.setStopped(person(2), now);
    expect(await undecided()).toEqual([]);
    expect(await undecided(true)).toEqual(["Ana", "Bea", "Cem"]);
    await roster.setStopped(person(2), null);
    await roster.linkIdentity(person(1), { objectId: newId<PersonId>(), tenantId: someTenant });
    expect(await undecided()).toEqual(["Bea", "Cem"]);
  });

  it("takes over tries whose job was lost, and forgets leavers save that it was removed for them", async () => {
    const queued = await queue(0);
    expect(await store().takeOverdue(now, 10, later)).toEqual([]);
    expect(await store().takeOverdue(later, 10, later)).toEqual([{ person: person(0), turn: queued.turn + 1 }]);
    expect(await claim(queued)).toBeNull();
    await store().note(person(1), cannot("removed"), now);
    const roster = rosterStore(database.db, network);
    const all = await roster.people();
    await roster.savePeople(all.map((one) => ({ ...one, leftOn: Temporal.PlainDate.from("2026-11-24") })));
    expect(await store().counts(null)).toMatchObject({ intended: 0 });
    await store().forgetLeavers();
    expect([await stateOf(0), await stateOf(1)]).toEqual([undefined, "cannot"]);
  });

  it("follows what chats have shown since, and nothing from before", async () => {
    for (const index of [0, 1, 2]) await store().note(person(index), index === 0 ? failed("No.") : installed, now);
    const chats = conversationStore(database.db, network);
    await chats.save(person(0), { ref: null, state: "open" }, later);
    await chats.save(person(1), { ref: null, state: "not-installed" }, later);
    await chats.save(person(2), { ref: null, state: "not-installed" }, now.subtract({ minutes: 1 }));
    await store().followChats("Gone.", later);
    expect([await stateOf(0), await stateOf(1), await stateOf(2)]).toEqual(["installed", "failed", "installed"]);
    expect(await store().counts(null)).toEqual({ intended: 3, installed: 2, failed: 1, cannot: 0, pending: 0 });
  });

  it("is started once, shows nothing of another network, and erases a row but not that it was removed", async () => {
    await store().start(now);
    await store().start(later);
    expect(await store().startedAt()).toEqual(now);
    expect(await store().lockStart()).toBe(true);
    await store().note(person(0), installed, now);
    await store().note(person(1), cannot("removed"), now);
    const other = installStore(database.db, await directory(database.db).createNetwork(`Network ${newId()}`));
    expect([await other.of(person(0)), await other.startedAt(), await other.counts(null)]).toMatchObject([null, null, { intended: 0 }]);
    expect([await store().eraseOf(person(0)), await store().eraseOf(person(1))]).toEqual([1, 0]);
    const all = { areas: null, limit: 10, after: null };
    expect((await store().page(all)).map(({ name }) => name)).toEqual(["Bea"]);
    expect(await store().page({ ...all, after: person(1) })).toEqual([]);
  });
});
