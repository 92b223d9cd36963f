import { afterEach, describe, expect, it } from "@jest/globals";
import { SignJWT, generateKeyPair } from "jose";
import {
  activitiesOf,
  ana,
  appId,
  bea,
  card,
  cardMessage,
  guest,
  newChat,
  stopAll,
  stranger,
  tenantId,
  textMessage,
  world,
} from "./connector-fixture.ts";

afterEach(stopAll);

describe("a bot's token", () => {
  it("is required, and must be the one that Entra signed", async () => {
    const { call, open } = await world();
    const chat = await open(ana);
    const { privateKey } = await generateKeyPair("RS256");
    const forged = await new SignJWT({ appid: appId, aud: "https://api.botframework.com" })
      .setProtectedHeader({ alg: "RS256" })
      .setExpirationTime("1h")
      .sign(privateKey);
    for (const header of ["", "Bearer nonsense", `Bearer ${forged}`]) {
      const answer = await call("POST", activitiesOf(chat), textMessage("Hello"), header);
      expect(answer).toMatchObject({ status: 401, body: { error: { code: "Unauthorized" } } });
    }
  });

  it("must be the registered app's own", async () => {
    const { newToken } = await world();
    const other = await world({ appId: "44444444-4444-4444-8444-444444444444" });
    const foreign = await other.call("POST", "v3/conversations", newChat(ana.objectId));
    expect(foreign).toMatchObject({ status: 401, body: { error: { code: "BotNotRegistered" } } });
    const elsewhere = await other.call("POST", "v3/conversations", newChat(ana.objectId), `Bearer ${await newToken()}`);
    expect(elsewhere).toMatchObject({ status: 401, body: { error: { code: "Unauthorized" } } });
  });

  it("must be meant for the Bot Connector, and not be over", async () => {
    const { call, userToken } = await world();
    const connector = "https://api.botframework.com";
    const ask = async (token: string) => {
      const { status } = await call("POST", "v3/conversations", newChat(ana.objectId), `Bearer ${token}`);
      return status;
    };
    expect(await ask(await userToken(connector, { appid: appId }))).toBe(201);
    expect(await ask(await userToken("api://tab", { appid: appId }))).toBe(401);
    expect(await ask(await userToken(connector, { appid: appId, exp: 1_700_000_000 }))).toBe(401);
  });

  it("still works after Entra rotated its keys, and stops working once the old key is withdrawn", async () => {
    const { call, rotateKeys, newToken } = await world();
    await rotateKeys();
    expect((await call("POST", "v3/conversations", newChat(ana.objectId))).status).toBe(201);
    await rotateKeys({ keepOld: false });
    expect((await call("POST", "v3/conversations", newChat(ana.objectId))).status).toBe(401);
    const fresh = `Bearer ${await newToken()}`;
    expect((await call("POST", "v3/conversations", newChat(ana.objectId), fresh)).status).toBe(201);
  });
});

describe("creating a conversation", () => {
  it("gives the same chat for the same person, by object id or by Teams' own id", async () => {
    const { call, open } = await world();
    const chat = await open(ana);
    expect(chat).toMatch(/^a:1/);
    const members = await call("GET", `v3/conversations/${encodeURIComponent(chat)}/members`);
    expect(members.body[0].id).toMatch(/^29:1/);
    const again = await call("POST", "v3/conversations", newChat(members.body[0].id));
    expect(again.body.id).toBe(chat);
    expect(await open(bea)).not.toBe(chat);
  });

  it.each([
    ["an e-mail address", newChat(ana.email)],
    ["a group", { ...newChat(ana.objectId), isGroup: true }],
    ["two members", { ...newChat(ana.objectId), members: [{ id: ana.objectId }, { id: bea.objectId }] }],
    ["no tenant", { ...newChat(ana.objectId), tenantId: undefined, channelData: {} }],
    ["another bot", { ...newChat(ana.objectId), bot: { id: tenantId } }],
    ["a first message", { ...newChat(ana.objectId), activity: textMessage("Hello") }],
  ])("is a Bad Argument for %s", async (_what, body) => {
    const { call } = await world();
    const answer = await call("POST", "v3/conversations", body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "Bad Argument" } } });
    expect(answer.body.error.message).toMatch(/^[^.]+[^]*\.$/);
  });

  it("is forbidden for people without the app, of another tenant, and in another tenant", async () => {
    const { call, connector } = await world();
    await connector.client(ana.objectId).uninstall();
    const elsewhere = { ...newChat(bea.objectId), tenantId: stranger.tenantId, channelData: {} };
    for (const body of [newChat(ana.objectId), newChat(guest.objectId), newChat(stranger.objectId), elsewhere]) {
      const answer = await call("POST", "v3/conversations", body);
      expect(answer).toMatchObject({ status: 403, body: { error: { code: "ForbiddenOperationException" } } });
    }
  });

  it("finds nobody by an object id that nobody has", async () => {
    const { call } = await world();
    expect(await call("POST", "v3/conversations", newChat(appId))).toMatchObject({ status: 404 });
  });
});

describe("sending, changing and deleting", () => {
  it("puts messages in the person's chat, each with an id of its own", async () => {
    const { call, open, connector } = await world({ now: () => Date.UTC(2026, 10, 2, 9) });
    const chat = await open(ana);
    const first = await call("POST", activitiesOf(chat), textMessage("Hello"));
    const second = await call("POST", `${activitiesOf(chat)}/12345`, cardMessage(card("Check-in")));
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.id).toMatch(/^\d{13}$/);
    expect(second.body.id).not.toBe(first.body.id);
    expect(connector.client(ana.objectId).messages()).toMatchObject([
      { id: first.body.id, from: "bot", text: "Hello", card: null, at: "2026-11-02T09:00:00.000Z" },
      { id: second.body.id, from: "bot", text: null, card: card("Check-in"), updatedAt: null },
    ]);
    expect(connector.client(bea.objectId).messages()).toEqual([]);
  });

  it("splits a text with a card into two messages and tells the id of neither", async () => {
    const { call, open, connector } = await world();
    const chat = await open(ana);
    const answer = await call("POST", activitiesOf(chat), { ...cardMessage(card("Check-in")), text: "Hello" });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({});
    expect(connector.client(ana.objectId).messages()).toMatchObject([{ text: "Hello" }, { card: card("Check-in") }]);
  });

  it("shows typing without keeping it", async () => {
    const { call, open, connector } = await world();
    const chat = await open(ana);
    const seen: string[] = [];
    connector.onChange(({ what }) => seen.push(what));
    expect((await call("POST", activitiesOf(chat), { type: "typing" })).status).toBe(201);
    expect(seen).toContain("typing");
    expect(connector.client(ana.objectId).messages()).toEqual([]);
  });

  it("changes a card in place, and deletes it", async () => {
    const { call, open, connector } = await world();
    const chat = await open(ana);
    const { body } = await call("POST", activitiesOf(chat), cardMessage(card("Before")));
    const update = await call("PUT", `${activitiesOf(chat)}/${body.id}`, cardMessage(card("After")));
    expect(update).toMatchObject({ status: 200, body: { id: body.id } });
    expect(connector.client(ana.objectId).messages()).toMatchObject([{ id: body.id, card: card("After") }]);
    expect(connector.client(ana.objectId).messages()[0]?.updatedAt).not.toBeNull();
    expect((await call("DELETE", `${activitiesOf(chat)}/${body.id}`)).status).toBe(200);
    expect(connector.client(ana.objectId).messages()).toEqual([]);
    const gone = await call("PUT", `${activitiesOf(chat)}/${body.id}`, cardMessage(card("After")));
    expect(gone).toMatchObject({ status: 404, body: { error: { code: "ActivityNotFoundInConversation" } } });
  });

  it("lets a bot change its own messages only", async () => {
    const { call, open, connector } = await world();
    const chat = await open(ana);
    await connector.client(ana.objectId).say("Mine");
    const id = connector.client(ana.objectId).messages()[0]?.id;
    for (const method of ["PUT", "DELETE"]) {
      const answer = await call(method, `${activitiesOf(chat)}/${id}`, textMessage("Yours"));
      expect(answer).toMatchObject({ status: 403, body: { error: { code: "NotEnoughPermissions" } } });
    }
  });

  it.each([
    ["without a type", { text: "Hello" }],
    ["of a type that a chat can't show", { type: "event", name: "x" }],
    ["with neither text nor card", { type: "message" }],
    ["with two cards", { type: "message", attachments: Array(2).fill(cardMessage(card("x")).attachments[0]) }],
    ["with another attachment", { type: "message", attachments: [{ contentType: "image/png", contentUrl: "x" }] }],
    ["with a card that Teams can't show", cardMessage(card("x", { version: "1.6" }))],
    ["that isn't JSON", "{"],
  ])("refuses an activity %s with one sentence why", async (_what, body) => {
    const { call, open } = await world();
    const answer = await call("POST", activitiesOf(await open(ana)), body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "Bad Argument" } } });
    expect(answer.body.error.message).toMatch(/^[A-Z][^\n]+\.$/);
  });

  it("refuses an activity of more than 100 KB as UTF-16, and takes one just below", async () => {
    const { call, open } = await world();
    const path = activitiesOf(await open(ana));
    const room = 51_200 - JSON.stringify(textMessage("")).length;
    expect((await call("POST", path, textMessage("x".repeat(room)))).status).toBe(201);
    for (const size of [room + 1, 2_000_000]) {
      const answer = await call("POST", path, textMessage("x".repeat(size)));
      expect(answer).toMatchObject({ status: 413, body: { error: { code: "MessageSizeTooBig" } } });
    }
  });

  it("knows no other addresses", async () => {
    const { call } = await world();
    expect(await call("GET", "v3/conversations")).toMatchObject({ status: 404 });
    expect(await call("GET", "v3/conversations/%ff/members")).toMatchObject({ status: 404 });
  });
});

describe("what a person does shows in the Connector's refusals", () => {
  it("as ConversationBlockedByUser, or as MessageWritesBlocked in its own shape, until they unblock", async () => {
    const { call, open, connector } = await world();
    const path = activitiesOf(await open(ana));
    const person = connector.client(ana.objectId);
    await person.block();
    expect(await call("POST", path, textMessage("Hello"))).toMatchObject({
      status: 403,
      body: { error: { code: "ConversationBlockedByUser" } },
    });
    await person.block("MessageWritesBlocked");
    const odd = await call("POST", path, textMessage("Hello"));
    expect(odd).toMatchObject({ status: 403, body: { errorCode: 209 } });
    expect(JSON.parse(odd.body.message)).toMatchObject({ subCode: "MessageWritesBlocked" });
    expect(person.messages()).toEqual([]);
    await person.unblock();
    expect((await call("POST", path, textMessage("Hello"))).status).toBe(201);
  });

  it("as BotNotInConversationRoster after they removed the app", async () => {
    const { call, open, connector } = await world();
    const chat = await open(ana);
    await connector.client(ana.objectId).uninstall();
    expect(await call("POST", activitiesOf(chat), textMessage("Hello"))).toMatchObject({
      status: 403,
      body: { error: { code: "BotNotInConversationRoster" } },
    });
  });

  it("as ConversationNotFound after they deleted the chat; a new one has another id", async () => {
    const { call, open, connector } = await world();
    const chat = await open(ana);
    await call("POST", activitiesOf(chat), textMessage("Old"));
    await connector.client(ana.objectId).deleteChat();
    expect(await call("POST", activitiesOf(chat), textMessage("Hello"))).toMatchObject({
      status: 404,
      body: { error: { code: "ConversationNotFound" } },
    });
    const next = await open(ana);
    expect(next).not.toBe(chat);
    expect((await call("POST", activitiesOf(next), textMessage("New"))).status).toBe(201);
    expect(connector.client(ana.objectId).messages()).toMatchObject([{ text: "New" }]);
  });
});

describe("the roster of a chat", () => {
  it("has the person with their account, whole, paged or alone", async () => {
    const { call, open } = await world();
    const base = `v3/conversations/${encodeURIComponent(await open(ana))}`;
    const expected = {
      aadObjectId: ana.objectId,
      email: ana.email,
      userPrincipalName: ana.email,
      tenantId,
      name: ana.name,
    };
    const members = await call("GET", `${base}/members`);
    expect(members.body).toMatchObject([expected]);
    expect((await call("GET", `${base}/pagedmembers?pageSize=10`)).body).toMatchObject({ members: [expected] });
    for (const id of [ana.objectId, members.body[0].id]) {
      expect((await call("GET", `${base}/members/${encodeURIComponent(id)}`)).body).toMatchObject(expected);
    }
    expect((await call("GET", `${base}/members/${bea.objectId}`)).status).toBe(404);
  });
});
