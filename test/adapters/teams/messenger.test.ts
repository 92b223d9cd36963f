import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { createTeams, type TeamsAdapter } from "../../../src/adapters/teams/index.ts";
import { card, countingApp, memoryLogger, teamsOptions } from "./bot.ts";
import { appId, objectId, startChannel, tenantId, type Channel } from "./channel.ts";

let channel: Channel;
let teams: TeamsAdapter;

const create = (requestTimeoutMs = 15_000) =>
  createTeams({ ...teamsOptions(channel), requestTimeoutMs, logger: memoryLogger(), app: () => countingApp().app });

beforeAll(async () => {
  channel = await startChannel();
  teams = create();
});
beforeEach(() => {
  channel.calls.length = 0;
  channel.respondWith(() => ({ status: 201, body: { id: "made-1" } }));
});
afterAll(() => channel.close());

const chat = () => ({ conversationId: "a:chat/1", serviceUrl: channel.serviceUrl });
const hello = card("Hello");
const send = (to: TeamsAdapter = teams) => to.messenger.sendCard(chat(), hello, "A check-in is waiting");
const coded = (code: string) => ({ error: { code, message: "Some words about it." } });

describe("the messenger", () => {
  it("gets ready without asking the Connector anything, and without complaint where it gets no token", async () => {
    await teams.messenger.getReady();
    const credentials = { createCredentials: () => Promise.reject(new Error("No token today.")) };
    const without = createTeams({ ...teamsOptions(channel), credentials, logger: memoryLogger(), app: () => countingApp().app });
    await without.messenger.getReady();
    expect(channel.calls).toEqual([]);
  });

  it("opens a chat with a person of a tenant", async () => {
    const opened = await teams.messenger.open({ objectId, tenantId });
    expect(opened).toEqual({ ok: true, value: { conversationId: "made-1", serviceUrl: channel.serviceUrl } });
    expect(channel.calls).toEqual([
      {
        method: "POST",
        path: "/emea/v3/conversations",
        authorization: "Bearer bot-token",
        body: {
          isGroup: false,
          bot: { id: `28:${appId}` },
          members: [{ id: objectId }],
          tenantId,
          channelData: { tenant: { id: tenantId } },
        },
      },
    ]);
  });

  it("sends a card alone, with a notification and without text", async () => {
    const sent = await send();
    expect(sent).toEqual({ ok: true, value: { ...chat(), activityId: "made-1" } });
    expect(channel.calls[0]).toMatchObject({ method: "POST", path: "/emea/v3/conversations/a%3Achat%2F1/activities" });
    expect(channel.calls[0]?.body).toMatchObject({
      type: "message",
      from: { id: `28:${appId}` },
      summary: "A check-in is waiting",
      attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: hello }],
    });
    expect(channel.calls[0]?.body).not.toHaveProperty("text");
  });

  it("updates a card in place, also when the answer is empty", async () => {
    channel.respondWith(() => ({ status: 202 }));
    const updated = await teams.messenger.updateCard({ ...chat(), activityId: "act-7" }, hello);
    expect(updated).toEqual({ ok: true, value: null });
    expect(channel.calls[0]).toMatchObject({
      method: "PUT",
      path: "/emea/v3/conversations/a%3Achat%2F1/activities/act-7",
      body: { id: "act-7", attachments: [{ content: hello }] },
    });
  });

  it.each([
    [412, coded("PreconditionFailed"), { kind: "again", afterSeconds: null, detail: "412 PreconditionFailed" }],
    [429, coded("Throttled"), { kind: "again", afterSeconds: 7, detail: "429 Throttled", isTooFast: true }, { "retry-after": "7" }],
    [502, undefined, { kind: "again", afterSeconds: null, detail: "502" }],
    [503, undefined, { kind: "again", afterSeconds: 3, detail: "503" }, { "retry-after": "3" }],
    [504, undefined, { kind: "again", afterSeconds: null, detail: "504" }],
    [500, coded("ServiceError"), { kind: "unclear", detail: "500 ServiceError" }],
    [507, undefined, { kind: "unclear", detail: "507" }],
    [403, coded("ConversationBlockedByUser"), { kind: "blocked", detail: "403 ConversationBlockedByUser" }],
    [
      403,
      { errorCode: 209, message: JSON.stringify({ subCode: "MessageWritesBlocked", details: "Blocked." }) },
      { kind: "blocked", detail: "403 MessageWritesBlocked" },
    ],
    [
      403,
      { error: { code: "Forbidden", message: JSON.stringify({ subCode: "MessageWritesBlocked" }) } },
      { kind: "blocked", detail: "403 MessageWritesBlocked" },
    ],
    [403, coded("BotDisabledByAdmin"), { kind: "disabled", detail: "403 BotDisabledByAdmin" }],
    [403, coded("BotNotInConversationRoster"), { kind: "not-installed", detail: "403 BotNotInConversationRoster" }],
    [403, coded("ForbiddenOperationException"), { kind: "not-installed", detail: "403 ForbiddenOperationException" }],
    [403, coded("NotEnoughPermissions"), { kind: "not-installed", detail: "403 NotEnoughPermissions" }],
    [403, coded("SomethingNew"), { kind: "refused", detail: "403 SomethingNew" }],
    [404, coded("ConversationNotFound"), { kind: "conversation-gone", detail: "404 ConversationNotFound" }],
    [
      404,
      coded("ActivityNotFoundInConversation"),
      { kind: "message-gone", detail: "404 ActivityNotFoundInConversation" },
    ],
    [404, undefined, { kind: "refused", detail: "404" }],
    [413, coded("MessageSizeTooBig"), { kind: "too-big", detail: "413 MessageSizeTooBig" }],
    [400, coded("Bad Argument"), { kind: "refused", detail: "400 BadArgument" }],
    [401, coded("Unauthorized"), { kind: "again", afterSeconds: null, detail: "401 Unauthorized", at: "sign-in" }],
    [401, coded("BotNotRegistered"), { kind: "refused", detail: "401 BotNotRegistered" }],
    [408, undefined, { kind: "refused", detail: "408" }],
    [302, undefined, { kind: "refused", detail: "302" }, { location: "https://elsewhere.example/" }],
  ])("turns %i with %j into %j, after one request", async (...row) => {
    const [status, body, fault, headers] = row;
    channel.respondWith(() => ({ status, body, headers: { ...headers } }));
    expect(await send()).toEqual({ ok: false, fault });
    expect(channel.calls).toHaveLength(1);
    expect(await teams.messenger.updateCard({ ...chat(), activityId: "act-7" }, hello)).toEqual({ ok: false, fault });
    const isNo = fault.kind === "refused" && [400, 403, 404].includes(status);
    // Whether a chat was opened makes no difference to the next try.
    const other = fault.kind === "unclear" ? { ...fault, kind: "again", afterSeconds: null } : fault;
    const opening = isNo ? { ...fault, kind: "no-chat" } : other;
    expect(await teams.messenger.open({ objectId, tenantId })).toEqual({ ok: false, fault: opening });
    expect(channel.calls).toHaveLength(3);
  });

  it("never repeats what an error's words say, nor a code that looks like words", async () => {
    const error = { code: "Ana said so, loudly", message: "ana@example.org" };
    channel.respondWith(() => ({ status: 403, body: { error } }));
    expect(await send()).toEqual({ ok: false, fault: { kind: "refused", detail: "403" } });
  });

  it("sends once and says again when the connection is cut", async () => {
    channel.respondWith(() => "cut");
    expect(await send()).toEqual({ ok: false, fault: { kind: "again", afterSeconds: null, detail: "cut" } });
    expect(channel.calls).toHaveLength(1);
  });

  it("sends once and says again when a connection that was kept open is cut", async () => {
    await send();
    channel.respondWith(() => "cut");
    expect(await send()).toMatchObject({ ok: false, fault: { kind: "again", detail: "cut" } });
    expect(channel.calls).toHaveLength(2);
  });

  it("gives up on an answer that doesn't come, and says again", async () => {
    channel.respondWith(() => "hang");
    expect(await send(create(50))).toMatchObject({ ok: false, fault: { kind: "again", detail: "timed-out" } });
    expect(channel.calls).toHaveLength(1);
  });

  it("says that it isn't clear whether a message without an id arrived", async () => {
    channel.respondWith(() => ({ status: 201, body: {} }));
    expect(await send()).toMatchObject({ ok: false, fault: { kind: "unclear" } });
  });

  it("keeps back a card that Teams wouldn't take, measured as UTF-16", async () => {
    const big = card("é".repeat(50_000));
    const refused = { ok: false, fault: { kind: "too-big" } };
    expect(await teams.messenger.sendCard(chat(), big, "Hello")).toMatchObject(refused);
    expect(await teams.messenger.updateCard({ ...chat(), activityId: "act-7" }, big)).toMatchObject(refused);
    expect(channel.calls).toHaveLength(0);
    expect(await teams.messenger.sendCard(chat(), card("é".repeat(49_000)), "Hello")).toMatchObject({ ok: true });
  });

  it.each([
    [{ status: 401, body: { error: "invalid_client" } }, { kind: "not-signed-in", detail: "401 invalid_client" }],
    [{ status: 503 }, { kind: "again", afterSeconds: null, detail: "no token: 503", at: "sign-in" }],
    [{ status: 400, body: { error: "temporarily_unavailable" } }, { kind: "again", afterSeconds: null, detail: "no token: 400 temporarily_unavailable", at: "sign-in" }],
  ])("tells whether the sign-in service said no or was busy, and sends nothing (%j)", async (answer, fault) => {
    channel.answerTokensWith(answer);
    expect(await send(create())).toEqual({ ok: false, fault });
    expect(channel.calls).toHaveLength(0);
    channel.answerTokensWith({ status: 200, body: { access_token: "bot-token", expires_in: 3600 } });
  });
});
