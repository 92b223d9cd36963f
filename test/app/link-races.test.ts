import { expect, it } from "@jest/globals";
import { checkInCardSources } from "../../src/features/check-ins/card-sources.ts";
import { sendLink } from "../../src/features/deliveries/jobs.ts";
import { linkSender } from "../../src/features/deliveries/mailing.ts";
import type { Mail, Mailer } from "../../src/features/deliveries/mailer.ts";
import { tendDeliveries } from "../../src/features/deliveries/use-cases.ts";
import { linkMaker } from "../../src/features/links/issuing.ts";
import { silent } from "../support/logger.ts";
import { askedOf, fateOf } from "./ledger.ts";
import { linkPage, tokenIn } from "./link-page.ts";
import { admin, lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp, type TestAppOptions } from "./test-app.ts";

const ana = "ana@example.org";
const lea = "lea@example.org";
const ada = "ada@example.org";
const people = (anas: Parameters<typeof manager>[1] = {}) => roster(manager("Ana", anas), manager("Ben"), lead("Lea"), admin("Ada"));
const away = "The app isn't installed in Teams for Ana.";

/** Ana is out of Teams' reach. */
const network = (options: Partial<TestAppOptions> = {}) =>
  testApp({ now: "2026-11-24T09:30", mail: true, installed: ({ email }) => email !== ana, roster: people(), ...options });

const tend = (app: TestApp) =>
  tendDeliveries({ ...app, sources: checkInCardSources(app), logger: silent, canMail: true }, app.network);

it("makes up in Teams for a card whose mail was refused, once the app is there, and mails nothing more", async () => {
  const app = await network();
  app.graph.failNext({ status: 403, code: "ErrorAccessDenied" }, 1);
  const round = await app.openRound();
  expect(await fateOf(app, lea, round, "Ana")).toEqual([`failed: ${away} The mail service refused it (403 ErrorAccessDenied).`]);
  await tend(app);
  await app.settle();
  expect(app.inbox(ana)).toHaveLength(0);
  await (await app.client(ana)).install();
  await app.settle();
  expect(await askedOf(app, ana)).toHaveLength(1);
  expect(await fateOf(app, lea, round, "Ana")).toEqual(["delivered"]);
});

it("uses Teams for a mail that is being tried again, as soon as the app is installed", async () => {
  const app = await network();
  app.graph.failNext({ status: 503, retryAfter: 30 }, 9);
  const round = await app.openRound();
  await (await app.client(ana)).install();
  await app.settle();
  expect(await askedOf(app, ana)).toHaveLength(1);
  await app.moveTo("2026-11-24T09:32", "2026-11-24T10:30");
  expect(app.inbox(ana)).toHaveLength(0);
  expect(await fateOf(app, lea, round, "Ana")).toEqual(["delivered"]);
});

it("leaves what somebody asked for tomorrow to tomorrow when the app is installed today", async () => {
  const app = await network();
  await app.openRound();
  const page = app.page(ana);
  for (const day of ["24", "25"]) {
    await app.moveTo(`2026-11-${day}T10:00`);
    const [, delivery] = /"delivery":"([0-9a-f-]{36})"/.exec(JSON.stringify((await page.open()).body)) ?? [];
    await page.post("press", { action: { verb: "checkIn.remindTomorrow", data: { delivery } } });
  }
  await (await app.client(ana)).install();
  await app.settle();
  const cards = async () => (await app.cards(ana)).filter((card) => card.text.includes("ow is your caseload")).length;
  expect(await cards()).toBe(0);
  await app.moveTo("2026-11-26T09:30");
  expect(await cards()).toBe(1);
});

it("hands a mail back to Teams when an account has become known meanwhile", async () => {
  const app = await network({ roster: people({ aad_object_id: "", tenant_id: "" }), installed: () => true });
  app.graph.failNext({ status: 503, retryAfter: 30 }, 1);
  const round = await app.openRound();
  await app.importCsv(people());
  await app.moveTo("2026-11-24T09:32");
  expect(await askedOf(app, ana)).toHaveLength(1);
  expect(app.inbox(ana)).toHaveLength(0);
  expect(await fateOf(app, lea, round, "Ana")).toEqual(["delivered"]);
});

it("hands a card back once, and mails it when Teams refuses again", async () => {
  const app = await network({ roster: people({ aad_object_id: "", tenant_id: "" }) });
  app.graph.failNext({ status: 503, retryAfter: 30 }, 1);
  const round = await app.openRound();
  await app.importCsv(people());
  await app.moveTo("2026-11-24T09:32");
  expect(app.inbox(ana)).toHaveLength(1);
  expect(await fateOf(app, lea, round, "Ana")).toEqual([`delivered: ${away} Sent as a link by e-mail.`]);
});

it("mails no dead link when a new one is asked for while a mail is under way", async () => {
  const app = await network();
  await app.openRound();
  const old = tokenIn(app.inbox(ana)[0]!);
  await app.moveTo("2026-12-08T17:01");
  const clock = app.clock as unknown as { until(moment: unknown): Promise<void> };
  const until = clock.until.bind(app.clock);
  let asked = 0;
  clock.until = async (moment) => {
    await until(moment);
    const underWay = app.database.db.selectFrom("deliveries").select("id").where("state", "=", "pending").where("channel", "=", "link");
    const busy = await underWay.where("attempt_started_at", "is not", null).execute();
    if (asked > 0 || busy.length === 0) return;
    asked = (await linkPage(app.url, old, async () => undefined).renew()).status;
  };
  await app.moveTo("2027-01-05T09:30", "2027-01-05T10:30");
  expect(asked).toBe(200);
  expect((await app.page(ana).open()).status).toBe(200);
});

/** The worker that mails, with something happening while a mail is on its way. */
function mailing(app: TestApp, meanwhile: (mail: Mail) => Promise<Awaited<ReturnType<Mailer["send"]>>>) {
  const tokens = { sign: async ({ link }: { link: string }) => link, read: async () => null };
  return linkSender({
    store: app.store,
    clock: app.clock,
    pause: { until: async () => undefined },
    sources: checkInCardSources(app),
    absences: async () => () => null,
    logger: silent,
    random: () => 0.5, isTemporary: () => false,
    mailer: { send: meanwhile },
    links: linkMaker({ store: app.store, clock: app.clock, tokens, pageUrl: () => "https://steady.example.org/respond/" }),
    mailRate: { reserve: async () => app.clock.now() },
  });
}

/** Has the worker try the card that waits for its mail. */
async function run(app: TestApp, worker: ReturnType<typeof linkSender>) {
  const pending = app.database.db.selectFrom("deliveries").select(["id", "turn"]).where("state", "=", "pending");
  const { id, turn } = await pending.where("channel", "=", "link").executeTakeFirstOrThrow();
  await worker.run(sendLink.payload.array().parse([{ network: app.network, delivery: id, turn }]));
}

/** A card of Ana's that waits for its mail. */
async function waiting() {
  const app = await network();
  app.graph.failNext({ status: 503, retryAfter: 30 }, 1);
  return { app, round: await app.openRound() };
}

it("sends a new link when the first was ended, or its address changed, while its mail was on the way", async () => {
  const { app, round } = await waiting();
  const person = await app.store.read(app.network).roster.personByEmail(ana);
  const mailed: string[] = [];
  const moved = people({ email: "ana.new@example.org", aad_object_id: await app.accountOf(ana) });
  const worker = mailing(app, async ({ text }) => {
    mailed.push(tokenIn({ text }));
    if (mailed.length === 1) await app.api(ada, "DELETE", `people/${person?.id ?? ""}/links`);
    if (mailed.length === 2) await app.importCsv(moved);
    return { ok: true, value: null };
  });
  for (let n = 0; n < 2; n += 1) {
    await run(app, worker);
    expect(await fateOf(app, lea, round, "Ana")).toEqual([
      "pending: The link was ended while its mail was on the way; a new one follows.",
    ]);
  }
  await run(app, worker);
  expect(new Set(mailed).size).toBe(3);
  expect(await fateOf(app, lea, round, "Ana")).toEqual([`delivered: ${away} Sent as a link by e-mail.`]);
});

it("leaves the link of a mail that is on its way alone when a new one to the same thing is asked for", async () => {
  const app = await network();
  await app.openRound();
  const page = app.page(ana);
  app.graph.failNext({ status: 503, retryAfter: 30 }, 1);
  await app.moveTo("2026-12-01T09:30");
  const renewed: number[] = [];
  await run(
    app,
    mailing(app, async () => {
      renewed.push((await linkPage(app.url, page.token, async () => undefined).renew()).status);
      return { ok: true, value: null };
    }),
  );
  expect(renewed).toEqual([200]);
  const reminder = await app.database.db.selectFrom("deliveries").select("state").where("purpose", "=", "reminder").where("channel", "=", "link").execute();
  expect(reminder).toEqual([{ state: "delivered" }]);
  expect((await page.open()).status).toBe(410);
});

it("goes back to Teams when the app was installed while a mail failed for good", async () => {
  const { app, round } = await waiting();
  await run(
    app,
    mailing(app, async () => {
      await (await app.client(ana)).install();
      // All that was missed is made up for before this mail is known to have failed.
      await app.settle();
      return { ok: false, fault: { kind: "refused", detail: "403 ErrorAccessDenied" } };
    }),
  );
  await app.settle();
  expect(await askedOf(app, ana)).toHaveLength(1);
  expect(await fateOf(app, lea, round, "Ana")).toEqual(["delivered"]);
});
