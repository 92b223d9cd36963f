import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { ana, bea, guest, people, stranger } from "./connector-fixture.ts";
import { graphWorld, jsonMail, sender, stopGraph } from "./graph-fixture.ts";

afterEach(stopGraph);
const start = Date.UTC(2026, 10, 1, 9);
const to = ({ email, name }: { email: string; name: string }) => ({ emailAddress: { address: email, name } });
const time = (dateTime: string, timeZone = "Europe/London") => ({ dateTime, timeZone });

const eventBody = {
  subject: "Network meeting",
  body: { contentType: "HTML", content: "<p>Agenda</p>" },
  start: time("2026-11-12T10:00:00"),
  end: time("2026-11-12T11:30:00"),
  attendees: [to(ana), to(bea)],
  isOnlineMeeting: true,
  onlineMeetingProvider: "teamsForBusiness",
};

async function world(options: Parameters<typeof graphWorld>[0] = {}) {
  const clock = { ms: start };
  const all = await graphWorld({ now: () => clock.ms, ...options });
  const { call } = all;
  const events = `users/${sender}/events`;
  return {
    ...all,
    clock,
    events,
    create: async (change: object = {}) => (await call(events, { ...eventBody, ...change })).body,
    get: async (path: string, prefer?: string) => call(path, undefined, prefer === undefined ? {} : { prefer }, "GET"),
    patch: async (id: string, body: object, headers = {}) => call(`${events}/${id}`, body, headers, "PATCH"),
    copyOf: async (person: { email: string }, iCalUId: string) =>
      (await call(`users/${person.email}/events?$filter=iCalUId eq '${iCalUId}'`, undefined, {}, "GET")).body.value[0],
  };
}

describe("the Graph stand-in's events", () => {
  it("have copies with own ids and one iCalUId, and keep a hidden list from attendees", async () => {
    const { create, copyOf } = await world();
    const made = await create({ hideAttendees: true });
    const [anas, beas] = [await copyOf(ana, made.iCalUId), await copyOf(bea, made.iCalUId)];
    expect(new Set([made.id, anas.id, beas.id]).size).toBe(3);
    expect(made).toMatchObject({ isOrganizer: true, responseStatus: { response: "organizer" }, showAs: "busy" });
    expect(anas).toMatchObject({ isOrganizer: false, showAs: "tentative" });
    expect(anas.responseStatus.response).toBe("notResponded");
    expect(anas.attendees.map(({ emailAddress }: any) => emailAddress.address)).toEqual([ana.email]);
    expect(anas.onlineMeeting).toEqual(made.onlineMeeting);
  });

  it("take IANA and Windows names of zones, and are told in the zone that is asked for", async () => {
    const { create, get, events } = await world();
    const summer = { start: time("2027-06-10T10:00:00", "GMT Standard Time"), end: time("2027-06-10T11:30:00") };
    const { id, ...made } = await create(summer);
    expect(made.start).toEqual(time("2027-06-10T09:00:00.0000000", "UTC"));
    const shown = await get(`${events}/${id}?$select=start`, `outlook.timezone="Europe/London"`);
    expect(shown.body).toEqual({ "@odata.etag": made["@odata.etag"], id, start: time("2027-06-10T10:00:00.0000000") });
  });

  it.each<[string, object, string]>([
    ["an unknown zone", { start: time("2026-11-12T10:00:00", "Mars/Olympus") }, "TimeZoneNotSupportedException"],
    ["a time with an offset", { start: time("2026-11-12T10:00:00Z") }, "ErrorPropertyValidationFailure"],
    ["an end before the start", { end: time("2026-11-12T09:00:00") }, "ErrorPropertyValidationFailure"],
    ["no start", { start: undefined }, "ErrorPropertyValidationFailure"],
    ["an address that is none", { attendees: [to({ email: "ana", name: "" })] }, "ErrorPropertyValidationFailure"],
    ["a property that there isn't", { colour: "red" }, "RequestBodyRead"],
    [
      "501 attendees",
      { attendees: Array.from({ length: 501 }, (_, n) => to({ email: `p${n}@example.org`, name: "" })) },
      "ErrorTooManyAttendees",
    ],
  ])("refuse %s, and mail nobody", async (_what, change, code) => {
    const { call, events, graph } = await world();
    expect(await call(events, { ...eventBody, ...change })).toMatchObject({ status: 400, code });
    expect(graph.mails()).toEqual([]);
  });

  it("need permission to write, which reading isn't", async () => {
    const { call, events, get, otherToken, powerless, create } = await world();
    const { id } = await create();
    const authorization = `Bearer ${await otherToken({ clientId: powerless })}`;
    expect(await call(events, eventBody, { authorization })).toMatchObject({ status: 403, code: "ErrorAccessDenied" });
    expect(await call(`${events}/${id}`, {}, { authorization }, "PATCH")).toMatchObject({ status: 403 });
    expect((await call(`${events}/${id}`, undefined, { authorization }, "GET")).status).toBe(200);
    expect(await get(`users/${stranger.email}/events`)).toMatchObject({ status: 404, code: "ErrorInvalidUser" });
  });

  it("are made once for a transaction id, whose second use is told in either known shape", async () => {
    const { call, events, graph } = await world();
    const body = { ...eventBody, transactionId: "series 1" };
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await call(events, body)).status);
    expect(statuses).toEqual([201, 409, 400]);
    expect(await call(events, body)).toMatchObject({ code: "ErrorDuplicateTransactionId" });
    expect(graph.mailsTo(ana.email)).toHaveLength(1);
  });

  it("lose the online meeting when the body is written without the meeting's block", async () => {
    const { create, patch } = await world();
    const { id, body, onlineMeeting } = await create();
    const kept = await patch(id, { body: { contentType: "html", content: `<p>New</p>${body.content}` } });
    expect(kept.body.onlineMeeting).toEqual(onlineMeeting);
    const lost = await patch(id, { body: { contentType: "html", content: "<p>New</p>" } });
    expect(lost.body).toMatchObject({ onlineMeeting: null, isOnlineMeeting: false });
  });

  it("change only in the version that was read", async () => {
    const { create, patch } = await world();
    const made = await create();
    const version = { "if-match": made["@odata.etag"] };
    const changed = await patch(made.id, { subject: "New" }, version);
    expect(changed.body["@odata.etag"]).not.toBe(made["@odata.etag"]);
    const conflict = { status: 412, code: "ErrorIrresolvableConflict" };
    expect(await patch(made.id, { subject: "Newer" }, version)).toMatchObject(conflict);
  });

  it("mail everybody about a new subject, and outsiders like everybody else", async () => {
    const { create, patch, graph } = await world();
    const { id } = await create({ attendees: [to(ana), to(guest), to({ email: "nobody@example.org", name: "" })] });
    await patch(id, { subject: "New" });
    for (const email of [ana.email, guest.email, "nobody@example.org"]) {
      expect(graph.mailsTo(email).map(({ kind }) => kind)).toEqual(["invitation", "update"]);
    }
    expect(graph.inboxOf("nobody@example.org")).toEqual([]);
    expect(graph.mailsTo(ana.email, "update")[0]).toMatchObject({ from: { address: sender }, subject: "New" });
    expect(graph.calendarOf(guest.email)).toHaveLength(1);
  });

  it("can't be changed or cancelled by attendees, who can only take them out of their own calendars", async () => {
    const { create, copyOf, call, graph } = await world();
    const { iCalUId } = await create();
    const { id } = await copyOf(ana, iCalUId);
    const path = `users/${ana.email}/events/${id}`;
    expect((await call(path, { subject: "Mine" }, {}, "PATCH")).status).toBe(400);
    expect((await call(`${path}/cancel`, {})).status).toBe(400);
    expect((await call(path, undefined, {}, "DELETE")).status).toBe(204);
    expect(graph.calendarOf(ana.email)).toEqual([]);
    expect(graph.calendarOf(bea.email)).toHaveLength(1);
    expect(graph.mailsTo(sender)).toEqual([]);
  });
});

describe("answers to the Graph stand-in's events", () => {
  it("mail the organiser at once, and show in the event a moment later with the time of the answer", async () => {
    const { create, copyOf, call, clock, events, get, graph } = await world();
    const made = await create();
    const { id } = await copyOf(ana, made.iCalUId);
    expect((await call(`users/${ana.email}/events/${id}/tentativelyAccept`, {})).status).toBe(202);
    const mail = { subject: "Tentative: Network meeting", from: { address: ana.email } };
    expect(graph.mailsTo(sender, "response")).toMatchObject([mail]);
    const statusOf = async () => (await get(`${events}/${made.id}`)).body.attendees[0].status;
    expect(await statusOf()).toEqual({ response: "none", time: "0001-01-01T00:00:00Z" });
    clock.ms += 1_500;
    expect(await statusOf()).toEqual({ response: "tentativelyAccepted", time: "2026-11-01T09:00:00.000Z" });
  });

  it("don't reach the organiser when they aren't sent", async () => {
    const { create, copyOf, call, clock, graph, events, get } = await world();
    const made = await create();
    const { id } = await copyOf(ana, made.iCalUId);
    await call(`users/${ana.email}/events/${id}/accept`, { sendResponse: false });
    clock.ms += 60_000;
    expect((await get(`${events}/${made.id}`)).body.attendees[0].status.response).toBe("none");
    expect(graph.mailsTo(sender)).toEqual([]);
    expect(graph.calendarOf(ana.email)).toMatchObject([{ answer: "accepted" }]);
  });

  it("come by themselves for those who watch, on the machine's clock", async () => {
    const { create, graph } = await world({ now: () => Date.now(), responseDelayMs: 5 });
    const { iCalUId } = await create();
    const changes: (string | null)[] = [];
    await graph.respond(ana.email, iCalUId, "accept");
    const organisers = new Promise<void>((resolve) => {
      graph.onChange(({ person, what }) => {
        changes.push(what);
        if (person === null) resolve();
      });
    });
    await organisers;
    expect(changes).toEqual(["calendar"]);
  });

  it("can be given in Outlook by outsiders and after a no, and not to what is cancelled or one's own", async () => {
    const { create, call, events, graph, get } = await world();
    const { id, iCalUId } = await create({ attendees: [to(ana), to(guest)] });
    const answers = async () => {
      await graph.settleResponses();
      return (await get(`${events}/${id}`)).body.attendees.map(({ status }: any) => status.response);
    };
    expect(await graph.respond(guest.email, iCalUId, "accept")).toBe(true);
    expect(await graph.respond(ana.email, iCalUId, "decline")).toBe(true);
    expect(await answers()).toEqual(["declined", "accepted"]);
    expect(graph.calendarOf(ana.email)).toMatchObject([{ answer: "declined" }]);
    expect(await graph.respond(ana.email, iCalUId, "accept")).toBe(true);
    expect(await answers()).toEqual(["accepted", "accepted"]);
    expect(await graph.respond(bea.email, iCalUId, "accept")).toBe(false);
    expect(await graph.respond(sender, iCalUId, "accept")).toBe(false);
    await call(`${events}/${id}/cancel`, { comment: "Sorry" });
    expect(await graph.respond(ana.email, iCalUId, "decline")).toBe(false);
  });
});

describe("the Graph stand-in's lists", () => {
  const window = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z";

  it("show a window of time in pages, and refuse one without ends", async () => {
    const { create, get } = await world();
    for (let n = 0; n < 12; n += 1) await create();
    await create({ start: time("2026-12-12T10:00:00"), end: time("2026-12-12T11:00:00") });
    const first = (await get(`users/${sender}/calendarView?${window}`)).body;
    const second = (await get(first["@odata.nextLink"].split("/v1.0/")[1])).body;
    expect([first.value.length, second.value.length, second["@odata.nextLink"]]).toEqual([10, 2, undefined]);
    expect(await get(`users/${sender}/calendarView`)).toMatchObject({ status: 400, code: "ErrorInvalidParameter" });
    const red = await get(`users/${sender}/events?$filter=colour eq 'red'`);
    expect(red).toMatchObject({ status: 400, code: "ErrorInvalidUrlQueryFilter" });
  });

  it("tell changes outside the window as removed, and refuse a mark that is too old", async () => {
    const { create, get, graph } = await world();
    const link = (body: any) => body["@odata.deltaLink"].split("/v1.0/")[1] as string;
    const first = await get(`users/${sender}/calendarView/delta?${window}`);
    const { id } = await create();
    const { id: later } = await create({ start: time("2027-01-12T10:00:00"), end: time("2027-01-12T11:00:00") });
    const { body } = await get(link(first.body));
    expect(body.value.map((event: any) => [event.id, event["@removed"]])).toEqual([
      [id, undefined],
      [later, { reason: "deleted" }],
    ]);
    graph.expireDeltas();
    expect(await get(link(body))).toMatchObject({ status: 410, code: "SyncStateNotFound" });
  });
});

describe("the Graph stand-in's free/busy", () => {
  const asked = (change: object = {}) => ({
    schedules: [ana.email.toUpperCase(), guest.email],
    startTime: time("2026-11-12T09:00:00", "UTC"),
    endTime: time("2026-11-12T13:00:00", "UTC"),
    availabilityViewInterval: 60,
    ...change,
  });

  it("has what calendars have and what was set, and an error for those who have no mailbox here", async () => {
    const { create, call, graph } = await world();
    await create();
    graph.setBusy(ana.email, [{ start: Date.UTC(2026, 10, 12, 12), end: Date.UTC(2026, 10, 12, 14) }]);
    const { value } = (await call(`users/${sender}/calendar/getSchedule`, asked())).body;
    expect(value[0].availabilityView).toBe("0112");
    expect(value[0].scheduleItems).toMatchObject([{ status: "tentative" }, { status: "busy" }]);
    expect(value[1]).toMatchObject({ scheduleId: guest.email, error: { responseCode: "ErrorMailRecipientNotFound" } });
  });

  it.each<[string, object]>([
    ["more than twenty people", { schedules: Array.from({ length: 21 }, (_, n) => `p${n}@example.org`) }],
    ["slots under five minutes", { availabilityViewInterval: 4 }],
    ["slots over a day", { availabilityViewInterval: 1441 }],
    ["more than 62 days", { endTime: time("2027-02-12T09:00:00") }],
    ["a time that ends before it starts", { endTime: time("2026-11-12T08:00:00") }],
  ])("isn't told for %s", async (_what, change) => {
    const { call } = await world();
    expect((await call(`users/${sender}/calendar/getSchedule`, asked(change))).status).toBe(400);
  });
});

describe("the Graph stand-in", () => {
  it("answers a batch with 200 whatever becomes of what it holds, four at once for a mailbox", async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let asked = 0;
    const { call, graph, events } = await world({
      people: async () => {
        asked += 1;
        // The first is the batch itself.
        if (asked > 1) await held;
        return people;
      },
    });
    const url = `/${events}`;
    const requests = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `${n}`, method: "GET", url }));
    const statuses = async (count: number): Promise<number[]> => {
      const { status, body } = await call("$batch", { requests: requests(count) });
      return [status, ...(body.responses ?? []).map((one: any) => one.status)];
    };
    // Those that are carried out wait until the others were refused.
    graph.onChange(() => (graph.log().filter(({ status }) => status === 429).length === 2 ? letGo() : undefined));
    expect((await statuses(6)).toSorted()).toEqual([200, 200, 200, 200, 200, 429, 429]);
    graph.failNext({ status: 429, retryAfter: 3 });
    expect(await statuses(2)).toEqual([200, 429, 200]);
    expect((await statuses(21))[0]).toBe(400);
    graph.failOn({ path: /batch$/ }, { status: 503 });
    expect(await statuses(1)).toEqual([503]);
  });

  it("lets requests fail by method and path", async () => {
    const { call, create, graph, events, get } = await world();
    graph.failOn({ method: "POST", path: /\/events$/ }, { status: 503, afterAccepting: true });
    expect((await get(events)).status).toBe(200);
    expect((await call(`users/${sender}/sendMail`, jsonMail(ana.email))).status).toBe(202);
    expect((await call(events, eventBody)).status).toBe(503);
    expect(graph.calendarOf(sender)).toHaveLength(1);
    expect((await create()).id).toEqual(expect.any(String));
  });

  it("tells whose calendar changed", async () => {
    const { create, graph } = await world();
    const changes: string[] = [];
    graph.onChange(({ person, what }) => changes.push(`${what} ${person ?? "nobody"}`));
    await create({ attendees: [to(ana)] });
    expect(changes).toEqual([
      `mail ${ana.objectId}`,
      "calendar nobody",
      `calendar ${ana.objectId}`,
      "traffic nobody",
    ]);
  });

  it("keeps calendars, marks, busy times and mails over a restart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "graph-"));
    try {
      const stateFile = join(folder, "state.jsonl");
      const { create, graph, get } = await world({ stateFile });
      const { iCalUId } = await create();
      await graph.respond(ana.email, iCalUId, "accept");
      graph.setBusy(bea.email, [{ start, end: start + 1 }]);
      const delta = await get(`users/${sender}/calendarView/delta?startDateTime=2026-11-01&endDateTime=2026-12-01`);
      const again = await world({ stateFile });
      for (const { email } of people) expect(again.graph.calendarOf(email)).toEqual(graph.calendarOf(email));
      expect(again.graph.mails()).toEqual(graph.mails());
      await again.graph.settleResponses();
      const news = await again.get(String(delta.body["@odata.deltaLink"]).split("/v1.0/")[1]!);
      expect(news.body.value).toMatchObject([{ iCalUId, attendees: [{ status: { response: "accepted" } }, {}] }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
