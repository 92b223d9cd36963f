import { describe, expect, it } from "@jest/globals";
import { rosterColumns } from "../../src/features/roster/csv.ts";
import { rosterCsv } from "../builders/roster.ts";
import { admin, lead, manager, member, roster, viewer } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const now = "2026-11-24T09:30";
const [ana, bo, lea] = ["ana@example.org", "bo@example.org", "lea@example.org"];
const text = (csv: Uint8Array) => new TextDecoder().decode(csv);
const imported = (app: TestApp, csv: Uint8Array, query = "") => app.api(lea, "POST", `roster${query}`, text(csv));
const everybody = async (app: TestApp): Promise<Record<string, unknown>[]> => (await app.api(lea, "GET", "people?limit=200")).body.items;

describe("importing a roster over HTTP", () => {
  it("takes what Excel saves (Windows-1252, semicolons, any order), says first what would change, and twice changes nothing", async () => {
    const app = await testApp({ now, roster: roster(manager("Ana"), manager("Bo"), lead("Lea")) });
    const rows = [manager("Ana", { name: "Ana Müller", organisation: "Sødal; Care" }), manager("Zoë", { email: "zoe@example.org" }), lead("Lea")];
    const columns = [...rosterColumns].reverse();
    const windows = Buffer.from(text(rosterCsv(rows, { delimiter: ";", columns })), "latin1");
    const send = async (query = "") => {
      const headers = { authorization: `Bearer ${await app.tokenOf(lea)}`, "content-type": "text/csv; charset=windows-1252" };
      const answer = await fetch(`${app.url}/api/v1/roster${query}`, { method: "POST", headers, body: windows });
      return { status: answer.status, body: await answer.json() };
    };
    const before = await everybody(app);
    const wanted = {
      adds: [{ name: "Zoë", email: "zoe@example.org", returning: false }],
      leavers: [{ name: "Bo", email: bo }],
      counts: { people: 3, teams: 2, adds: 1, changes: 1, leavers: 1 },
    };
    const dry = await send("?dryRun=true");
    expect(dry).toMatchObject({ status: 200, body: { dryRun: true, ...wanted } });
    expect(dry.body.changes).toMatchObject([{ email: ana, fields: expect.arrayContaining([expect.objectContaining({ column: "name", from: "Ana", to: "Ana Müller" })]) }]);
    expect(await everybody(app)).toEqual(before);
    expect(await send()).toMatchObject({ status: 200, body: { dryRun: false, ...wanted } });
    expect((await everybody(app)).map(({ name }) => name)).toEqual(["Ana Müller", "Lea", "Zoë"]);
    expect((await send()).body).toMatchObject({ adds: [], changes: [], leavers: [] });
    const log = (await app.api(lea, "GET", "audit-log")).body.items.filter(({ action }: { action: string }) => action === "roster.import");
    expect(log.map(({ detail }: { detail: { adds: number } }) => detail.adds)).toEqual([0, 1, 3]);
    expect(log.at(0)).toMatchObject({ actor: { name: "Lea" } });
  });

  it("names every bad row and column with what to change, and writes nothing", async () => {
    const app = await testApp({ now, roster: roster(manager("Ana"), lead("Lea")) });
    const before = await everybody(app);
    const bad = [
      manager("Ana", { link_worker_wte: "-1" }),
      manager("Bo", { email: "bo at example" }),
      manager("Cy", { aad_object_id: "12" }),
      manager("Di", { deputy_email: "nobody@example.org" }),
      lead("Lea", { scope: "" }),
    ];
    const answer = await imported(app, roster(...bad));
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toBe("Nothing was imported: put 5 things right and send the file again.");
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      "row 2, link_worker_wte",
      "row 3, email",
      "row 4, aad_object_id",
      "row 5, deputy_email",
      "row 6, scope",
    ]);
    for (const { message } of answer.body.errors) expect(message).toMatch(/\.$/);
    expect(await everybody(app)).toEqual(before);
  });

  it("leaves a leaver's answers in the summary and sends them no more cards; who comes back is themself again", async () => {
    const shared = { team: "Team North", organisation: "Riverside Care" };
    const [withAna, without] = [
      roster(manager("Ana", shared), manager("Bo", shared), lead("Lea")),
      roster(manager("Bo", shared), lead("Lea")),
    ];
    const app = await testApp({ now, roster: withAna });
    const round = await app.openRound();
    await (await app.card(ana)).press("Send", { feeling: "busy", newPeople__link_worker: 27 });
    await app.settle();
    const id = (await everybody(app)).find(({ email }) => email === ana)?.["id"];
    const cards = (await app.cards(ana)).length;
    const chat = await app.client(ana);
    expect((await imported(app, without)).body.leavers).toEqual([{ name: "Ana", email: ana }]);
    const stale = await app.tokenOf(lea, { oid: manager("Ana").aad_object_id });
    expect((await fetch(`${app.url}/api/v1/me`, { headers: { authorization: `Bearer ${stale}` } })).status).toBe(403);

    expect((await app.api(lea, "GET", "caseload-summary")).body.total.last12Weeks).toMatchObject({ newPeople: 27, teams: 1 });
    await app.api(lea, "POST", `check-in-rounds/${round}/close`);
    await app.moveTo("2026-12-15T09:00");
    const next = await app.openRound();
    expect(await app.counts(next)).toMatchObject({ intended: 1, delivered: 1 });
    expect(chat.messages().filter((message) => message.card !== null)).toHaveLength(cards);
    expect((await app.api(lea, "GET", "caseload-summary")).body.total.last12Weeks).toMatchObject({ newPeople: 27 });

    expect((await imported(app, withAna)).body.adds).toEqual([{ name: "Ana", email: ana, returning: true }]);
    expect((await everybody(app)).find(({ email }) => email === ana)?.["id"]).toBe(id);
    await app.api(lea, "POST", `check-in-rounds/${next}/close`);
    await app.moveTo("2027-01-12T09:00");
    expect(await app.counts(await app.openRound())).toMatchObject({ intended: 2, delivered: 2 });
    expect((await app.api(ana, "GET", "me/check-ins")).body.items).toMatchObject([{ answers: { newPeople: { link_worker: 27 } } }]);
  });
});

describe("how people will be reached, over HTTP", () => {
  const rows = [manager("Ana"), manager("Bo"), manager("Cy", { external: "yes", tenant_id: "c2b7d9e4-6a13-4f58-8b20-9e47d1a5f362" }), manager("Di", { aad_object_id: "" }), lead("Lea")];

  it("is said by the import before it is done, and in the list with what Teams has said since", async () => {
    const app = await testApp({ now, roster: roster(lead("Lea")), mail: true });
    const dry = await imported(app, roster(...rows), "?dryRun=true");
    const otherwise = "otherwise by a link in an e-mail.";
    const di = { by: "link", why: "By a link in an e-mail, until they first meet the bot in Teams." };
    expect(dry.body.reach).toEqual([
      { name: "Ana", email: ana, by: "teams", why: "In Teams." },
      { name: "Bo", email: bo, by: "teams", why: "In Teams." },
      { name: "Cy", email: "cy@example.org", by: "teams", why: `In Teams if the app is installed for them; ${otherwise}` },
      { name: "Di", email: "di@example.org", ...di },
      { name: "Lea", email: lea, by: "teams", why: "In Teams." },
    ]);
    expect((await imported(app, roster(...rows))).body.reach).toEqual(dry.body.reach);

    await (await app.client(ana)).block();
    await app.openRound();
    await (await app.client(bo)).uninstall();
    await app.settle();
    const reach = async () => Object.fromEntries((await everybody(app)).map((one) => [one["name"], one["reach"]]));
    const expected = {
      Ana: { by: "link", why: "By a link in an e-mail: they have blocked the bot in Teams." },
      Bo: { by: "link", why: "By a link in an e-mail: the app isn't installed in Teams for them." },
      Cy: { by: "link", why: "By a link in an e-mail: the app isn't installed in Teams for them." },
      Di: di,
      Lea: { by: "teams", why: "In Teams." },
    };
    expect(await reach()).toEqual(expected);
    const again = (await imported(app, roster(...rows), "?dryRun=true")).body.reach;
    expect(again.map(({ name, by, why }: Record<string, string>) => [name, { by, why }])).toEqual(Object.entries(expected));
  });
});

describe("people over HTTP", () => {
  it("come in pages, each person once", async () => {
    const rows = Array.from({ length: 23 }, (_, index) => manager(`Person ${String.fromCharCode(97 + index)}`));
    const app = await testApp({ now, roster: roster(...rows, lead("Lea")) });
    const names: string[] = [];
    let after = "";
    for (let pages = 0; pages < 10; pages += 1) {
      const { body } = await app.api(lea, "GET", `people?limit=5${after}`);
      names.push(...body.items.map(({ name }: { name: string }) => name));
      if (body.next === null) break;
      expect(body.items).toHaveLength(5);
      after = `&after=${body.next}`;
    }
    expect(names).toEqual(["Lea", ...rows.map(({ name }) => name)]);
  });

  it("are changed by themselves, by leads in scope and by those who run the network, and by nobody else", async () => {
    const people = [manager("Ana"), manager("Bo", { area: "South East" }), member("Mem"), lead("Lea"), lead("Ari", { scope: "North Central" }), viewer("Vic"), admin("Ada")];
    const app = await testApp({ now, roster: roster(...people) });
    const ids = new Map((await everybody(app)).map(({ email, id }) => [String(email), String(id)]));
    const patch = (who: string, whom: string, change: object) => app.api(who, "PATCH", `people/${ids.get(whom)}`, change);
    const away = { awayUntil: "2026-12-03" };
    const who = [ana, bo, "mem@example.org", lea, "ari@example.org", "vic@example.org", "ada@example.org"];
    const statuses = async (whom: string, change: object) => Promise.all(who.map(async (one) => (await patch(one, whom, change)).status));
    expect(await statuses(ana, away)).toEqual([200, 403, 403, 200, 200, 403, 200]);
    expect(await statuses(bo, { deputy: ids.get(ana) })).toEqual([403, 200, 403, 200, 403, 403, 200]);
    expect(await statuses("ari@example.org", { scope: { kind: "areas", areas: ["South East"] } })).toEqual([403, 403, 403, 200, 403, 403, 200]);
    const found = await everybody(app);
    expect(found.find(({ email }) => email === ana)).toMatchObject(away);
    expect(found.find(({ email }) => email === bo)).toMatchObject({ deputy: { id: ids.get(ana), name: "Ana" } });
    expect((await app.api("ari@example.org", "GET", "people")).body.items.map(({ name }: { name: string }) => name)).toEqual(["Bo"]);
    const log = (await app.api(lea, "GET", "audit-log?limit=200")).body.items;
    const updates = log.filter(({ action }: { action: string }) => action === "person.update");
    expect(updates.length).toBe(4 + 3 + 2);
    expect(updates).toContainEqual(expect.objectContaining({ actor: expect.objectContaining({ name: "Ari" }), subject: ids.get(ana), detail: { fields: ["awayUntil"] } }));
  });
});

describe("somebody whose roster row has no account", () => {
  it("is tied to theirs by e-mail when they first meet the bot, and gets the open round's card", async () => {
    const app = await testApp({ now, roster: roster(manager("Ana", { aad_object_id: "" }), lead("Lea")) });
    const round = await app.openRound();
    expect(await app.counts(round)).toMatchObject({ intended: 1, skipped: 1 });
    const [delivery] = (await app.api(lea, "GET", `deliveries?round=${round}`)).body.items;
    expect(delivery).toMatchObject({ state: "skipped", reason: expect.stringMatching(/\S/) });
    const notYet = { by: "none", why: "Not yet: no Microsoft account is known, and no mailbox is set to send links." };
    expect((await everybody(app))[0]).toMatchObject({ name: "Ana", reach: notYet });
    expect((await app.api(ana, "GET", "me")).status).toBe(403);

    const client = await app.client(ana);
    const account = await app.accountOf(ana);
    await client.say("hello");
    await app.settle();
    expect((await everybody(app))[0]).toMatchObject({ name: "Ana", reach: { by: "teams", why: "In Teams." } });
    expect(await app.accountOf(ana)).toBe(account);
    expect(await app.counts(round)).toMatchObject({ intended: 1, delivered: 1 });
    const outcome = await (await app.card(ana, "How is your caseload?")).press("Send", { feeling: "busy", newPeople__link_worker: 5 });
    expect(outcome.kind).toBe("card");
    expect((await app.api(ana, "GET", "me")).body).toMatchObject({ name: "Ana", role: "manager" });
    const links = (await app.api(lea, "GET", "audit-log")).body.items.filter(({ action }: { action: string }) => action === "person.link");
    expect(links).toEqual([expect.objectContaining({ actor: null, subject: (await everybody(app))[0]?.["id"], detail: {} })]);
  });

  it("gets the welcome and the card when what they do first is to install the app", async () => {
    const app = await testApp({ now, roster: roster(manager("Ana", { aad_object_id: "" }), lead("Lea")), installed: () => false });
    const round = await app.openRound();
    await (await app.client(ana)).install();
    await app.settle();
    expect(await app.counts(round)).toMatchObject({ delivered: 1 });
    const cards = await app.cards(ana);
    expect(cards).toHaveLength(2);
    expect(cards[0]?.text).toMatch(/stop/);
  });
});
