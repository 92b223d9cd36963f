import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { SignJWT } from "jose";
import { recordingLogger } from "../support/logger.ts";
import { everythingStored } from "./everything-stored.ts";
import { linkPage, type LinkPage, tokenIn } from "./link-page.ts";
import { admin, lead, manager, roster } from "./rosters.ts";
import { testApp, type TestApp } from "./test-app.ts";

const ana = "ana@example.org";
const ben = "ben@example.org";
const answer = { feeling: "busy", newPeople__link_worker: 7 };
const opening = "2026-11-24T09:30";
/** Ana keeps her account when her address changes. */
const account = { aad_object_id: "8d3f9f55-6a53-4b8f-a3a7-0c6c2f8c9d11" };
const others = [manager("Ben"), lead("Lea"), admin("Ada")];
const people = (email = ana) => roster(manager("Ana", { email, ...account }), ...others);
const wrong = { status: 401, body: { detail: expect.stringContaining("isn't a link of ours") } };
const over = { status: 410, body: { detail: expect.stringContaining("This link is over") } };

let app: TestApp;
let page: LinkPage;

/** A round in which everybody has got a link. */
beforeEach(async () => {
  app = await testApp({ now: opening, mail: true, installed: () => false, roster: people() });
  await app.openRound();
  page = app.page(ana);
});

const checkIns = async () => app.database.db.selectFrom("check_ins").selectAll().execute();
const submit = (delivery: string) => ({ action: { verb: "checkIn.submit", data: { delivery, ...answer } } });
const deliveryOf = async (email: string) => {
  const person = await app.store.read(app.network).roster.personByEmail(email);
  const rows = await app.database.db.selectFrom("deliveries").selectAll().execute();
  return rows.find((row) => row.recipient === person?.id)?.id ?? "";
};
const withToken = (token: string) => linkPage(app.url, token, app.settle);

describe("a token", () => {
  it("opens nothing when any part of it was changed", async () => {
    const [head = "", body = "", signature = ""] = page.token.split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const other = tokenIn(app.inbox(ben).at(-1)!).split(".");
    const changed = [
      `${head}.${body}.${signature.slice(0, -2)}${signature.endsWith("AA") ? "BB" : "AA"}`,
      `${head}.${encode({ ...claims, card: await deliveryOf(ben) })}.${signature}`,
      `${encode({ alg: "none" })}.${body}.`,
      `${encode({ alg: "none" })}.${body}.${signature}`,
      `${head}.${other[1] ?? ""}.${signature}`,
      `${head}.${body}.`,
      "a.b.c",
      "",
    ];
    for (const token of changed) expect(await withToken(token).open()).toMatchObject(wrong);
    for (const token of changed) expect(await withToken(token).renew()).toMatchObject(wrong);
  });

  it("opens nothing when it is signed with another key, or made for something else", async () => {
    const { id } = (await app.database.db.selectFrom("links").select("id").executeTakeFirst())!;
    const forged = await new SignJWT({ net: app.network, jti: id, aud: "respond" })
      .setProtectedHeader({ alg: "HS256" })
      .sign(new Uint8Array(32));
    expect(await withToken(forged).open()).toMatchObject(wrong);
    const key = (await app.database.db.selectFrom("signing_keys").select("secret").executeTakeFirst())!;
    const elsewhere = await new SignJWT({ net: app.network, jti: id, aud: "something else" })
      .setProtectedHeader({ alg: "HS256" })
      .sign(new Uint8Array(Buffer.from(key.secret, "base64url")));
    expect(await withToken(elsewhere).open()).toMatchObject(wrong);
  });

  it("can't be used without pause, each by itself", async () => {
    const opened = await Promise.all(Array.from({ length: 70 }, () => page.open()));
    expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(opened.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(60);
    expect((await app.page(ben).open()).status).toBe(200);
  });

  it("signs nobody in to anything else", async () => {
    for (const path of ["me", "me/data", "people", "settings", "check-in-rounds"]) {
      const { status } = await fetch(`${app.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${page.token}` } });
      expect(status).toBe(401);
    }
  });

  it("isn't read from the address, nor from an account's token", async () => {
    const inAddress = await fetch(`${app.url}/respond/api/card?token=${page.token}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(inAddress.status).toBe(401);
    expect(await withToken(await app.tokenOf("lea@example.org")).open()).toMatchObject(wrong);
  });

  it("reaches no log, and isn't kept", async () => {
    const { logger, lines } = recordingLogger();
    const logged = await testApp({ now: opening, mail: true, installed: () => false, roster: people(), logger });
    await logged.openRound();
    const own = logged.page(ana);
    await (await own.card()).press("Send", answer);
    await own.post("press", { action: { verb: "unknown", data: {} } });
    await own.renew();
    await withToken(`${own.token}x`).open();
    const [, , signature = own.token] = own.token.split(".");
    expect(lines.length).toBeGreaterThan(5);
    expect(JSON.stringify(lines)).not.toContain(signature);
    expect(JSON.stringify(lines)).not.toContain("ana@example.org");
    expect(await everythingStored(logged.database)).not.toContain(signature);
  });
});

describe("a link", () => {
  it("changes nothing by being opened, however and however often", async () => {
    const folder = mkdtempSync(join(tmpdir(), "steady-page-"));
    writeFileSync(join(folder, "index.html"), "<!doctype html><title>Page</title>");
    const served = await testApp({
      now: opening,
      mail: true,
      installed: () => false,
      roster: people(),
      http: { staticFolders: [{ path: "/respond/", dir: folder }] },
    });
    await served.openRound();
    const own = served.page(ana);
    const before = await everythingStored(served.database);
    for (const method of ["GET", "HEAD"]) {
      expect((await fetch(`${served.url}/respond/`, { method })).status).toBe(200);
      expect((await fetch(`${served.url}/respond/#${own.token}`, { method })).status).toBe(200);
      const asked = await fetch(`${served.url}/respond/api/card`, { method, headers: { authorization: `Bearer ${own.token}` } });
      expect([404, 405]).toContain(asked.status);
    }
    await own.open();
    await own.open();
    expect(await everythingStored(served.database)).toBe(before);
  });

  // Whose button each link presses stands in the table of access/links.ts.
  it("presses no button that isn't known, or that is pressed with nonsense", async () => {
    expect((await page.post("press", { action: { verb: "no.such", data: {} } })).status).toBe(409);
    expect((await page.post("press", { action: { verb: "checkIn.submit" } })).status).toBe(422);
    expect((await page.post("press", { action: { verb: "checkIn.submit", data: { delivery: "nonsense" } } })).body.reply.kind).toBe("refused");
  });

  it("takes nothing after the round has closed, by replay or otherwise", async () => {
    const press = submit(await deliveryOf(ana));
    expect((await page.post("press", press)).body.reply.kind).toBe("card");
    const [before] = await checkIns();
    const [round] = await app.store.read(app.network).rounds.page({ limit: 1, after: null });
    await app.api("lea@example.org", "POST", `check-in-rounds/${round?.id ?? ""}/close`);
    await app.settle();
    const replayed = await page.post("press", { action: { ...press.action, data: { ...press.action.data, feeling: "unsafe" } } });
    expect(replayed.body.reply).toMatchObject({ kind: "refused", text: expect.stringContaining("has closed, so nothing was changed") });
    expect((await checkIns())[0]).toEqual(before);
    // Closed early, the card says so for as long as the link holds; after that the link itself is over.
    expect((await page.card()).text).toContain("This check-in has closed");
    await app.moveTo("2026-12-08T17:01");
    expect(await page.open()).toMatchObject(over);
    expect(await page.post("press", press)).toMatchObject(over);
  });

  it("counts one answer however often the same press is sent", async () => {
    const press = submit(await deliveryOf(ana));
    await Promise.all([1, 2, 3].map(() => page.post("press", press)));
    expect(await checkIns()).toHaveLength(1);
  });

  it("is void once the roster has another address for the person, or the person has left", async () => {
    await app.importCsv(people());
    expect((await page.open()).status).toBe(200);
    await app.importCsv(people("ana.new@example.org"));
    expect(await page.open()).toMatchObject(over);
    expect(await page.post("press", submit(await deliveryOf("ana.new@example.org")))).toMatchObject(over);
    await app.importCsv(roster(...others));
    expect(await page.open()).toMatchObject({ status: 410, body: { detail: expect.stringContaining("This link no longer works") } });
  });

  it("is ended by its owner or by those who run the network, and by nobody else", async () => {
    const person = await app.store.read(app.network).roster.personByEmail(ana);
    const path = `people/${person?.id ?? ""}/links`;
    expect((await app.api(ben, "DELETE", path)).status).toBe(403);
    expect((await page.open()).status).toBe(200);
    expect(await app.api("ada@example.org", "DELETE", path)).toMatchObject({ status: 200, body: { revoked: 1 } });
    expect(await page.open()).toMatchObject(over);
    expect((await app.api(ana, "DELETE", path)).body).toEqual({ revoked: 0 });
    const log = await app.database.db.selectFrom("audit_log").select("action").where("action", "=", "links.revoke").execute();
    expect(log).toHaveLength(2);
  });

  it("isn't used by another site's page", async () => {
    const press = submit(await deliveryOf(ana));
    for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }]) {
      expect((await page.post("press", press, headers)).status).toBe(403);
    }
    const form = await fetch(`${app.url}/respond/api/press`, {
      method: "POST",
      headers: { "content-type": "text/plain", authorization: `Bearer ${page.token}` },
      body: JSON.stringify(press),
    });
    expect(form.status).toBe(415);
    const preflight = await fetch(`${app.url}/respond/api/press`, { method: "OPTIONS", headers: { origin: "https://evil.example" } });
    expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    expect(await checkIns()).toEqual([]);
    expect((await page.post("press", press, { origin: app.url, "sec-fetch-site": "same-origin" })).status).toBe(200);
  });
});

describe("a new link", () => {
  const later = ["2026-12-08T17:01", "2027-01-05T09:30"] as const;

  it("is sent for what is open now, to the address in the roster only, and ends the older one to the same card", async () => {
    await app.moveTo(...later);
    const current = app.page(ana);
    expect(app.inbox(ana)).toHaveLength(2);
    const asked = await page.renew();
    expect(asked).toMatchObject({ status: 200, body: { text: expect.stringContaining("the e-mail address that your network has for you") } });
    expect(app.inbox(ana)).toHaveLength(3);
    expect(app.graph.mails().filter((mail) => ![ana, ben].includes(mail.to.address))).toEqual([]);
    expect(await current.open()).toMatchObject(over);
    expect((await app.page(ana).open()).status).toBe(200);
  });

  it("goes to the address that the roster has by now, whoever asks for it", async () => {
    await app.importCsv(people("ana.new@example.org"));
    await page.renew();
    expect(app.inbox(ana)).toHaveLength(1);
    expect(app.inbox("ana.new@example.org")).toHaveLength(1);
    expect((await app.page("ana.new@example.org").open()).status).toBe(200);
  });

  it("says the same when nothing is open, and sends nothing", async () => {
    await app.moveTo("2026-12-08T17:01");
    const asked = await page.renew();
    expect(asked.status).toBe(200);
    expect(app.inbox(ana)).toHaveLength(1);
  });

  it("is sent three times a day at most, and the answer stays the same", async () => {
    const texts = new Set<string>();
    for (let n = 0; n < 6; n += 1) texts.add((await page.renew()).body.text);
    expect(texts.size).toBe(1);
    expect(app.inbox(ana)).toHaveLength(4);
    await app.moveTo("2026-11-25T10:00");
    await page.renew();
    expect(app.inbox(ana)).toHaveLength(5);
  });
});
