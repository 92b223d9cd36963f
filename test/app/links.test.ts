import { expect, it } from "@jest/globals";
import { tendDeliveries } from "../../src/features/deliveries/use-cases.ts";
import { checkInCardSources } from "../../src/features/check-ins/card-sources.ts";
import { silent } from "../support/logger.ts";
import { fateOf } from "./ledger.ts";
import { tokenIn } from "./link-page.ts";
import { lead, manager, member, roster } from "./rosters.ts";
import { testApp, type TestAppOptions } from "./test-app.ts";

const opening = "2026-11-24T09:30";
const ana = "ana@example.org";
const ben = "ben@example.org";
const bySelf = { feeling: "busy", newPeople__link_worker: 7 };

/** Ana is out of Teams' reach unless told otherwise; Ben and Lea are in it. */
function network(options: Partial<TestAppOptions> = {}, anas: Parameters<typeof manager>[1] = {}) {
  return testApp({
    now: opening,
    mail: true,
    installed: ({ email }) => email !== ana,
    roster: roster(manager("Ana", anas), manager("Ben"), lead("Lea")),
    ...options,
  });
}

const byMail = (why: string) => `delivered: ${why} Sent as a link by e-mail.`;

it("mails a link to somebody for whom the app isn't installed, and says so in the ledger", async () => {
  const app = await network();
  const round = await app.openRound();
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual([byMail("The app isn't installed in Teams for Ana.")]);
  expect(app.inbox(ana)).toHaveLength(1);
  expect(app.inbox(ben)).toHaveLength(0);
  expect(await app.cards(ben)).toHaveLength(1);
  expect(await app.counts(round)).toEqual({ intended: 2, delivered: 2, failed: 0, skipped: 0, pending: 0 });
});

it("mails a link to somebody whose account isn't known, and to a guest for whom Teams has no chat", async () => {
  const app = await network({}, { aad_object_id: "", tenant_id: "" });
  const round = await app.openRound();
  const why = "No Microsoft account is known for Ana yet; it is linked when they first meet the bot.";
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual([byMail(why)]);

  const guests = await testApp({
    now: opening,
    mail: true,
    installed: () => false,
    roster: roster(manager("Gus", { external: "yes", tenant_id: "c2b7d9e4-6a13-4f58-8b20-9e47d1a5f362" }), lead("Lea")),
  });
  const guestRound = await guests.openRound();
  expect(await fateOf(guests, "lea@example.org", guestRound, "Gus")).toEqual([byMail("The app isn't installed in Teams for Gus.")]);
});

it("asks Teams first for people whom the roster calls external: that is a hint and no verdict", async () => {
  const app = await network({ installed: () => true }, { external: "yes" });
  const round = await app.openRound();
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual(["delivered"]);
  expect(app.inbox(ana)).toHaveLength(0);
});

it("falls back once when somebody blocks the bot, and comes back to Teams when they unblock it", async () => {
  const app = await network({ installed: () => true });
  await app.openRound();
  await (await app.client(ana)).block();
  await app.moveTo("2026-12-08T17:01", "2027-01-05T09:30");
  const [second] = await app.store.read(app.network).rounds.page({ limit: 1, after: null });
  if (second === undefined) throw new Error("no second round");
  expect(await fateOf(app, "lea@example.org", second.id, "Ana")).toEqual([byMail("Ana has blocked the bot in Teams.")]);
  expect(app.inbox(ana)).toHaveLength(1);
  await (await app.client(ana)).unblock();
  await app.say(ana, "help");
  expect(app.inbox(ana)).toHaveLength(1);
  await app.moveTo("2027-01-19T17:01", "2027-02-16T09:30");
  const [third] = await app.store.read(app.network).rounds.page({ limit: 1, after: null });
  expect(await fateOf(app, "lea@example.org", third?.id ?? "", "Ana")).toEqual(["delivered"]);
  expect(app.inbox(ana)).toHaveLength(1);
});

it("falls back when an admin has switched the bot off, and tries Teams first the next time", async () => {
  const app = await network({ installed: () => true });
  const person = await app.accountOf(ana);
  const match = (request: { kind: string; person?: string }) => request.kind === "send" && request.person === person;
  app.connector.faults.add({ match, respond: { status: 403, code: "BotDisabledByAdmin" }, times: 1 });
  const round = await app.openRound();
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual([byMail("An admin has switched the bot off in Teams.")]);
  await app.moveTo("2026-12-01T09:30");
  expect(app.inbox(ana)).toHaveLength(1);
  expect((await app.cards(ana)).map((card) => card.text.split("\n")[0])).toEqual(["Reminder: how is your caseload?"]);
});

it("falls back when somebody's chat is gone and can't be opened anew", async () => {
  const app = await network({ installed: () => true });
  await app.say(ana, "help");
  await (await app.client(ana)).deleteChat();
  const person = await app.accountOf(ana);
  const match = (request: { kind: string; person?: string }) => request.kind === "send" && request.person === person;
  app.connector.faults.add({ match, respond: { status: 404, code: "ConversationNotFound" } });
  const round = await app.openRound();
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual([byMail("Teams couldn't reach Ana.")]);
});

it.each([
  [400, "Bad Argument"],
  [403, "PreconditionFailed"],
  [404, "NotFound"],
] as const)("falls back when Teams opens no chat and doesn't say why (%i %s)", async (status, code) => {
  const app = await network({ installed: () => true });
  const person = await app.accountOf(ana);
  const match = (request: { kind: string; person?: string }) => request.kind === "create" && request.person === person;
  app.connector.faults.add({ match, respond: { status, code } });
  const round = await app.openRound();
  expect(app.inbox(ana)).toHaveLength(1);
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual([byMail("Teams couldn't reach Ana.")]);
});

it("says in the ledger that no chat could be opened, when no mailbox is set", async () => {
  const app = await network({ installed: () => true, mail: false });
  app.connector.faults.add({ match: ({ kind }) => kind === "create", respond: { status: 404, code: "NotFound" } });
  const round = await app.openRound();
  const why = "Teams couldn't open a chat with Ana. No mailbox is set to send links from.";
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual([`failed: ${why}`]);
});

it("falls back when the app was removed", async () => {
  const app = await network({ installed: () => true });
  await (await app.client(ana)).install();
  await (await app.client(ana)).uninstall();
  await app.settle();
  const round = await app.openRound();
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual([byMail("The app isn't installed in Teams for Ana.")]);
  expect(app.inbox(ana)).toHaveLength(1);
});

it("says who can't be reached and why while no mailbox is set, and mails them once there is one", async () => {
  const app = await network({ mail: false });
  const round = await app.openRound();
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual([
    "failed: The app isn't installed in Teams for Ana. No mailbox is set to send links from.",
  ]);
  expect(app.inbox(ana)).toHaveLength(0);
  await tendDeliveries({ ...app, sources: checkInCardSources(app), logger: silent, canMail: true }, app.network);
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual(["pending"]);
});

it("writes a short mail from a named person that says who sees the answers and holds no figure", async () => {
  const app = await network();
  await app.openRound();
  const [mail] = app.inbox(ana);
  expect(mail).toMatchObject({
    from: { name: "Lea (Test network)", address: "steady@network.example.org" },
    replyTo: { name: "Lea", address: "lea@example.org" },
    to: { name: "Ana", address: ana },
  });
  expect(mail?.text).toContain("Lea sees your team's answers. Your ICB and other employers see combined figures only.");
  expect(mail?.text).toContain("until Tuesday 8 December, 5pm");
  const said = mail?.text?.replace(/http\S+/, "").split(/\s+/).length ?? 0;
  expect(said).toBeLessThan(130);
  const plain = (mail?.html ?? "").replace(/<style.*?<\/style>|<title.*?<\/title>|<[^>]+>/gs, " ").replaceAll("&#39;", "'");
  for (const line of (mail?.text ?? "").replace(/http\S+/, "").split("\n").filter((one) => one.trim() !== "")) {
    expect(plain).toContain(line.replace(/:$/, "").trim());
  }
});

it("never puts a figure that anybody answered into a mail", async () => {
  const app = await network();
  await app.openRound();
  await (await app.page(ana).card()).press("Send", { ...bySelf, newPeople__link_worker: 4321 });
  await app.moveTo("2026-12-08T17:01", "2027-01-05T09:30");
  expect(app.inbox(ana)).toHaveLength(2);
  for (const mail of app.inbox(ana)) expect(`${mail.subject}${mail.text ?? ""}${mail.html ?? ""}`).not.toContain("4321");
});

it("draws the very card that Teams draws, and takes its answer to the same rows", async () => {
  const app = await testApp({
    now: opening,
    mail: true,
    installed: ({ email }) => email !== ana,
    roster: roster(manager("Ana", { team: "One" }), manager("Ben", { team: "One of Ben" }), lead("Lea")),
  });
  await app.openRound();
  const linked = await app.page(ana).card();
  const inTeams = await app.card(ben);
  expect(linked.text.replaceAll("One", "X")).toBe(inTeams.text.replaceAll("One of Ben", "X"));
  expect(linked.buttons).toEqual(inTeams.buttons);
  await linked.press("Send", { ...bySelf, waiting: 12 });
  await inTeams.press("Send", { ...bySelf, waiting: 12 });
  await app.settle();
  const rows = await everythingOf(app, "check_ins", ["team", "person"]);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual(rows[1]);
  const parts = await everythingOf(app, "round_teams", ["team"]);
  expect(parts[0]).toEqual(parts[1]);
});

it("takes a change, the second card, Remind me tomorrow, Away until and a skip by the link", async () => {
  const app = await network();
  await app.openRound();
  const page = app.page(ana);

  const result = await (await page.card()).press("Send", bySelf);
  expect(result.body.reply.kind).toBe("card");
  expect(result.body.more).toHaveLength(1);
  const [after, second] = await page.cards();
  expect(after?.buttons).toContain("Change answer");
  expect(second?.text).toContain("All of it is optional");
  expect((await second?.press("Send", {}))?.body.reply.kind).toBe("card");
  expect((await page.cards())[1]?.text).toContain("thank you");
  // The second card is on the page, so that no mail brings it.
  expect(app.inbox(ana)).toHaveLength(1);

  const form = (await after?.press("Change answer"))?.body.reply.card;
  expect(JSON.stringify(form)).toContain("newPeople__link_worker");
  const again = await page.post("press", {
    action: { verb: "checkIn.submit", data: { delivery: deliveryIn(form), feeling: "comfortable", newPeople__link_worker: "9" } },
  });
  expect(JSON.stringify(again.body.reply.card)).toContain("9");
});

it("sends the card again tomorrow, by mail, to somebody who asks for it on the page", async () => {
  const app = await network();
  await app.openRound();
  const page = app.page(ana);
  const options = (await (await page.card()).press("Not now")).body.reply.card;
  const tomorrow = await page.post("press", { action: { verb: "checkIn.remindTomorrow", data: { delivery: deliveryIn(options) } } });
  expect(tomorrow.body.reply).toEqual({ kind: "message", text: "The card comes again on Wednesday 25 November." });
  await app.moveTo("2026-11-25T09:30");
  expect(app.inbox(ana).map((mail) => mail.subject)).toEqual([expect.stringMatching(/^Your check-in/), expect.stringMatching(/^Reminder/)]);
});

it("pauses and stops messages by the link, and starts them again", async () => {
  const app = await network();
  await app.openRound();
  const page = app.page(ana);
  const delivery = deliveryIn((await page.open()).body.cards[0].card);
  const away = await page.post("press", { action: { verb: "checkIn.setAway", data: { delivery, until: "2026-12-01" } } });
  expect(away.body.reply.text).toContain("up to and including Tuesday 1 December");
  expect((await page.say("stop")).body).toEqual({ text: "No more messages come to you.", stopped: true, awayUntil: "2026-12-01" });
  expect((await page.open()).body.stopped).toBe(true);
  await app.moveTo("2026-12-08T17:01", "2027-01-05T09:30");
  expect(app.inbox(ana)).toHaveLength(1);
});

it("starts messages again by the link, and sends what was missed", async () => {
  const app = await network();
  await app.openRound();
  const page = app.page(ana);
  await page.say("stop");
  expect((await page.say("start")).body).toEqual({ text: "Messages come to you again.", stopped: false, awayUntil: null });
  expect((await page.say("my data")).status).toBe(422);
});

it("says on the page that they are away, and has them be back", async () => {
  const app = await network();
  await app.openRound();
  const page = app.page(ana);
  const delivery = deliveryIn((await page.open()).body.cards[0].card);
  expect((await page.open()).body.awayUntil).toBeNull();
  await page.post("press", { action: { verb: "checkIn.setAway", data: { delivery, until: "2026-12-01" } } });
  expect((await page.open()).body.awayUntil).toBe("2026-12-01");
  expect((await page.say("back")).body).toEqual({ text: "You're back. Messages come to you again.", stopped: false, awayUntil: null });
  expect((await page.open()).body.awayUntil).toBeNull();
});

it("promises no reminder to somebody who has said stop, on the page and in Teams", async () => {
  const app = await network();
  await app.openRound();
  const page = app.page(ana);
  const delivery = deliveryIn((await page.open()).body.cards[0].card);
  await page.say("stop");
  const text = "You have said stop. Start messages again first, then ask for the reminder.";
  const asked = await page.post("press", { action: { verb: "checkIn.remindTomorrow", data: { delivery } } });
  expect(asked.body.reply).toEqual({ kind: "refused", text });
  await (await app.card(ben)).press("Not now");
  await app.say(ben, "stop");
  expect((await (await app.card(ben, "Not now")).press("Remind me tomorrow")).text).toContain(text);
});

it("leaves a trace in the audit log of all that was done by a link, and none of what was answered", async () => {
  const app = await network();
  await app.openRound();
  const page = app.page(ana);
  await (await page.card()).press("Send", { ...bySelf, newPeople__link_worker: 4321 });
  await page.say("stop");
  await page.say("start");
  await (await app.card(ben)).press("Send", bySelf);
  const rows = await app.database.db.selectFrom("audit_log").selectAll().where("action", "like", "bot %").orderBy("id").execute();
  expect(rows.map(({ action, detail }) => ({ action, detail }))).toEqual(
    ["bot checkIn.submit", "bot stop", "bot start"].map((action) => ({ action, detail: { outcome: "done", via: "link" } })),
  );
  expect(JSON.stringify(rows)).not.toContain("4321");
});

it("brings a lead whom Teams can't reach a team's request, and takes their answer", async () => {
  const app = await network({ installed: ({ email }) => email === ben });
  await app.openRound();
  await (await app.card(ben)).press("Send", { feeling: "unsafe", help: "peer", newPeople__link_worker: 20 });
  await app.settle();
  const mail = app.inbox("lea@example.org").at(-1);
  expect(mail).toMatchObject({ subject: "A team asks for your help", replyTo: null, from: { name: "Test network" } });
  expect(mail?.text).not.toContain("Ben");
  const card = await app.page("lea@example.org").card();
  const [first] = card.buttons;
  const taken = await card.press(first ?? "");
  expect(JSON.stringify(taken.body.reply.card)).toContain("taken");
});

it("paces mails to what a mailbox may send", async () => {
  const names = ["Ana", "Ben", "Cleo", "Dev", "Elif", "Femi", "Gus", "Hana", "Ivo", "Jo", "Kit", "Lou"];
  const rows = names.map((name) => manager(name));
  const app = await testApp({ now: opening, mail: true, installed: () => false, roster: roster(...rows, lead("Lea")) });
  await app.openRound();
  const times = app.graph.mails().map((mail) => Date.parse(mail.at));
  expect(times).toHaveLength(12);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(11 * 2_000);
});

it("tries a mail again that the service was too busy for, with the same link, and gives up in plain words", async () => {
  const app = await network();
  app.graph.failNext({ status: 503, retryAfter: 30 }, 1);
  const round = await app.openRound();
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual(["pending: The mail service was busy; trying again (1 of 5)."]);
  await app.moveTo("2026-11-24T09:32");
  expect(app.inbox(ana)).toHaveLength(1);

  const refused = await network();
  refused.graph.failNext({ status: 403, code: "ErrorAccessDenied" }, 1);
  const other = await refused.openRound();
  expect(await fateOf(refused, "lea@example.org", other, "Ana")).toEqual([
    "failed: The app isn't installed in Teams for Ana. The mail service refused it (403 ErrorAccessDenied).",
  ]);
  expect((await refused.api("lea@example.org", "POST", `check-in-rounds/${other}/retry`)).body).toEqual({ cards: 1 });
  await refused.settle();
  expect(refused.inbox(ana)).toHaveLength(1);
});

it("sends a mail twice at most when the service doesn't say whether it took it, with the same link and the same reference", async () => {
  const app = await network();
  app.graph.failNext({ status: 504, afterAccepting: true }, 1);
  await app.openRound();
  await app.moveTo("2026-11-24T09:35");
  const mails = app.inbox(ana);
  expect(mails).toHaveLength(2);
  expect(new Set(mails.map(tokenIn)).size).toBe(1);
  expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(1);
});

it("keeps a deputy of another employer, whom Teams can't reach, in the round too", async () => {
  const app = await testApp({
    now: opening,
    mail: true,
    installed: ({ email }) => email !== "dee@example.org",
    roster: roster(manager("Ana", { deputy_email: "dee@example.org" }), member("Dee", { manager_email: ana }), lead("Lea")),
  });
  await app.say(ana, "away until 2 December");
  const round = await app.openRound();
  expect(await fateOf(app, "lea@example.org", round, "Dee")).toEqual([byMail("The app isn't installed in Teams for Dee.")]);
  const card = await app.page("dee@example.org").card();
  expect((await card.press("Send", bySelf)).body.reply.kind).toBe("card");
});

function deliveryIn(card: unknown): string {
  const [, id] = /"delivery":"([0-9a-f-]{36})"/.exec(JSON.stringify(card)) ?? [];
  if (id === undefined) throw new Error("The card names no delivery");
  return id;
}

/** A table's rows without the columns that tell them apart. */
async function everythingOf(app: Awaited<ReturnType<typeof testApp>>, table: "check_ins" | "round_teams", without: readonly string[]) {
  const rows = await app.database.db.selectFrom(table).selectAll().execute();
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !without.includes(column) && !column.endsWith("_at"))));
}
