import { mkdtempSync, rmSync } from "node:fs";
import { request as plainRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startGraph } from "../../src/local/graph/index.ts";
import { ana, bea, guest, people, stranger, tenantId } from "./connector-fixture.ts";
import { graphWorld, jsonMail, mimeMail, sender, stopGraph } from "./graph-fixture.ts";

afterEach(stopGraph);
const sendPath = `users/${sender}/sendMail`;

describe("the Graph stand-in's sendMail", () => {
  it("puts a mail in JSON into the inbox of each recipient", async () => {
    const at = Date.UTC(2026, 10, 12, 10);
    const { call, graph } = await graphWorld({ now: () => at });
    const mail = jsonMail(ana.email.toUpperCase(), {
      ccRecipients: [{ emailAddress: { address: bea.email } }],
      replyTo: [{ emailAddress: { address: "lead@example.org", name: "Lead" } }],
    });
    const answer = await call(sendPath, mail);
    expect([answer.status, answer.body]).toEqual([202, null]);
    expect(graph.inboxOf(bea.email)).toHaveLength(1);
    expect(graph.inboxOf(ana.email)).toEqual([
      {
        id: expect.any(String),
        at: "2026-11-12T10:00:00.000Z",
        from: { name: "", address: sender },
        replyTo: { name: "Lead", address: "lead@example.org" },
        to: { name: "Somebody", address: ana.email.toUpperCase() },
        subject: "Hello",
        text: "How are you?",
        html: null,
        messageId: null,
        bounced: false,
        kind: "mail",
        event: null,
      },
    ]);
  });

  it("takes a MIME message in base64, and sends from a person's mailbox by object id too", async () => {
    const { callMime, graph } = await graphWorld();
    expect((await callMime(sender, mimeMail(ana.email))).status).toBe(202);
    expect((await callMime(bea.objectId, mimeMail(ana.email, bea.email))).status).toBe(202);
    const [first, second] = graph.inboxOf(ana.email);
    expect(first).toMatchObject({ from: { name: "Network", address: sender }, messageId: "<1@network.example>" });
    expect(first?.text?.trim()).toBe("How are you?");
    expect(second?.from.address).toBe(bea.email);
  });

  it("reaches people outside the tenant, and takes a mail to nobody as one that will bounce", async () => {
    const { call, graph } = await graphWorld();
    expect((await call(sendPath, jsonMail(guest.email))).status).toBe(202);
    expect((await call(sendPath, jsonMail("nobody@example.org"))).status).toBe(202);
    expect(graph.inboxOf(guest.email)).toHaveLength(1);
    expect(graph.inboxOf("nobody@example.org")).toEqual([]);
    expect(graph.mails().map(({ bounced }) => bounced)).toEqual([false, true]);
  });

  it.each([
    ["an unknown sender", "users/nobody@example.org/sendMail", jsonMail(ana.email), 404, "ErrorInvalidUser"],
    ["a sender of another tenant", `users/${stranger.email}/sendMail`, jsonMail(ana.email), 404, "ErrorInvalidUser"],
    ["a guest as sender", `users/${guest.email}/sendMail`, jsonMail(ana.email), 404, "MailboxNotEnabledForRESTAPI"],
    ["a mail without recipients", sendPath, jsonMail(ana.email, { toRecipients: [] }), 400, "ErrorInvalidRecipients"],
    ["an address that is none", sendPath, jsonMail("ana at home"), 400, "ErrorInvalidRecipients"],
    ["JSON without a message", sendPath, { saveToSentItems: true }, 400, "ErrorInvalidRequest"],
    ["what isn't JSON", sendPath, "{", 400, "BadRequest"],
    [
      "another mailbox as From",
      sendPath,
      jsonMail(ana.email, { from: { emailAddress: { address: bea.email } } }),
      403,
      "ErrorSendAsDenied",
    ],
  ])("refuses %s", async (_what, path, body, status, code) => {
    const { call, graph } = await graphWorld();
    expect(await call(path, body)).toMatchObject({ status, code });
    expect(graph.mails()).toEqual([]);
  });

  it("refuses MIME that isn't base64, has no recipient, or comes from another mailbox", async () => {
    const { call, callMime } = await graphWorld();
    const plain = { "content-type": "text/plain" };
    const refused = { status: 400, code: "ErrorMimeContentInvalidBase64String" };
    expect(await call(sendPath, mimeMail(ana.email), plain)).toMatchObject(refused);
    expect(await call(sendPath, "QUJ", plain)).toMatchObject(refused);
    expect(await callMime(sender, "Subject: Hello\n\nHow are you?")).toMatchObject({ code: "ErrorInvalidRecipients" });
    expect(await callMime(sender, mimeMail(ana.email, bea.email))).toMatchObject({
      status: 403,
      code: "ErrorSendAsDenied",
    });
  });

  it("refuses other media types, other methods and other addresses", async () => {
    const { call } = await graphWorld();
    expect((await call(sendPath, "x", { "content-type": "text/html" })).status).toBe(400);
    expect(await call(sendPath, undefined, {}, "GET")).toMatchObject({ status: 400, code: "BadRequest" });
    const answer = await call("me/planner", {});
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toBe("Resource not found for the segment 'planner'.");
    expect((await call("users/%E0%A4%A/sendMail", {})).status).toBe(400);
  });

  it("throttles the fifth request at once of one mailbox", async () => {
    let waiting = 0;
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let allThere: () => void = () => undefined;
    const four = new Promise<void>((resolve) => (allThere = resolve));
    const { call } = await graphWorld({
      people: async () => {
        waiting += 1;
        if (waiting === 4) allThere();
        if (waiting <= 4) await held;
        return people;
      },
    });
    const first = [1, 2, 3, 4].map(() => call(sendPath, jsonMail(ana.email)));
    await Promise.race([four, Promise.all(first)]);
    const fifth = await call(sendPath, jsonMail(ana.email));
    expect(fifth).toMatchObject({ status: 429, code: "ApplicationThrottled" });
    expect(fifth.headers.get("retry-after")).toBe("1");
    letGo();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect((await call(sendPath, jsonMail(ana.email))).status).toBe(202);
  });
});

describe("the Graph stand-in's token check", () => {
  it("refuses a request without a token in the shape of Graph's errors", async () => {
    const { call } = await graphWorld({ now: () => Date.UTC(2026, 10, 12, 10) });
    const answer = await call(sendPath, jsonMail(ana.email), { authorization: "" });
    expect(answer.status).toBe(401);
    const id = answer.headers.get("request-id");
    expect(answer.body).toEqual({
      error: {
        code: "InvalidAuthenticationToken",
        message: "Access token is empty.",
        innerError: { date: "2026-11-12T10:00:00", "request-id": id, "client-request-id": id },
      },
    });
  });

  it("refuses a token for another service, of another tenant, altered, or expired", async () => {
    let now = Date.now();
    const { call, token, otherToken, entra } = await graphWorld({ clock: { now: () => now } });
    const good = await token();
    const [head = "", claims = "", signature = ""] = good.split(".");
    const foreign = await entra.issueUserToken(ana.objectId, {
      audience: "https://graph.microsoft.com",
      overrides: { tid: stranger.tenantId, roles: ["Mail.Send"] },
    });
    const tokens = [
      await otherToken({ scope: "https://api.botframework.com" }),
      foreign,
      `${head}.${claims}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`,
    ];
    for (const bad of tokens) {
      const answer = await call(sendPath, jsonMail(ana.email), { authorization: `Bearer ${bad}` });
      expect(answer).toMatchObject({ status: 401, code: "InvalidAuthenticationToken" });
    }
    now += 3_600_000;
    expect((await call(sendPath, jsonMail(ana.email), { authorization: `Bearer ${good}` })).status).toBe(401);
  });

  it("refuses an app without the permission to send, and a person's own token", async () => {
    const { call, otherToken, powerless, entra, graph } = await graphWorld();
    const own = await entra.issueUserToken(ana.objectId, { audience: "https://graph.microsoft.com" });
    for (const bad of [await otherToken({ clientId: powerless }), own]) {
      const answer = await call(sendPath, jsonMail(ana.email), { authorization: `Bearer ${bad}` });
      expect(answer).toMatchObject({ status: 403, code: "ErrorAccessDenied" });
    }
    expect(graph.mails()).toEqual([]);
  });

  it("goes on working when Entra changes its keys", async () => {
    const { call, otherToken, entra } = await graphWorld();
    expect((await call(sendPath, jsonMail(ana.email))).status).toBe(202);
    await entra.rotateKeys({ keepOld: false });
    const fresh = { authorization: `Bearer ${await otherToken({})}` };
    expect((await call(sendPath, jsonMail(ana.email), fresh)).status).toBe(202);
    expect((await call(sendPath, jsonMail(ana.email))).status).toBe(401);
  });
});

describe("the Graph stand-in", () => {
  it("refuses web pages and foreign host names", async () => {
    const { call, graph } = await graphWorld();
    expect((await call(sendPath, {}, { origin: "https://evil.example" })).code).toBe("Forbidden");
    const status = await new Promise((resolve, reject) => {
      const foreign = { host: "evil.example" };
      const options = { method: "POST", headers: foreign, servername: "localhost", ca: graph.certificate };
      const asked = plainRequest(`${graph.url}/v1.0/${sendPath}`, options, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject).end();
    });
    expect(status).toBe(403);
  });

  it("keeps mails over a restart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "graph-"));
    try {
      const stateFile = join(folder, "new", "mails.jsonl");
      const { call, graph, entra } = await graphWorld({ stateFile });
      await call(sendPath, jsonMail(ana.email));
      const again = await startGraph({
        entra,
        tenantId,
        people: () => Promise.resolve(people),
        mailboxes: [],
        stateFile,
      });
      await again.close();
      expect(again.mails()).toHaveLength(1);
      expect(again.mails()).toEqual(graph.mails());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("tells of mails and requests, and lists requests without content", async () => {
    const { call, graph } = await graphWorld({ now: () => 1000 });
    const changes: unknown[] = [];
    const stop = graph.onChange((change) => changes.push(change));
    await call(sendPath, jsonMail(ana.email));
    const [mail] = graph.mails();
    expect(changes).toEqual([
      { person: ana.objectId, what: "mail", id: mail?.id },
      { person: ana.objectId, what: "traffic" },
    ]);
    stop();
    await call("me", {});
    expect(changes).toHaveLength(2);
    const common = { at: 1000, direction: "from-bot", method: "POST", ms: expect.any(Number) };
    expect(graph.log()).toEqual([
      { ...common, n: 1, path: `/v1.0/${sendPath}`, person: ana.objectId, kind: "mail", status: 202 },
      { ...common, n: 2, path: "/v1.0/me", kind: "other", status: 400 },
    ]);
  });

  it("fails on demand, as often as asked, and without hiding that it took the mail", async () => {
    const { call, graph } = await graphWorld();
    graph.failNext({ status: 503, code: "ServiceUnavailable", retryAfter: 7 }, 2);
    graph.failNext({ status: 500, afterAccepting: true });
    graph.failNext({ cut: true, afterAccepting: true });
    for (let i = 0; i < 2; i += 1) {
      const answer = await call(sendPath, jsonMail(ana.email));
      expect(answer).toMatchObject({ status: 503, code: "ServiceUnavailable" });
      expect(answer.headers.get("retry-after")).toBe("7");
    }
    expect(graph.mails()).toHaveLength(0);
    expect((await call(sendPath, jsonMail(ana.email))).status).toBe(500);
    expect(graph.mails()).toHaveLength(1);
    await expect(call(sendPath, jsonMail(ana.email))).rejects.toThrow();
    expect(graph.mails()).toHaveLength(2);
    expect(graph.log().map(({ status }) => status)).toEqual([503, 503, 500, 0]);
    expect((await call(sendPath, jsonMail(ana.email))).status).toBe(202);
  });
});
