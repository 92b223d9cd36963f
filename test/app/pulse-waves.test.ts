import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { answer, askedMails, close, lea, memberMail, openedWave, pulseNetwork, share, summaryOf, surveyCard, surveyTitle, workforce } from "./pulse-people.ts";
import { admin, lead, roster, viewer } from "./rosters.ts";
import { testApp, type TestApp } from "./test-app.ts";
import { yearOfWaves } from "./years.ts";

const everybody = askedMails(4, 8);
const [ma = "", mb = ""] = everybody;
const changeHeading = "You said, we did";

const surveysOf = async (app: TestApp, email: string) => (await app.cards(email)).filter(({ text }) => text.startsWith(surveyTitle));
const remindersOf = async (app: TestApp, email: string) =>
  (await app.cards(email)).filter(({ text }) => text.startsWith("Reminder: how is work for you?"));
const resultsOf = async (app: TestApp, email: string) => (await app.cards(email)).filter(({ text }) => /result/i.test(text.split("\n")[0] ?? ""));
const wavesOf = async (app: TestApp) => (await app.api(lea, "GET", "pulse-waves")).body.items;

describe("a wave", () => {
  it("goes from its opening to its results, and to those who were asked once it is shared", async () => {
    const app = await pulseNetwork();
    const id = await openedWave(app);
    for (const [place, email] of everybody.entries()) {
      expect((await surveyCard(app, email)).text).toContain("Your answers are stored without your name.");
      expect(await answer(app, email, place % 5)).toMatchObject({ kind: "card" });
    }
    expect((await summaryOf(app, lea, id)).body).toEqual({ state: "open", responseRate: 100 });
    expect((await close(app, id)).body).toMatchObject({ state: "closed", asked: 10, responseRate: 100 });
    expect((await surveyCard(app, ma).catch(() => null))?.text ?? "").not.toContain("Send");
    expect((await summaryOf(app, lea, id)).body).toMatchObject({
      state: "closed",
      people: { asked: 10, managersAsked: 5, membersAsked: 10, answered: 10 },
      score: { kind: "shown" },
      note: expect.stringContaining("NHS Staff Survey"),
      covers: expect.stringContaining("team members"),
    });
    expect((await summaryOf(app, ma, id)).status).toBe(403);
    expect(await resultsOf(app, ma)).toEqual([]);
    expect((await share(app, id)).status).toBe(200);
    expect((await summaryOf(app, memberMail(0), id)).status).toBe(200);
    // They had the survey's card less than a week ago.
    expect(await resultsOf(app, ma)).toEqual([]);
    await app.moveTo("2027-01-19T09:31");
    for (const email of everybody) expect(await resultsOf(app, email)).toHaveLength(1);
    expect((await share(app, id)).status).toBe(200);
    await app.moveTo("2027-01-27T09:31");
    for (const email of everybody) expect(await resultsOf(app, email)).toHaveLength(1);
  });

  it("asks managers, whoever else manages a team, and members; not viewers, admins, or leads without a team", async () => {
    const people = [...workforce(3, 7), admin("Ada"), viewer("Vic"), lead("Lou", { team: "Lou's team", link_worker_wte: "1" })];
    const app = await testApp({ now: "2027-01-12T09:30", roster: roster(...people) });
    await openedWave(app);
    for (const email of ["ada@example.org", "vic@example.org", lea]) expect(await surveysOf(app, email)).toEqual([]);
    for (const email of [...askedMails(3, 7), "lou@example.org"]) expect(await surveysOf(app, email)).toHaveLength(1);
  });

  it("isn't opened for fewer than could ever be shown, while one is open, or before the last one's results are shared", async () => {
    const app = await pulseNetwork({ roster: roster(...workforce(3, 6)) });
    const open = () => app.api(lea, "POST", "pulse-waves", {});
    expect(await open()).toMatchObject({ status: 409, body: { detail: expect.stringContaining("Fewer than 10") } });
    await app.importCsv(roster(...workforce(4, 8)));
    const id = await openedWave(app);
    expect(await open()).toMatchObject({ status: 409, body: { detail: expect.stringContaining("isn't closed") } });
    expect(await share(app, id)).toMatchObject({ status: 409 });
    await close(app, id);
    expect(await open()).toMatchObject({ status: 409, body: { detail: expect.stringContaining("haven't been shared") } });
    await share(app, id);
    expect((await open()).status).toBe(201);
    expect(await wavesOf(app)).toHaveLength(2);
  });

  it("leaves no key behind that isn't needed, and has one before anybody is asked", async () => {
    const kept: string[] = [];
    const purged: string[] = [];
    const pulseKeys = {
      keep: async (wave: string) => void kept.push(wave),
      read: async () => null,
      purge: async (wave: string) => void purged.push(wave),
    };
    const app = await pulseNetwork({ pulseKeys });
    const [first, second] = await Promise.all([app.api(lea, "POST", "pulse-waves", {}), app.api(lea, "POST", "pulse-waves", {})]);
    const opened = [first, second].filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(opened).toHaveLength(1);
    expect(kept).toContain(opened[0]);
    expect(purged).toEqual(kept.filter((wave) => wave !== opened[0]));
  });

  it("tells those who run the network which support lines nobody has checked, once they are shown", async () => {
    const app = await pulseNetwork({ roster: roster(...workforce(4, 8), admin("Ada")) });
    await openedWave(app);
    expect((await app.card("ada@example.org", "Please check the support lines")).text).toContain("Samaritans");
    expect((await app.cards(lea)).map(({ text }) => text)).not.toContainEqual(expect.stringContaining("Please check the support lines"));
  });
});

describe("reminders of a wave", () => {
  it("go only to those who have neither sent nor skipped, once, and leave no row behind", async () => {
    const app = await pulseNetwork();
    const id = await openedWave(app);
    await answer(app, ma, 1);
    await (await surveyCard(app, mb)).press("Not now");
    await (await app.card(mb, "Skip this survey")).press("Skip this survey");
    await app.moveTo("2027-01-18T09:31");
    for (const email of everybody) expect(await remindersOf(app, email)).toEqual([]);
    await app.moveTo("2027-01-19T09:31", "2027-01-19T09:32", "2027-01-20T09:31");
    for (const email of [ma, mb]) expect(await remindersOf(app, email)).toEqual([]);
    for (const email of everybody.slice(2)) expect(await remindersOf(app, email)).toHaveLength(1);
    const rows = async () =>
      (await sql`select 1 from deliveries where occasion = ${id} and purpose in ('pulse-reminder', 'pulse-nudge')`.execute(app.database.db)).rows;
    expect(await rows()).toHaveLength(10);
    await app.moveTo("2027-01-26T17:01");
    expect(await wavesOf(app)).toMatchObject([{ state: "closed" }]);
    expect(await rows()).toEqual([]);
  });

  it("wait for nobody: whoever had another message less than a week ago, is away or has stopped gets none", async () => {
    const app = await pulseNetwork();
    await openedWave(app);
    await app.api(lea, "PATCH", "settings", { pulse: { reminderDays: [8] } });
    await app.say(ma, "away until 25 January 2027");
    await app.say(mb, "stop");
    await app.moveTo("2027-01-19T09:40");
    await app.openRound();
    await app.moveTo("2027-01-20T09:31");
    // Managers had the check-in's card on the day before.
    for (const email of everybody.slice(0, 4)) expect(await remindersOf(app, email)).toEqual([]);
    for (const email of everybody.slice(4)) expect(await remindersOf(app, email)).toHaveLength(1);
  });
});

describe("you said, we did", () => {
  it("goes with the first card that each of those asked gets anyway, as plain text, and with no later one", async () => {
    const app = await pulseNetwork();
    const id = await openedWave(app);
    for (const email of everybody) await answer(app, email, 2);
    const publish = (text: string) => app.api(lea, "POST", `pulse-waves/${id}/changes`, { text });
    await close(app, id);
    expect(await publish("We hired *two* people.")).toMatchObject({ status: 409 });
    await share(app, id);
    await app.moveTo("2027-01-19T09:31", "2027-02-02T09:31");
    for (const text of ["", " ", "x".repeat(501), "Ring 07700 900123"]) {
      expect(await publish(text)).toMatchObject({ status: 422, body: { errors: [{ path: "text" }] } });
    }
    expect(await publish("We hired *two* people.")).toMatchObject({ status: 201, body: { text: "We hired *two* people." } });
    await app.moveTo("2027-02-02T09:32");
    const told = async (email: string) => (await app.cards(email)).filter(({ text }) => text.includes(changeHeading));
    for (const email of everybody) expect(await told(email)).toEqual([]);

    // Managers hear of it with a check-in, members with the next survey.
    const round = await app.openRound();
    const [card, ...others] = await told(ma);
    expect(others).toEqual([]);
    const section = (card?.message.card as { body: object[] } | undefined)?.body.at(-1);
    expect(section).toMatchObject({
      type: "Container",
      items: [
        { type: "RichTextBlock", inlines: [{ type: "TextRun", text: changeHeading }] },
        { type: "RichTextBlock", inlines: [{ type: "TextRun", text: "We hired *two* people." }] },
      ],
    });
    await card?.press("Send", { feeling: "busy", newPeople__link_worker: 27 });
    await app.settle();
    expect(await told(ma)).toHaveLength(1);
    expect(await told(memberMail(0))).toEqual([]);
    await app.api(lea, "POST", `check-in-rounds/${round}/close`);
    await app.moveTo("2027-02-10T09:31");
    await openedWave(app);
    expect(await told(ma)).toHaveLength(1);
    expect(await told(memberMail(0))).toHaveLength(1);
    expect((await told(memberMail(0)))[0]?.text).toContain("Your answers are stored without your name");
    expect((await summaryOf(app, ma, id)).body.changes).toMatchObject([{ text: "We hired *two* people." }]);
    const audit = JSON.stringify((await app.api(lea, "GET", "audit-log?limit=200")).body);
    expect(audit).toContain("pulse.change");
    expect(audit).not.toContain("We hired");
  });
});

describe("a year of waves", () => {
  // Waves open on Mondays and Tuesdays here; test/long goes through every working day.
  it("keeps its rhythm between meetings, never opens before the last results are shared, and sends nobody two messages a week", () =>
    yearOfWaves(({ dayOfWeek }) => dayOfWeek < 3));
});
