import { expect, it } from "@jest/globals";
import { linkPersonalData } from "../../src/features/links/personal-data.ts";
import { fateOf } from "./ledger.ts";
import { linkPage, tokenIn } from "./link-page.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const ana = "ana@example.org";
const lea = "lea@example.org";
const bySelf = { feeling: "busy", newPeople__link_worker: 7 };
const nextRound = ["2026-12-08T17:01", "2027-01-05T09:30"] as const;

/** Nobody but Ben is within Teams' reach, and the first round is open. */
async function opened(rows = [manager("Ana"), manager("Ben"), lead("Lea")]) {
  const installed = ({ email }: { email: string }) => email === "ben@example.org";
  const app = await testApp({ now: "2026-11-24T09:30", mail: true, installed, roster: roster(...rows) });
  return { app, round: await app.openRound() };
}

/** The page behind one of somebody's mails, counted from the first. */
const pageOf = (app: TestApp, email: string, index: number) => linkPage(app.url, tokenIn(app.inbox(email)[index]!), app.settle);
const subjects = (app: TestApp, email: string) => app.inbox(email).map((mail) => mail.subject);
const deliveryIn = (body: unknown) => /"delivery":"([0-9a-f-]{36})"/.exec(JSON.stringify(body))?.[1] ?? "";

it("lets somebody who said stop start again by a link whose time is over, and only then", async () => {
  const { app } = await opened();
  const page = app.page(ana);
  await page.say("stop");
  await app.moveTo(...nextRound);
  expect(await page.open()).toMatchObject({ status: 410, body: { offers: ["renew", "start"] } });
  expect((await page.say("stop")).status).toBe(410);
  expect((await page.say("back")).status).toBe(410);
  expect(await page.say("start")).toEqual({ status: 200, body: { text: "Messages come to you again.", stopped: false, awayUntil: null } });
  expect(app.inbox(ana)).toHaveLength(2);

  await app.api(ana, "DELETE", `people/${(await app.store.read(app.network).roster.personByEmail(ana))?.id ?? ""}/links`);
  const ended = app.page(ana);
  expect(await ended.open()).toMatchObject({ status: 410, body: { offers: ["renew"] } });
  expect((await ended.say("start")).status).toBe(410);
});

it.each([
  ["has said stop", (page: ReturnType<typeof linkPage>) => page.say("stop")],
  [
    "is away",
    async (page: ReturnType<typeof linkPage>) =>
      page.post("press", { action: { verb: "checkIn.setAway", data: { delivery: deliveryIn((await page.open()).body), until: "2026-12-01" } } }),
  ],
])("changes nothing for somebody who %s", async (_, rest) => {
  const { app, round } = await opened();
  const page = app.page(ana);
  await rest(page);
  expect((await page.renew()).body.text).toContain("unless you have said stop or are away");
  expect((await page.open()).status).toBe(200);
  expect((await fateOf(app, lea, round, "Ana"))[0]).toContain("delivered");
  expect(app.inbox(ana)).toHaveLength(1);
});

it("ends every other link to the same thing", async () => {
  const { app } = await opened();
  const first = app.page(ana);
  await app.moveTo("2026-12-01T09:30");
  const reminder = app.page(ana);
  await reminder.renew();
  expect([(await first.open()).status, (await reminder.open()).status]).toEqual([410, 410]);
  expect(app.inbox(ana)).toHaveLength(3);
  expect((await app.page(ana).open()).status).toBe(200);
});

it("brings an answered check-in back with what follows from it, to be changed, in one mail", async () => {
  const { app } = await opened();
  const page = app.page(ana);
  await (await page.card()).press("Send", bySelf);
  await (await page.cards())[1]!.press("Send", {});
  await page.renew();
  expect(subjects(app, ana)).toEqual(["Your check-in for Team Ana", "Your check-in for Team Ana"]);
  const [again, second] = await app.page(ana).cards();
  expect(again?.buttons).toContain("Change answer");
  expect(second?.text).toContain("thank you");
});

it("sends a lead one request by its link, and the others by theirs", async () => {
  const names = ["Ana", "Ben", "Cleo", "Dev", "Elif"];
  const { app } = await opened([...names.map((name) => manager(name)), lead("Lea")]);
  for (const name of names) {
    const card = name === "Ben" ? await app.card("ben@example.org") : await app.page(`${name.toLowerCase()}@example.org`).card();
    await card.press("Send", { feeling: "unsafe", help: "peer", newPeople__link_worker: 20 });
  }
  await app.settle();
  expect(app.inbox(lea)).toHaveLength(5);
  const third = pageOf(app, lea, 2);
  await third.renew();
  expect(app.inbox(lea)).toHaveLength(6);
  expect((await third.open()).status).toBe(410);
  expect((await pageOf(app, lea, 0).open()).status).toBe(200);
});

it("counts what was sent, not what was asked for", async () => {
  const { app } = await opened();
  const page = app.page(ana);
  await app.moveTo("2027-01-04T20:00");
  for (let n = 0; n < 4; n += 1) await page.renew();
  await app.moveTo("2027-01-05T09:30");
  expect(app.inbox(ana)).toHaveLength(2);
  await page.renew();
  expect(app.inbox(ana)).toHaveLength(3);
});

it("is among what a person is told that is kept, and goes with it when they erase it", async () => {
  const { app } = await opened();
  await app.page(ana).renew();
  const [current, data] = [app.page(ana), linkPersonalData(app)];
  const actor = await app.directory.actorByIdentity({ objectId: await app.accountOf(ana), tenantId: app.tenantId });
  if (actor === null) throw new Error("Ana has no account");
  const sent = { card: "check-in", sentTo: ana, madeAt: expect.stringContaining("2026-11-24T09:3") };
  expect(await data.export(actor)).toMatchObject([
    { ...sent, until: expect.stringContaining("2026-11-24T09:3") },
    { ...sent, until: "2026-12-08T17:00:00Z" },
  ]);
  expect(await data.erase?.(actor)).toBe(2);
  expect(await data.export(actor)).toEqual([]);
  expect((await current.open()).status).toBe(410);
});

it("does nothing for somebody who has left, nor by a link that was forgotten, and says so", async () => {
  const { app } = await opened();
  const page = app.page(ana);
  const gone = { status: 410, body: { detail: expect.stringContaining("This link no longer works") } };
  await app.importCsv(roster(manager("Ben"), lead("Lea")));
  for (const answer of [await page.open(), await page.renew(), await page.say("start")]) {
    expect(answer).toMatchObject(gone);
    expect(answer.body.offers).toBeUndefined();
  }
  await app.importCsv(roster(manager("Ana"), manager("Ben"), lead("Lea")));
  expect((await page.open()).status).toBe(200);
  await app.database.db.deleteFrom("links").execute();
  expect(await page.renew()).toMatchObject(gone);
});
