import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { sql } from "kysely";
import { openRound } from "../../src/features/check-ins/rounds.ts";
import type { DeliveryCounts } from "../../src/features/deliveries/model.ts";
import { outageWatch } from "../../src/features/deliveries/outage.ts";
import type { CardSource } from "../../src/features/deliveries/ports.ts";
import { cardSender } from "../../src/features/deliveries/sending.ts";
import { Fault } from "../../src/kernel/errors.ts";
import type { FaultResponse } from "../../src/local/connector/index.ts";
import { silent } from "../support/logger.ts";
import { askedOf, fateOf, ledger } from "./ledger.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const london = readFileSync(new URL("../../src/local/sample-roster/london.csv", import.meta.url));
const morwenna = "morwenna.achebe@network.example.org";

async function meet(app: TestApp, email: string, response: FaultResponse, times?: number): Promise<void> {
  const person = await app.accountOf(email);
  const match = (request: { kind: string; person?: string }) => request.kind === "send" && request.person === person;
  app.connector.faults.add({ match, respond: response, ...(times === undefined ? {} : { times }) });
}

function expectSum({ intended, delivered, failed, skipped, pending }: DeliveryCounts): void {
  expect(intended).toBe(delivered + failed + skipped + pending);
}

it("accounts for each of the seventy's cards at every step, whatever happens to them", async () => {
  const app = await testApp({ now: "2026-11-24T09:00", roster: london });
  const of = (email: string) => app.client(email);
  await app.say("zoe.obriain@orrelbrook.example.org", "away until 4 December");
  await app.say("priya.raman@tallowfen.example.com", "away until 27 November");
  await app.say("hannah.okafor-lee@pennywhistle.example.org", "away until 1 February");
  await app.say("tuan.nguyen@tallowfen.example.com", "stop");
  await (await of("marcus.ellery@harbourmallow.example.org")).block();
  await (await of("patrick.donnellan@oakapplewood.example.com")).block("MessageWritesBlocked");
  await (await of("farida.choudhury@saltmarrow.example.org")).uninstall();
  await app.say("beatriz.araujo@harbourmallow.example.org", "help");
  await (await of("beatriz.araujo@harbourmallow.example.org")).deleteChat();
  await meet(app, "imran.qureshi@brindlewick.example.com", { status: 429, code: "Throttled", retryAfterSeconds: 30 }, 1);
  await meet(app, "shanice.campbell@brindlewick.example.com", { status: 502, code: "ServiceError" }, 2);
  await meet(app, "agnieszka.krol@saltmarrow.example.org", "cut", 1);
  await meet(app, "nasreen.begum@saltmarrow.example.org", { status: 500, afterDelivery: true }, 1);
  await meet(app, "dwayne.pryce@saltmarrow.example.org", { status: 429, code: "Throttled", retryAfterSeconds: 1 });
  const samples: Promise<DeliveryCounts>[] = [];
  const sample = async () => {
    const round = await app.store.read(app.network).rounds.current();
    return round === null ? { intended: 0, delivered: 0, failed: 0, skipped: 0, pending: 0 } : app.counts(round.id);
  };
  app.connector.onChange(() => void samples.push(sample()));

  const round = await app.openRound();
  const first = await app.counts(round);
  expectSum(first);
  const fate = (name: string) => fateOf(app, morwenna, round, name);
  // Nobody waited for the throttled ones: all that could go has gone.
  expect(await fate("Imran Qureshi")).toEqual(["pending: Teams was busy; trying again (1 of 5)."]);
  expect(first.pending).toBeLessThanOrEqual(5);
  expect(await fate("Priya Raman")).toEqual(["pending: Away until Friday 27 November; the card follows then."]);

  await app.moveTo("2026-11-24T09:00:29");
  expect((await fate("Imran Qureshi"))[0]).toMatch(/^pending/);
  await app.moveTo("2026-11-24T09:01", "2026-11-24T09:02", "2026-11-24T09:03", "2026-11-24T09:04", "2026-11-24T09:05");
  const later = await app.counts(round);
  expectSum(later);
  expect(later.pending).toBe(1);
  expect(await fate("Imran Qureshi")).toEqual(["delivered"]);
  expect(await fate("Shanice Campbell")).toEqual(["delivered"]);
  expect(await fate("Agnieszka Król")).toEqual(["delivered"]);
  expect(await fate("Beatriz Araújo")).toEqual(["delivered"]);
  expect(await fate("Nasreen Begum")).toEqual(["failed: Teams didn't say whether it arrived."]);
  expect(await fate("Dwayne Pryce")).toEqual(["failed: Teams was busy or out of reach each of the 5 times we tried."]);
  expect(await fate("Marcus Ellery")).toEqual(["failed: Marcus Ellery has blocked the bot in Teams. No mailbox is set to send links from."]);
  expect((await fate("Patrick Donnellan")).sort()[0]).toBe("failed: Patrick Donnellan has blocked the bot in Teams. No mailbox is set to send links from.");
  expect(await fate("Farida Choudhury")).toEqual(["skipped: The app isn't installed in Teams for Farida Choudhury. No mailbox is set to send links from."]);
  expect(await fate("Joel Baptiste")).toEqual(["failed: The app isn't installed in Teams for Joel Baptiste. No mailbox is set to send links from."]);
  expect(await fate("Tuấn Nguyễn")).toEqual(["skipped: Tuấn Nguyễn has said stop."]);
  expect(await fate("Siân Prydderch")).toEqual([
    "skipped: No Microsoft account is known for Siân Prydderch yet; it is linked when they first meet the bot. No mailbox is set to send links from.",
  ]);
  expect(await fate("Zoë Ó Briain")).toEqual(["skipped: Away until Friday 4 December; Adaeze Nwosu has the card."]);
  expect(await fate("Adaeze Nwosu")).toEqual(["delivered", "delivered", "delivered"]);
  expect(await fate("Hannah Okafor-Lee")).toEqual([
    "skipped: Away until Monday 1 February 2027, and no deputy can take the card.",
  ]);
  const rows = await ledger(app, morwenna, round);
  expect(rows).toHaveLength(later.intended);
  for (const row of rows) {
    expect(row.attempts).toBeLessThanOrEqual(5);
    if (row.state !== "delivered") expect(row.reason).toMatch(/^[A-Z].*\.$/);
  }

  await app.moveTo("2026-11-30T09:30");
  expect(await fate("Priya Raman")).toEqual(["delivered"]);
  const done = await app.counts(round);
  expectSum(done);
  expect(done.pending).toBe(0);
  for (const counts of await Promise.all(samples)) expectSum(counts);
  expect(samples.length).toBeGreaterThan(70);

  // The only refusals for going too fast are the six that this test made up.
  expect(app.connector.counts().throttled).toBe(6);
  const delivered = Map.groupBy(rows, (row) => row.person.name);
  for (const [, name = "", email = ""] of london.toString().matchAll(/^([^,\n]+),([^,]+@[^,]+),.*,manager,/gm)) {
    const cards = (delivered.get(name) ?? []).filter((row) => row.state === "delivered" || name === "Priya Raman").length;
    // The one card of which Teams didn't say so arrived all the same.
    expect([name, (await askedOf(app, email)).length]).toEqual([name, name === "Nasreen Begum" ? 1 : cards]);
  }
});

it("tries a card five times when connections keep breaking, further apart each time", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
  await meet(app, "ana@example.org", "cut");
  const round = await app.openRound();
  for (const moment of ["09:30:10", "09:30:30", "09:31", "09:32", "09:40", "10:00"]) await app.moveTo(`2026-11-24T${moment}`);
  const sends = app.connector.log().filter((entry) => entry.kind === "send");
  expect(sends).toHaveLength(5);
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual([
    "failed: Teams was busy or out of reach each of the 5 times we tried.",
  ]);
});

it("sends the failed cards again, and only those, when a lead asks for it", async () => {
  const people = [manager("Ana"), manager("Ben"), manager("Cleo"), lead("Lea")];
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...people) });
  await meet(app, "ana@example.org", { status: 500, code: "ServiceError" }, 1);
  await app.say("cleo@example.org", "stop");
  const round = await app.openRound();
  await app.moveTo("2026-11-24T11:00");
  expect(await askedOf(app, "ana@example.org")).toHaveLength(0);
  const retried = await app.api("lea@example.org", "POST", `check-in-rounds/${round}/retry`);
  expect(retried.body).toEqual({ cards: 1 });
  await app.settle();
  expect(await app.counts(round)).toEqual({ intended: 3, delivered: 2, failed: 0, skipped: 1, pending: 0 });
  expect(await askedOf(app, "ana@example.org")).toHaveLength(1);
  expect(await askedOf(app, "ben@example.org")).toHaveLength(1);
});

it("takes one answer from a card that arrived twice", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
  await meet(app, "ana@example.org", { status: 500, afterDelivery: true }, 1);
  const round = await app.openRound();
  await app.api("lea@example.org", "POST", `check-in-rounds/${round}/retry`);
  await app.settle();
  const [first, second] = await askedOf(app, "ana@example.org");
  await first?.press("Send", { feeling: "busy", newPeople__link_worker: 5 });
  await second?.press("Send", { feeling: "busy", newPeople__link_worker: 6 });
  expect((await app.api("ana@example.org", "GET", "me/check-ins")).body.items).toMatchObject([
    { answers: { newPeople: { link_worker: 6 } } },
  ]);
});

it("opens a new chat once when somebody has deleted theirs, and says so when that is gone too", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), manager("Ben"), lead("Lea")) });
  for (const email of ["ana@example.org", "ben@example.org"]) {
    await app.say(email, "help");
    await (await app.client(email)).deleteChat();
  }
  const before = app.connector.counts().byKind.create ?? 0;
  await meet(app, "ben@example.org", { status: 404, code: "ConversationNotFound" });
  const round = await app.openRound();
  expect(await fateOf(app, "lea@example.org", round, "Ana")).toEqual(["delivered"]);
  expect(await fateOf(app, "lea@example.org", round, "Ben")).toEqual([
    "failed: Ben's chat was deleted and couldn't be opened again. No mailbox is set to send links from.",
  ]);
  expect((app.connector.counts().byKind.create ?? 0) - before).toBe(2);
  app.connector.faults.clear();
  await app.say("ben@example.org", "hello");
  expect(await askedOf(app, "ben@example.org")).toHaveLength(1);
});

it.each([
  ["unblocks the bot and writes", async (app: TestApp) => (await app.client("ana@example.org")).block(), async (app: TestApp) => {
    await (await app.client("ana@example.org")).unblock();
    await app.say("ana@example.org", "hello");
  }],
  ["installs the app again", async (app: TestApp) => (await app.client("ana@example.org")).uninstall(), async (app: TestApp) =>
    (await app.client("ana@example.org")).install()],
  ["says start", (app: TestApp) => app.say("ana@example.org", "stop"), (app: TestApp) => app.say("ana@example.org", "start")],
])("gives the card of the open round, and no older one, to somebody who %s", async (_, goes, returns) => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), manager("Ben"), lead("Lea")) });
  await goes(app);
  const first = await app.openRound();
  expect((await app.counts(first)).delivered).toBe(1);
  await app.moveTo("2026-12-08T17:00");
  const tries = () => app.connector.counts().byKind.create ?? 0;
  const before = tries();
  await app.moveTo("2027-01-05T09:30");
  const second = (await app.store.read(app.network).rounds.current())?.id ?? "";
  expect((await app.counts(second)).delivered).toBe(1);
  expect(tries()).toBe(before);
  await returns(app);
  await app.settle();
  expect(await app.counts(second)).toMatchObject({ delivered: 2, failed: 0, skipped: 0 });
  expect((await app.counts(first)).delivered).toBe(1);
  expect(await askedOf(app, "ana@example.org")).toHaveLength(1);
  await app.say("ana@example.org", "hello");
  expect(await askedOf(app, "ana@example.org")).toHaveLength(1);
});

it("sends nothing late to somebody who comes back once the round has closed", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
  await (await app.client("ana@example.org")).uninstall();
  await app.openRound();
  await app.moveTo("2026-12-08T17:00");
  await (await app.client("ana@example.org")).install();
  await app.settle();
  expect(await askedOf(app, "ana@example.org")).toHaveLength(0);
});

it("sends a card to somebody without a known account once they have met the bot", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana", { aad_object_id: "" }), lead("Lea")) });
  const round = await app.openRound();
  expect((await app.counts(round)).skipped).toBe(1);
  await app.say("ana@example.org", "hello");
  expect((await app.counts(round)).delivered).toBe(1);
});

it("sends what was skipped for want of an account once an import has linked one, and once", async () => {
  const without = (aad: Record<string, string>) => roster(manager("Ana", aad), manager("Ben"), lead("Lea"));
  const app = await testApp({ now: "2026-11-24T09:30", roster: without({ aad_object_id: "" }) });
  const round = await app.openRound();
  expect((await app.counts(round)).skipped).toBe(1);
  await app.moveTo("2026-11-24T10:00");
  await app.importCsv(without({}));
  await app.moveTo("2026-11-24T10:01", "2026-11-24T10:02");
  expect((await app.counts(round)).delivered).toBe(2);
  expect(await askedOf(app, "ana@example.org")).toHaveLength(1);
});

it("sends a card whose job was lost a quarter of an hour later, and once", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
  const opened = await openRound(app, app.network, null);
  if (!opened.ok) throw new Error(opened.why);
  await sql`delete from pgboss.job where name = 'deliveries.send'`.execute(app.database.db);
  await app.moveTo("2026-11-24T09:44");
  expect(await app.counts(opened.round.id)).toMatchObject({ pending: 1 });
  await app.moveTo("2026-11-24T09:46", "2026-11-24T10:30");
  expect(await app.counts(opened.round.id)).toMatchObject({ delivered: 1 });
  expect(await askedOf(app, "ana@example.org")).toHaveLength(1);
});

it("tells a card that is on its way while its team answers what was answered", async () => {
  const shared = { team: "Shared team", organisation: "Riverside Care" };
  const people = [manager("Ana", shared), manager("Ben", shared), lead("Lea")];
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...people) });
  await app.openRound();
  const bens = sql`recipient = (select id from people where email = 'ben@example.org')`;
  await sql`update deliveries set state = 'pending', attempt_started_at = now() where ${bens}`.execute(app.database.db);
  await (await app.card("ana@example.org")).press("Send", { feeling: "busy", newPeople__link_worker: 5 });
  await app.settle();
  expect((await app.card("ben@example.org")).text).toContain("recorded");
});

it("lets a card that can't be drawn hold up no other, nor stay pending", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), manager("Ben"), manager("Cleo"), lead("Lea")) });
  const opened = await openRound(app, app.network, null);
  if (!opened.ok) throw new Error(opened.why);
  const [bad, odd, good] = await app.store.read(app.network).deliveries.ofOccasion(opened.round.id, "check-in");
  const words = { subject: "", lines: [], button: "", from: null, network: "", seenBy: "" };
  const link = { ...words, until: app.clock.now() };
  const source: CardSource = {
    purpose: "check-in",
    async render(_network, deliveries) {
      if (deliveries.some(({ id }) => id === bad?.id)) throw new Fault("card-too-big");
      if (deliveries.some(({ id }) => id === odd?.id)) throw new TypeError("undefined is not a function");
      return new Map(deliveries.map(({ id }) => [id, { kind: "card", card: { type: "AdaptiveCard" }, notification: "Hello", link }]));
    },
  };
  const sent = { ok: true, value: { conversationId: "a", serviceUrl: "https://example.org", activityId: "1" } } as const;
  const sender = cardSender({
    store: app.store,
    messenger: { getReady: async () => undefined, open: async () => sent, sendCard: async () => sent, updateCard: async () => ({ ok: true, value: null }) },
    rate: { reserve: async (conversations) => conversations.map(() => app.clock.now()), refused: async () => undefined },
    outage: outageWatch(() => app.clock.now()),
    pause: { until: async () => undefined },
    sources: [source],
    absences: async () => () => null,
    clock: app.clock,
    logger: silent,
    canMail: false,
    random: () => 0.5, isTemporary: () => false,
  });
  for (const turn of [0, 1, 2, 3, 4]) {
    await sender.run([bad, odd, good].flatMap((one) => (one === undefined ? [] : [{ network: app.network, delivery: one.id, turn }])));
  }
  const after = await app.store.read(app.network).deliveries.ofOccasion(opened.round.id, "check-in");
  const found = [bad, odd, good].map((one) => after.find(({ id }) => id === one?.id));
  const reason = "Something went wrong on our side; the log says what.";
  expect(found).toMatchObject([
    { state: "failed", reason, attempts: 1 },
    { state: "failed", reason, attempts: 5 },
    { state: "delivered" },
  ]);
});

it("answers somebody who writes a lot without going faster than Teams allows", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
  for (let i = 0; i < 12; i += 1) await app.say("ana@example.org", "help");
  expect(await app.texts("ana@example.org")).toHaveLength(12);
  expect(app.connector.counts().throttled).toBe(0);
});
