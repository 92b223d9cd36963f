import { describe, expect, it } from "@jest/globals";
import { deliver } from "../../src/features/deliveries/outbox.ts";
import { answerByCard, recordAnswer } from "../../src/features/meetings/answering.ts";
import { cardAbout } from "../../src/features/meetings/announcing.ts";
import type { NetworkEvent } from "../../src/features/meetings/model.ts";
import type { MeetingStores } from "../../src/features/meetings/ports.ts";
import { actorOf, type Person } from "../../src/features/roster/model.ts";
import type { Purpose } from "../../src/features/deliveries/model.ts";
import { type EventId, newId } from "../../src/kernel/ids.ts";
import { aMeeting } from "../builders/meetings.ts";
import { lead, manager, roster, viewer } from "./rosters.ts";
import { london, testApp, type TestApp } from "./test-app.ts";

const [ana, ben, cy, lea] = ["ana", "ben", "cy", "lea"].map((name) => `${name}@example.org`) as [string, string, string, string];
const nhsNumber = "943 476 5919";

/** A network of three managers, a lead and a viewer with a meeting in two weeks, and cards about it. */
async function withMeeting(more: Partial<NetworkEvent> = {}, purposes: readonly Purpose[] = ["rsvp"]) {
  const cy = manager("Cy", { area: "" });
  const app = await testApp({
    now: "2026-11-03T09:30",
    roster: roster(manager("Ana"), manager("Ben"), cy, lead("Lea"), viewer("Vi")),
  });
  const event = aMeeting({ id: newId<EventId>(), ...more });
  const people = (await app.store.read(app.network).roster.people()).filter(({ role }) => role !== "viewer");
  await app.store.transaction(app.network, async (tx) => {
    await tx.events.add(event);
    await tx.events.saveInvitees(people.map(({ id, email }) => ({ event: event.id, person: id, email, removedAt: null })));
    const cards = purposes.flatMap((purpose) => people.map(({ id }) => cardAbout(event, purpose, id)));
    await deliver(tx, app.network, cards, app.clock.now());
  });
  await app.settle();
  const change = (changes: Partial<NetworkEvent>) =>
    app.store.transaction(app.network, (tx) => tx.events.save({ ...event, ...changes }));
  const personOf = async (email: string): Promise<Person> => {
    const person = await app.store.read(app.network).roster.personByEmail(email);
    if (person === null) throw new Error(`Nobody has the e-mail ${email}`);
    return person;
  };
  const answerOf = async (email: string) => app.store.read(app.network).events.rsvp(event.id, (await personOf(email)).id);
  const press = async (email: string, text: string, button: string, typed = {}) => {
    const outcome = await (await app.card(email, text)).press(button, typed);
    await app.settle();
    return outcome;
  };
  return { app, event, change, personOf, answerOf, press };
}

/** Gives an answer at a moment, and tells what work came of it, by queue. */
async function record(
  app: TestApp,
  event: NetworkEvent,
  person: Person,
  given: Omit<Parameters<typeof recordAnswer>[5], "answeredAt" | "from"> & { at: string; from?: "card" | "calendar" },
  memberCalendars = false,
) {
  const work: { name: string; payload: object }[] = [];
  const { at, from = "card", ...rest } = given;
  const result = await app.store.transaction(app.network, async (tx) => {
    const jobs: MeetingStores["jobs"] = {
      async add(kind, payloads) {
        work.push(...payloads.map((payload) => ({ name: kind.name, payload })));
      },
    };
    const locked = await tx.events.lock(event.id);
    if (locked === null) throw new Error("no event");
    const answer = { ...rest, from, answeredAt: london(at) };
    return recordAnswer({ ...tx, jobs }, { memberCalendars }, app.network, locked, person.id, answer);
  });
  // One job brings several cards up to date.
  const refreshed = work.flatMap(({ payload }) => ("deliveries" in payload && Array.isArray(payload.deliveries) ? payload.deliveries : [])).length;
  return { result, refreshed, mirrors: work.filter(({ name }) => name === "meetings.mirror").length };
}

describe("an answer on the card", () => {
  it("is recorded with what comes with it, is shown, and can be changed until the start", async () => {
    const { app, answerOf, press } = await withMeeting();
    await press(ana, "Can you come?", "Yes", { raise: " Waiting lists ", listed: "listed" });
    expect(await answerOf(ana)).toMatchObject({ answer: "yes", raise: "Waiting lists", isListed: true, from: "card" });
    await press(ben, "Can you come?", "Maybe");
    const shown = await app.card(ana);
    expect(shown.text).toContain("You said yes");
    expect(shown.text).toContain("North Central: 1 yes");
    expect(shown.text).toContain("Ana");
    expect((await app.card(ben)).text).toContain("North Central: 1 yes, 1 maybe");

    await press(ana, "You said yes", "Change answer");
    const changing = await app.card(ana, "You can change it");
    expect(changing.inputs).toEqual({ raise: "Waiting lists", listed: "listed" });
    await press(ana, "You can change it", "No", { listed: "" });
    expect(await answerOf(ana)).toMatchObject({ answer: "no", raise: "Waiting lists", isListed: false, yesSince: null });
    expect((await app.card(ana)).text).toContain("You said no");
  });

  it("with something like a patient's details isn't recorded; nothing of it is kept or sent back", async () => {
    const { app, answerOf, press } = await withMeeting();
    await press(ana, "Can you come?", "Yes", { raise: `About ${nhsNumber}`, listed: "listed" });
    expect(await answerOf(ana)).toBeNull();
    const card = await app.card(ana);
    expect(card.text).toContain("This looks like an NHS number.");
    expect(card.inputs).toEqual({ listed: "listed" });
    expect(JSON.stringify(card.message)).not.toContain("5919");
  });

  it("that is too long comes back as it was typed", async () => {
    const { app, answerOf, press } = await withMeeting();
    const long = "x".repeat(501);
    await press(ana, "Can you come?", "No", { raise: long });
    expect(await answerOf(ana)).toBeNull();
    expect((await app.card(ana)).inputs["raise"]).toBe(long);
    expect((await app.card(ana)).text).toContain("501 characters long; 500 are the most");
  });

  it("counts from the one whom the card was meant for, and on cards that ask only", async () => {
    const { app, event, personOf } = await withMeeting({}, ["rsvp", "quorum"]);
    const meetings = { ...app, defaultOrganiser: null, memberCalendars: false, freeBusy: false, themes: async () => [] };
    const cards = await app.store.read(app.network).deliveries.about(event.id, event.id);
    const [anas, bens] = [await personOf(ana), await personOf(ben)];
    const of = (person: Person, purpose: Purpose) =>
      cards.find((card) => card.recipient === person.id && card.purpose === purpose)!.id;
    const yes = { answer: "yes", raise: "", isListed: false } as const;
    const actor = actorOf(bens, true);
    expect(await answerByCard(meetings, actor, of(anas, "rsvp"), yes)).toEqual({ kind: "not-yours" });
    expect(await answerByCard(meetings, actor, of(bens, "quorum"), yes)).toEqual({ kind: "not-yours" });
    expect(await answerByCard(meetings, actor, of(bens, "rsvp"), yes)).toMatchObject({ kind: "recorded" });
  });

  it("isn't taken after the start, of a cancelled meeting, or from somebody taken off; the card says why", async () => {
    const { app, event, change, personOf, answerOf, press } = await withMeeting();
    await change({ cancelledAt: london("2026-11-03T09:30") });
    expect(JSON.stringify(await press(ana, "Can you come?", "Yes"))).toContain("is cancelled, so nothing was changed");
    expect((await app.card(ana)).text).toContain("This meeting is cancelled");
    await change({});
    const { id, email } = await personOf(cy);
    await app.store.transaction(app.network, (tx) =>
      tx.events.saveInvitees([{ event: event.id, person: id, email, removedAt: app.clock.now() }]),
    );
    expect(JSON.stringify(await press(cy, "Can you come?", "Yes"))).toContain("You aren't invited to this meeting any more");
    expect((await app.card(cy)).text).toContain("This card is no longer yours");
    await app.moveTo("2026-11-17T10:00");
    expect(JSON.stringify(await press(ben, "Can you come?", "Yes"))).toContain("The meeting started at 10am");
    expect((await app.card(ben, "Network meeting")).text).toContain("This meeting has started");
    expect([await answerOf(ana), await answerOf(ben), await answerOf(cy)]).toEqual([null, null, null]);
  });
});

describe("an answer from anywhere", () => {
  it("changes the person's own cards and no others, unless a place on the waiting list moves", async () => {
    const { app, event, personOf } = await withMeeting({ capacity: 1 });
    const [anas, bens, cys] = [await personOf(ana), await personOf(ben), await personOf(cy)];
    expect((await record(app, event, anas, { answer: "yes", at: "2026-11-03T10:00" })).refreshed).toBe(1);
    expect((await record(app, event, bens, { answer: "yes", at: "2026-11-03T10:01" })).refreshed).toBe(1);
    expect((await record(app, event, cys, { answer: "yes", at: "2026-11-03T10:02" })).refreshed).toBe(1);
    expect((await record(app, event, bens, { answer: "yes", at: "2026-11-03T10:03" })).refreshed).toBe(1);
    expect((await record(app, event, anas, { answer: "no", at: "2026-11-03T10:04" })).refreshed).toBe(3);
  });

  it("counts if it is the newest by its own time, and keeps what came with an earlier card", async () => {
    const { app, event, personOf, answerOf } = await withMeeting();
    const anas = await personOf(ana);
    const card = { answer: "yes", at: "2026-11-03T10:05", raise: "Waiting lists", isListed: true } as const;
    expect((await record(app, event, anas, card)).result).toBe("recorded");
    const older = await record(app, event, anas, { answer: "no", at: "2026-11-03T10:04", from: "calendar" });
    expect(older).toEqual({ result: "older", refreshed: 0, mirrors: 0 });
    const newer = await record(app, event, anas, { answer: "maybe", at: "2026-11-03T10:06", from: "calendar" });
    expect(newer.result).toBe("recorded");
    expect(await answerOf(ana)).toMatchObject({ answer: "maybe", raise: "Waiting lists", isListed: true, mirror: "done" });
    const late = await record(app, event, anas, { answer: "no", at: "2026-11-17T10:00", from: "calendar" });
    expect(late.result).toBe("over");
  });

  it("goes to the person's calendar from a card, where that is switched on and they are invited", async () => {
    const { app, event, personOf, answerOf } = await withMeeting();
    const anas = await personOf(ana);
    expect((await record(app, event, anas, { answer: "yes", at: "2026-11-03T10:05" })).mirrors).toBe(0);
    expect((await record(app, event, anas, { answer: "no", at: "2026-11-03T10:06" }, true)).mirrors).toBe(1);
    expect(await answerOf(ana)).toMatchObject({ mirror: "pending" });
    const fromCalendar = { answer: "no", at: "2026-11-03T10:07", from: "calendar" } as const;
    expect((await record(app, event, anas, fromCalendar, true)).mirrors).toBe(0);
    const vi = await personOf("vi@example.org");
    expect((await record(app, event, vi, { answer: "yes", at: "2026-11-03T10:05" }, true)).mirrors).toBe(0);
  });

  it("to a moved meeting comes after those who have said yes to the new time already", async () => {
    const { app, event, change, personOf, answerOf } = await withMeeting({ capacity: 1 });
    const [anas, bens] = [await personOf(ana), await personOf(ben)];
    await record(app, event, anas, { answer: "yes", at: "2026-11-03T10:00" });
    await change({ movedAt: london("2026-11-03T11:00") });
    await record(app, event, bens, { answer: "yes", at: "2026-11-03T11:01" });
    await record(app, event, anas, { answer: "yes", at: "2026-11-03T11:02" });
    expect((await answerOf(ana))?.yesSince).toEqual(london("2026-11-03T11:02"));
    expect((await answerOf(ben))?.yesSince).toEqual(london("2026-11-03T11:01"));
  });
});

describe("“Remind me tomorrow”", () => {
  it("brings the question again on the next working day, unless it is answered by then", async () => {
    const { app, press } = await withMeeting();
    await app.moveTo("2026-11-06T12:00");
    for (const email of [ana, ben]) {
      expect(JSON.stringify(await press(email, "Can you come?", "Remind me tomorrow"))).toContain("comes again on Monday 9 November");
    }
    await press(ben, "Can you come?", "No");
    await app.moveTo("2026-11-09T09:31");
    expect((await app.card(ana)).text).toContain("Reminder: Network meeting");
    expect((await app.cards(ben)).map(({ text }) => text)).toEqual([expect.stringContaining("You said no")]);
  });

  it("says that it is too late when the meeting starts before", async () => {
    const { app, press } = await withMeeting();
    await app.moveTo("2026-11-16T12:00");
    const outcome = JSON.stringify(await press(ana, "Can you come?", "Remind me tomorrow"));
    expect(outcome).toContain("comes again on Tuesday 17 November");
    await app.moveTo("2026-11-17T09:00");
    expect(JSON.stringify(await press(ben, "Can you come?", "Remind me tomorrow"))).toContain("before the card could come again");
  });
});

describe("what people write to the bot", () => {
  it("brings the card of the next meeting as it stands, to whoever is invited", async () => {
    const { app, press } = await withMeeting();
    await press(ana, "Can you come?", "Yes");
    await app.say(ana, "meeting");
    expect((await app.cards(ana)).map(({ text }) => text.includes("You said yes"))).toEqual([true, true]);
    await app.say("vi@example.org", "Next meeting?");
    expect((await app.texts("vi@example.org")).at(-1)).toBe("You aren't invited to any coming meeting at the moment.");
    await app.api(lea, "PATCH", "settings", { meetings: { firstOn: "2026-12-29" } });
    await app.say("vi@example.org", "meeting");
    expect((await app.texts("vi@example.org")).at(-1)).toContain("planned for about Tuesday 29 December.");
  });

  it("gives the way in while the meeting goes on", async () => {
    const { app, press } = await withMeeting();
    await press(ana, "Can you come?", "Yes");
    await app.moveTo("2026-11-17T10:10");
    await app.say(ana, "meeting");
    const shown = await app.card(ana, "This meeting has started");
    expect(JSON.stringify(shown.message.card)).toContain("https://teams.example.org/join");
  });

  it("keeps when they don't work, and says back what was understood", async () => {
    const { app, personOf } = await withMeeting();
    const last = async () => (await app.texts(ana)).at(-1);
    await app.say(ana, "I don’t work Mondays and Thursday afternoons.");
    expect(await last()).toContain("Noted: you don't work Mondays all day and Thursday afternoons.");
    const { id } = await personOf(ana);
    expect((await app.store.read(app.network).events.nonWorking()).get(id)).toHaveLength(2);
    await app.say(ana, "non-working");
    expect(await last()).toMatch(/^Kept so far: you don't work Mondays all day and Thursday afternoons\. Write /);
    await app.say(ana, "non-working none");
    expect(await last()).toBe("Noted: there are no days or times when you don't work.");
  });
});

it("gives out what meetings keep about somebody, and erases it; whoever waited has the place then", async () => {
  const { app, answerOf, press } = await withMeeting({ capacity: 1 });
  await press(ana, "Can you come?", "Yes", { raise: "Waiting lists" });
  await press(ben, "Can you come?", "Yes");
  await app.say(ana, "I don't work Fridays");
  expect((await app.card(ben)).text).toContain("You're on the waiting list: number 1");
  const data = await app.api(ana, "GET", "me/data");
  expect(JSON.stringify(data.body)).toContain("Waiting lists");
  expect(JSON.stringify(data.body)).toContain("Fridays");
  await app.api(ana, "DELETE", "me/data");
  await app.settle();
  expect(await answerOf(ana)).toBeNull();
  expect((await app.card(ana)).text).toContain("Can you come?");
  expect((await app.card(ben)).text).toContain("You said yes");
  expect(JSON.stringify((await app.api(ana, "GET", "me/data")).body)).not.toMatch(/Waiting lists|Fridays/);
});
