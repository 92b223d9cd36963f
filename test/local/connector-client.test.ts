import { afterEach, describe, expect, it } from "@jest/globals";
import type { ConnectorChange } from "../../src/local/connector/index.ts";
import {
  activitiesOf,
  ana,
  appId,
  bea,
  card,
  cardMessage,
  guest,
  stopAll,
  stranger,
  tenantId,
  world,
  type World,
} from "./connector-fixture.ts";

afterEach(stopAll);

async function sendCard({ call, open }: World): Promise<string> {
  const { body } = await call("POST", activitiesOf(await open(ana)), cardMessage(card("Check-in")));
  return body.id as string;
}
const invokeAnswer = (type: string, value: unknown, statusCode = 200) => ({
  status: 200,
  body: { statusCode, type: `application/vnd.microsoft.${type}`, value },
});
const execute = { type: "Action.Execute", verb: "checkIn.submit", data: { delivery: "d1", load: "x" } } as const;

describe("what a person says", () => {
  it("reaches the bot as Teams would send it", async () => {
    const { connector, received, open } = await world({ now: () => Date.UTC(2026, 6, 6, 8) });
    const outcome = await connector.client(ana.objectId).say("help <me>");
    expect(outcome).toEqual({ status: 200, kind: "none" });
    expect(received).toMatchObject([
      {
        type: "message",
        text: "help <me>",
        channelId: "msteams",
        serviceUrl: connector.serviceUrl,
        from: { id: expect.stringMatching(/^29:1/), aadObjectId: ana.objectId, name: ana.name },
        recipient: { id: `28:${appId}` },
        conversation: { id: await open(ana), conversationType: "personal", tenantId },
        channelData: { tenant: { id: tenantId } },
        locale: "en-GB",
        timestamp: "2026-07-06T08:00:00.000Z",
        localTimestamp: "2026-07-06T09:00:00.000+01:00",
        attachments: [{ contentType: "text/html", content: "<p>help &lt;me&gt;</p>" }],
      },
    ]);
    const [message] = connector.client(ana.objectId).messages();
    expect(message).toMatchObject({ id: received[0]?.["id"], from: "person", text: "help <me>" });
  });

  it("isn't possible without the app, with the app blocked, or for nobody", async () => {
    const { connector, received } = await world({ installedFromStart: ({ objectId }) => objectId === bea.objectId });
    await connector.client(bea.objectId).block();
    for (const who of [ana.objectId, bea.objectId, guest.objectId, appId]) {
      expect(await connector.client(who).say("Hello")).toMatchObject({ kind: "error", text: expect.any(String) });
      expect(connector.client(who).messages()).toEqual([]);
    }
    expect(received).toEqual([]);
  });

  it("says so when the bot refuses it or isn't there", async () => {
    const failing = await world();
    failing.answer(() => ({ status: 503 }));
    expect(await failing.connector.client(ana.objectId).say("Hello")).toMatchObject({ status: 503, kind: "error" });
    const alone = await world({ botEndpoint: () => "http://127.0.0.1:9/api/messages" });
    expect(await alone.connector.client(ana.objectId).say("Hello")).toMatchObject({ status: 0, kind: "error" });
  });
});

describe("installing", () => {
  it("tells the bot twice, and once more when the app is removed", async () => {
    const { connector, received } = await world({ installedFromStart: () => false });
    const person = connector.client(ana.objectId);
    expect(await person.install()).toEqual({ status: 200, kind: "none" });
    expect(received).toMatchObject([
      { type: "conversationUpdate", membersAdded: [{ id: `28:${appId}` }] },
      { type: "installationUpdate", action: "add", from: { aadObjectId: ana.objectId } },
    ]);
    await person.install();
    expect(received).toHaveLength(2);
    await person.uninstall();
    expect(received[2]).toMatchObject({ type: "installationUpdate", action: "remove" });
    expect(await connector.facts(ana.objectId)).toMatchObject({ installed: false });
  });

  it("isn't possible for people of another tenant", async () => {
    const { connector, received } = await world();
    for (const person of [guest, stranger]) {
      expect(await connector.client(person.objectId).install()).toMatchObject({ status: 403, kind: "error" });
      expect(await connector.facts(person.objectId)).toMatchObject({ installed: false });
    }
    expect(received).toEqual([]);
  });
});

describe("pressing an Action.Execute", () => {
  it("sends an invoke with the button's data and the inputs, and shows the answered card in place", async () => {
    const all = await world();
    const id = await sendCard(all);
    all.answer(() => invokeAnswer("card.adaptive", card("Thank you")));
    const outcome = await all.connector.client(ana.objectId).press(id, execute, { load: "busy", open: "4" });
    expect(outcome).toEqual({ status: 200, kind: "card" });
    expect(all.received).toMatchObject([
      {
        type: "invoke",
        name: "adaptiveCard/action",
        replyToId: id,
        value: {
          action: {
            type: "Action.Execute",
            verb: "checkIn.submit",
            data: { delivery: "d1", load: "busy", open: "4" },
          },
          trigger: "manual",
        },
      },
    ]);
    expect(all.connector.client(ana.objectId).messages()).toMatchObject([{ id, card: card("Thank you") }]);
  });

  it("shows a message or an error, and leaves the card as it is", async () => {
    const all = await world();
    const id = await sendCard(all);
    const person = all.connector.client(ana.objectId);
    all.answer(() => invokeAnswer("activity.message", "Noted."));
    expect(await person.press(id, execute)).toEqual({ status: 200, kind: "message", text: "Noted." });
    all.answer(() => invokeAnswer("error", { code: "400", message: "Too many." }, 400));
    expect(await person.press(id, execute)).toEqual({ status: 400, kind: "error", text: "Too many." });
    all.answer(() => ({ status: 500, body: {} }));
    expect(await person.press(id, execute)).toMatchObject({ status: 500, kind: "error" });
    all.answer(() => ({ status: 200, body: { done: true } }));
    expect(await person.press(id, execute)).toMatchObject({ kind: "error" });
    all.answer(() => invokeAnswer("card.adaptive", card("x", { version: "1.6" })));
    expect(await person.press(id, execute)).toMatchObject({ kind: "error", text: expect.stringContaining("1.5") });
    expect(person.messages()).toMatchObject([{ id, card: card("Check-in"), updatedAt: null }]);
  });

  it("sends the same invoke once more when the bot is slow, and takes the second answer", async () => {
    const all = await world({ invokeTimeoutMs: 300 });
    const id = await sendCard(all);
    const { promise: never } = Promise.withResolvers<{ status: number }>();
    all.answer(() => (all.received.length === 1 ? never : invokeAnswer("card.adaptive", card("Thank you"))));
    expect(await all.connector.client(ana.objectId).press(id, execute)).toEqual({ status: 200, kind: "card" });
    expect(all.received).toHaveLength(2);
    expect(all.received[1]).toEqual(all.received[0]);
  });

  it("gives up after the second time", async () => {
    const all = await world({ invokeTimeoutMs: 50 });
    const id = await sendCard(all);
    const { promise: never } = Promise.withResolvers<{ status: number }>();
    all.answer(() => never);
    expect(await all.connector.client(ana.objectId).press(id, execute)).toMatchObject({ status: 504, kind: "error" });
  });

  it("isn't possible on a card that isn't there", async () => {
    const all = await world();
    const id = await sendCard(all);
    expect(await all.connector.client(bea.objectId).press(id, execute)).toMatchObject({ status: 404, kind: "error" });
    expect(all.received).toEqual([]);
  });
});

describe("pressing an Action.Submit", () => {
  it("sends a message with a value and without a text", async () => {
    const all = await world();
    const id = await sendCard(all);
    const action = { type: "Action.Submit", data: { verb: "checkIn.submit" } } as const;
    expect(await all.connector.client(ana.objectId).press(id, action, { open: "4" })).toMatchObject({ kind: "none" });
    const value = { verb: "checkIn.submit", open: "4" };
    expect(all.received).toMatchObject([{ type: "message", replyToId: id, value }]);
    expect(all.received[0]).not.toHaveProperty("text");
    expect(all.connector.client(ana.objectId).messages()).toHaveLength(1);
  });
});

describe("watching the Connector", () => {
  it("tells listeners what changed, for whom, until they stop", async () => {
    const all = await world();
    const seen: ConnectorChange[] = [];
    const stop = all.connector.onChange((change) => seen.push(change));
    const id = await sendCard(all);
    const person = all.connector.client(ana.objectId);
    await person.block();
    await person.unblock();
    await person.deleteChat();
    stop();
    await person.say("Hello");
    expect(seen.filter(({ what }) => what !== "traffic")).toEqual([
      { person: ana.objectId, what: "message", id },
      { person: ana.objectId, what: "blocked" },
      { person: ana.objectId, what: "unblocked" },
      { person: ana.objectId, what: "chat-deleted" },
    ]);
  });

  it("keeps a log of both directions without any content", async () => {
    const all = await world();
    await sendCard(all);
    await all.connector.client(ana.objectId).say("a secret");
    const log = all.connector.log();
    expect(log).toMatchObject([
      { direction: "from-bot", method: "POST", kind: "create", person: ana.objectId, status: 201 },
      { direction: "from-bot", method: "POST", kind: "send", person: ana.objectId, status: 201 },
      { direction: "to-bot", path: "/api/messages", kind: "message", person: ana.objectId, status: 200 },
    ]);
    expect(JSON.stringify(log)).not.toContain("secret");
    expect(all.connector.counts()).toEqual({
      requests: 2,
      throttled: 0,
      byKind: { create: 1, send: 1 },
      byStatus: { 201: 2 },
    });
  });

  it("keeps the last 500 entries and counts all", async () => {
    const all = await world({ limits: { perTenant: [] } });
    for (let i = 0; i < 505; i += 1) await all.call("GET", "v3/nothing");
    expect(all.connector.log().map(({ n }) => n)).toEqual(Array.from({ length: 500 }, (_, i) => i + 6));
    expect(all.connector.counts()).toMatchObject({ requests: 505, byKind: { other: 505 }, byStatus: { 404: 505 } });
  });
});
