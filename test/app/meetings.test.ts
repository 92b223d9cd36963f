import { beforeEach, describe, expect, it } from "@jest/globals";
import { lead, manager, member, roster, viewer } from "./rosters.ts";
import { testApp, type TestApp, type TestAppOptions } from "./test-app.ts";

const lea = "lea@example.org";
const ana = "ana@example.org";
const ben = "ben@example.org";
const organiser = "meetings@network.example.org";
const series = {
  meetings: { firstOn: "2027-01-12", start: "10:00", minutes: 90 },
  // Rounds only by hand, so that no check-in's card comes between.
  "check-ins": { opensByItself: false },
};
const people = () => roster(manager("Ana"), manager("Ben", { area: "South East" }), lead("Lea"), member("Mia", { manager_email: ana }), viewer("Vic"));

async function network(options: Partial<TestAppOptions> = {}): Promise<TestApp> {
  const app = await testApp({ now: "2026-12-01T09:00", roster: people(), ...options });
  expect((await app.api(lea, "PATCH", "settings", series)).status).toBe(200);
  return app;
}

async function booked(app: TestApp, on = "2027-01-12", more: object = {}) {
  const answer = await app.api(lea, "POST", "meetings", { on, plannedOn: "2027-01-12", ...more });
  expect(answer).toMatchObject({ status: 201 });
  await app.settle();
  return (await app.api(lea, "GET", `meetings/${answer.body.id}`)).body;
}

const invitationsTo = (app: TestApp, email: string) => app.graph.mailsTo(email).filter((mail) => mail.kind === "invitation");
const meetingCard = (app: TestApp, email: string) => app.card(email, "Network meeting");

describe("a plan", () => {
  it("needs a series, and then proposes the next dates with reasons", async () => {
    const app = await testApp({ now: "2026-12-01T09:00", roster: people() });
    expect(await app.api(lea, "POST", "meetings/plan", {})).toMatchObject({ status: 409 });
    await app.api(lea, "PATCH", "settings", series);
    const plan = await app.api(lea, "POST", "meetings/plan", {});
    expect(plan.body.items.map((one: any) => one.plannedOn)).toEqual(["2027-01-12", "2027-02-23", "2027-04-06"]);
    expect(plan.body.items[0]).toMatchObject({ isFine: true, best: { startsAt: "2027-01-12T10:00:00+00:00", isPlanned: true } });
    // Summer time has begun by then.
    expect(plan.body.items[2].best.startsAt).toBe("2027-04-06T10:00:00+01:00");
    expect(plan.body).toMatchObject({ freeBusy: "off", zone: "Europe/London" });
    expect((await app.api(lea, "GET", "meetings")).body.items).toEqual([]);
  });

  it("looks at calendars only where that is switched on, and counts who isn't covered as not known", async () => {
    const app = await network({ freeBusy: true });
    for (const email of [ana, ben]) {
      app.graph.setBusy(email, [{ start: Date.parse("2027-01-12T09:30:00Z"), end: Date.parse("2027-01-12T10:30:00Z") }]);
    }
    const plan = await app.api(lea, "POST", "meetings/plan", {});
    expect(plan.body.freeBusy).toBe("asked");
    const [first] = plan.body.items;
    const asPlanned = first.slots.find((slot: any) => slot.isPlanned);
    expect(asPlanned.counts).toMatchObject({ busy: 2 });
    expect(asPlanned.reasons).toContain("2 of 3 busy");
    expect(first.isFine).toBe(false);
    expect(first.best.isPlanned).toBe(false);
  });
});

describe("a booking", () => {
  it("puts one event with a join link into the organiser's calendar, and invites managers and leads once each", async () => {
    const app = await network();
    const meeting = await booked(app);
    expect(meeting).toMatchObject({ state: "booked", calendar: { state: "in-step", reason: null }, rsvps: { invited: 3, none: 3 } });
    expect(meeting.joinUrl).toMatch(/^https:\/\//);
    const [event, ...others] = app.graph.calendarOf(organiser);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ subject: "Network meeting", startsAt: "2027-01-12T10:00:00.000Z" });
    for (const email of [ana, ben, lea]) expect(invitationsTo(app, email)).toHaveLength(1);
    for (const email of ["mia@example.org", "vic@example.org"]) expect(app.graph.mailsTo(email)).toEqual([]);
  });

  it("is made once for a date of the series, however often it is asked for", async () => {
    const app = await network();
    await booked(app);
    expect(await app.api(lea, "POST", "meetings", { on: "2027-01-13", plannedOn: "2027-01-12" })).toMatchObject({ status: 409 });
    await app.settle();
    expect(app.graph.calendarOf(organiser)).toHaveLength(1);
    expect((await app.api(lea, "POST", "meetings/plan", {})).body.items.map((one: any) => one.plannedOn)).toEqual(["2027-02-23", "2027-04-06"]);
  });

  it("says what is wrong with a date, an organiser or a series, and changes nothing then", async () => {
    const app = await network();
    expect(await app.api(lea, "POST", "meetings", { on: "2026-11-01" })).toMatchObject({ status: 422, body: { detail: expect.stringContaining("has passed") } });
    expect(await app.api(lea, "POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-13" })).toMatchObject({ status: 422 });
    expect(await app.api(lea, "POST", "meetings", { on: "soon" })).toMatchObject({ status: 422, body: { errors: [{ path: "on" }] } });
    expect((await app.api(ana, "POST", "meetings", { on: "2027-01-12" })).status).toBe(403);
    expect((await app.api(lea, "GET", "meetings")).body.items).toEqual([]);
  });

  it.each([
    ["was answered 504 although it was made", { status: 504, afterAccepting: true }],
    ["was cut although it was made", { cut: true, afterAccepting: true }],
    ["was too much at the moment", { status: 429, retryAfter: 30 }],
    ["found the service away", { status: 503 }],
  ] as const)("comes to one event and one invitation each when a call %s", async (_what, fault) => {
    const app = await network();
    app.graph.failNext(fault, 1);
    const answer = await app.api(lea, "POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-12" });
    await app.settle();
    await app.moveTo("2026-12-01T09:05", "2026-12-01T09:10");
    expect((await app.api(lea, "GET", `meetings/${answer.body.id}`)).body).toMatchObject({ state: "booked", calendar: { state: "in-step" } });
    expect(app.graph.calendarOf(organiser)).toHaveLength(1);
    for (const email of [ana, ben, lea]) expect(invitationsTo(app, email)).toHaveLength(1);
  });

  it("says in words what an admin has to mend, and tries again every hour", async () => {
    const app = await network();
    app.graph.failNext({ status: 403, code: "ErrorAccessDenied" }, 1);
    const meeting = await booked(app);
    expect(meeting).toMatchObject({ state: "booking", calendar: { state: "failed", reason: expect.stringContaining("403 ErrorAccessDenied") } });
    // Mended meanwhile, it is booked within the hour.
    await app.moveTo("2026-12-01T09:37", "2026-12-01T09:38");
    expect((await app.api(lea, "GET", `meetings/${meeting.id}`)).body).toMatchObject({ state: "booked", calendar: { state: "in-step" } });
    expect(app.graph.calendarOf(organiser)).toHaveLength(1);
  });

  it("invites who joins and takes off who leaves, and nobody else gets mail", async () => {
    const app = await network();
    await booked(app);
    const before = Object.fromEntries([ana, ben, lea].map((email) => [email, app.graph.mailsTo(email).length]));
    await app.importCsv(roster(manager("Ana"), manager("Cem"), lead("Lea"), viewer("Vic")));
    await app.moveTo("2026-12-01T09:02");
    expect(invitationsTo(app, "cem@example.org")).toHaveLength(1);
    expect(app.graph.mailsTo(ben).map((mail) => mail.kind)).toEqual(["invitation", "cancellation"]);
    for (const email of [ana, lea]) expect(app.graph.mailsTo(email)).toHaveLength(before[email] ?? 0);
    const [event] = app.graph.calendarOf(organiser);
    expect(event?.joinUrl).toMatch(/^https:\/\//);
  });

  it("is moved and cancelled in the calendar too, and those who had said yes are asked again", async () => {
    const app = await network();
    const { id } = await booked(app);
    await app.moveTo("2026-12-29T09:30");
    await (await meetingCard(app, ana)).press("Yes");
    await (await meetingCard(app, ben)).press("No");
    await app.settle();
    expect(await app.api(lea, "PATCH", `meetings/${id}`, { on: "2027-01-14" })).toMatchObject({ status: 200, body: { rsvps: { yes: 0 } } });
    await app.settle();
    expect(app.graph.calendarOf(organiser)[0]).toMatchObject({ startsAt: "2027-01-14T10:00:00.000Z" });
    const asked = async (email: string) => (await app.cards(email)).filter((card) => card.buttons.includes("Yes")).length;
    expect(await asked(ana)).toBe(2);
    await (await meetingCard(app, ana)).press("Yes");
    expect((await app.api(lea, "DELETE", `meetings/${id}`)).body).toMatchObject({ state: "cancelled" });
    await app.settle();
    expect(app.graph.calendarOf(ana)[0]).toMatchObject({ isCancelled: true });
    expect((await meetingCard(app, ana)).text).toMatch(/cancelled/i);
    expect((await app.api(lea, "PATCH", `meetings/${id}`, { on: "2027-01-15" })).status).toBe(409);
  });
});

describe("answers", () => {
  let app: TestApp;
  let id: string;
  beforeEach(async () => {
    app = await network();
    ({ id } = await booked(app));
    await app.moveTo("2026-12-29T09:30");
  });

  const meeting = async (reader = lea) => (await app.api(reader, "GET", `meetings/${id}`)).body;
  const answerOf = async (name: string) => (await meeting()).people.find((one: any) => one.person.name === name);

  it("are asked for by a card two weeks before, once", async () => {
    expect((await app.cards(ana)).map((card) => card.buttons)).toEqual([expect.arrayContaining(["Yes", "Maybe", "No"])]);
    await app.moveTo("2026-12-29T12:00", "2026-12-30T09:30");
    expect(await app.cards(ana)).toHaveLength(1);
    expect((await meeting()).deliveries).toMatchObject({ intended: 3, delivered: 3 });
    expect((await app.api(lea, "GET", `deliveries?round=${id}`)).body.items).toHaveLength(3);
  });

  it("given on a card count at once, can be changed, and are shown to leads with what people want to raise", async () => {
    await (await meetingCard(app, ana)).press("Maybe", { raise: "Waiting lists" });
    expect(await answerOf("Ana")).toMatchObject({ answer: "maybe", from: "card", raise: "Waiting lists" });
    await (await meetingCard(app, ana)).press("Change answer");
    await (await meetingCard(app, ana)).press("Yes", { raise: "Waiting lists" });
    expect(await meeting()).toMatchObject({ rsvps: { yes: 1, maybe: 0, none: 2 }, agenda: { items: ["Waiting lists"], isDraft: true } });
    expect(await meeting(ben)).toMatchObject({ people: [], rsvps: { yes: 1 }, yours: null });
  });

  it("wait a week after another message that nobody asked for", async () => {
    const other = await network();
    const { id: event } = await booked(other);
    await other.moveTo("2026-12-24T09:30");
    await other.openRound();
    await other.moveTo("2026-12-29T09:30");
    expect(await other.cards(ana)).toHaveLength(1);
    const { items } = (await other.api(lea, "GET", `deliveries?round=${event}`)).body;
    expect(items.find((row: any) => row.person.name === "Ana")).toMatchObject({ state: "pending", reason: expect.stringContaining("less than a week ago") });
    await other.moveTo("2026-12-31T09:30", "2026-12-31T09:31");
    expect(await other.cards(ana)).toHaveLength(2);
  });

  it("that look like patient details are refused, and nothing of them is kept", async () => {
    const outcome = await (await meetingCard(app, ana)).press("Yes", { raise: "Ring 943 476 5919" });
    expect(JSON.stringify(outcome)).not.toContain("943 476 5919");
    expect((await answerOf("Ana")).raise).toBeNull();
  });

  it("given in Outlook reach the store by a notification, and the card shows them", async () => {
    const [event] = app.graph.calendarOf(ana);
    await app.graph.respond(ana, event?.iCalUId ?? "", "decline");
    await app.graph.settleResponses();
    await app.graph.notifications.idle();
    await app.settle();
    expect(await answerOf("Ana")).toMatchObject({ answer: "no", from: "calendar" });
    expect((await meetingCard(app, ana)).text).toMatch(/You said no/);
  });

  it("given in Outlook reach the store within a quarter of an hour when the notification is lost", async () => {
    app.graph.notifications.treat("drop");
    const [event] = app.graph.calendarOf(ana);
    await app.graph.respond(ana, event?.iCalUId ?? "", "accept");
    await app.graph.settleResponses();
    await app.graph.notifications.idle();
    await app.settle();
    expect((await answerOf("Ana")).answer).toBeNull();
    await app.moveTo("2026-12-29T09:46", "2026-12-29T09:47");
    expect(await answerOf("Ana")).toMatchObject({ answer: "yes", from: "calendar" });
  });

  it("count by their own time: the newest wins in whatever order they arrive", async () => {
    app.graph.notifications.treat("drop");
    const [event] = app.graph.calendarOf(ana);
    await app.graph.respond(ana, event?.iCalUId ?? "", "decline");
    await app.graph.settleResponses();
    await app.graph.notifications.idle();
    await app.moveTo("2026-12-29T09:35");
    await (await meetingCard(app, ana)).press("Yes");
    await app.moveTo("2026-12-29T09:52", "2026-12-29T09:53");
    expect(await answerOf("Ana")).toMatchObject({ answer: "yes", from: "card" });
  });

  it("aren't taken once the meeting has started", async () => {
    await app.moveTo("2027-01-12T10:00");
    const card = (await app.cards(ana)).find((one) => one.buttons.includes("Yes"));
    const outcome = card === undefined ? null : await card.press("Yes");
    expect((await answerOf("Ana")).answer).toBeNull();
    expect(JSON.stringify(outcome)).not.toContain("You said yes");
  });

  it("are reminded of a week before, by those only who haven't answered, and the join link comes the day before", async () => {
    await (await meetingCard(app, ana)).press("Yes");
    await app.moveTo("2027-01-05T09:30", "2027-01-05T09:31");
    expect(await app.cards(ana)).toHaveLength(1);
    expect(await app.cards(ben)).toHaveLength(2);
    await app.moveTo("2027-01-11T09:30", "2027-01-11T09:31");
    expect(await app.cards(ana)).toHaveLength(2);
    expect(await app.cards(ben)).toHaveLength(2);
    expect(JSON.stringify((await app.cards(ana)).at(-1)?.message.card)).toContain((await meeting()).joinUrl);
  });
});

describe("notifications", () => {
  it("with another secret than their subscription's are refused and change nothing", async () => {
    const app = await network();
    const { id } = await booked(app);
    await app.moveTo("2026-12-01T09:02");
    const watch = await app.database.db.selectFrom("calendar_watches").selectAll().executeTakeFirstOrThrow();
    const post = (clientState: string) =>
      fetch(`${app.url}/api/graph/notifications`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ value: [{ subscriptionId: watch.subscription_id, clientState, resourceData: { id: "x" } }] }),
      });
    expect((await post("guessed")).status).toBe(403);
    expect((await post(watch.client_state ?? "")).status).toBe(202);
    expect((await app.api(lea, "GET", `meetings/${id}`)).body.state).toBe("booked");
  });

  it("are listened to for as long as meetings are to come: the subscription is renewed before it runs out", async () => {
    const app = await network();
    await booked(app);
    const endsAt = async () => (await app.database.db.selectFrom("calendar_watches").select("subscription_ends_at").executeTakeFirstOrThrow()).subscription_ends_at;
    await app.moveTo("2026-12-01T09:02");
    const first = await endsAt();
    await app.moveTo("2026-12-05T09:00", "2026-12-08T09:00", "2026-12-12T09:00");
    expect((await endsAt())?.getTime()).toBeGreaterThan((first?.getTime() ?? 0) + 7 * 24 * 3_600_000);
  });

  it("echo the service's handshake as plain text", async () => {
    const app = await network();
    const answer = await fetch(`${app.url}/api/graph/notifications?validationToken=a%20%3Cb%3E`, { method: "POST" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect(await answer.text()).toBe("a <b>");
  });
});

describe("members' own calendars", () => {
  it("get the card's answer where that is switched on, and their echo isn't taken for news", async () => {
    const app = await network({ memberCalendars: true });
    const { id } = await booked(app);
    await app.moveTo("2026-12-29T09:30");
    await (await meetingCard(app, ana)).press("Yes");
    await app.settle();
    expect(app.graph.calendarOf(ana)[0]).toMatchObject({ answer: "accepted" });
    await app.graph.settleResponses();
    await app.graph.notifications.idle();
    await app.moveTo("2026-12-29T09:46", "2026-12-29T09:47");
    const { people: rows } = (await app.api(lea, "GET", `meetings/${id}`)).body;
    expect(rows.find((one: any) => one.person.name === "Ana")).toMatchObject({ answer: "yes", from: "card" });
  });

  it("are left alone where that is switched off", async () => {
    const app = await network();
    await booked(app);
    await app.moveTo("2026-12-29T09:30");
    await (await meetingCard(app, ana)).press("Yes");
    await app.settle();
    expect(app.graph.calendarOf(ana)[0]).toMatchObject({ answer: "none" });
  });
});
