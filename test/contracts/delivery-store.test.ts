import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { conversationStore } from "../../src/adapters/sql/conversation-store.ts";
import { deliveryStore } from "../../src/adapters/sql/delivery-store.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { linkStore } from "../../src/adapters/sql/link-store.ts";
import { pulseStore } from "../../src/adapters/sql/pulse-store.ts";
import { rosterStore } from "../../src/adapters/sql/roster-store.ts";
import type { NewDelivery, Purpose } from "../../src/features/deliveries/model.ts";
import type { Settlement } from "../../src/features/deliveries/ports.ts";
import { asId, type DeliveryId, type LinkId, type NetworkId, newId, type PersonId, type WaveId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aWave } from "../builders/pulse.ts";
import { aPerson } from "../builders/roster.ts";
import { engines, testDatabase } from "../support/database.ts";

const now = Temporal.Instant.from("2026-11-24T09:30Z");
const later = now.add({ minutes: 5 });
const occasion = newId<DeliveryId>();

describe.each(engines)("the ledger of deliveries on the %s engine", (engine) => {
  let database: OpenDatabase;
  let network: NetworkId;
  let people: PersonId[];
  const store = () => deliveryStore(database.db, network);

  beforeAll(async () => {
    database = await testDatabase(engine);
  });
  afterAll(() => database.close());

  // A network of its own for each test: no store of one sees anything of another.
  beforeEach(async () => {
    network = await directory(database.db).createNetwork(`Network ${newId()}`);
    const persons = [1, 2, 3, 4].map(() => aPerson({ network }));
    await rosterStore(database.db, network).savePeople(persons);
    people = persons.map((person) => person.id);
  });

  const card = (index: number, more: Partial<NewDelivery> = {}): NewDelivery => ({
    occasion,
    purpose: "check-in",
    subject: occasion,
    recipient: people[index] ?? asId<PersonId>(""),
    unasked: true,
    skip: false,
    reason: null,
    notBefore: null,
    ...more,
  });
  const settled = (id: DeliveryId, state: Settlement["state"], unreachable = false): Settlement => ({
    id,
    state,
    reason: state,
    unreachable,
  });
  const wait = (isTry: boolean) => ({ until: later, reason: "Teams was busy.", isTry });
  const stateOf = async (id: DeliveryId) => (await store().byId(id))?.state;
  const added = async (...cards: NewDelivery[]) => (await store().add(cards, now)).map((delivery) => delivery.id);
  const one = async (...cards: NewDelivery[]) => {
    const [id] = await added(...cards);
    if (id === undefined) throw new Error("nothing was added");
    return id;
  };
  const claim = async (id: DeliveryId, turn: number) => (await store().claim([{ id, turn }], now)).length;

  it("keeps one delivery for each occasion, purpose, subject and recipient", async () => {
    await store().add([card(0), card(0), card(1)], now);
    expect(await store().add([card(0), card(0, { purpose: "reminder" })], now)).toMatchObject([{ purpose: "reminder" }]);
    expect((await store().counts([occasion], "check-in")).get(occasion)).toMatchObject({ intended: 2, pending: 2 });
  });

  it("hands a try to one worker, and the next try to the job that follows it", async () => {
    const id = await one(card(0));
    expect(await claim(id, 0)).toBe(1);
    await store().postpone(id, wait(true), now);
    expect(await claim(id, 0)).toBe(0);
    expect(await claim(id, 1)).toBe(1);
    expect(await store().byId(id)).toMatchObject({ attempts: 2 });
  });

  it("uses up no try by waiting for somebody who is away", async () => {
    const id = await one(card(0));
    await claim(id, 0);
    await store().postpone(id, wait(false), now);
    expect(await store().byId(id)).toMatchObject({ state: "pending", attempts: 0, reason: "Teams was busy." });
    expect([await claim(id, 0), await claim(id, 1)]).toEqual([0, 1]);
  });

  it("lets no job of an earlier sending have a later one, however often the card was sent", async () => {
    const id = await one(card(0));
    const [taken] = await store().takeOver([id], now, now);
    await claim(id, taken?.turn ?? 0);
    await store().settle([settled(id, "delivered")], now);
    const [again] = await store().reopen([id], now, later);
    for (const turn of [0, 1, 2]) expect(await claim(id, turn)).toBe(0);
    expect(await claim(id, again?.turn ?? 0)).toBe(1);
    expect(await store().byId(id)).toMatchObject({ attempts: 1 });
  });

  it("takes up what was due and stayed untouched, also when the try never ended", async () => {
    const [lost, interrupted, delayed, done] = await added(card(0), card(1), card(2, { notBefore: later }), card(3));
    if (lost === undefined || interrupted === undefined || done === undefined) throw new Error("not added");
    await claim(interrupted, 0);
    await store().settle([settled(done, "delivered")], now);
    expect(await store().takeOverdue(now, 10, later)).toEqual([]);
    const taken = await store().takeOverdue(now.add({ seconds: 1 }), 10, later);
    expect(taken.map(({ id }) => id).sort()).toEqual([lost, interrupted].sort());
    expect(delayed).toBeDefined();
    expect([await claim(lost, 0), await claim(interrupted, 0), await claim(lost, 1)]).toEqual([0, 0, 1]);
  });

  it("finds the copies of a subject's cards that are in a chat or on their way, whatever became of a later sending", async () => {
    const other = newId<DeliveryId>();
    const [waits, sent, underWay] = await added(card(0), card(1), card(2));
    await added(card(1, { subject: other }));
    if (waits === undefined || sent === undefined || underWay === undefined) throw new Error("not added");
    await store().settle([settled(sent, "delivered")], now);
    const message = { conversationId: "a:1", serviceUrl: "https://example.org/", activityId: "1" };
    await store().sent([{ delivery: sent, message }], now);
    await store().reopen([sent], now, later);
    await claim(underWay, 0);
    const both = [sent, underWay].sort();
    expect((await store().copiesAbout(occasion, occasion)).sort()).toEqual(both);
    expect((await store().copiesOf(occasion, ["check-in", "reminder"])).sort()).toEqual(both);
    expect(await store().copiesOf(occasion, ["reminder"])).toEqual([]);
    expect([...(await store().underWay([waits, sent, underWay]))]).toEqual([underWay]);
  });

  it("hands a claimed card to the other channel, and back to Teams whenever it is sent anew", async () => {
    const [person = people[0]] = people;
    if (person === undefined) throw new Error("nobody");
    const id = await one(card(0));
    await claim(id, 0);
    await store().moveTo(id, "link", "The app isn't installed.", now);
    expect(await store().byId(id)).toMatchObject({ channel: "link", attempts: 0, state: "pending" });
    expect(await store().waitingForMail(person)).toEqual([id]);
    expect(await claim(id, 0)).toBe(0);
    expect(await claim(id, 1)).toBe(1);
    await store().settle([{ ...settled(id, "failed", true) }], now);
    expect([await store().waitingForMail(person), await store().missedSince(now)]).toEqual([[], []]);
    expect(await store().undeliveredTo(person, now)).toMatchObject([{ id }]);
    expect(await store().reopen([id], now, now)).toMatchObject([{ channel: "teams", deliveredAt: null }]);
    await store().settle([settled(id, "failed", true)], now);
    expect(await store().missedSince(now)).toEqual([person]);
  });

  it("knows when a card last arrived, also while it is sent again", async () => {
    const id = await one(card(0));
    await store().settle([settled(id, "delivered")], now);
    await store().reopen([id], later, later);
    expect(await store().byId(id)).toMatchObject({ state: "pending", deliveredAt: now });
  });

  it("hands a try that was never ended to the job that runs again", async () => {
    const id = await one(card(0));
    await claim(id, 0);
    expect(await claim(id, 0)).toBe(1);
    expect(await store().byId(id)).toMatchObject({ attempts: 1 });
  });

  it("hands out nothing that is settled, however often its job runs", async () => {
    const id = await one(card(0));
    await claim(id, 0);
    await store().settle([settled(id, "delivered")], now);
    expect(await claim(id, 0)).toBe(0);
    expect(await claim(id, 1)).toBe(0);
  });

  it("says with a claim how the person can be reached", async () => {
    const [person = people[0]] = people;
    if (person === undefined) throw new Error("nobody");
    const roster = rosterStore(database.db, network);
    const ref = { conversationId: "a:1", serviceUrl: "https://example.org/" };
    await conversationStore(database.db, network).save(person, { ref, state: "open" }, now);
    await roster.setAway(person, Temporal.PlainDate.from("2026-12-03"));
    await roster.setStopped(person, now);
    const [claimed] = await store().claim([{ id: await one(card(0)), turn: 0 }], now);
    expect(claimed).toMatchObject({ conversation: { ref, state: "open" }, stopped: true, left: false, unasked: true });
    expect(claimed?.awayUntil?.toString()).toBe("2026-12-03");
  });

  it("counts what is intended as the sum of all four states after every step", async () => {
    const [a, b, c] = await added(card(0), card(1), card(2), card(3, { skip: true, reason: "away" }));
    const counts = async () => (await store().counts([occasion], "check-in")).get(occasion);
    expect(await counts()).toEqual({ intended: 4, delivered: 0, failed: 0, skipped: 1, pending: 3 });
    if (a === undefined || b === undefined || c === undefined) throw new Error("not added");
    await store().settle([settled(a, "delivered"), settled(b, "failed")], now);
    expect(await counts()).toEqual({ intended: 4, delivered: 1, failed: 1, skipped: 1, pending: 1 });
    await store().reopen([b], later, later);
    expect(await counts()).toEqual({ intended: 4, delivered: 1, failed: 0, skipped: 1, pending: 2 });
    await store().giveUp(occasion, "check-in", null, "closed", later);
    expect(await counts()).toEqual({ intended: 4, delivered: 1, failed: 0, skipped: 3, pending: 0 });
  });

  it("gives up what waits, and not what is being sent at that moment", async () => {
    const [waiting, underWay, other] = await added(card(0), card(1), card(0, { purpose: "reminder" }));
    if (waiting === undefined || underWay === undefined || other === undefined) throw new Error("not added");
    await claim(underWay, 0);
    await store().giveUp(occasion, "check-in", null, "The round closed.", later);
    expect(await store().byId(waiting)).toMatchObject({ state: "skipped", reason: "The round closed." });
    expect([await stateOf(underWay), await stateOf(other)]).toEqual(["pending", "pending"]);
  });

  it("takes a waiting delivery from its job, so that the job finds nothing to do", async () => {
    const id = await one(card(0));
    const [taken] = await store().takeOver([id], later, later);
    expect(await claim(id, 0)).toBe(0);
    expect(await claim(id, taken?.turn ?? 0)).toBe(1);
    expect(await store().takeOver([id], later, later)).toEqual([]);
  });

  it("reopens what is settled with its attempts counted anew, and leaves alone what is pending", async () => {
    const [failed, pending] = await added(card(0), card(1));
    if (failed === undefined || pending === undefined) throw new Error("not added");
    await claim(failed, 0);
    await store().settle([settled(failed, "failed", true)], now);
    expect(await store().reopen([failed, pending], later, later)).toMatchObject([{ id: failed, attempts: 0, reason: null }]);
  });

  it("remembers what a person missed for want of a way to reach them, until it is tried again", async () => {
    const id = await one(card(0));
    const missed = async () => (await store().undeliveredTo(people[0] ?? asId<PersonId>(""), now)).map((row) => row.id);
    await store().settle([settled(id, "failed", true)], now);
    expect(await missed()).toEqual([id]);
    await store().reopen([id], later, later);
    expect(await missed()).toEqual([]);
  });

  it("knows when each person last got an unasked message, and of which occasion", async () => {
    const other = newId<DeliveryId>();
    const ids = await added(card(0), card(1, { unasked: false }), card(2, { occasion: other }), card(3));
    await store().settle(ids.slice(0, 3).map((id) => settled(id, "delivered")), later);
    const last = async (since: Temporal.Instant, otherThan: string | null) =>
      [...(await store().lastUnasked(people, since, otherThan)).keys()].sort();
    const before = now.subtract({ minutes: 1 });
    // The fourth is on its way, and so counts from when it is due.
    expect(await last(before, null)).toEqual([people[0], people[2], people[3]].sort());
    expect(await last(now, null)).toEqual([people[0], people[2]].sort());
    expect(await last(now, other)).toEqual([people[0]]);
    expect(await last(later, null)).toEqual([]);
  });

  it("counts a wave's reminders for everybody who was asked, whoever of them got one", async () => {
    const [asked = people[0], silent = people[1], other = people[2]] = people;
    if (asked === undefined || silent === undefined || other === undefined) throw new Error("nobody");
    const waves = pulseStore(database.db, network);
    const wave = aWave({ id: newId<WaveId>() });
    await waves.add(wave, [asked, silent].map((person) => ({ person, group: null })));
    const last = async (since: Temporal.Instant, otherThan: string | null) =>
      new Map(await store().lastUnasked(people, since, otherThan));
    expect(await last(now, null)).toEqual(new Map());
    await waves.save({ ...wave, remindedAt: later });
    const reminder = await one(card(1, { occasion: wave.id, purpose: "pulse-reminder", notBefore: later.add({ hours: 1 }) }));
    await added(card(2, { notBefore: later }));
    expect(await last(now, null)).toEqual(new Map([[asked, later], [silent, later.add({ hours: 1 })], [other, later]]));
    expect(await last(later, null)).toEqual(new Map([[silent, later.add({ hours: 1 })]]));
    expect(await last(now, wave.id)).toEqual(new Map([[other, later]]));
    await store().forgetAll(wave.id, ["pulse-reminder"]);
    expect(await store().byId(reminder)).toBeNull();
    expect(await last(now, null)).toEqual(new Map([[asked, later], [silent, later], [other, later]]));
    const elsewhere = deliveryStore(database.db, await directory(database.db).createNetwork("Other network"));
    expect(await elsewhere.lastUnasked(people, now, null)).toEqual(new Map());
  });

  it("finds the first card since a moment that each person was to get unasked and wasn't kept from them", async () => {
    const [ana = asId<PersonId>(""), ben = asId<PersonId>(""), cem = asId<PersonId>("")] = people;
    const add = async (at: Temporal.Instant, ...cards: NewDelivery[]) => (await store().add(cards, at)).map(({ id }) => id);
    const wave = newId<DeliveryId>();
    const about = { occasion: wave, subject: wave } as const;
    await add(now, card(0), card(1), card(2));
    const moment = now.add({ seconds: 1 });
    await add(moment, card(1, { ...about, purpose: "pulse-reminder" }), card(2, { ...about, unasked: false }));
    const [failed, first] = await add(later, card(0, { ...about, purpose: "rsvp" }), card(1, { ...about, purpose: "pulse" }));
    const [second] = await add(later.add({ hours: 1 }), card(0, { ...about }), card(1, { ...about }));
    await add(later, card(2, { ...about, purpose: "rsvp", skip: true }));
    if (failed === undefined || first === undefined || second === undefined) throw new Error("not added");
    await store().settle([settled(failed, "failed"), settled(first, "delivered")], later);
    const found = () => store().firstUnaskedSince([ana, ben, cem], moment);
    expect(await found()).toEqual(new Map([[ana, second], [ben, first]]));
    await store().settle([settled(failed, "delivered")], later);
    expect(await found()).toEqual(new Map([[ana, failed], [ben, first]]));
    expect(await store().firstUnaskedSince([], now)).toEqual(new Map());
    expect([...(await store().firstUnaskedSince(people, later)).values()]).toEqual([second, expect.any(String)]);
  });

  it("forgets an occasion's cards of some purposes, with their messages and links, and no others", async () => {
    const [reminder, nudge, kept, other] = await added(
      ...(["reminder", "nudge", "check-in"] as const).map((purpose) => card(0, { purpose })),
      card(0, { purpose: "reminder", occasion: newId<DeliveryId>() }),
    );
    if (reminder === undefined || nudge === undefined || kept === undefined || other === undefined) throw new Error("not added");
    const [person = asId<PersonId>("")] = people;
    const links = linkStore(database.db, network);
    for (const delivery of [reminder, nudge, kept, other]) {
      const message = { conversationId: "a:1", serviceUrl: "https://example.org/", activityId: delivery };
      await store().sent([{ delivery, message }], now);
      await links.add({ id: newId<LinkId>(), delivery, person, sentTo: "ana@example.org", issuedAt: now, expiresAt: later, revokedAt: null });
    }
    await claim(nudge, 0);
    const elsewhere = deliveryStore(database.db, await directory(database.db).createNetwork("Other network"));
    await elsewhere.forgetAll(occasion, ["reminder", "nudge"]);
    expect((await store().byIds([reminder, nudge, kept, other])).length).toBe(4);
    await database.db.transaction().execute((tx) => deliveryStore(tx, network).forgetAll(occasion, ["reminder", "nudge"]));
    expect((await store().byIds([reminder, nudge, kept, other])).map(({ id }) => id).sort()).toEqual([kept, other].sort());
    expect([...(await store().sentMessages([reminder, nudge, kept, other])).keys()].sort()).toEqual([kept, other].sort());
    expect((await links.ofPerson(person)).map(({ delivery }) => delivery).sort()).toEqual([kept, other].sort());
    // What was being sent at that moment finds nothing to record.
    await store().settle([settled(nudge, "delivered")], later);
    expect(await claim(nudge, 1)).toBe(0);
    await store().forgetAll(occasion, ["reminder"]);
  });

  it("shows no network what belongs to another", async () => {
    const id = await one(card(0));
    const others = deliveryStore(database.db, await directory(database.db).createNetwork("Other network"));
    expect(await others.byId(id)).toBeNull();
    expect(await others.claim([{ id, turn: 0 }], now)).toEqual([]);
    expect(await others.reopen([id], now, now)).toEqual([]);
    expect(await others.takeOver([id], now, now)).toEqual([]);
    await others.settle([settled(id, "failed")], now);
    await others.giveUp(occasion, "check-in", null, "closed", now);
    expect(await stateOf(id)).toBe("pending");
    expect((await others.counts([occasion], "check-in")).get(occasion)).toMatchObject({ intended: 0 });
  });

  it("pages through an occasion's cards in the order in which they were made", async () => {
    const ids = await added(card(0), card(1), card(2));
    const page = (after: DeliveryId | null) =>
      store().page({ occasion, purposes: ["check-in"] satisfies Purpose[], areas: null, limit: 2, after });
    const first = await page(null);
    const second = await page(first.at(-1)?.id ?? null);
    expect([...first, ...second].map((row) => row.id)).toEqual(ids.toSorted());
    expect(await store().page({ occasion, purposes: ["check-in"], areas: ["North Central"], limit: 2, after: null })).toEqual([]);
  });
});
