import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Calendar } from "../../src/features/meetings/calendar.ts";
import { tendMeetings } from "../../src/features/meetings/due.ts";
import { syncEvent } from "../../src/features/meetings/jobs.ts";
import { calendarSyncer } from "../../src/features/meetings/syncing.ts";
import { asId, type EventId } from "../../src/kernel/ids.ts";
import type { Answering, GraphFault, RequestMatch } from "../../src/local/graph/index.ts";
import { silent } from "../support/logger.ts";
import { organiserInOutlook } from "./organiser-in-outlook.ts";
import { lead, manager, roster } from "./rosters.ts";
import { london, testApp, type TestApp, type TestAppOptions } from "./test-app.ts";

const [ana, ben, cem, lea] = ["ana", "ben", "cem", "lea"].map((name) => `${name}@example.org`) as [string, string, string, string];
const organiser = "meetings@network.example.org";
const people = () => roster(manager("Ana"), manager("Ben"), lead("Lea"));
const withCem = () => roster(manager("Ana"), manager("Cem"), lead("Lea"));

async function network(options: Partial<TestAppOptions> = {}): Promise<TestApp> {
  const app = await testApp({ now: "2026-12-01T09:00", roster: people(), ...options });
  const settings = { meetings: { firstOn: "2027-01-12" }, "check-ins": { opensByItself: false } };
  expect((await app.api(lea, "PATCH", "settings", settings)).status).toBe(200);
  return app;
}

async function book(app: TestApp): Promise<string> {
  const { status, body } = await app.api(lea, "POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-12" });
  expect(status).toBe(201);
  return String(body.id);
}

const meetingOf = async (app: TestApp, id: string) => (await app.api(lea, "GET", `meetings/${id}`)).body;
const answerOf = async (app: TestApp, id: string, name: string) =>
  (await meetingOf(app, id)).people.find((one: { person: { name: string } }) => one.person.name === name)?.answer;

/** Answers in Outlook; the answer reaches the organiser, and the notification goes where it goes. */
async function respond(app: TestApp, email: string, how: Answering) {
  expect(await app.graph.respond(email, app.graph.calendarOf(email)[0]?.iCalUId ?? "", how)).toBe(true);
  await app.graph.settleResponses();
  await app.graph.notifications.idle();
}

const calls = (app: TestApp, method: string, path: RegExp) => app.graph.log().filter((one) => one.method === method && path.test(one.path));
const subscribed = (app: TestApp) => calls(app, "POST", /\/subscriptions$/).filter(({ status }) => status === 201).length;
const renewed = (app: TestApp) => calls(app, "PATCH", /\/subscriptions\//).filter(({ status }) => status === 200).length;
const watchOf = async (app: TestApp) => app.store.read(app.network).watches.of(organiser);

describe("notifications", () => {
  let app: TestApp;
  let id: string;
  beforeEach(async () => {
    app = await network();
    id = await book(app);
    await app.moveTo("2026-12-01T09:02");
  });

  it("that are forged are refused, and nothing is changed or even looked at", async () => {
    const watch = await watchOf(app);
    const subscriptionId = watch?.subscription?.id ?? "";
    const clientState = watch?.subscription?.clientState ?? "";
    const [event] = await app.store.read(app.network).events.upcoming(app.clock.now());
    const about = { resourceData: { id: event?.calendar.eventId } };
    app.graph.notifications.treat("drop");
    await respond(app, ana, "accept");
    const forge = async (...value: object[]) => {
      const status = await app.graph.notifications.forge(`${app.url}/api/graph/notifications`, { value });
      await app.settle();
      return status;
    };
    const before = app.graph.log().length;
    expect(await forge({ subscriptionId, clientState: "guessed", ...about })).toBe(403);
    expect(await forge({ subscriptionId, ...about })).toBe(403);
    expect(await forge({ subscriptionId: "another", clientState, ...about })).toBe(403);
    for (const lifecycleEvent of ["subscriptionRemoved", "reauthorizationRequired", "missed"]) {
      expect(await forge({ subscriptionId, clientState: clientState.toUpperCase(), lifecycleEvent })).toBe(403);
    }
    expect(await watchOf(app)).toEqual(watch);
    expect(app.graph.log()).toHaveLength(before);
    expect(await answerOf(app, id, "Ana")).toBeNull();
    // Beside a forged one, a genuine one counts all the same.
    expect(await forge({ subscriptionId, clientState: "guessed", ...about }, { subscriptionId, clientState, ...about })).toBe(202);
    expect(await answerOf(app, id, "Ana")).toBe("yes");
  });

  it("that come late, and more than once, take nothing back", async () => {
    app.graph.notifications.treat("hold");
    await respond(app, ana, "accept");
    await app.moveTo("2026-12-01T09:04");
    await respond(app, ana, "decline");
    await app.graph.notifications.release();
    await app.settle();
    expect(await answerOf(app, id, "Ana")).toBe("no");
    app.graph.notifications.treat("twice");
    await respond(app, ben, "accept");
    await app.settle();
    expect(await answerOf(app, id, "Ben")).toBe("yes");
    expect(app.graph.notifications.sent().slice(-2).map(({ status }) => status)).toEqual([202, 202]);
    expect((await meetingOf(app, id)).rsvps).toMatchObject({ yes: 1, no: 1 });
  });

  it("that are announced as missed are made up for at once", async () => {
    app.graph.notifications.treat("drop");
    await respond(app, ana, "tentativelyAccept");
    await app.graph.notifications.lifecycle("missed");
    await app.moveTo("2026-12-01T09:03");
    expect(await answerOf(app, id, "Ana")).toBe("maybe");
    expect([subscribed(app), renewed(app)]).toEqual([1, 0]);
  });

  it("whose subscription must be authorised anew have it renewed at once", async () => {
    await app.graph.notifications.lifecycle("reauthorizationRequired");
    await app.moveTo("2026-12-01T09:03", "2026-12-01T09:05");
    expect([subscribed(app), renewed(app)]).toEqual([1, 1]);
    expect((await watchOf(app))?.subscription?.expiresAt).toEqual(london("2026-12-07T09:03"));
  });

  it("whose subscription was removed get another one, and what was missed meanwhile is looked for", async () => {
    await app.graph.notifications.lifecycle("subscriptionRemoved");
    await respond(app, ana, "accept");
    await app.moveTo("2026-12-01T09:03");
    expect(await answerOf(app, id, "Ana")).toBe("yes");
    expect(subscribed(app)).toBe(2);
    await respond(app, ben, "decline");
    await app.settle();
    expect(await answerOf(app, id, "Ben")).toBe("no");
  });

  it("come for as long as there is a meeting to come: the one subscription is renewed before it runs out", async () => {
    for (let day = 2; day <= 30; day += 1) {
      const date = `2026-12-${String(day).padStart(2, "0")}`;
      await app.moveTo(`${date}T11:00`);
      await respond(app, ana, day % 2 === 0 ? "accept" : "tentativelyAccept");
      await app.settle();
      expect({ date, answer: await answerOf(app, id, "Ana") }).toEqual({ date, answer: day % 2 === 0 ? "yes" : "maybe" });
      expect({ date, status: app.graph.notifications.sent().at(-1)?.status }).toEqual({ date, status: 202 });
    }
    expect(subscribed(app)).toBe(1);
    expect(renewed(app)).toBeGreaterThanOrEqual(7);
  });

  it("are subscribed to again after an outage in which the subscription ran out, and nothing is lost", async () => {
    app.graph.failOn({ path: /subscriptions/ }, { status: 503 }, 2);
    await respond(app, ana, "accept");
    await app.moveTo("2026-12-10T09:00", "2026-12-10T09:01");
    await respond(app, ben, "decline");
    await app.moveTo("2026-12-10T09:02", "2026-12-10T09:03");
    expect([await answerOf(app, id, "Ana"), await answerOf(app, id, "Ben")]).toEqual(["yes", "no"]);
    expect(subscribed(app)).toBe(2);
  });

  it("that were lost are made up for by the calendar's own record of changes, also when its mark is too old", async () => {
    app.graph.notifications.treat("drop");
    await respond(app, ana, "accept");
    app.graph.expireDeltas();
    await app.moveTo("2026-12-01T09:18");
    expect(await answerOf(app, id, "Ana")).toBe("yes");
    expect(calls(app, "GET", /delta/).map(({ status }) => status).slice(-2)).toEqual([410, 200]);
    await respond(app, ben, "decline");
    await app.moveTo("2026-12-01T09:34");
    expect(await answerOf(app, id, "Ben")).toBe("no");
  });
});

describe("what the organiser does in Outlook", () => {
  let app: TestApp;
  let id: string;
  beforeEach(async () => {
    app = await network();
    id = await book(app);
    await app.moveTo("2026-12-01T09:02", "2026-12-29T09:30");
    await (await app.card(ana, "Network meeting")).press("Yes");
    await (await app.card(ben, "Network meeting")).press("No");
    await app.settle();
  });
  const kinds = (email: string) => app.graph.mailsTo(email).map(({ kind }) => kind);

  it("is taken over when it is a move: those who come are asked again, and nothing is written back", async () => {
    const writes = () => app.graph.log().filter(({ method, status, kind }) => method !== "GET" && kind === "calendar" && status < 300).length;
    const before = writes();
    await organiserInOutlook(app, lea).move("2027-01-14T14:00", "2027-01-14T15:30");
    await app.moveTo("2026-12-29T09:46", "2026-12-29T10:02");
    expect(await meetingOf(app, id)).toMatchObject({
      startsAt: "2027-01-14T14:00:00+00:00",
      plannedOn: "2027-01-12",
      calendar: { state: "in-step", reason: null },
      rsvps: { yes: 0, no: 0, none: 3 },
    });
    expect((await app.card(ana)).text).toContain("Moved: Network meeting");
    expect((await app.card(ana)).text).toContain("You said yes to the earlier time.");
    expect((await app.card(ben)).text).not.toContain("Moved:");
    expect((await app.card(ben)).text).toContain("Thursday 14 January");
    expect(writes() - before).toBe(1);
    for (const email of [ana, ben, lea]) expect(kinds(email)).toEqual(["invitation", "update"]);
    await respond(app, ben, "accept");
    await app.settle();
    expect(await meetingOf(app, id)).toMatchObject({ rsvps: { yes: 1, none: 2 } });
  });

  it.each(["cancel", "remove"] as const)("is taken over when it ends the meeting (%s), also when nobody was told", async (how) => {
    app.graph.notifications.treat("drop");
    await organiserInOutlook(app, lea)[how]();
    await app.moveTo("2026-12-29T09:46", "2026-12-29T09:47");
    expect(await meetingOf(app, id)).toMatchObject({ state: "cancelled" });
    expect((await app.card(ana)).text).toContain("This meeting is cancelled");
    for (const email of [ana, ben, lea]) expect(kinds(email)).toEqual(["invitation", "cancellation"]);
  });

  describe("while a card is still to come", () => {
    beforeEach(async () => {
      await (await app.card(lea, "Network meeting")).press("Remind me tomorrow");
      await app.settle();
    });
    const reminders = async () => app.store.read(app.network).deliveries.ofOccasion(id, "rsvp-reminder");

    it.each(["cancel", "remove"] as const)("gives it up at once when the meeting ends (%s)", async (how) => {
      expect(await reminders()).toMatchObject([{ state: "pending" }]);
      await organiserInOutlook(app, lea)[how]();
      const reason = "The meeting was cancelled before the card could go.";
      expect(await reminders()).toMatchObject([{ state: "skipped", reason }]);
      const before = (await app.cards(lea)).length;
      await app.moveTo("2026-12-30T09:31", "2026-12-30T10:00");
      expect(await app.cards(lea)).toHaveLength(before);
    });

    it("lets it come with the new time when the meeting is moved, and never with the old one", async () => {
      await organiserInOutlook(app, lea).move("2027-01-14T14:00", "2027-01-14T15:30");
      await app.moveTo("2026-12-30T09:31");
      const texts = (await app.cards(lea)).map(({ text }) => text);
      expect(texts.at(-1)).toContain("Reminder: Network meeting");
      for (const text of texts) {
        expect(text).toContain("Thursday 14 January");
        expect(text).not.toContain("Tuesday 12 January");
      }
    });
  });

  it("is reported when it loses the online meeting: the link on the cards stays", async () => {
    const { joinUrl } = await meetingOf(app, id);
    await organiserInOutlook(app, lea).overwriteBody();
    await app.importCsv(withCem());
    await app.moveTo("2026-12-29T09:32");
    const meeting = await meetingOf(app, id);
    expect(meeting).toMatchObject({ joinUrl, calendar: { state: "failed", reason: expect.stringContaining("The online meeting was lost") } });
    // What else is to be done is done all the same.
    expect(kinds(cem)).toEqual(["invitation"]);
    expect(kinds(ben)).toEqual(["invitation", "update", "cancellation"]);
    expect(JSON.stringify((await app.card(ana)).message.card)).toContain(joinUrl);
  });
});

it("doesn't take a mailbox that is away for a meeting that was cancelled", async () => {
  const app = await network();
  const id = await book(app);
  await app.moveTo("2026-12-01T09:02");
  app.graph.failOn({ method: "GET", path: /\/events\/[^/]+$/ }, { status: 404, code: "MailboxNotEnabledForRESTAPI" }, 2);
  for (const email of [ana, ben]) {
    await respond(app, email, "accept");
    await app.settle();
  }
  expect(await meetingOf(app, id)).toMatchObject({ state: "booked", rsvps: { yes: 0 } });
  await respond(app, lea, "accept");
  await app.settle();
  expect(await meetingOf(app, id)).toMatchObject({ state: "booked", rsvps: { yes: 3 } });
});

it("leaves invited whom a run beside this one has just invited, though this one read the roster before", async () => {
  const app = await network();
  const id = asId<EventId>(await book(app));
  const options = { defaultOrganiser: organiser, memberCalendars: false, freeBusy: false, themes: async () => [] };
  const read = app.store.read(app.network);
  const before = await read.roster.people();
  await app.importCsv(withCem());
  await tendMeetings({ ...app, ...options }, app.network);
  const invited = async () => (await read.events.invitees(id)).filter(({ removedAt }) => removedAt === null).map(({ email }) => email);
  expect((await invited()).sort()).toEqual([ana, cem, lea]);
  const store = { ...app.store, read: () => ({ ...read, roster: { ...read.roster, people: async () => before } }) };
  await tendMeetings({ ...app, ...options, store }, app.network);
  expect((await invited()).sort()).toEqual([ana, cem, lea]);
});

it("invites somebody who joins in the very moment in which the calendar is written", async () => {
  const app = await network();
  const id = await book(app);
  const calendar = {
    async book(_organiser, { startsAt, endsAt, subject, attendees }) {
      await app.importCsv(withCem());
      await tendMeetings(deps, app.network);
      const statuses = attendees.map((attendee) => ({ ...attendee, answer: "none", answeredAt: null }) as const);
      const event = { id: "e1", iCalUid: "i1", version: "1", subject, startsAt, endsAt, joinUrl: "https://x", isCancelled: false };
      return { ok: true, value: { ...event, attendees: statuses } };
    },
  } satisfies Pick<Calendar, "book"> as unknown as Calendar;
  const options = { defaultOrganiser: organiser, memberCalendars: false, freeBusy: false, tabLink: () => null };
  const deps = { ...app, ...options, calendar, themes: async () => [], random: () => 0.5, logger: silent, watch: async () => undefined };
  await calendarSyncer(deps).run([syncEvent.payload.parse({ network: app.network, event: id, attempt: 0 })]);
  const event = await app.store.read(app.network).events.byId(asId<EventId>(id));
  expect(event?.calendar).toMatchObject({ state: "pending" });
});

/** Every kind of request to Graph that a meeting's life has. */
const requests: Readonly<Record<string, RequestMatch>> = {
  book: { method: "POST", path: /\/events$/ },
  find: { method: "GET", path: /\/events$/ },
  read: { method: "GET", path: /\/events\/[^/]+$/ },
  change: { method: "PATCH", path: /\/events\/[^/]+$/ },
  cancel: { method: "POST", path: /\/cancel$/ },
  answer: { method: "POST", path: /\/(accept|tentativelyAccept|decline)$/ },
  subscribe: { method: "POST", path: /\/subscriptions$/ },
  renew: { method: "PATCH", path: /\/subscriptions\// },
  changes: { method: "GET", path: /\/delta/ },
};

describe("Graph's faults at every single call", () => {
  it.each<[string, GraphFault]>([
    ["429 with Retry-After", { status: 429, code: "ApplicationThrottled", retryAfter: 20 }],
    ["503", { status: 503, code: "ServiceUnavailable" }],
    ["503 although it was done", { status: 503, afterAccepting: true }],
    ["a connection that is cut although it was done", { cut: true, afterAccepting: true }],
  ])("%s: a meeting's whole life stays one event in step, with no mail twice", async (_what, fault) => {
    const app = await network({ memberCalendars: true });
    const kinds = (email: string) => app.graph.mailsTo(email).map(({ kind }) => kind);
    const failures = (name: string) => {
      const { method = "", path = /^/ } = requests[name] ?? {};
      return calls(app, method, path).filter(({ status }) => [429, 503, 0].includes(status)).length;
    };
    /** Does something while the first two of some calls fail, and goes on for as many minutes as it takes. */
    const through = async (names: readonly string[], start: string, work: () => Promise<unknown>) => {
      const before = names.map(failures);
      for (const name of names) app.graph.failOn(requests[name] ?? {}, fault, 2);
      await app.moveTo(start);
      await work();
      await app.settle();
      await app.moveTo(...[1, 2, 3, 4, 5, 6].map((minutes) => app.clock.now().add({ minutes }).toZonedDateTimeISO("Europe/London").toPlainDateTime().toString()));
      await app.graph.settleResponses();
      await app.graph.notifications.idle();
      await app.settle();
      names.forEach((name, n) => expect({ name, met: failures(name) > (before[n] ?? 0) }).toEqual({ name, met: true }));
    };
    const inStep = { state: "in-step", reason: null };

    let id = "";
    await through(["book", "subscribe", "changes"], "2026-12-01T09:00", async () => (id = await book(app)));
    expect(await meetingOf(app, id)).toMatchObject({ state: "booked", calendar: inStep });

    await through(["read", "change"], "2026-12-02T09:00", () => app.importCsv(withCem()));
    expect([kinds(ana), kinds(ben), kinds(cem)]).toEqual([["invitation"], ["invitation", "cancellation"], ["invitation"]]);
    await through(["renew"], "2026-12-05T09:00", async () => undefined);

    await through(["find", "answer"], "2026-12-29T09:30", async () => (await app.card(ana, "Network meeting")).press("Yes"));
    expect(app.graph.calendarOf(organiser)[0]?.attendees).toContainEqual(expect.objectContaining({ address: ana, answer: "accepted" }));
    expect(kinds(organiser)).toEqual(["response"]);

    await through(["read"], "2026-12-30T09:00", () => respond(app, cem, "decline"));
    expect(await answerOf(app, id, "Cem")).toBe("no");

    await through(["read", "change"], "2026-12-31T09:00", () => app.api(lea, "PATCH", `meetings/${id}`, { on: "2027-01-13" }));
    expect(await meetingOf(app, id)).toMatchObject({ calendar: inStep });
    expect(app.graph.calendarOf(organiser)).toMatchObject([{ startsAt: "2027-01-13T10:00:00.000Z" }]);

    await through(["cancel"], "2027-01-04T09:00", () => app.api(lea, "DELETE", `meetings/${id}`));
    expect(await meetingOf(app, id)).toMatchObject({ state: "cancelled", calendar: inStep });
    expect(app.graph.calendarOf(organiser)).toEqual([]);
    for (const email of [ana, cem, lea]) expect(kinds(email)).toEqual(["invitation", "update", "cancellation"]);
    expect(kinds(ben)).toEqual(["invitation", "cancellation"]);
  });

  it("waits as long as Graph asks for", async () => {
    const app = await network();
    app.graph.failOn(requests["book"] ?? {}, { status: 429, retryAfter: 300 });
    const id = await book(app);
    await app.settle();
    expect(await meetingOf(app, id)).toMatchObject({ state: "booking", calendar: { state: "pending", reason: "The calendar was busy; trying again." } });
    await app.moveTo("2026-12-01T09:04:59");
    expect(calls(app, "POST", /\/events$/)).toHaveLength(1);
    await app.moveTo("2026-12-01T09:05:01");
    expect(await meetingOf(app, id)).toMatchObject({ state: "booked", calendar: { state: "in-step", reason: null } });
    expect(app.graph.calendarOf(organiser)).toHaveLength(1);
  });
});
