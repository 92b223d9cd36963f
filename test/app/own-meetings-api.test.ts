import { describe, expect, it } from "@jest/globals";
import { admin, lead, manager, member, roster, viewer } from "./rosters.ts";
import { type TestApp, type TestAppOptions, testApp } from "./test-app.ts";

const mail = (name: string) => `${name}@example.org`;
const [ana, ben, cem, lea, ari, mia, vic] = ["ana", "ben", "cem", "lea", "ari", "mia", "vic"].map(mail) as [string, string, string, string, string, string, string];
const series = { meetings: { firstOn: "2027-01-12", start: "10:00", minutes: 90 }, "check-ins": { opensByItself: false } };

async function network(options: Partial<TestAppOptions> = {}): Promise<TestApp> {
  const people = [manager("Ana"), manager("Ben"), manager("Cem"), lead("Ari", { scope: "North Central" }), lead("Lea"), member("Mia"), viewer("Vic")];
  const app = await testApp({ now: "2026-12-01T09:00", roster: roster(...people), ...options });
  expect((await app.api(lea, "PATCH", "settings", series)).status).toBe(200);
  return app;
}

/** A meeting on 12 January whose cards have gone out. */
async function booked(app: TestApp, more: object = {}): Promise<string> {
  const { body } = await app.api(lea, "POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-12", ...more });
  await app.settle();
  await app.moveTo("2026-12-29T09:30", "2026-12-29T09:31");
  return String(body.id);
}
const meeting = async (app: TestApp, reader: string, id: string) => (await app.api(reader, "GET", `meetings/${id}`)).body;
const rsvp = async (app: TestApp, by: string, id: string, body: object) => {
  const answer = await app.api(by, "POST", `meetings/${id}/rsvp`, body);
  await app.settle();
  return answer;
};

describe("an answer in the tab", () => {
  it("is the answer of the card: card and calendar follow, and others see who lets them", async () => {
    const app = await network({ memberCalendars: true });
    const id = await booked(app);
    expect(await meeting(app, ana, id)).toMatchObject({ yours: null, isListed: false, mayAnswer: true, listed: [] });
    const said = await rsvp(app, ana, id, { answer: "yes", isListed: true, raise: " Waiting lists " });
    expect(said).toMatchObject({ status: 200, body: { yours: "yes", isListed: true, listed: ["Ana"], people: [] } });
    expect((await app.card(ana)).text).toMatch(/You said yes[^]*Waiting lists/);
    await app.graph.settleResponses();
    const inOutlook = app.graph.calendarOf("meetings@network.example.org")[0]?.attendees;
    expect(inOutlook).toContainEqual(expect.objectContaining({ address: ana, answer: "accepted" }));
    await rsvp(app, ben, id, { answer: "yes" });
    expect(await meeting(app, ben, id)).toMatchObject({ yours: "yes", isListed: false, listed: ["Ana"] });
    expect((await meeting(app, lea, id)).people.map((one: any) => one.answer)).toEqual(["yes", null, "yes", null, null]);
    // What is left out stays; an answer is changed on the card too.
    expect((await rsvp(app, ana, id, { answer: "maybe" })).body).toMatchObject({ yours: "maybe", isListed: true, listed: [] });
    await (await app.card(ana)).press("Change answer");
    await app.settle();
    await (await app.card(ana)).press("Yes", { listed: "" });
    await app.settle();
    expect(await meeting(app, ana, id)).toMatchObject({ yours: "yes", isListed: false, listed: [] });
  });

  it("names nobody to those who aren't invited, and takes no answer of theirs", async () => {
    const app = await network();
    const id = await booked(app);
    await rsvp(app, ana, id, { answer: "yes", isListed: true });
    for (const reader of [mia, vic]) {
      expect(await meeting(app, reader, id)).toMatchObject({ listed: [], mayAnswer: false, yours: null });
      expect(await rsvp(app, reader, id, { answer: "yes" })).toMatchObject({ status: 403, body: { detail: "You aren't invited to this meeting, so there is nothing to answer." } });
    }
    expect((await meeting(app, ari, id)).listed).toEqual(["Ana"]);
  });

  it("isn't taken once the meeting has started or is cancelled, nor with personal details or nonsense", async () => {
    const app = await network();
    const id = await booked(app);
    const nhs = await rsvp(app, ana, id, { answer: "yes", raise: "See 943 476 5919" });
    expect(nhs).toMatchObject({ status: 422, body: { errors: [{ path: "raise", message: expect.stringMatching(/^This looks like an NHS number/) }] } });
    expect((await rsvp(app, ana, id, { answer: "yes", raise: "x".repeat(501) })).body.detail).toMatch(/501 characters long; 500 are the most/);
    expect((await rsvp(app, ana, id, { answer: "perhaps" })).body.detail).toBe("answer must be yes, maybe or no.");
    expect((await rsvp(app, ana, id, { answer: "yes", isListed: "yes" })).body.detail).toBe("isListed must be true or false.");
    expect(await meeting(app, ana, id)).toMatchObject({ yours: null });
    const other = (await app.api(lea, "POST", "meetings", { on: "2027-02-01" })).body.id;
    await app.api(lea, "DELETE", `meetings/${other}`);
    expect(await rsvp(app, ana, other, { answer: "yes" })).toMatchObject({ status: 409, body: { detail: "The meeting on Monday 1 February 2027 is cancelled, so nothing was changed." } });
    await app.moveTo("2027-01-12T10:00");
    expect(await rsvp(app, ana, id, { answer: "yes" })).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/^The meeting started at 10am on Tuesday 12 January/) } });
    expect(await meeting(app, ana, id)).toMatchObject({ yours: null, mayAnswer: false });
  });

  it("waits for a place when there are none left", async () => {
    const app = await network();
    const id = await booked(app, { capacity: 1 });
    await rsvp(app, ana, id, { answer: "yes", isListed: true });
    const second = await rsvp(app, ben, id, { answer: "yes", isListed: true });
    expect(second.body).toMatchObject({ yours: "yes", isWaiting: true, listed: ["Ana"], rsvps: { yes: 1, waiting: 1 } });
    expect(await meeting(app, ana, id)).toMatchObject({ yours: "yes", isWaiting: false });
    expect((await app.card(ben)).text).toContain("You're on the waiting list: number 1");
    await rsvp(app, ana, id, { answer: "no" });
    expect((await meeting(app, ben, id)).listed).toEqual(["Ben"]);
  });
});

describe("a meeting that was held", () => {
  it("shows agenda and notes to those who were invited, who answered and who was there to leads and admins, and neither to anybody else", async () => {
    const app = await network({ roster: roster(manager("Ana"), manager("Ben", { area: "South East" }), lead("Ari", { scope: "South East" }), lead("Lea"), admin("Ada"), member("Mia"), viewer("Vic")) });
    const id = await booked(app);
    expect((await rsvp(app, ana, id, { answer: "yes", raise: "Rents" })).body).toMatchObject({ raise: "Rents" });
    await app.moveTo("2027-01-12T13:00");
    const there = (await meeting(app, lea, id)).people.map(({ person }: any) => ({ person: person.id, attended: true }));
    await app.api(lea, "PATCH", `meetings/${id}`, { agenda: ["Waiting lists"], notes: { text: "We met." }, attended: there });
    await app.settle();
    const seen: Record<string, unknown> = {};
    for (const reader of [ana, ari, lea, mail("ada"), mia, vic]) {
      const { agenda, notes, attended, people, raise } = await meeting(app, reader, id);
      seen[reader] = [agenda.items.join(), notes?.text, attended, people.map(({ person }: any) => person.name).join(), raise];
    }
    expect(seen).toEqual({
      [ana]: ["Waiting lists", "We met.", null, "", "Rents"],
      [ari]: ["Waiting lists", "We met.", 5, "Ben", null],
      [lea]: ["Waiting lists", "We met.", 5, "Ada,Ana,Ari,Ben,Lea", null],
      [mail("ada")]: ["Waiting lists", "We met.", 5, "Ada,Ana,Ari,Ben,Lea", null],
      [mia]: ["", undefined, null, "", null],
      [vic]: ["", undefined, null, "", null],
    });
  });
});

describe("when I don't work", () => {
  it("is kept as the bot's command keeps it, written or chosen", async () => {
    const app = await network();
    const own = async () => (await app.api(ana, "GET", "me/non-working")).body;
    expect(await own()).toEqual({ times: [], words: "none" });
    const written = await app.api(ana, "PATCH", "me/non-working", { text: "Mondays and Thursday afternoons" });
    const wanted = {
      times: [{ weekday: 1, from: null, to: null }, { weekday: 4, from: "12:00", to: null }],
      words: "Mondays all day and Thursday afternoons",
    };
    expect(written.body).toEqual(wanted);
    await app.say(ana, "non-working");
    expect((await app.texts(ana)).at(-1)).toContain("you don't work Mondays all day and Thursday afternoons");
    const chosen = [{ weekday: 5, from: "09:00", to: "11:00" }, { weekday: 5, from: "10:00", to: "12:00" }];
    expect((await app.api(ana, "PATCH", "me/non-working", { times: chosen })).body.words).toBe("Fridays from 9am to 12pm");
    expect((await app.api(ana, "PATCH", "me/non-working", { text: "none" })).body).toEqual({ times: [], words: "none" });
    expect((await app.api(ben, "GET", "me/non-working")).body.times).toEqual([]);
  });

  it("is refused in one sentence, and then stays as it was", async () => {
    const app = await network();
    await app.api(ana, "PATCH", "me/non-working", { text: "Mondays" });
    const all = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: null, to: null }));
    const faults = [
      [{ text: "when it rains" }, /^I can't read that/],
      [{ times: all }, /^That leaves no day from Monday to Friday/],
      [{ text: "Mondays", times: [] }, /^Give either text or times/],
      [{}, /^Give either text or times/],
      [{ times: [{ weekday: 8, from: null, to: null }] }, /Weekday: give a whole number from 1 to 7/],
      [{ times: [{ weekday: 1, from: "12:00", to: "11:00" }] }, /To: give a time after/],
    ] as const;
    for (const [body, detail] of faults) {
      expect(await app.api(ana, "PATCH", "me/non-working", body)).toMatchObject({ status: 422, body: { detail: expect.stringMatching(detail) } });
    }
    expect((await app.api(ana, "GET", "me/non-working")).body.words).toBe("Mondays");
  });
});

describe("a meeting's failed cards", () => {
  const outOfReach = async (app: TestApp, email: string) => {
    const person = await app.accountOf(email);
    const match = (request: { kind: string; person?: string }) => request.kind === "send" && request.person === person;
    app.connector.faults.add({ match, respond: { status: 404, code: "ConversationNotFound" } });
  };

  it("are sent again on a lead's word, as long as they say something", async () => {
    const app = await network();
    await outOfReach(app, ben);
    const id = await booked(app);
    expect((await meeting(app, lea, id)).deliveries).toMatchObject({ failed: 1 });
    app.connector.faults.clear();
    expect((await app.api(lea, "POST", `meetings/${id}/retry`)).body).toEqual({ cards: 1 });
    await app.settle();
    expect((await meeting(app, lea, id)).deliveries).toMatchObject({ failed: 0, delivered: 5 });
    expect((await app.card(ben)).text).toContain("Can you come?");
    expect((await app.api(lea, "POST", `meetings/${id}/retry`)).body).toEqual({ cards: 0 });
    const log = (await app.api(lea, "GET", "audit-log?show=changes")).body.items;
    expect(log.find(({ action }: { action: string }) => action === "meeting.retry").words).toBe("Lea sent the failed cards of Network meeting on Tuesday 12 January 2027 again");
  });

  it("of a meeting that is over stay as they are", async () => {
    const app = await network();
    await outOfReach(app, ben);
    const id = await booked(app);
    await app.moveTo("2027-01-12T12:00");
    app.connector.faults.clear();
    const before = (await meeting(app, lea, id)).deliveries;
    expect(before).toMatchObject({ failed: 1 });
    expect((await meeting(app, lea, id)).retriable).toBe(0);
    expect((await app.api(lea, "POST", `meetings/${id}/retry`)).body).toEqual({ cards: 0 });
    await app.settle();
    expect((await meeting(app, lea, id)).deliveries).toEqual(before);
  });
});

describe("the notes of a meeting", () => {
  it("are sent again to those who didn't get them, though the meeting is over", async () => {
    const app = await network();
    const id = await booked(app);
    await app.moveTo("2027-01-12T12:00");
    const person = await app.accountOf(ben);
    const match = (request: { kind: string; person?: string }) => request.kind === "send" && request.person === person;
    app.connector.faults.add({ match, respond: { status: 404, code: "ConversationNotFound" } });
    await app.api(lea, "PATCH", `meetings/${id}`, { notes: { text: "We met." } });
    await app.settle();
    expect(await meeting(app, lea, id)).toMatchObject({ deliveries: { failed: 0 }, retriable: 1 });
    for (const reader of [ana, vic]) expect((await meeting(app, reader, id)).retriable).toBe(0);
    app.connector.faults.clear();
    expect((await app.api(lea, "POST", `meetings/${id}/retry`)).body).toEqual({ cards: 1 });
    await app.settle();
    expect((await app.card(ben, "Notes: ")).text).toContain("We met.");
    expect((await meeting(app, lea, id)).retriable).toBe(0);
  });
});

describe("a poll about dates", () => {
  const ask = (app: TestApp, plannedOn: string) => app.api(lea, "POST", "meetings/plan/poll", { plannedOn });
  const polls = async (app: TestApp, reader = lea) => (await app.api(reader, "GET", "meetings/polls")).body.items;

  it("asks everybody, counts whom each date suits without a name, and books the one that is chosen", async () => {
    const app = await network();
    const asked = await ask(app, "2027-01-12");
    expect(asked).toMatchObject({ status: 201, body: { plannedOn: "2027-01-12", answered: 0, slots: [{ suits: 0 }, { suits: 0 }, { suits: 0 }] } });
    expect(asked.body.slots[0]).toMatchObject({ startsAt: "2027-01-12T10:00:00+00:00", words: "Tuesday 12 January 2027, 10am to 11.30am" });
    await app.settle();
    await (await app.card(ana, "which dates suit you?")).press("Send", { slots: "0,2" });
    await (await app.card(ben, "which dates suit you?")).press("Send", { slots: "2" });
    await (await app.card(cem, "which dates suit you?")).press("None of these");
    await app.settle();
    const [poll] = await polls(app);
    expect(poll).toMatchObject({ answered: 3, none: 1, deliveries: { intended: 5, delivered: 5 } });
    expect(poll.slots.map((slot: any) => slot.suits)).toEqual([1, 0, 2]);
    expect(JSON.stringify(await polls(app, ari))).not.toMatch(/Ana|Ben|Cem/);

    const decide = (slot: string) => app.api(lea, "POST", `meetings/polls/${poll.id}/decide`, { slot });
    expect(await decide("2027-06-01T10:00:00Z")).toMatchObject({ status: 422, body: { errors: [{ path: "slot", message: expect.stringMatching(/isn't one of the poll's dates/) }] } });
    const [, , third] = poll.slots;
    const decided = await decide(third.startsAt);
    expect(decided).toMatchObject({ status: 201, body: { plannedOn: "2027-01-12", startsAt: third.startsAt, endsAt: third.endsAt } });
    await app.settle();
    expect((await app.card(ana)).text).toContain("the date is settled");
    expect(await polls(app)).toEqual([]);
    expect(await decide(third.startsAt)).toMatchObject({ status: 409, body: { detail: "This poll is over: a date was booked, or another way was found." } });
  });

  it("is refused with the reason, and isn't listed once its dates have passed", async () => {
    const app = await network();
    expect((await ask(app, "2027-01-13")).body.detail).toMatch(/^This isn't a date that the plan has open/);
    expect((await ask(app, "soon")).status).toBe(422);
    await ask(app, "2027-01-12");
    expect((await ask(app, "2027-01-12")).body.detail).toBe("Everybody has been asked about this date already.");
    const [poll] = await polls(app);
    await app.api(lea, "PATCH", "settings", { meetings: { avoid: [{ from: "2027-01-01", to: "2027-01-31", name: "Move" }] } });
    const gone = await app.api(lea, "POST", `meetings/polls/${poll.id}/decide`, { slot: poll.slots[0].startsAt });
    expect(gone).toMatchObject({ status: 409, body: { detail: "This date can't be booked any more: look at the plan to see what can." } });
    await app.moveTo("2027-02-02T09:00");
    expect(await polls(app)).toEqual([]);
  });
});
