import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AddressInfo } from "node:net";
import { restify } from "../../src/adapters/http/restify.ts";
import type { ReceivedMail } from "../../src/local/graph/index.ts";
import { mergedLog } from "../../src/local/rehearsal/log.ts";
import { mailPage } from "../../src/local/rehearsal/mail-page.ts";
import { createMails, type Mails } from "../../src/local/rehearsal/mails.ts";

const orla = { objectId: "o1", tenantId: "t1", name: "Órla Byrne", email: "orla@example.org", external: true };

function mail(id: string, html: string | null): ReceivedMail {
  const to = { name: orla.name, address: orla.email };
  const from = { name: "A network", address: "steady@example.org" };
  const words = { subject: `Mail ${id}`, text: "Hello", html };
  const rest = { replyTo: null, messageId: null, bounced: false, kind: "mail", event: null } as const;
  return { id, at: "2026-11-02T09:00:00Z", from, to, ...words, ...rest };
}

describe("the inboxes that Rehearsal shows", () => {
  const inbox = [mail("a", "<p>Hello</p>"), mail("b", null)];
  const server = restify.createServer({ name: "" });
  let mails: Mails;
  let url: string;

  beforeAll(async () => {
    mails = createMails({
      graph: { inboxOf: (address) => (address === orla.email ? inbox : []) },
      account: async (key) => (key === orla.objectId ? orla : null),
    });
    mails.mount(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/rehearsal/api/people`;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)));
  const get = (path: string) => fetch(`${url}/${path}`);

  it("lists the newest mail first and knows which were opened", async () => {
    expect(mails.countsOf(orla)).toEqual({ mails: 2, unreadMails: 2 });
    await fetch(`${url}/o1/mails/b/read`, { method: "POST" });
    expect(mails.countsOf(orla)).toEqual({ mails: 2, unreadMails: 1 });
    expect(await (await get("o1/mails")).json()).toMatchObject({
      items: [
        { id: "b", read: true, hasHtml: false },
        { id: "a", read: false, hasHtml: true },
      ],
    });
  });

  it("serves a mail's HTML under a policy that lets nothing in, to this server's own page only", async () => {
    const response = await get("o1/mails/a/body");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    );
    expect(await response.text()).toBe('<!doctype html><base target="_blank"><p>Hello</p>');
  });

  it.each(["nobody/mails", "o1/mails/c/body", "o1/mails/b/body", "nobody/mails/a/body"])("has no %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

describe("the page that a mail's HTML becomes", () => {
  it("keeps the mail's doctype first and puts the base into its head", () => {
    expect(mailPage('<!DOCTYPE html><html lang="en"><head class="x"><title>A</title></head><header>$&</header>')).toBe(
      '<!DOCTYPE html><html lang="en"><head class="x"><base target="_blank"><title>A</title></head><header>$&</header>',
    );
    const bare = mailPage("<html><body>A</body></html>");
    expect(bare).toBe('<!doctype html><html><base target="_blank"><body>A</body></html>');
  });
});

describe("a log of several stand-ins", () => {
  let connector: { n: number; at: number; of: string }[];
  let graph: typeof connector;
  let log: () => readonly (typeof connector)[number][];

  beforeEach(() => {
    connector = [];
    graph = [];
    log = mergedLog([() => connector, () => graph]);
  });
  const after = (n: number) => log().filter((entry) => entry.n > n).map(({ of }) => of);

  it("is in the order of time and numbers its entries once", () => {
    connector.push({ n: 1, at: 10, of: "card" }, { n: 2, at: 30, of: "update" });
    graph.push({ n: 1, at: 20, of: "mail" });
    expect(log()).toEqual([
      { n: 1, at: 10, of: "card" },
      { n: 2, at: 20, of: "mail" },
      { n: 3, at: 30, of: "update" },
    ]);
    expect(log()).toHaveLength(3);
  });

  it("gives a reader who asks for what came later neither gaps nor repeats, even for what began earlier", () => {
    connector.push({ n: 1, at: 30, of: "card" });
    expect(after(0)).toEqual(["card"]);
    graph.push({ n: 1, at: 20, of: "slow mail" });
    expect(after(1)).toEqual(["slow mail"]);
    connector.push({ n: 2, at: 40, of: "update" });
    expect(after(2)).toEqual(["update"]);
  });

  it("goes on when a stand-in has forgotten its oldest entries, and forgets its own", () => {
    for (let n = 1; n <= 700; n += 1) {
      connector = [{ n, at: n, of: "card" }];
      graph = [{ n, at: n, of: "mail" }];
      log();
    }
    expect(log()).toHaveLength(1000);
    expect(log().at(-1)?.n).toBe(1400);
  });
});
