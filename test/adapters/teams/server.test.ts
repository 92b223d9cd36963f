import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { createTeams } from "../../../src/adapters/teams/index.ts";
import { countingApp, memoryLogger, startBot, teamsOptions, type Bot } from "./bot.ts";
import { appId, startChannel, tenantId, type Channel, type TokenOptions } from "./channel.ts";

let channel: Channel;
let bot: Bot;

beforeAll(async () => {
  channel = await startChannel();
  bot = await startBot(channel);
});
afterAll(async () => {
  await bot.close();
  await channel.close();
});

const json = { "content-type": "application/json" };
const past = Math.floor(Date.now() / 1000) - 600;
const nested = (depth: number): unknown => (depth === 0 ? 1 : { in: nested(depth - 1) });

/** Runs an attack and makes sure that it reached nothing and printed nothing. */
async function unnoticed(attack: () => Promise<{ status: number; text: string }>) {
  const printed = [jest.spyOn(console, "error"), jest.spyOn(console, "warn"), jest.spyOn(console, "log")];
  const before = { calls: channel.calls.length, contacts: bot.contacts.length };
  const answer = await attack();
  expect({ calls: channel.calls.length, contacts: bot.contacts.length }).toEqual(before);
  for (const spy of printed) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
  return answer;
}

describe("the door for activities", () => {
  it("lets in an activity with the channel's own token", async () => {
    const answer = await bot.say("my data");
    expect(answer.status).toBe(200);
    expect(channel.calls.at(-1)?.body["text"]).toBe("Your data.");
  });

  it.each([
    ["no token", undefined],
    ["no bearer", "Basic YWJj"],
    ["a token that isn't one", "Bearer abc"],
    ["a token without a signature's algorithm", `Bearer ${btoa('{"alg":"none"}').replaceAll("=", "")}.e30.e30`],
  ])("refuses a request with %s", async (_name, authorization) => {
    const headers: Record<string, string> = authorization === undefined ? json : { ...json, authorization };
    const answer = await unnoticed(() => bot.postRaw(JSON.stringify(channel.activity({ text: "my data" })), headers));
    expect(answer.status).toBe(401);
  });

  it.each<[string, object, TokenOptions]>([
    ["forged", {}, { forged: true }],
    ["expired for ten minutes", { exp: past }, {}],
    ["not valid yet", { nbf: Math.floor(Date.now() / 1000) + 3600 }, {}],
    ["without an end", { exp: undefined }, {}],
    ["meant for another bot", { aud: "other-app" }, {}],
    ["from another issuer", { iss: "https://api.botframework.com" }, {}],
    ["of the emulator", { iss: `https://sts.windows.net/${tenantId}/`, tid: tenantId, ver: "1.0", appid: appId }, {}],
    ["for another service URL", { serviceurl: "https://elsewhere.example/" }, {}],
    ["for no service URL", { serviceurl: undefined }, {}],
    ["signed by another channel's key", {}, { key: "web" }],
    ["signed by a key that is for no channel", {}, { key: "nobody" }],
    ["signed by a key that doesn't say for which channel", {}, { key: "unsaid" }],
    ["signed by a key that nobody knows", {}, { kid: "nobody-knows" }],
  ])("refuses a token that is %s", async (_name, claims, options) => {
    const token = await channel.token({ ...claims }, options);
    const answer = await unnoticed(() => bot.post(channel.activity({ text: "my data" }), token));
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(token);
  });

  it("accepts a token that ran out within the five minutes of tolerance", async () => {
    const token = await channel.token({ exp: Math.floor(Date.now() / 1000) - 60 });
    expect((await bot.post(channel.activity({ text: "my data" }), token)).status).toBe(200);
  });

  it.each([
    ["no type", { type: undefined }, 400],
    ["a type that isn't text", { type: 7 }, 400],
    ["no service URL", { serviceUrl: undefined }, 400],
    ["a service URL that the token doesn't name", { serviceUrl: "https://elsewhere.example/" }, 401],
    ["a service URL that isn't on the web", { serviceUrl: "file:///etc/passwd" }, 400],
    ["no channel", { channelId: undefined }, 400],
    ["the channel that botbuilder checks elsewhere", { channelId: "AseChannel" }, 400],
    ["the channel in other letters", { channelId: "MSTeams" }, 400],
    ["no conversation", { conversation: undefined }, 400],
    ["no sender", { from: {} }, 400],
    ["no tenant", { channelData: {}, conversation: { id: "chat-1" } }, 400],
    ["another tenant", { channelData: { tenant: { id: "other" } } }, 403],
    ["another tenant's conversation", { conversation: { id: "chat-1", tenantId: "other" } }, 403],
  ])("refuses an activity with %s", async (_name, properties, status) => {
    const answer = await unnoticed(() => bot.post(channel.activity({ text: "my data", ...properties })));
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(/^\{"message":"[^\n]+"\}$/);
  });

  it.each([
    ["a list", "[]"],
    ["a number", "7"],
    ["nothing", ""],
    ["half an object", '{"type":'],
  ])("refuses a body that is %s", async (_name, body) => {
    const authorization = `Bearer ${await channel.token()}`;
    const answer = await unnoticed(() => bot.postRaw(body, { ...json, authorization }));
    expect(answer).toMatchObject({ status: 400, body: { message: "The body must be a JSON object." } });
  });

  it("refuses a body that isn't JSON by its type, or is compressed", async () => {
    const body = JSON.stringify(channel.activity());
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json-patch+json", "multipart/form-data; boundary=x", ""]) {
      expect([type, (await unnoticed(() => bot.postRaw(body, { "content-type": type }))).status]).toEqual([type, 415]);
    }
    expect((await unnoticed(() => bot.postRaw(body, { ...json, "content-encoding": "gzip" }))).status).toBe(415);
  });

  it("refuses a body above 256 KB, announced or not", async () => {
    const body = JSON.stringify(channel.activity({ text: "x".repeat(300_000) }));
    expect((await unnoticed(() => bot.postRaw(body, json))).status).toBe(413);
    const stream = new Blob([body]).stream();
    const init = { method: "POST", headers: json, body: stream, duplex: "half" } as RequestInit;
    expect((await fetch(bot.address, init)).status).toBe(413);
  });

  it("refuses nesting above 32 levels, however deep", async () => {
    expect((await bot.post(channel.activity({ value: nested(31) }))).status).toBe(200);
    expect((await unnoticed(() => bot.post(channel.activity({ value: nested(32) })))).status).toBe(400);
    const deep = `{"value":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect((await unnoticed(() => bot.postRaw(deep, json))).status).toBe(400);
  });

  it("answers 503 while the channel's keys can't be had, and works again when they can", async () => {
    const other = await startChannel();
    const its = await startBot(other);
    other.hideKeys(true);
    expect((await its.post(other.activity({ text: "my data" }))).status).toBe(503);
    expect(its.contacts).toEqual([]);
    other.hideKeys(false);
    expect((await its.post(other.activity({ text: "my data" }))).status).toBe(200);
    await its.close();
    await other.close();
  });

  it("asks for keys once however many tokens name one that nobody knows, and rests when it can't have them", async () => {
    const other = await startChannel();
    const its = await startBot(other, { keyRestMs: 60_000 });
    const say = async (options?: { kid: string }) => (await its.post(other.activity({ text: "my data" }), await other.token({}, options))).status;
    expect(await say()).toBe(200);
    // Where the keys are, and the keys.
    expect(other.keyFetches()).toBe(2);
    for (let n = 0; n < 5; n += 1) expect(await say({ kid: `nobody-knows-${n}` })).toBe(401);
    expect(other.keyFetches()).toBe(2);

    const down = await startChannel();
    const waiting = await startBot(down, { keyRestMs: 60_000 });
    down.hideKeys(true);
    for (let n = 0; n < 5; n += 1) expect((await waiting.say("my data")).status).toBe(503);
    expect(down.keyFetches()).toBe(1);
    for (const part of [its, waiting, other, down]) await part.close();
  });

  it("refuses to exist without an app id or a tenant", () => {
    const { app } = countingApp();
    const options = { ...teamsOptions(channel), logger: memoryLogger(), app: () => app };
    expect(() => createTeams({ ...options, appId: "" })).toThrow(expect.objectContaining({ code: "configuration" }));
    expect(() => createTeams({ ...options, allowedTenants: [] })).toThrow("allowedTenants");
  });
});
