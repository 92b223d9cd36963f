import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ana, card, startBot, type Bot } from "./bot.ts";
import { objectId, startChannel, type Channel } from "./channel.ts";

let channel: Channel;
let bot: Bot;

beforeEach(async () => {
  channel = await startChannel();
  bot = await startBot(channel);
});
afterEach(async () => {
  await bot.close();
  await channel.close();
});

const said = () => channel.calls.map((call) => call.body["text"]);
const log = () => bot.logger.lines.join("\n");
const message = "application/vnd.microsoft.activity.message";
const chat = () => ({ conversationId: "chat-1", serviceUrl: channel.serviceUrl });

describe("a pressed button", () => {
  it("reaches its verb with the card's data, and the card in the answer takes the old one's place", async () => {
    const answer = await bot.press("count.submit", { verb: "count.submit", count: 7 });
    expect(answer).toMatchObject({
      status: 200,
      body: { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: card("Counted 7") },
    });
    expect(bot.handled).toEqual([{ count: 7 }]);
    expect(bot.contacts).toEqual([{ actor: ana, conversation: chat(), kind: "seen" }]);
    expect(channel.calls).toEqual([]);
  });

  it.each([
    ["count.text", {}, "Noted."],
    ["count.close", { count: 3 }, "This round is closed."],
    ["count.submit", { count: 11 }, "Give a count of up to 10."],
    ["count.submit", {}, "Give the count as a number."],
    ["count.lead", {}, "This button isn't meant for you, so nothing was changed."],
  ])("%s with %j is answered beside the card: %s", async (verb, data, text) => {
    const answer = await bot.press(verb, data);
    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200, type: message, value: text } });
    expect(bot.handled).toEqual([]);
  });

  it("is told to the application with what came of it, so that it can be recorded", async () => {
    await bot.press("count.submit", { count: 7 });
    await bot.press("count.submit", { count: 11 });
    await bot.press("count.close", {});
    await bot.press("count.lead", {});
    await bot.press("count.gone", {});
    expect(bot.deeds).toEqual(["count.submit done", "count.submit bad-data", "count.close refused", "count.lead forbidden"]);
  });

  it("that nobody knows, or that isn't one, gets an error in one sentence", async () => {
    const body = { statusCode: 400, type: "application/vnd.microsoft.error", value: { code: "BadRequest" } };
    expect(await bot.press("count.gone", {})).toMatchObject({ status: 200, body });
    const odd = channel.activity({ type: "invoke", name: "adaptiveCard/action", value: "x" });
    expect(await bot.post(odd)).toMatchObject({ status: 200, body });
  });

  it("whose handler fails gets a kind error, and the log has the activity but not the data", async () => {
    const answer = await bot.press("count.break", { note: "secret-word" });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        statusCode: 500,
        type: "application/vnd.microsoft.error",
        value: { message: "Something went wrong on our side. Please try again in a minute." },
      },
    });
    expect(answer.text).not.toContain("count");
    expect(log()).toContain("act-1");
    expect(log()).not.toContain("secret-word");
  });

  it("other than a card's is not implemented", async () => {
    expect((await bot.post(channel.activity({ type: "invoke", name: "composeExtension/query" }))).status).toBe(501);
  });
});

describe("a button of a client that has Action.Submit only", () => {
  it("changes the pressed card", async () => {
    const answer = await bot.submit({ verb: "count.submit", count: 7 }, "card-1");
    expect(answer).toMatchObject({ status: 200, text: "" });
    expect(bot.handled).toEqual([{ count: 7 }]);
    expect(channel.calls).toMatchObject([
      {
        method: "PUT",
        path: "/emea/v3/conversations/chat-1/activities/card-1",
        body: { attachments: [{ content: card("Counted 7") }] },
      },
    ]);
  });

  it("gets a new card when the pressed one is unknown or gone", async () => {
    await bot.submit({ verb: "count.submit", count: 7 });
    expect(channel.calls).toMatchObject([{ method: "POST", body: { attachments: [{ content: card("Counted 7") }] } }]);
    channel.calls.length = 0;
    channel.respondWith(({ method }) =>
      method === "PUT"
        ? { status: 404, body: { error: { code: "ActivityNotFoundInConversation" } } }
        : { status: 201, body: { id: "made-1" } },
    );
    await bot.submit({ verb: "count.submit", count: 7 }, "card-1");
    expect(channel.calls.map((call) => call.method)).toEqual(["PUT", "POST"]);
  });

  it.each([
    [{ verb: "count.close" }, "This round is closed."],
    [{ verb: "count.submit", count: 11 }, "Give a count of up to 10."],
    [{ verb: "count.gone" }, "This button isn't known any more. Please use the newest card in this chat."],
    [{ verb: "count.break" }, "Something went wrong on our side. Please try again in a minute."],
  ])("says what %j comes to in the chat", async (data, text) => {
    expect((await bot.submit(data, "card-1")).status).toBe(200);
    expect(said()).toEqual([text]);
  });
});

describe("a confidential button", () => {
  const ways: [string, (verb: string) => Promise<unknown>][] = [
    ["pressed", (verb) => bot.press(verb, { vote: "secret-word" })],
    ["of a client that has Action.Submit only", (verb) => bot.submit({ verb, vote: "secret-word" }, "card-1")],
  ];

  it("does what it says, and shows it", async () => {
    expect(await bot.press("vote.send", {})).toMatchObject({ body: { statusCode: 200, value: card("Voted") } });
    await bot.submit({ verb: "vote.send" }, "card-1");
    expect(channel.calls).toMatchObject([{ method: "PUT", body: { attachments: [{ content: card("Voted") }] } }]);
  });

  it.each(ways)("%s is logged without person, activity, or what tells it from the others", async (_, press) => {
    const logged = async (verb: string) => {
      bot.logger.lines.length = 0;
      await press(verb);
      return log();
    };
    const sent = await logged("vote.send");
    expect(sent).toMatch(/^turn \{"type":"(?:invoke|message)","name":"confidential","outcome":"taken"\}$/);
    expect(await logged("vote.skip")).toBe(sent);
    expect(bot.contacts).toEqual([]);
    expect(bot.deeds).toEqual([]);
  });

  it.each(ways)("%s that fails gets the apology, and the log has nothing of the person", async (_, press) => {
    await press("vote.break");
    expect(log()).toMatch(/^a turn failed \{"type":"(?:invoke|message)","error":\{"name":"Error"\}\}\nturn /);
    expect(log()).toContain('"name":"confidential","outcome":"failed"');
    expect(log()).not.toMatch(/person-ana|act-1|chat-1|vote|secret-word|router/);
  });

  it("whose sender can't be told from the roster leaves no more in the log", async () => {
    bot.knowNobody();
    await bot.press("vote.send", {});
    expect(log()).toBe('turn {"type":"invoke","name":"confidential","outcome":"taken"}');
  });

  it("says in the log that the apology couldn't be sent, and not to whom", async () => {
    channel.respondWith(() => ({ status: 503 }));
    await bot.submit({ verb: "vote.break" }, "card-1");
    expect(log()).toContain("the apology couldn't be sent");
    expect(log()).toContain('"detail":"503"');
    expect(log()).not.toMatch(/person-ana|act-1|chat-1|vote/);
  });

  it("takes no moment of the send rate, which is kept with its chat", async () => {
    await bot.submit({ verb: "count.submit", count: 7 }, "card-1");
    expect(bot.paced).toEqual(["chat-1"]);
    await bot.submit({ verb: "vote.send" }, "card-1");
    await bot.submit({ verb: "vote.break" }, "card-1");
    expect(bot.paced).toEqual(["chat-1"]);
  });
});

describe("a typed message", () => {
  it("is answered by its command, with a card or a text", async () => {
    await bot.say("<at>Bot</at> Away until Friday");
    expect(channel.calls).toMatchObject([
      {
        path: "/emea/v3/conversations/chat-1/activities/act-1",
        authorization: "Bearer bot-token",
        body: { type: "message", text: "Away until Friday.", replyToId: "act-1" },
      },
    ]);
    await bot.say("show");
    expect(channel.calls[1]?.body).toMatchObject({ attachments: [{ content: card("Shown") }] });
    expect(channel.calls[1]?.body).not.toHaveProperty("text");
  });

  it.each(["good morning", "", "&nbsp;"])("of unknown words (%j) gets a short help", async (text) => {
    await bot.say(text);
    expect(said()).toEqual([expect.stringContaining("I didn't understand that. You can type:\n\n- **my data**")]);
    expect(said()[0]).not.toContain("summary");
  });

  it("is told to the application when it was a command", async () => {
    for (const text of ["my data", "summary", "good morning"]) await bot.say(text);
    expect(bot.deeds).toEqual(["my data done", "summary forbidden"]);
  });

  it("of a command that is for others is told so", async () => {
    await bot.say("summary");
    expect(said()).toEqual([expect.stringMatching(/^"summary" isn't available to you\. You can type:/)]);
  });

  it("whose command fails gets an apology, without a trace of the failure", async () => {
    expect((await bot.say("break")).status).toBe(200);
    expect(said()).toEqual(["Something went wrong on our side. Please try again in a minute."]);
    expect(log()).not.toContain("secret-word");
  });

  it("is taken when even the apology can't be sent", async () => {
    channel.respondWith(() => ({ status: 503 }));
    expect((await bot.say("break")).status).toBe(200);
    expect(channel.calls).toHaveLength(1);
    expect(log()).toContain('"name":"ServiceRefusal","detail":"503"');
  });

  it("leaves neither its words nor the answer in the log, but who and what", async () => {
    await bot.say("away until the-wedding");
    expect(log()).toContain('"activity":"act-1","type":"message","person":"person-ana"');
    expect(log()).toMatch(/"name":"away until","outcome":"done","ms":\d+/);
    expect(log()).not.toContain("wedding");
  });
});

describe("who is there", () => {
  it.each([
    ["add", "add"],
    ["add-upgrade", "seen"],
    ["remove-upgrade", "seen"],
  ])("installation %s is told to the application, and its replies are sent", async (action, kind) => {
    bot.replyOnContact([{ kind: "card", card: card("Welcome") }, { kind: "text", text: "Hello." }]);
    await bot.post(channel.activity({ type: "installationUpdate", action }));
    expect(bot.contacts).toEqual([{ actor: ana, conversation: chat(), kind }]);
    expect(channel.calls).toHaveLength(2);
  });

  it("a removal is told, and nothing is sent any more", async () => {
    bot.replyOnContact([{ kind: "text", text: "Goodbye." }]);
    await bot.post(channel.activity({ type: "installationUpdate", action: "remove" }));
    expect(bot.contacts).toMatchObject([{ kind: "remove" }]);
    expect(channel.calls).toEqual([]);
  });

  it.each(["conversationUpdate", "typing", "messageReaction", "installationUpdate", "event"])(
    "%s without content is taken and ignored",
    async (type) => {
      expect(await bot.post(channel.activity({ type }))).toMatchObject({ status: 200, text: "" });
      expect(bot.contacts).toEqual([]);
      expect(channel.calls).toEqual([]);
    },
  );

  it("strangers are told so, in the chat and beside a card, and reach nothing", async () => {
    bot.knowNobody();
    await bot.say("my data");
    expect(said()).toEqual(["I don't know you yet."]);
    expect(await bot.press("count.submit", { count: 7 })).toMatchObject({
      body: { statusCode: 200, type: message, value: "I don't know you yet." },
    });
    expect(bot.contacts).toEqual([]);
    expect(bot.handled).toEqual([]);
  });

  it("strangers who remove the app are sent nothing", async () => {
    bot.knowNobody();
    await bot.post(channel.activity({ type: "installationUpdate", action: "remove" }));
    expect(channel.calls).toEqual([]);
  });

  it("people without an account are strangers", async () => {
    await bot.post(channel.activity({ text: "my data", from: { id: "29:someone" } }));
    expect(said()).toEqual(["I don't know you yet."]);
  });

  it("group chats get one sentence and no one's data", async () => {
    const conversation = { id: "19:group", conversationType: "groupChat", isGroup: true };
    await bot.post(channel.activity({ text: "my data", conversation }));
    expect(said()).toEqual(["I only work in a one-to-one chat. Please open one with me and try there."]);
    expect(bot.contacts).toEqual([]);
  });

  it("the sender's e-mail comes from the chat's members, in small letters", async () => {
    bot.askForEmail();
    channel.respondWith(({ method }) =>
      method === "GET"
        ? { status: 200, body: { id: "29:someone", name: "Ana", objectId, email: "Ana@Example.ORG" } }
        : { status: 201, body: { id: "made-1" } },
    );
    await bot.say("my data");
    expect(channel.calls[0]).toMatchObject({ path: "/emea/v3/conversations/chat-1/members/29%3Asomeone" });
    expect(bot.emails).toEqual(["ana@example.org"]);
    expect(said().at(-1)).toBe("Your data.");
  });

  it("there is no e-mail for somebody whom the chat doesn't have, and a busy service means try again", async () => {
    bot.askForEmail();
    const answerMembers = (status: number) => {
      channel.respondWith(({ method }) => (method === "GET" ? { status } : { status: 201, body: { id: "made-1" } }));
    };
    answerMembers(404);
    await bot.say("my data");
    expect(bot.emails).toEqual([null]);
    answerMembers(503);
    await bot.say("my data");
    expect(said().at(-1)).toBe("Something went wrong on our side. Please try again in a minute.");
  });
});
