import { describe, expect, it } from "@jest/globals";
import { lead, manager, roster } from "./rosters.ts";
import { testApp, type TestApp, type TestAppOptions } from "./test-app.ts";

const [ana, ben, cem, dee, lea] = ["ana", "ben", "cem", "dee", "lea"].map((name) => `${name}@example.org`) as [
  string, string, string, string, string,
];
const four = () => roster(manager("Ana"), manager("Ben"), manager("Cem"), manager("Dee"), lead("Lea"));
const quiet = { opensByItself: false };

/** A network whose first meeting is planned for Tuesday 12 January 2027, and every six weeks after. */
async function network(settings: object = {}, options: Partial<TestAppOptions> = {}): Promise<TestApp> {
  const app = await testApp({ now: "2026-12-01T09:00", roster: four(), ...options });
  const body = { meetings: { firstOn: "2027-01-12", ...settings }, "check-ins": quiet };
  expect((await app.api(lea, "PATCH", "settings", body)).status).toBe(200);
  return app;
}

async function book(app: TestApp, more: object = {}): Promise<string> {
  const { status, body } = await app.api(lea, "POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-12", ...more });
  expect(status).toBe(201);
  await app.settle();
  return String(body.id);
}

const meetingOf = async (app: TestApp, id: string) => (await app.api(lea, "GET", `meetings/${id}`)).body;

async function press(app: TestApp, email: string, text: string, button: string, typed = {}) {
  const outcome = await (await app.card(email, text)).press(button, typed);
  await app.settle();
  return JSON.stringify(outcome);
}

/** What a lead is shown about the date in January. */
async function january(app: TestApp) {
  await app.say(lea, "plan meetings");
  return app.card(lea, "planned for Tuesday 12 January");
}

/** The slots that a card lets one choose from, and what each sends. */
function choicesOf(card: unknown): { title: string; value: string }[] {
  const [, list = "[]"] = /"choices":(\[.*?\])/.exec(JSON.stringify(card)) ?? [];
  return JSON.parse(list) as { title: string; value: string }[];
}

describe("“plan meetings”", () => {
  it("shows the next dates with their reasons, books what is chosen, and doesn't offer it again", async () => {
    const app = await network({ avoid: [{ from: "2027-02-15", to: "2027-02-26", name: "Half term" }] });
    await app.say(lea, "plan meetings");
    expect((await app.cards(lea)).map(({ text }) => text.split("\n")[0])).toEqual([
      "Network meeting, planned for Tuesday 12 January 2027",
      "Network meeting, planned for Tuesday 23 February 2027",
      "Network meeting, planned for Tuesday 6 April 2027",
    ]);
    expect((await app.card(lea, "12 January")).text).toContain("The planned day is fine.");
    const february = await app.card(lea, "23 February");
    expect(february.text).toContain("The planned day can't be used: in Half term (15 to 26 February).");
    const [first] = choicesOf(february.message.card);
    expect(first?.title).toMatch(/^Monday 1 March 2027.*: 6 days later than planned/);

    const first12 = choicesOf((await app.card(lea, "12 January")).message.card);
    const thursday = first12.find(({ title }) => title.startsWith("Thursday 14 January"));
    await press(app, lea, "planned for Tuesday 12 January", "Book", { slot: thursday?.value ?? "" });
    expect((await app.card(lea, "Booked for")).text).toContain("Booked for Thursday 14 January 2027");
    const { items } = (await app.api(lea, "GET", "meetings")).body;
    expect(items).toMatchObject([{ plannedOn: "2027-01-12", startsAt: "2027-01-14T10:00:00+00:00", state: "booked" }]);
    await app.say(lea, "plan meetings");
    expect((await app.cards(lea)).filter(({ text }) => text.includes("planned for Tuesday 12 January"))).toHaveLength(0);
  });

  it("is for those who run the network", async () => {
    const app = await network();
    await app.say(ana, "plan meetings");
    expect(await app.cards(ana)).toEqual([]);
  });

  it("asks everybody first: what suits stands beside each date, and booking one ends the asking", async () => {
    const app = await network();
    await january(app);
    await press(app, lea, "planned for Tuesday 12 January", "Ask everybody first");
    expect((await app.card(lea, "people are asked")).text).toContain("5 people are asked which of 3 dates suit them.");
    const [one, two, three] = choicesOf((await app.card(ana, "which dates suit you?")).message.card);
    expect([one, two, three].map((slot) => slot?.value)).toEqual(["0", "1", "2"]);
    await press(app, ana, "which dates suit you?", "Send", { slots: "0,2" });
    expect((await app.card(ana)).text).toContain(`These suit you: ${one?.title ?? ""} and ${three?.title ?? ""}.`);
    await press(app, ben, "which dates suit you?", "Send", { slots: "1" });
    await press(app, ben, "thank you", "Change answer");
    await press(app, ben, "which dates suit you?", "Send", { slots: "2" });
    await press(app, cem, "which dates suit you?", "None of these");

    const card = await january(app);
    expect(card.buttons).toEqual(["Book"]);
    expect(card.text).toContain("3 have answered which dates suit them.");
    const suits = choicesOf(card.message.card).map(({ title }) => /suits (\d) of 3 who answered/.exec(title)?.[1] ?? null);
    expect(suits.slice(0, 3)).toEqual(["1", "0", "2"]);

    const chosen = choicesOf(card.message.card)[2];
    await press(app, lea, "3 have answered", "Book", { slot: chosen?.value ?? "" });
    expect((await app.card(ana)).text).toContain("the date is settled");
    expect((await app.card(ana)).text).toContain((three?.title ?? "?").split(",")[0]);
    // Dee had left the card alone; it has no button any more.
    expect((await app.card(dee)).buttons).toEqual([]);
    expect(await january(app).catch(() => null)).toBeNull();
  });

  it("waits with the question for those who had another message in the last week", async () => {
    const app = await network();
    await app.openRound();
    await january(app);
    await press(app, lea, "planned for Tuesday 12 January", "Ask everybody first");
    const asks = async (email: string) => (await app.cards(email)).filter(({ text }) => text.includes("which dates suit you?")).length;
    // Lea had no card of the check-in.
    expect([await asks(ana), await asks(lea)]).toEqual([0, 1]);
    await app.moveTo("2026-12-08T09:00", "2026-12-08T09:01");
    expect([await asks(ana), await asks(lea)]).toEqual([1, 1]);
  });

  it("follows when people say that they don't work", async () => {
    const app = await network();
    for (const email of [ana, ben, cem]) await app.say(email, "I don't work Tuesdays");
    const card = await january(app);
    expect(card.text).not.toContain("The planned day is fine.");
    const [best, ...others] = choicesOf(card.message.card);
    expect(best?.title).toMatch(/^Monday 11 January 2027.*1 day earlier than planned/);
    expect(others.map(({ title }) => title).join("\n")).not.toContain("Tuesday");
    const plan = (await app.api(lea, "POST", "meetings/plan", {})).body.items[0];
    const planned = plan.slots.find(({ isPlanned }: { isPlanned: boolean }) => isPlanned);
    expect(planned.reasons).toContain("3 don't work then");
    expect(planned.counts).toMatchObject({ nonWorking: 3, unknown: 2 });
  });

  it("makes up for whom the last slot left out", async () => {
    const app = await network();
    for (const email of [ana, ben]) await app.say(email, "I don't work Tuesdays");
    const slotsOf = async (nth: number) => (await app.api(lea, "POST", "meetings/plan", {})).body.items[nth];
    const before = await slotsOf(1);
    // Two of five: the planned Tuesday is fine as long as they weigh as much as everybody else.
    expect(before).toMatchObject({ plannedOn: "2027-02-23", isFine: true, best: { isPlanned: true } });
    await press(app, lea, (await january(app)).text, "Book");
    const after = await slotsOf(0);
    expect(after).toMatchObject({ plannedOn: "2027-02-23", isFine: false, best: { isPlanned: false } });
    const planned = after.slots.find(({ isPlanned }: { isPlanned: boolean }) => isPlanned);
    expect(planned.reasons).toContain("doesn't suit 2 whom the last meeting didn't suit either");
    expect(after.best.reasons).toContain("may suit 2 whom the last meeting didn't suit");
  });

  it("refuses more people than a calendar takes, with their number, before anything is sent", async () => {
    const many = Array.from({ length: 500 }, (_, n) => manager(`M${n}`, { email: `m${n}@example.org`, team: `Team ${n}` }));
    const app = await network({}, { roster: roster(...many, lead("Lea")) });
    const refused = "A calendar takes 500 people at most, and this meeting would have 501. Nothing was sent.";
    const { status, body } = await app.api(lea, "POST", "meetings", { on: "2027-01-12" });
    expect({ status, detail: body.detail }).toEqual({ status: 422, detail: refused });
    const card = await january(app);
    expect(JSON.stringify(await card.press("Book"))).toContain(refused);
    await app.settle();
    expect(app.graph.mails()).toEqual([]);
    expect(app.graph.log().filter(({ method }) => method !== "GET")).toEqual([]);
    expect((await app.api(lea, "GET", "meetings")).body.items).toEqual([]);
  });
});

describe("a meeting with two places", () => {
  it("has a waiting list that fills by itself: after a no, and when somebody leaves", async () => {
    const app = await network();
    const id = await book(app, { capacity: 2 });
    await app.moveTo("2026-12-29T09:30");
    expect((await app.card(ana)).text).toContain("There are 2 places");
    for (const [minute, email] of [ana, ben, cem, dee].entries()) {
      await app.moveTo(`2026-12-29T09:3${minute + 1}`);
      await press(app, email, "Network meeting", "Yes");
    }
    const card = async (email: string) => (await app.card(email, "Network meeting")).text;
    expect((await meetingOf(app, id)).rsvps).toMatchObject({ yes: 2, waiting: 2 });
    expect(await card(cem)).toContain("You're on the waiting list: number 1");
    expect(await card(dee)).toContain("You're on the waiting list: number 2");
    expect(JSON.stringify((await app.card(cem)).message.card)).not.toContain("Join the meeting");

    await press(app, ana, "You said yes", "Change answer");
    await press(app, ana, "You can change it", "No");
    expect(await card(cem)).toContain("You said yes");
    expect(await card(cem)).not.toContain("waiting list");
    expect(JSON.stringify((await app.card(cem)).message.card)).toContain("Join the meeting");
    expect(await card(dee)).toContain("You're on the waiting list: number 1");

    await app.importCsv(roster(manager("Ana"), manager("Cem"), manager("Dee"), lead("Lea")));
    await app.moveTo("2026-12-29T10:00", "2026-12-29T10:01");
    expect(await card(dee)).not.toContain("waiting list");
    expect((await meetingOf(app, id)).rsvps).toMatchObject({ yes: 2, no: 1, waiting: 0 });

    // Whoever gives up a place comes last when they want it back.
    await press(app, ana, "You said no", "Change answer");
    await press(app, ana, "You can change it", "Yes");
    expect(await card(ana)).toContain("You're on the waiting list: number 1");
  });
});

describe("before the meeting", () => {
  it("tells leads five working days before when too few have said yes, and not when enough have", async () => {
    const app = await network({ quorum: 3 });
    await book(app);
    await app.moveTo("2026-12-29T09:30");
    for (const email of [ana, ben]) await press(app, email, "Network meeting", "Yes");
    await press(app, cem, "Network meeting", "Maybe");
    const told = async () => (await app.cards(lea)).filter(({ text }) => text.includes("needed have said yes"));
    // Five working days before Tuesday 12 January is Tuesday 5 January.
    await app.moveTo("2027-01-04T17:00");
    expect(await told()).toHaveLength(0);
    await app.moveTo("2027-01-05T09:30", "2027-01-06T09:30");
    const [card, ...more] = await told();
    expect(more).toEqual([]);
    expect(card?.text).toContain("2 of 3 needed have said yes");
    expect(card?.text).toContain("Maybe: 1. No: 0. Not answered: 2 of 5 invited.");
    for (const email of [ana, ben]) expect((await app.cards(email)).some(({ text }) => text.includes("needed"))).toBe(false);

    const enough = await network({ quorum: 2 });
    await book(enough);
    await enough.moveTo("2026-12-29T09:30");
    for (const email of [ana, ben]) await press(enough, email, "Network meeting", "Yes");
    await enough.moveTo("2027-01-05T09:30", "2027-01-06T09:30");
    expect((await enough.cards(lea)).some(({ text }) => text.includes("have said yes"))).toBe(false);
  });

  it("drafts the agenda of what is raised and of the check-ins, and posts what the lead made of it the day before", async () => {
    const rows = ["Ana", "Ben", "Cem", "Dee", "Eve", "Fay", "Gil"].map((name, n) =>
      manager(name, { organisation: n % 2 === 0 ? "Riverside Care" : "Hill Trust" }),
    );
    const app = await network({}, { roster: roster(...rows, lead("Lea")) });
    const id = await book(app);
    await app.openRound();
    const answer = async (name: string, help: string) => {
      await press(app, `${name}@example.org`, "How is your caseload?", "Send", { feeling: "busy", help });
    };
    const items = async () => (await meetingOf(app, id)).agenda;
    for (const name of ["ana", "ben"]) await answer(name, "peer");
    for (const name of ["eve", "fay"]) await answer(name, "nothing");
    // Two teams, and the two others: each part is too few to be told of.
    expect(await items()).toEqual({ items: [], isDraft: true });
    await answer("cem", "peer");
    expect(await items()).toEqual({ items: [], isDraft: true });
    await answer("gil", "nothing");
    const theme = "3 of 6 teams would like advice from a peer.";
    expect(await items()).toEqual({ items: [theme], isDraft: true });

    await app.moveTo("2026-12-29T09:30");
    await press(app, ana, "Can you come?", "Yes", { raise: "Waiting lists" });
    await press(app, ben, "Can you come?", "No", { raise: "Nothing to do with me" });
    expect(await items()).toEqual({ items: [theme, "Waiting lists"], isDraft: true });
    // Until the lead has looked through it, neither cards nor the API show it to others.
    expect((await app.api(ana, "GET", `meetings/${id}`)).body.agenda).toEqual({ items: [], isDraft: true });
    expect((await app.card(ana, "You said yes")).text).not.toContain("On the agenda");

    const edited = ["Peer advice", "Waiting lists in every borough"];
    expect(await app.api(lea, "PATCH", `meetings/${id}`, { agenda: edited })).toMatchObject({ status: 200, body: { agenda: { items: edited, isDraft: false } } });
    await app.settle();
    expect((await app.card(ana, "You said yes")).text).toContain("Waiting lists in every borough");
    expect((await app.api(ana, "GET", `meetings/${id}`)).body.agenda).toEqual({ items: edited, isDraft: false });
    await app.moveTo("2027-01-11T09:30", "2027-01-11T09:31");
    const dayBefore = (await app.cards(ana)).at(-1);
    expect(dayBefore?.text).toContain("Peer advice");
    expect(dayBefore?.text).not.toContain(theme);
    expect(JSON.stringify(dayBefore?.message.card)).toContain((await meetingOf(app, id)).joinUrl);
    const refused = await app.api(lea, "PATCH", `meetings/${id}`, { agenda: ["About 943 476 5919"] });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: "agenda.0" }] } });
    expect(JSON.stringify(refused.body)).not.toContain("5919");
  });

  it("posts the draft the day before when nobody has edited it", async () => {
    const app = await network();
    const id = await book(app);
    await app.moveTo("2026-12-29T09:30");
    await press(app, ana, "Can you come?", "Yes", { raise: "Waiting lists" });
    await press(app, ben, "Can you come?", "Maybe");
    const agenda = async () => (await app.api(ben, "GET", `meetings/${id}`)).body.agenda.items;
    expect(await agenda()).toEqual([]);
    await app.moveTo("2027-01-11T09:30", "2027-01-11T09:31");
    expect(await agenda()).toEqual(["Waiting lists"]);
    expect((await app.cards(ben)).at(-1)?.text).toContain("• Waiting lists");
    expect((await app.cards(cem)).at(-1)?.text).not.toContain("Waiting lists");
  });
});

describe("after the meeting", () => {
  it("sends notes and actions to everybody who was invited, once and again when they change, and keeps who was there", async () => {
    const app = await network();
    const id = await book(app);
    await app.moveTo("2026-12-29T09:30");
    await press(app, ana, "Can you come?", "Yes");
    await press(app, ben, "Can you come?", "No");
    await app.moveTo("2027-01-12T12:00");
    const ids = new Map((await meetingOf(app, id)).people.map(({ person }: { person: { id: string; name: string } }) => [person.name, person.id]));
    const attended = [
      { person: ids.get("Ana"), attended: false },
      { person: ids.get("Ben"), attended: true },
      { person: ids.get("Cem"), attended: true },
    ];
    const notes = { text: "We shared how waiting lists are kept.", actions: [{ what: "Draft a list", who: "Ana", dueOn: "2027-01-29" }] };
    expect(await app.api(lea, "PATCH", `meetings/${id}`, { notes, attended })).toMatchObject({ status: 200, body: { state: "held", attended: 2 } });
    // Who was there without having said anything still hasn't.
    expect((await meetingOf(app, id)).rsvps).toMatchObject({ yes: 1, no: 1, none: 3 });
    const person = (name: string) => (one: { person: { name: string } }) => one.person.name === name;
    expect((await meetingOf(app, id)).people.find(person("Cem"))).toMatchObject({ answer: null, answeredAt: null, from: null, attended: true });
    expect((await app.api(cem, "GET", "me/data")).body.meetings).toMatchObject([{ kind: "attendance", meeting: { id }, attended: true }]);
    expect((await app.api(ben, "GET", `meetings/${id}`)).body.attended).toBeNull();
    await app.settle();
    for (const email of [ana, ben, cem, dee, lea]) {
      const { text } = await app.card(email, "Notes: Network meeting");
      expect(text).toContain("We shared how waiting lists are kept.");
      expect(text).toContain("• Draft a list (Ana, by Friday 29 January)");
    }
    const rows = (await meetingOf(app, id)).people;
    const was = (name: string) => rows.find(({ person }: { person: { name: string } }) => person.name === name)?.attended;
    expect(["Ana", "Ben", "Cem", "Dee"].map(was)).toEqual([false, true, true, null]);
    expect((await app.api(ana, "PATCH", `meetings/${id}`, { notes })).status).toBe(403);

    await app.api(lea, "PATCH", `meetings/${id}`, { notes: { ...notes, text: "Corrected." } });
    await app.settle();
    expect((await app.cards(dee)).filter(({ text }) => text.includes("Corrected."))).not.toEqual([]);
    const bad = await app.api(lea, "PATCH", `meetings/${id}`, { notes: { text: "Ring 943 476 5919" } });
    expect(bad).toMatchObject({ status: 422, body: { errors: [{ path: "notes.text" }] } });
    expect((await meetingOf(app, id)).notes.text).toBe("Corrected.");
  });
});
