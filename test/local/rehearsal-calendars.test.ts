import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AddressInfo } from "node:net";
import { restify } from "../../src/adapters/http/restify.ts";
import type { Answering, GraphChange, OwnEvent } from "../../src/local/graph/index.ts";
import { mountCalendars } from "../../src/local/rehearsal/calendars.ts";
import { eventStream } from "../../src/local/rehearsal/events.ts";
import { mailboxView, organiserKey, organiserMailbox } from "../../src/local/rehearsal/organiser.ts";

const orla = { objectId: "o1", tenantId: "t1", name: "Órla Byrne", email: "orla@example.org", external: true };
const meeting: OwnEvent = {
  iCalUId: "E1",
  subject: "Network meeting",
  startsAt: "2027-01-14T10:00:00.000Z",
  endsAt: "2027-01-14T11:30:00.000Z",
  zone: "Europe/London",
  joinUrl: "https://teams.example/join",
  body: "<p>Agenda</p>",
  organiser: { name: "", address: "meetings@example.org" },
  isOrganiser: false,
  isCancelled: false,
  answer: "none",
  others: null,
  attendees: [],
};

describe("the calendars that Rehearsal shows", () => {
  const server = restify.createServer({ name: "" });
  const given: [string, string, Answering][] = [];
  let url: string;

  beforeAll(async () => {
    mountCalendars(server, {
      graph: {
        calendarOf: (address) => (address === orla.email ? [meeting] : []),
        respond: async (address, iCalUId, how) => {
          given.push([address, iCalUId, how]);
          return iCalUId === meeting.iCalUId;
        },
      },
      account: async (key) => (key === orla.objectId ? orla : null),
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/rehearsal/api/people`;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)));
  beforeEach(() => void given.splice(0));
  const respond = async (key: string, body: object) => {
    const response = await fetch(`${url}/${key}/calendar/respond`, { method: "POST", body: JSON.stringify(body) });
    return response.status;
  };

  it("tells what is in somebody's calendar", async () => {
    const response = await fetch(`${url}/o1/calendar`);
    expect(await response.json()).toMatchObject({ items: [{ iCalUId: "E1", answer: "none" }] });
    expect((await fetch(`${url}/nobody/calendar`)).status).toBe(404);
  });

  it.each(["accept", "tentativelyAccept", "decline"] as const)("answers with %s as that person", async (response) => {
    expect(await respond("o1", { iCalUId: "E1", response })).toBe(200);
    expect(given).toEqual([[orla.email, "E1", response]]);
  });

  it("says when there is nothing to answer, and takes nothing that isn't an answer", async () => {
    expect(await respond("o1", { iCalUId: "E2", response: "accept" })).toBe(409);
    expect(await respond("nobody", { iCalUId: "E1", response: "accept" })).toBe(404);
    given.splice(0);
    expect(await respond("o1", { iCalUId: "E1", response: "perhaps" })).toBe(400);
    expect(given).toEqual([]);
  });
});

describe("the mailbox that owns the meetings", () => {
  it("is shown as one that is nobody's", () => {
    const mailbox = organiserMailbox("meetings@example.org", [orla]);
    expect(mailbox && mailboxView(mailbox)).toMatchObject({
      key: organiserKey,
      email: "meetings@example.org",
      installed: "mailbox",
      role: "",
    });
  });

  it("isn't shown a second time when it is a person's own", () => {
    expect(organiserMailbox("Orla@Example.org", [orla])).toBeNull();
  });
});

describe("the events that Rehearsal listens to", () => {
  it("say whose calendar or mails changed, and name the organiser's where it is nobody's", async () => {
    const server = restify.createServer({ name: "" });
    const closing = new AbortController();
    let tell: (change: GraphChange) => void = () => undefined;
    const connector = { onChange: () => () => undefined };
    const onChange = (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    };
    server.get("/events", eventStream({ connector, graph: { onChange } }, closing.signal));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const response = await fetch(`http://127.0.0.1:${(server.server.address() as AddressInfo).port}/events`);
    tell({ person: "o1", what: "calendar" });
    tell({ person: null, what: "calendar" });
    tell({ person: null, what: "mail" });
    tell({ person: null, what: "traffic" });
    closing.abort();
    const events = [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ""));
    await new Promise<void>((resolve) => server.close(resolve));
    expect(events).toEqual([
      { type: "calendar", person: "o1" },
      { type: "calendar", person: organiserKey },
      { type: "mail", person: organiserKey },
      { type: "log" },
    ]);
  });
});
