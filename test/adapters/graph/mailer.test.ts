import { afterEach, describe, expect, it } from "@jest/globals";
import { createGraphClient, graphMailer } from "../../../src/adapters/graph/index.ts";
import { NoToken } from "../../../src/adapters/identity/client-credentials.ts";
import type { Mail } from "../../../src/features/deliveries/mailer.ts";
import type { GraphFault } from "../../../src/local/graph/index.ts";
import { ana } from "../../local/connector-fixture.ts";
import { graphWorld, sender, stopGraph } from "../../local/graph-fixture.ts";

afterEach(stopGraph);
const now = Date.UTC(2026, 10, 12, 10);

const link = `https://steady.example/respond/#${"aB3_-".repeat(40)}`;
const mail: Mail = {
  to: { name: "Zoë O’Brien-Łuczak", address: ana.email },
  replyTo: { name: "Jörg D'Arcy", address: "joerg@example.org" },
  fromName: "Steady, für Jörg D'Arcy",
  subject: "Your team’s check-in: Grüße, it's quick – 30 seconds",
  text: `Dear Zoë,\n\nIt's O’Brien's turn. ${"A long sentence that goes on. ".repeat(12)}\n${link}\n.\nFrom Jörg`,
  html: `<p>Dear Zoë,</p><p>It's O’Brien's <a href="${link}">turn</a></p>`,
  reference: "delivery 1/2",
};

async function mailerWorld(more: { requestTimeoutMs?: number; token?: () => Promise<string> } = {}) {
  const world = await graphWorld();
  const client = createGraphClient({ baseUrl: world.graph.url, token: world.token, ...more });
  return { ...world, mailer: graphMailer({ client, sender, now: () => now }) };
}

const accepted = { ok: true, value: null };
const plainLines = (text: string | null | undefined) => text?.replaceAll("\r\n", "\n").trimEnd();

describe("the mailer", () => {
  it("sends text and HTML, names and an address for answers, letter by letter", async () => {
    const { mailer, graph } = await mailerWorld();
    expect(await mailer.send(mail)).toEqual(accepted);
    const [received] = graph.inboxOf(ana.email);
    expect(received).toMatchObject({
      from: { name: mail.fromName, address: sender },
      to: mail.to,
      replyTo: mail.replyTo,
      subject: mail.subject,
      bounced: false,
    });
    expect(plainLines(received?.text)).toBe(mail.text);
    expect(plainLines(received?.html)).toBe(mail.html);
  });

  it("asks for answers to go to the sending mailbox when nobody's name is on the mail", async () => {
    const { mailer, graph } = await mailerWorld();
    expect(await mailer.send({ ...mail, replyTo: null })).toEqual(accepted);
    expect(graph.inboxOf(ana.email)[0]?.replyTo).toBeNull();
  });

  it("gives two tries at the same mail one Message-ID of the sender's domain, and other mails another", async () => {
    const { mailer, graph } = await mailerWorld();
    graph.failNext({ status: 500, afterAccepting: true });
    expect(await mailer.send(mail)).toMatchObject({ ok: false, fault: { kind: "unclear" } });
    await mailer.send(mail);
    await mailer.send({ ...mail, reference: "delivery 2/2" });
    const [first, second, other] = graph.inboxOf(ana.email).map(({ messageId }) => messageId);
    expect(first).toMatch(/^<[0-9a-f]{32}@network\.example>$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it("leaves long lines in one piece, in plain English too", async () => {
    const { mailer, graph } = await mailerWorld();
    const text = `Please answer here: ${link} - thank you. ${"More words. ".repeat(90)}`.trim();
    await mailer.send({ ...mail, text, html: `<p>${text}</p>` });
    const [received] = graph.inboxOf(ana.email);
    expect(plainLines(received?.text)).toBe(text);
    expect(plainLines(received?.html)).toBe(`<p>${text}</p>`);
  });

  it("lets nobody slip a line into the head of a mail", async () => {
    const { mailer, graph } = await mailerWorld();
    const sly = "x\r\nBcc: eve@example.org\r\n";
    await mailer.send({ ...mail, subject: sly, fromName: sly, reference: sly, to: { ...mail.to, name: sly } });
    expect(graph.mails().map(({ to }) => to.address)).toEqual([ana.email]);
  });
});

describe("a mail that wasn't sent", () => {
  const again = (detail: string, afterSeconds: number | null = null) => ({ kind: "again", afterSeconds, detail });
  const throttled = "ApplicationThrottled";
  const failed = "ErrorInternalServerError";
  const inTwoMinutes = new Date(now + 120_000).toUTCString();

  it.each<[string, GraphFault, object]>([
    ["429 with seconds", { status: 429, code: throttled, retryAfter: 30 }, again(`429 ${throttled}`, 30)],
    ["429 with a date", { status: 429, code: throttled, retryAfter: inTwoMinutes }, again(`429 ${throttled}`, 120)],
    ["412", { status: 412, code: "ErrorIrresolvableConflict" }, again("412 ErrorIrresolvableConflict")],
    ["502", { status: 502, code: "BadGateway" }, again("502 BadGateway")],
    ["503", { status: 503, code: "ServiceUnavailable", retryAfter: 2 }, again("503 ServiceUnavailable", 2)],
    ["504", { status: 504, code: "GatewayTimeout" }, again("504 GatewayTimeout")],
    ["a cut connection", { cut: true }, again("cut")],
    ["500", { status: 500, code: failed }, { kind: "unclear", detail: `500 ${failed}` }],
    ["403", { status: 403, code: "ErrorAccessDenied" }, { kind: "refused", detail: "403 ErrorAccessDenied" }],
    ["a code that says too much", { status: 400, code: "ana@example.org" }, { kind: "refused", detail: "400" }],
    ["a redirect", { status: 307 }, { kind: "refused", detail: "307 UnknownError" }],
  ])("says what to do about %s, and asks once", async (_what, fault, expected) => {
    const { mailer, graph } = await mailerWorld();
    graph.failNext(fault);
    expect(await mailer.send(mail)).toEqual({ ok: false, fault: expected });
    expect(graph.log()).toHaveLength(1);
    expect(graph.mails()).toEqual([]);
  });

  it("is given up after the time limit", async () => {
    const { mailer, graph } = await mailerWorld({ requestTimeoutMs: 50 });
    graph.failNext({ hang: true });
    expect(await mailer.send(mail)).toEqual({ ok: false, fault: again("timed-out") });
  });

  it.each<[string, Error, string]>([
    ["the reason that is known", new NoToken("503"), "no token: 503"],
    ["no words of others", new Error("AADSTS for ana@example.org"), "no token: the sign-in service didn't answer as it should"],
  ])("for want of a token is tried again, with %s", async (_what, error, detail) => {
    const { mailer, graph } = await mailerWorld({ token: () => Promise.reject(error) });
    expect(await mailer.send(mail)).toEqual({ ok: false, fault: { ...again(detail), at: "sign-in" } });
    expect(graph.log()).toEqual([]);
  });

  it("because the application isn't let in isn't tried again", async () => {
    const error = new NoToken("400 unauthorized_client", { isRefusal: true });
    const { mailer, graph } = await mailerWorld({ token: () => Promise.reject(error) });
    expect(await mailer.send(mail)).toEqual({ ok: false, fault: { kind: "not-signed-in", detail: "400 unauthorized_client" } });
    expect(graph.log()).toEqual([]);
  });

  it("is refused when the sender has no mailbox", async () => {
    const { graph, token } = await graphWorld({ mailboxes: [] });
    const mailer = graphMailer({ client: createGraphClient({ baseUrl: graph.url, token }), sender });
    expect(await mailer.send(mail)).toEqual({ ok: false, fault: { kind: "refused", detail: "404 ErrorInvalidUser" } });
  });
});
