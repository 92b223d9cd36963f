import { afterEach, describe, expect, it } from "@jest/globals";
import { atMost } from "../../../src/adapters/graph/at-once.ts";
import { ana, bea, guest, people, tenantId } from "../../local/connector-fixture.ts";
import { notified, stopGraph } from "../../local/graph-fixture.ts";
import { Ana, answersOf, at, Bea, calendarWorld, draft, good, organiser } from "./calendar-world.ts";

afterEach(stopGraph);

const hours = (from: string, to: string) => ({
  start: Date.parse(`2026-11-${from}:00Z`),
  end: Date.parse(`2026-11-${to}:00Z`),
});

describe("free/busy through Graph", () => {
  it("tells when people are busy, and who can't be told about", async () => {
    const { calendar, graph, book } = await calendarWorld();
    graph.setBusy(ana.email, [hours("12T10:00", "12T11:00"), hours("20T10:00", "20T11:00")]);
    const { iCalUid } = await book({ attendees: [Ana, Bea] });
    await graph.respond(bea.email, iCalUid, "accept");
    const emails = [ana.email, bea.email, guest.email, "nobody@example.org"];
    const [from, to] = [at("2026-11-12T00:00:00Z"), at("2026-11-13T00:00:00Z")];
    const told = good(await calendar.freeBusy(organiser, emails, from, to));
    expect(told).toEqual(
      new Map<string, unknown>([
        [ana.email, [{ startsAt: at("2026-11-12T10:00:00Z"), endsAt: at("2026-11-12T11:00:00Z") }]],
        [bea.email, [{ startsAt: draft.startsAt, endsAt: draft.endsAt }]],
        [guest.email, "unknown"],
        ["nobody@example.org", "unknown"],
      ]),
    );
  });

  it("asks for any number of people over any time, in twenties and with four requests at once at most", async () => {
    const crowd = Array.from({ length: 170 }, (_, n) => ({ ...ana, objectId: `p${n}`, email: `p${n}@example.org` }));
    const { calendar, graph } = await calendarWorld({
      people: async () => {
        // Long enough for whatever else was sent to arrive.
        for (let n = 0; n < 50; n += 1) await new Promise((resolve) => setImmediate(resolve));
        return [...people, ...crowd];
      },
    });
    const wholeDay = { start: Date.UTC(2027, 0, 20), end: Date.UTC(2027, 0, 21) };
    graph.setBusy("p0@example.org", [hours("12T10:00", "12T11:00"), wholeDay]);
    const emails = crowd.map(({ email }) => email);
    const [from, to] = [at("2026-11-02T00:00:00Z"), at("2027-02-01T00:00:00Z")];
    const told = good(await calendar.freeBusy(organiser, emails, from, to));
    expect([...told.keys()]).toEqual(emails);
    expect(told.get("p0@example.org")).toHaveLength(2);
    expect(told.get("p169@example.org")).toEqual([]);
    expect(graph.log().map(({ status }) => status)).toEqual(Array.from({ length: 27 }, () => 200));
  });

  it("lets nobody take a place that somebody waits for", async () => {
    const turn = atMost(1);
    const done: number[] = [];
    const work = (n: number) => turn("a", async () => void done.push(n));
    await Promise.all([work(1), work(2), work(3).then(() => work(5)), work(4)]);
    await expect(turn("a", () => Promise.reject(new Error("oops")))).rejects.toThrow("oops");
    await work(6);
    expect(done).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("changes through Graph", () => {
  const year = { from: at("2026-11-01T00:00:00Z"), to: at("2027-11-01T00:00:00Z") };

  it("tells everything at first and then only what changed, over any number of pages", async () => {
    const { book, calendar, graph } = await calendarWorld();
    const events = [];
    for (let n = 0; n < 60; n += 1) events.push(await book({ transactionId: `${n}`, attendees: n === 0 ? [Ana] : [] }));
    const [one, two] = events;
    const first = good(await calendar.changes(organiser, year, null));
    expect(first.changed.map(({ id }) => id).toSorted()).toEqual(events.map(({ id }) => id).toSorted());
    expect(first.removed).toEqual([]);
    const quiet = good(await calendar.changes(organiser, year, first.mark));
    expect(quiet).toEqual({ changed: [], removed: [], mark: expect.any(String) });
    await graph.respond(ana.email, one!.iCalUid, "decline");
    await graph.settleResponses();
    good(await calendar.cancel(organiser, two!.id, ""));
    const { changed, removed } = good(await calendar.changes(organiser, year, quiet.mark));
    expect(changed.map(answersOf)).toEqual([{ [ana.email]: "declined" }]);
    expect([changed[0]!.id, ...removed]).toEqual([one!.id, two!.id]);
  });

  it.each<[string, (mark: string, expire: () => void) => string]>([
    ["too old", (mark, expire) => (expire(), mark)],
    ["damaged", () => "{"],
    ["about a shorter span", (mark) => mark.replace("2027-11-01", "2027-01-01")],
  ])("starts anew when the mark is %s", async (_what, spoil) => {
    const { book, calendar, graph } = await calendarWorld();
    const { id } = await book();
    const { mark } = good(await calendar.changes(organiser, year, null));
    const anew = good(await calendar.changes(organiser, year, spoil(mark, graph.expireDeltas)));
    expect(anew.changed.map((event) => event.id)).toEqual([id]);
  });

  it("goes to the configured server with the token, whatever server a mark names", async () => {
    const { book, calendar } = await calendarWorld();
    await book();
    const { mark } = good(await calendar.changes(organiser, year, null));
    expect(mark).not.toContain("127.0.0.1");
    const strange = mark.replace(/"link":"\//, `"link":"https://elsewhere.example/`);
    expect(good(await calendar.changes(organiser, year, strange)).changed).toHaveLength(1);
  });
});

describe("subscriptions through Graph", () => {
  it("brings news of every change of the organiser's events until it expires, and can be renewed", async () => {
    const { book, calendar, clock, graph } = await calendarWorld();
    const { got, url } = await notified();
    const wish = { notifyUrl: url, clientState: "secret", expiresAt: at("2027-01-01T00:00:00Z") };
    const subscription = good(await calendar.subscribe(organiser, wish));
    // No longer than Graph allows, and a little less.
    expect(subscription.expiresAt).toEqual(at("2026-11-08T08:59:00Z"));
    const event = await book();
    await graph.respond(ana.email, event.iCalUid, "accept");
    await graph.settleResponses();
    await graph.notifications.idle();
    expect(got.map(({ value: [one] }) => one.changeType)).toEqual(["created", "updated"]);
    expect(got[0].value[0]).toMatchObject({
      subscriptionId: subscription.id,
      clientState: "secret",
      tenantId,
      resourceData: { id: event.id },
      subscriptionExpirationDateTime: "2026-11-08T08:59:00.000Z",
    });
    clock.ms = Date.UTC(2026, 10, 8, 8);
    const renewed = good(await calendar.renew(subscription.id, at("2026-11-10T00:00:00Z")));
    expect(renewed).toEqual({ id: subscription.id, expiresAt: at("2026-11-10T00:00:00Z") });
    clock.ms = Date.UTC(2026, 10, 10, 1);
    good(await calendar.cancel(organiser, event.id, ""));
    await graph.notifications.idle();
    expect(got).toHaveLength(2);
    const gone = { ok: false, fault: { kind: "gone", detail: "404 ResourceNotFound" } };
    expect(await calendar.renew(subscription.id, at("2026-11-12T00:00:00Z"))).toEqual(gone);
  });

  it("is refused where nobody echoes the handshake", async () => {
    const { calendar } = await calendarWorld();
    const wish = { notifyUrl: "http://127.0.0.1:9/", clientState: "secret", expiresAt: at("2026-11-02T00:00:00Z") };
    const refused = { ok: false, fault: { kind: "refused", detail: "400 ValidationError" } };
    expect(await calendar.subscribe(organiser, wish)).toEqual(refused);
  });
});
