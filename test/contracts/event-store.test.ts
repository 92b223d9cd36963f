import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { eventStore } from "../../src/adapters/sql/event-store.ts";
import { pollStore } from "../../src/adapters/sql/poll-store.ts";
import { rosterStore } from "../../src/adapters/sql/roster-store.ts";
import { watchDirectory, watchStore } from "../../src/adapters/sql/watch-store.ts";
import type { NetworkEvent } from "../../src/features/meetings/model.ts";
import type { Poll } from "../../src/features/meetings/polls.ts";
import type { Watch } from "../../src/features/meetings/ports.ts";
import { type EventId, newId, type PersonId, type PollId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aMeeting, anInvitee, anRsvp, at } from "../builders/meetings.ts";
import { aPerson } from "../builders/roster.ts";
import { engines, testDatabase } from "../support/database.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const text = "Zoë’s “list” $1 \\ 'quoted' <b>";

describe.each(engines)("the store of events, polls and watches (%s)", (engine) => {
  let database: OpenDatabase;
  let names = 0;

  beforeAll(async () => {
    database = await testDatabase(engine);
  }, 60_000);
  afterAll(() => database.close());

  async function network() {
    const { db } = database;
    const id = await directory(db).createNetwork(`Network ${(names += 1)}`);
    const events = eventStore(db, id);
    const addPeople = async (many: number): Promise<PersonId[]> => {
      const people = Array.from({ length: many }, () => newId<PersonId>()).map((person) => aPerson({ id: person, network: id, email: `${person}@example.org` }));
      await rosterStore(db, id).savePeople(people);
      return people.map((person) => person.id);
    };
    const [ana, ben, cem] = (await addPeople(3)) as [PersonId, PersonId, PersonId];
    const added = async (more: Partial<NetworkEvent> = {}) => {
      const one = event(more);
      await events.add(one);
      return one;
    };
    return { id, events, polls: pollStore(db, id), watches: watchStore(db, id), addPeople, added, ana, ben, cem };
  }
  const event = (more: Partial<NetworkEvent> = {}) => aMeeting({ id: newId<EventId>(), calendar: { ...aMeeting().calendar, eventId: newId() }, ...more });
  const planned = (on: string, index = 0) => ({ planned: { index, on: day(on) } });

  describe("events", () => {
    it("come back as they were saved, whatever is known of them", async () => {
      const { events } = await network();
      const bare = event({ calendar: { state: "pending", reason: null, eventId: null, iCalUid: null, joinUrl: null } });
      const full = event({
        ...planned("2026-11-17", 3),
        title: text,
        hideAttendees: false,
        capacity: 500,
        startsAt: at("2026-11-17T10:00").add({ milliseconds: 123 }),
        cancelledAt: at("2026-11-10T10:00"),
        movedAt: at("2026-11-09T10:00"),
        calendar: { state: "failed", reason: text, eventId: text, iCalUid: "i", joinUrl: "https://x" },
        agenda: { items: [text, ""] },
        notes: { text, actions: [{ what: text, who: "Ana", dueOn: "2026-12-01" }, { what: "b", who: "c", dueOn: null }] },
      });
      for (const one of [bare, full]) {
        expect(await events.add(one)).toBe(true);
        expect(await events.byId(one.id)).toEqual(one);
        expect(await events.lock(one.id)).toEqual(one);
      }
      expect(await events.byIds([bare.id, full.id, newId<EventId>()])).toEqual(new Map([[bare.id, bare], [full.id, full]]));
      expect((await events.byIds([])).size).toBe(0);
      expect(await events.byCalendarId(text)).toEqual(full);
      expect([await events.byCalendarId("none"), await events.byId(newId<EventId>())]).toEqual([null, null]);
      await events.save({ ...full, cancelledAt: null, agenda: { items: null }, notes: null });
      expect(await events.byId(full.id)).toEqual({ ...full, cancelledAt: null, agenda: { items: null }, notes: null });
      expect(await events.byId(bare.id)).toEqual(bare);
    });

    it("of a series have each date once, until that one is cancelled", async () => {
      const { events } = await network();
      const first = event(planned("2026-11-17"));
      expect([await events.add(first), await events.add(event(planned("2026-11-17"))), await events.add(event())]).toEqual([true, false, true]);
      await events.save({ ...first, cancelledAt: at("2026-11-01T10:00") });
      expect(await events.plannedDates(day("2026-11-17"))).toEqual(new Set(["2026-11-17"]));
      expect(await events.plannedDates(day("2026-11-18"))).toEqual(new Set());
      expect(await events.add(event(planned("2026-11-17")))).toBe(true);
    });

    it("are listed by their time: pages the latest first, those to come the next first, those past the latest first", async () => {
      const { events } = await network();
      const on = (date: string, more: Partial<NetworkEvent> = {}) => event({ startsAt: at(`${date}T10:00`), endsAt: at(`${date}T11:30`), ...more });
      const [one, two, three, twin] = [on("2026-11-17"), on("2026-12-29"), on("2027-02-09"), on("2027-02-09")];
      const off = on("2026-12-30", { cancelledAt: at("2026-11-10T10:00") });
      for (const each of [two, off, three, one, twin]) await events.add(each);
      const all: EventId[] = [];
      for (let after: EventId | null = null; ; after = all.at(-1) ?? null) {
        const page = await events.page({ limit: 2, after });
        if (page.length === 0) break;
        all.push(...page.map(({ id }) => id));
      }
      const twins = [three.id, twin.id].sort();
      expect(all).toEqual([...twins.toReversed(), off.id, two.id, one.id]);
      const upcoming = async (moment: string) => (await events.upcoming(at(moment))).map(({ id }) => id);
      expect(await upcoming("2026-11-17T11:29")).toEqual([one.id, two.id, ...twins]);
      expect(await upcoming("2026-11-17T11:30")).toEqual([two.id, ...twins]);
      const past = async (moment: string, limit: number) => (await events.past(at(moment), limit)).map(({ id }) => id);
      expect(await past("2026-12-29T10:00", 5)).toEqual([two.id, one.id]);
      expect([await past("2026-12-29T10:00", 1), await past("2026-12-29T09:59", 5)]).toEqual([[two.id], [one.id]]);
    });

    it("keep their invitees, each address once", async () => {
      const { events, added, addPeople, ana, ben } = await network();
      const { id } = await added();
      const [first, second] = [anInvitee(1, { event: id, person: ana }), anInvitee(2, { event: id, person: ben })];
      await events.saveInvitees([]);
      await events.saveInvitees([first, second]);
      await events.saveInvitees([{ ...first, removedAt: at("2026-11-01T10:00") }, { ...first, email: "new@example.org" }]);
      const kept = await events.invitees(id);
      expect(kept).toHaveLength(3);
      expect(kept).toEqual(expect.arrayContaining([{ ...first, removedAt: at("2026-11-01T10:00") }, { ...first, email: "new@example.org" }, second]));
      await events.saveAttendance(id, ana, true);
      await events.saveAttendance(id, ben, false);
      const cem = (await addPeople(1))[0] ?? ana;
      await events.saveAttendance(id, cem, true);
      expect(await events.attendance(id)).toEqual(new Map([[ana, true], [ben, false]]));
      expect(await events.attendanceOf(ana)).toEqual(new Map([[id, true]]));
      expect([await events.rsvps(id), (await events.invitees(id)).length]).toEqual([[], 3]);
      await events.eraseRsvpsOf(ana, at("2026-11-18T10:00"));
      expect(await events.attendance(id)).toEqual(new Map([[ben, false]]));
      const large = await added();
      const many = (await addPeople(1_201)).map((person, n) => anInvitee(n, { event: large.id, person }));
      await events.saveInvitees(many);
      expect(await events.invitees(large.id)).toHaveLength(1_201);
    });
  });

  describe("answers", () => {
    it("come back as they were saved, and the latest stays", async () => {
      const { events, added, ana, ben, cem } = await network();
      const { id } = await added();
      const rsvp = anRsvp(1, { event: id, person: ana, raise: text, isListed: true, mirror: "pending" });
      await events.saveRsvp(rsvp);
      const other = anRsvp(2, { event: id, person: ben, answer: "no", from: "calendar" });
      await events.saveRsvp(other);
      expect([await events.rsvp(id, ana), await events.rsvp(id, ben), await events.rsvp(id, cem)]).toEqual([rsvp, other, null]);
      const later = { ...rsvp, answer: "maybe", yesSince: null, answeredAt: rsvp.answeredAt.add({ milliseconds: 1 }), mirror: "done" } as const;
      await events.saveRsvp(later);
      expect(await events.rsvps(id)).toHaveLength(2);
      expect(await events.rsvps(id)).toEqual(expect.arrayContaining([later, other]));
      expect(await events.rsvpsOf(ana)).toEqual([later]);
    });

    it("that are erased leave only the moment, and what was written to calendars goes with them", async () => {
      const { events, added, ana, ben } = await network();
      const [one, two] = [(await added()).id, (await added()).id];
      for (const id of [one, two]) {
        for (const person of [ana, ben]) {
          await events.saveRsvp(anRsvp(1, { event: id, person }));
          await events.saveMirrored(id, person, { answer: "yes", at: at("2026-11-03T10:06") });
        }
      }
      await events.saveMirrored(one, ben, { answer: "no", at: at("2026-11-03T10:07") });
      expect(await events.eraseRsvpsOf(ana, at("2026-11-04T10:00"))).toBe(2);
      expect(await events.eraseRsvpsOf(ana, at("2026-11-05T10:00"))).toBe(0);
      expect([await events.rsvpsOf(ana), (await events.rsvpsOf(ben)).length]).toEqual([[], 2]);
      expect(await events.mirrored(one)).toEqual(new Map([[ben, { answer: "no", at: at("2026-11-03T10:07") }]]));
      expect(await events.erasures()).toEqual(new Map([[ana, at("2026-11-05T10:00")]]));
    });
  });

  it("keeps when people don't work, and whom the last slots left out", async () => {
    const { events, ana, ben, cem } = await network();
    const times = [{ weekday: 1, from: null, to: null }, { weekday: 4, from: "12:00", to: "15:30" }];
    await events.saveNonWorking(ana, times);
    await events.saveNonWorking(ben, times);
    await events.saveNonWorking(ben, []);
    expect(await events.nonWorking()).toEqual(new Map([[ana, times]]));
    const [first, second, off] = ["2026-11-17", "2026-12-29", "2027-02-09"].map((date) => event({ startsAt: at(`${date}T10:00`), endsAt: at(`${date}T11:30`) })) as [NetworkEvent, NetworkEvent, NetworkEvent];
    for (const one of [first, second, { ...off, cancelledAt: at("2026-11-01T10:00") }]) {
      await events.add(one);
      await events.saveExclusions(one.id, [ana]);
    }
    await events.saveExclusions(second.id, [ben, cem]);
    expect(await events.exclusions(4)).toEqual([[ben, cem], [ana]]);
    expect(await events.exclusions(1)).toEqual([[ben, cem]]);
  });

  it("keeps one open poll about a date, and its answers", async () => {
    const { polls, ana } = await network();
    const poll = (on: string, more: Partial<Poll> = {}): Poll => ({
      id: newId<PollId>(),
      planned: { index: 2, on: day(on) },
      slots: [{ startsAt: at("2026-11-17T10:00"), endsAt: at("2026-11-17T11:30") }],
      askedAt: at("2026-10-01T10:00"),
      closedAt: null,
      ...more,
    });
    const [first, again, other] = [poll("2026-11-17"), poll("2026-11-17", { askedAt: at("2026-10-09T10:00") }), poll("2026-12-29")];
    expect([await polls.add(first), await polls.add(again), await polls.add(other)]).toEqual([true, false, true]);
    await polls.saveAnswer({ poll: first.id, person: ana, slots: [0, 2], answeredAt: at("2026-10-02T10:00") });
    await polls.saveAnswer({ poll: first.id, person: ana, slots: [], answeredAt: at("2026-10-03T10:00") });
    await polls.saveAnswer({ poll: other.id, person: ana, slots: [1], answeredAt: at("2026-10-03T10:00") });
    expect(await polls.answers(first.id)).toEqual([{ poll: first.id, person: ana, slots: [], answeredAt: at("2026-10-03T10:00") }]);
    const closedAt = at("2026-10-08T10:00");
    expect(await polls.open()).toEqual([first, other]);
    expect([await polls.close(day("2026-11-17"), closedAt), await polls.close(day("2026-11-17"), closedAt)]).toEqual([first.id, null]);
    expect(await polls.byIds([first.id])).toEqual(new Map([[first.id, { ...first, closedAt }]]));
    expect(await polls.open()).toEqual([other]);
    expect(await polls.add(again)).toBe(true);
    expect(await polls.about([day("2026-11-17"), day("2027-02-09")])).toEqual(new Map([["2026-11-17", again]]));
    expect([(await polls.about([])).size, (await polls.byIds([])).size]).toEqual([0, 0]);
    expect([await polls.eraseOf(ana), await polls.eraseOf(ana), await polls.answers(first.id)]).toEqual([2, 0, []]);
  });

  it("keeps what is known about listening to a mailbox, and finds it by its subscription", async () => {
    const { id, watches } = await network();
    const organiser = "meetings@example.org";
    const bare: Watch = { organiser, subscription: null, mark: null, checkedAt: null };
    const subscription = { id: newId(), expiresAt: at("2026-11-09T10:00"), clientState: "s".repeat(43) };
    const full: Watch = { organiser, subscription, mark: JSON.stringify({ link: text }), checkedAt: at("2026-11-03T10:00") };
    expect(await watches.of(organiser)).toBeNull();
    await watches.save(bare);
    expect(await watches.of(organiser)).toEqual(bare);
    await watches.save(full);
    expect(await watches.of(organiser)).toEqual(full);
    const found = watchDirectory(database.db);
    expect([await found.bySubscription(subscription.id), await found.bySubscription("another")]).toEqual([{ network: id, watch: full }, null]);
    await watches.save({ ...full, subscription: null });
    expect(await found.bySubscription(subscription.id)).toBeNull();
  });

  it("shows nothing of one network to another, and changes nothing there", async () => {
    const [one, two] = [await network(), await network()];
    const { ana } = one;
    const own = event(planned("2026-11-17"));
    await one.events.add(own);
    await one.events.saveInvitees([anInvitee(1, { event: own.id, person: ana })]);
    await one.events.saveRsvp(anRsvp(1, { event: own.id, person: ana }));
    await one.events.saveMirrored(own.id, ana, { answer: "yes", at: own.bookedAt });
    await one.events.saveNonWorking(ana, []);
    await one.events.saveExclusions(own.id, [ana]);
    await one.watches.save({ organiser: "a@example.org", subscription: null, mark: null, checkedAt: null });
    const { events, watches } = two;
    expect([await events.byId(own.id), await events.lock(own.id), await events.byCalendarId(own.calendar.eventId ?? "")]).toEqual([null, null, null]);
    expect([await events.page({ limit: 9, after: null }), await events.upcoming(own.bookedAt), await events.past(own.endsAt, 9)]).toEqual([[], [], []]);
    expect([await events.invitees(own.id), await events.rsvps(own.id), await events.rsvpsOf(ana), await events.exclusions(9)]).toEqual([[], [], [], []]);
    const maps = [await events.byIds([own.id]), await events.mirrored(own.id), await events.nonWorking(), await events.erasures()];
    expect([...maps.map(({ size }) => size), (await events.plannedDates(day("2026-01-01"))).size]).toEqual([0, 0, 0, 0, 0]);
    expect([await events.rsvp(own.id, ana), await watches.of("a@example.org")]).toEqual([null, null]);
    // There is no such person in the other network.
    await expect(events.eraseRsvpsOf(ana, own.bookedAt)).rejects.toThrow();
    await events.save({ ...own, title: "Another" });
    expect(await one.events.byId(own.id)).toEqual(own);
    expect((await one.events.rsvps(own.id)).length).toBe(1);
    await events.saveAttendance(own.id, ana, true);
    expect([await one.events.attendance(own.id), await events.attendance(own.id), await events.attendanceOf(ana)].map(({ size }) => size)).toEqual([0, 0, 0]);
    expect(await events.add(event(planned("2026-11-17")))).toBe(true);
  });
});
