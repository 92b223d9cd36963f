import { createServer } from "node:https";
import { afterEach, describe, expect, it } from "@jest/globals";
import { createGraphClient, graphCalendar } from "../../../src/adapters/graph/index.ts";
import { loopbackCertificate } from "../../../src/local/graph/certificate.ts";
import type { GraphFault } from "../../../src/local/graph/index.ts";
import { trust } from "../../../src/local/graph/trust.ts";
import { ana, bea, guest } from "../../local/connector-fixture.ts";
import { sender, stopGraph } from "../../local/graph-fixture.ts";
import { Ana, answersOf, at, Bea, calendarWorld, Cem, draft, good, organiser } from "./calendar-world.ts";

afterEach(stopGraph);
const again = (detail: string, afterSeconds: number | null = null) => ({ kind: "again", afterSeconds, detail });
const say = (kind: string, detail: string) => ({ kind, detail });

describe("booking through Graph", () => {
  it("makes an event with a join link, in the zone of the meeting, and mails one invitation each", async () => {
    const { book, graph, kindsTo } = await calendarWorld();
    const event = await book({ startsAt: at("2027-06-10T09:00:00Z"), endsAt: at("2027-06-10T10:30:00Z") });
    expect(event).toEqual({
      id: expect.any(String),
      iCalUid: expect.any(String),
      version: expect.any(String),
      subject: draft.subject,
      startsAt: at("2027-06-10T09:00:00Z"),
      endsAt: at("2027-06-10T10:30:00Z"),
      joinUrl: expect.stringContaining("https://"),
      isCancelled: false,
      attendees: [
        { ...Ana, answer: "none", answeredAt: null },
        { ...Bea, answer: "none", answeredAt: null },
      ],
    });
    expect([kindsTo(ana.email), kindsTo(bea.email)]).toEqual([["invitation"], ["invitation"]]);
    expect(graph.calendarOf(ana.email)).toMatchObject([
      { iCalUId: event.iCalUid, zone: "Europe/London", startsAt: "2027-06-10T09:00:00.000Z", others: null },
    ]);
    expect(graph.calendarOf(ana.email)[0]?.body).toContain("<p>Agenda</p>");
  });

  it.each<[string, GraphFault, 400 | 409]>([
    ["504, and reuse told as 409", { status: 504, afterAccepting: true }, 409],
    ["504, and reuse told as 400", { status: 504, afterAccepting: true }, 400],
    ["a cut connection", { cut: true, afterAccepting: true }, 409],
  ])("leaves one event when a create that was carried out answers %s", async (_what, fault, duplicateStatus) => {
    const { book, calendar, graph, kindsTo } = await calendarWorld({ duplicateStatus });
    graph.failOn({ method: "POST" }, fault);
    expect(await calendar.book(organiser, draft)).toMatchObject({ ok: false, fault: { kind: "again" } });
    const event = await book();
    expect(await book()).toEqual(event);
    expect(graph.calendarOf(organiser)).toHaveLength(1);
    expect(kindsTo(ana.email)).toEqual(["invitation"]);
  });

  it("finds the event that a transaction id made, also after it was moved, and never another", async () => {
    const { book, calendar } = await calendarWorld();
    const event = await book();
    await book({ transactionId: "another one" });
    const to = { ...draft, startsAt: at("2027-02-01T10:00:00Z"), endsAt: at("2027-02-01T11:00:00Z") };
    const moved = good(await calendar.move(organiser, event, to));
    expect(good(await calendar.find(organiser, draft.transactionId))).toEqual(moved);
    expect(await book()).toEqual(moved);
    expect(good(await calendar.find(organiser, "none"))).toBeNull();
  });

  it("doesn't book a second event when the one that a transaction id made was cancelled", async () => {
    const { book, calendar, graph } = await calendarWorld();
    const { id } = await book();
    good(await calendar.cancel(organiser, id, ""));
    expect(await calendar.book(organiser, draft)).toMatchObject({ ok: false, fault: { kind: "again" } });
    expect(graph.calendarOf(organiser)).toEqual([]);
  });

  it("asks nothing of Graph for more attendees than an event can have", async () => {
    const { book, calendar, graph } = await calendarWorld();
    const crowd = Array.from({ length: 501 }, (_, n) => ({ name: "", email: `p${n}@example.org` }));
    const event = await book({ attendees: crowd.slice(1) });
    const asked = graph.log().length;
    const tooMany = { ok: false, fault: { kind: "too-many", detail: "501 attendees, 500 at most" } };
    expect(await calendar.book(organiser, { ...draft, attendees: crowd })).toEqual(tooMany);
    expect(await calendar.setAttendees(organiser, event, crowd)).toEqual(tooMany);
    expect(graph.log()).toHaveLength(asked);
  });
});

describe("changing an event through Graph", () => {
  it("mails only those who were added or removed, and keeps join link and answers", async () => {
    const { book, calendar, graph, kindsTo } = await calendarWorld();
    const { iCalUid, joinUrl, ...event } = await book();
    expect(await graph.respond(ana.email, iCalUid, "accept")).toBe(true);
    await graph.settleResponses();
    const { version } = good(await calendar.read(organiser, event.id));
    const changed = good(await calendar.setAttendees(organiser, { ...event, version }, [Ana, Cem]));
    expect(changed.joinUrl).toBe(joinUrl);
    expect(answersOf(changed)).toEqual({ [ana.email]: "accepted", [guest.email]: "none" });
    expect([kindsTo(ana.email), kindsTo(bea.email), kindsTo(guest.email)]).toEqual([
      ["invitation"],
      ["invitation", "cancellation"],
      ["invitation"],
    ]);
    expect(graph.calendarOf(bea.email)).toMatchObject([{ isCancelled: true }]);
  });

  it("is told when an answer came in between, and changes nothing", async () => {
    const { book, calendar, graph, kindsTo } = await calendarWorld();
    const event = await book();
    await graph.respond(bea.email, event.iCalUid, "decline");
    await graph.settleResponses();
    const changed = { ok: false, fault: { kind: "changed", detail: "412 ErrorIrresolvableConflict" } };
    expect(await calendar.setAttendees(organiser, event, [Ana])).toEqual(changed);
    expect(await calendar.move(organiser, event, draft)).toEqual(changed);
    expect(kindsTo(bea.email)).toEqual(["invitation"]);
  });

  it("mails everybody about a new time, keeps the join link, and asks for new answers", async () => {
    const { book, calendar, graph, kindsTo } = await calendarWorld();
    const booked = await book();
    await graph.respond(ana.email, booked.iCalUid, "accept");
    await graph.settleResponses();
    const event = good(await calendar.read(organiser, booked.id));
    const to = { startsAt: at("2026-11-19T14:00:00Z"), endsAt: at("2026-11-19T15:30:00Z"), zone: "Europe/London" };
    const moved = good(await calendar.move(organiser, event, to));
    expect(moved).toMatchObject({ startsAt: to.startsAt, endsAt: to.endsAt, joinUrl: booked.joinUrl });
    expect(answersOf(moved)).toEqual({ [ana.email]: "none", [bea.email]: "none" });
    expect([kindsTo(ana.email), kindsTo(bea.email)]).toEqual([["invitation", "update"], ["invitation", "update"]]);
  });

  it("cancels for everybody, and takes an event that is gone as cancelled", async () => {
    const { book, calendar, graph, kindsTo } = await calendarWorld();
    const { id } = await book();
    good(await calendar.cancel(organiser, id, "Sorry"));
    good(await calendar.cancel(organiser, id, "Sorry"));
    expect(kindsTo(ana.email)).toEqual(["invitation", "cancellation"]);
    expect(graph.calendarOf(bea.email)).toMatchObject([{ isCancelled: true }]);
    const gone = { ok: false, fault: { kind: "gone", detail: "404 ErrorItemNotFound" } };
    expect(await calendar.read(organiser, id)).toEqual(gone);
    const noMailbox = { ok: false, fault: { kind: "refused", detail: "404 ErrorInvalidUser" } };
    expect(await calendar.cancel("nobody@example.org", id, "")).toEqual(noMailbox);
  });

  it("notices that the online meeting was lost", async () => {
    const { book, calendar, call } = await calendarWorld();
    const { id } = await book();
    const body = { body: { contentType: "html", content: "<p>Only this</p>" } };
    await call(`users/${sender}/events/${id}`, body, {}, "PATCH");
    expect(good(await calendar.read(organiser, id)).joinUrl).toBeNull();
  });
});

const never = () => false;

describe("answering through Graph", () => {
  it("answers in the member's own calendar, which reaches the organiser a moment later with its time", async () => {
    const { book, calendar, clock, kindsTo } = await calendarWorld();
    const { id, iCalUid } = await book();
    clock.ms += 60_000;
    good(await calendar.answer(ana.email, iCalUid, "accepted", never));
    good(await calendar.answer(bea.email, iCalUid, "tentative", never));
    expect(answersOf(good(await calendar.read(organiser, id)))).toEqual({ [ana.email]: "none", [bea.email]: "none" });
    clock.ms += 2_000;
    const { attendees } = good(await calendar.read(organiser, id));
    const answeredAt = at("2026-11-01T09:01:00Z");
    expect(attendees).toEqual([
      { ...Ana, answer: "accepted", answeredAt },
      { ...Bea, answer: "tentative", answeredAt },
    ]);
    expect(kindsTo(organiser)).toEqual(["response", "response"]);
  });

  it("doesn't send the same answer twice, and can change it", async () => {
    const { book, calendar, graph, kindsTo } = await calendarWorld();
    const { id, iCalUid } = await book();
    good(await calendar.answer(ana.email, iCalUid, "accepted", never));
    good(await calendar.answer(ana.email, iCalUid, "accepted", never));
    expect(kindsTo(organiser)).toHaveLength(1);
    good(await calendar.answer(ana.email, iCalUid, "declined", never));
    await graph.settleResponses();
    expect(answersOf(good(await calendar.read(organiser, id)))[ana.email]).toBe("declined");
  });

  it("leaves an answer alone that is told to be newer", async () => {
    const { book, calendar, clock, graph } = await calendarWorld();
    const { id, iCalUid } = await book();
    clock.ms += 60_000;
    await graph.respond(ana.email, iCalUid, "tentativelyAccept");
    const there: object[] = [];
    good(await calendar.answer(ana.email, iCalUid, "declined", (answer) => there.push(answer) > 0));
    await graph.settleResponses();
    expect(there).toEqual([{ answer: "tentative", answeredAt: at("2026-11-01T09:01:00Z") }]);
    expect(answersOf(good(await calendar.read(organiser, id)))[ana.email]).toBe("tentative");
  });

  it("has nothing to answer where the member's copy can't be reached", async () => {
    const { book, calendar, call } = await calendarWorld();
    const { id, iCalUid } = await book({ attendees: [Ana, Cem] });
    const gone = (detail: string) => ({ ok: false, fault: { kind: "gone", detail } });
    const elsewhere = { ok: false, fault: { kind: "refused", detail: "404 MailboxNotEnabledForRESTAPI" } };
    expect(await calendar.answer(guest.email, iCalUid, "accepted", never)).toEqual(elsewhere);
    expect(await calendar.answer(bea.email, iCalUid, "accepted", never)).toEqual(gone("no copy of the event"));
    // Exchange takes a declined event out of the calendar.
    good(await calendar.answer(ana.email, iCalUid, "declined", never));
    expect(await calendar.answer(ana.email, iCalUid, "accepted", never)).toEqual(gone("no copy of the event"));
    await call(`users/${sender}/events/${id}`, undefined, {}, "DELETE");
    expect(await calendar.answer(ana.email, iCalUid, "accepted", never)).toEqual(gone("no copy of the event"));
  });
});

describe("a call about calendars that fails", () => {
  it.each<[string, GraphFault, object]>([
    ["429", { status: 429, code: "ApplicationThrottled", retryAfter: 30 }, again("429 ApplicationThrottled", 30)],
    ["500", { status: 500, code: "ErrorInternalServerError" }, again("500 ErrorInternalServerError")],
    ["502", { status: 502, code: "BadGateway" }, again("502 BadGateway")],
    ["503", { status: 503, code: "ServiceUnavailable", retryAfter: 2 }, again("503 ServiceUnavailable", 2)],
    ["504", { status: 504, code: "GatewayTimeout" }, again("504 GatewayTimeout")],
    ["a cut connection", { cut: true }, again("cut")],
    ["404", { status: 404, code: "ErrorItemNotFound" }, say("gone", "404 ErrorItemNotFound")],
    ["409", { status: 409, code: "ErrorIrresolvableConflict" }, say("changed", "409 ErrorIrresolvableConflict")],
    ["412", { status: 412, code: "PreconditionFailed" }, say("changed", "412 PreconditionFailed")],
    ["400", { status: 400, code: "ErrorTooManyAttendees" }, say("too-many", "400 ErrorTooManyAttendees")],
    ["403", { status: 403, code: "ErrorAccessDenied" }, say("refused", "403 ErrorAccessDenied")],
    ["401", { status: 401, code: "InvalidAuthenticationToken" }, say("refused", "401 InvalidAuthenticationToken")],
  ])("says what to do about %s, whatever it asked for", async (_what, fault, expected) => {
    const { book, calendar, graph } = await calendarWorld();
    const event = await book();
    const span = { from: draft.startsAt, to: draft.endsAt };
    const wish = { notifyUrl: "http://127.0.0.1:9/", clientState: "x", expiresAt: at("2026-11-02T00:00:00Z") };
    const calls = [
      () => calendar.book(organiser, { ...draft, transactionId: "2" }),
      () => calendar.find(organiser, draft.transactionId),
      () => calendar.read(organiser, event.id),
      () => calendar.setAttendees(organiser, event, []),
      () => calendar.move(organiser, event, draft),
      () => calendar.answer(ana.email, event.iCalUid, "accepted", never),
      () => calendar.freeBusy(organiser, [ana.email], span.from, span.to),
      () => calendar.changes(organiser, span, null),
      () => calendar.subscribe(organiser, wish),
      () => calendar.renew("1", wish.expiresAt),
    ];
    for (const call of calls) {
      const before = graph.log().length;
      graph.failNext(fault);
      expect(await call()).toEqual({ ok: false, fault: expected });
      expect(graph.log()).toHaveLength(before + 1);
    }
  });

  it("is a fault of our own when the answer can't be what Graph means, and the fault names nobody", async () => {
    const { url, stop } = await serverThatAnswers({ value: [], id: "ana@example.org" });
    const client = createGraphClient({ baseUrl: url, token: () => Promise.resolve("token") });
    const error: unknown = await graphCalendar({ client }).read(organiser, "1").catch((thrown: unknown) => thrown);
    await stop();
    expect(error).toMatchObject({ code: "unexpected-answer", message: expect.not.stringContaining("ana@") });
  });
});

async function serverThatAnswers(body: object) {
  const certificate = await loopbackCertificate();
  trust(certificate.cert);
  const server = createServer(certificate, (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `https://127.0.0.1:${port}`, stop };
}
