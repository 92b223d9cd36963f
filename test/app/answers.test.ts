import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { recordingLogger } from "../support/logger.ts";
import type { CardInChat } from "./card-in-chat.ts";
import { everythingStored } from "./everything-stored.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, type TestAppOptions, testApp } from "./test-app.ts";

const ana = "ana@example.org";
const question = "How is your caseload?";

/** Six weeks after one another, each on a Tuesday, all in 2026; with a round's figures up to that day. */
const first = "2026-10-13";
const second = "2026-11-24";

async function start(options: Partial<TestAppOptions> = {}, cells = {}) {
  const people = roster(manager("Ana", { place: "Camden", ...cells }), lead("Lea Lovell"));
  return testApp({ now: `${first}T09:30`, roster: people, ...options });
}

/** Opens the round of a day, unless the schedule has. */
async function opened(app: TestApp, day: string) {
  await app.moveTo(`${day}T09:30`);
  const round = await app.store.read(app.network).rounds.current();
  if (round === null) await app.openRound();
}

/** Answers the round that opens on a day. */
async function answered(app: TestApp, day: string, typed: Readonly<Record<string, string | number>>) {
  await opened(app, day);
  const outcome = await (await app.card(ana, question)).press("Send", typed);
  expect(outcome).toMatchObject({ status: 200, kind: "card" });
  // The card with which the answer is answered says at once what it says once everything is done.
  const { text } = await app.card(ana, "recorded");
  await app.settle();
  expect((await app.card(ana, "recorded")).text).toBe(text);
}

const stored = async (app: TestApp) => {
  const rows = await sql<{ answers: Record<string, unknown>; posts: object; carried: string[] }>`
    select answers, posts, carried from check_ins join check_in_rounds r on r.id = round order by r.opens_on`.execute(
    app.database.db,
  );
  return rows.rows;
};

const choicesOf = (card: CardInChat) => card.text.split("\n").filter((line) => /nothing now|raise|advice|a call/i.test(line));

describe("the check-in card", () => {
  it("asks about the period since the last answered opening, and fills in what seldom changes and nothing else", async () => {
    const app = await start({}, { care_coordinator_wte: "0.5" });
    const figures = { newPeople__link_worker: 25, newPeople__care_coordinator: 8, help: "network" };
    const known = { supported__link_worker: 55, supported__care_coordinator: 20, waiting: 12, longestWaitWeeks: 5 };
    await answered(app, first, { feeling: "busy", ...figures, ...known, wte__link_worker: "1.4" });
    // A round that nobody answers: the next one asks about all the time since the answer.
    await app.moveTo("2026-10-27T17:00");
    await opened(app, second);
    await app.moveTo("2026-12-08T17:00");
    await opened(app, "2026-12-22");
    const card = await app.card(ana, question);
    expect(card.text).toContain("New people between 13 October and 22 December");
    expect(card.text).toContain("WTE in post: Link workers 1.4, care coordinators 0.5\n");
    expect(card.inputs).toEqual({
      supported__link_worker: "55",
      supported__care_coordinator: "20",
      waiting: "12",
      longestWaitWeeks: "5",
      wte__link_worker: "1.4",
      wte__care_coordinator: "0.5",
    });
    // Every input can be told from the others by its own label.
    expect(card.text).toContain("New people, link workers");
    expect(card.text).toContain("People being supported, care coordinators");
    expect(card.buttons).toEqual(["Send", "Same as last time", "Not now"]);
    expect(card.text).toContain(
      "Sent by Steady for Test network. Lea Lovell sees your team's answers. Your ICB and other employers see combined figures only.",
    );
  });

  it("offers a lead's help only where a lead looks after the team", async () => {
    const local = lead("Leo", { scope: "South East" });
    const people = roster(manager("Ana"), manager("Sam", { area: "South East" }), local);
    const app = await testApp({ now: `${first}T09:30`, roster: people });
    await app.openRound();
    expect(choicesOf(await app.card(ana, question))).toEqual([]);
    const offered = await app.card("sam@example.org", question);
    expect(choicesOf(offered)).toEqual(["Nothing now", "Raise it at the network", "Advice from a peer", "A call from Leo"]);
  });

  it("comes once for each of a manager's teams, and each is answered by itself", async () => {
    const app = await start({ roster: roster(manager("Ana"), manager("Ana", { team: "Team Two" }), lead("Lea")) });
    await app.openRound();
    const cards = (await app.cards(ana)).filter((card) => card.text.includes(question));
    expect(cards).toHaveLength(2);
    await (await app.card(ana, "Team Two")).press("Send", { feeling: "busy", newPeople__link_worker: 3 });
    expect(await stored(app)).toHaveLength(1);
  });
});

describe("an answer", () => {
  it("turns the card into what was recorded, against the guide range in words and numbers", async () => {
    const app = await start();
    await answered(app, first, { feeling: "comfortable", newPeople__link_worker: 20 });
    await app.moveTo("2026-10-27T17:00");
    await answered(app, second, { feeling: "unsafe", newPeople__link_worker: 41, waiting: 1, longestWaitWeeks: 1, help: "call" });
    const { text, buttons } = await app.card(ana, "recorded");
    // 84 days at 1 WTE: 200 × 84 / 365 = 46.03 to 250 × 84 / 365 = 57.53; one period of 42: 23.01 to 28.77.
    expect(text).toContain("Above the guide range\n61 new people; guide 46 to 58, over the last 12 weeks.");
    expect(text).toContain("Since 13 October alone: 41 new people; guide 23 to 29; too short a time to judge by.");
    expect(text).toContain("Twelve weeks to each check-in\n");
    expect(text).toContain("13 October: 20 new people; guide 23 to 29, below the guide range\n24 November: 61 new people");
    expect(text).toContain("Lea Lovell has been told and will reply by Thursday 26 November.");
    expect(text).toContain("You can change the answer until Tuesday 8 December, 5pm.");
    expect(text).toContain("Workload: more than we can do safely\nNew people: 41\nPeople waiting: 1\nLongest wait: 1 week\n");
    expect(text).toContain("What would help: a call from Lea Lovell");
    expect(buttons).toEqual(["Change answer"]);
  });

  it("compares only the people of job roles that have a guide range", async () => {
    const app = await start({}, { care_coordinator_wte: "2" });
    await answered(app, first, { feeling: "busy", newPeople__link_worker: 24, newPeople__care_coordinator: 70 });
    await app.moveTo("2026-10-27T17:00");
    await answered(app, second, { feeling: "busy", newPeople__link_worker: 26, newPeople__care_coordinator: 80 });
    const { text } = await app.card(ana, "recorded");
    expect(text).toContain("In the guide range\n50 new people; guide 46 to 58");
    expect(text).toContain("Since 13 October alone: 26 new people; guide 23 to 29");
  });

  it("says which days a first answer covers, and never that below means spare capacity", async () => {
    const app = await start();
    await answered(app, first, { feeling: "comfortable", newPeople__link_worker: 9 });
    expect((await app.card(ana, "recorded")).text).toContain(
      "Below the guide range\n9 new people; guide 23 to 29, over the last 12 weeks. Answers cover 42 of those 84 days. This doesn't mean spare capacity.",
    );
  });

  it("can be changed until the close, and the latest counts", async () => {
    const app = await start();
    await answered(app, first, { feeling: "busy", newPeople__link_worker: 25, waiting: 12 });
    await (await app.card(ana, "recorded")).press("Change answer");
    const form = await app.card(ana, question);
    expect(form.inputs).toMatchObject({ feeling: "busy", newPeople__link_worker: "25", waiting: "12" });
    await form.press("Send", { newPeople__link_worker: 26 });
    await app.settle();
    expect(await stored(app)).toMatchObject([{ answers: { feeling: "busy", newPeople: { link_worker: 26 }, waiting: 12 } }]);
    expect((await app.card(ana, "recorded")).text).toContain("26 new people");
  });

  it("is one answer when it is sent twice, also when Teams sends it again because the reply took too long", async () => {
    const app = await start({ invokeTimeoutMs: 400 });
    await app.openRound();
    const card = await app.card(ana, question);
    const sends = () => app.connector.log().filter((entry) => entry.kind === "adaptiveCard/action");
    let pressed: Promise<unknown> = Promise.resolve();
    // The store is kept busy until Teams has given up on the first try.
    await app.database.db.transaction().execute(async () => {
      const givenUp = new Promise<void>((resolve) => {
        app.connector.onChange(() => (sends().some((entry) => entry.status === 504) ? resolve() : undefined));
      });
      pressed = card.press("Send", { feeling: "unsafe", newPeople__link_worker: 25 });
      await givenUp;
    });
    expect(await pressed).toMatchObject({ status: 200, kind: "card" });
    expect(sends().map((entry) => entry.status)).toEqual([504, 200]);
    await card.press("Send", { feeling: "unsafe", newPeople__link_worker: 25 });
    await app.settle();
    expect(await stored(app)).toHaveLength(1);
    expect((await app.cards("lea.lovell@example.org")).filter((one) => one.text.includes("needs you"))).toHaveLength(1);
    expect((await app.cards(ana)).filter((one) => one.text.includes("extra questions"))).toHaveLength(1);
  });

  it("counts the same from a client that can only do Action.Submit", async () => {
    const app = await start();
    await app.openRound();
    const typed = { feeling: "busy", newPeople__link_worker: 25, waiting: 3, help: "nothing" };
    await (await app.card(ana, question)).press("Send", typed, "Action.Submit");
    await app.settle();
    const answers = { feeling: "busy", newPeople: { link_worker: 25 }, waiting: 3, help: "nothing" };
    expect(await stored(app)).toEqual([{ answers, posts: { link_worker: 1 }, carried: [] }]);
    expect((await app.card(ana, "recorded")).text).toContain("25 new people");
  });

  it("is neither taken from nor shown to somebody who no longer looks after the team", async () => {
    const team = { team: "Team One", place: "Camden" };
    const app = await start({ roster: roster(manager("Ana", team), manager("Bea", team), lead("Lea")) });
    await app.openRound();
    await app.importCsv(roster(manager("Ana", { team: "Team Two" }), manager("Bea", team), lead("Lea")));
    const before = await app.card(ana, question);
    for (const button of ["Send", "Not now"]) {
      const typed = { feeling: "unsafe", newPeople__link_worker: 99 };
      expect(await before.press(button, typed)).toMatchObject({ kind: "message", text: expect.stringContaining("no longer yours") });
    }
    expect(await stored(app)).toEqual([]);
    await (await app.card("bea@example.org", question)).press("Send", { feeling: "busy", newPeople__link_worker: 41 });
    await app.settle();
    const after = await app.card(ana);
    expect([after.text, after.buttons]).toEqual([expect.stringMatching(/^This card is no longer yours\n/), []]);
    expect(after.text).not.toContain("41");
  });

  it("is shown at once when somebody asks for the card again", async () => {
    const app = await start();
    await answered(app, first, { feeling: "busy", newPeople__link_worker: 25, supported__link_worker: 60 });
    const before = (await app.cards(ana)).length;
    await app.say(ana, "check in");
    const card = (await app.cards(ana)).at(-1);
    expect([(await app.cards(ana)).length, card?.buttons]).toEqual([before + 1, ["Change answer"]]);
    // 1 WTE at 200 to 250 a year, 13 weeks each: 50 to 62.5.
    expect(card?.text).toContain("60 people being supported where a guide range is set; about 50 to 63 would be expected at 13 weeks each (an estimate).");
  });

  it("is kindly refused after the close, with the next round's day, and nothing is stored", async () => {
    const app = await start();
    await app.openRound();
    const card = await app.card(ana, question);
    await app.moveTo("2026-10-27T17:00");
    expect(await card.press("Send", { feeling: "busy", newPeople__link_worker: 25 })).toEqual({
      status: 200,
      kind: "message",
      text: "This check-in has closed, so nothing was changed. The next one opens on Tuesday 24 November.",
    });
    expect(await stored(app)).toEqual([]);
    expect((await app.card(ana, "has closed")).text).toContain("The next one opens on Tuesday 24 November.");
  });

  it("that can't be right is refused beside its field, and loses nothing that was typed", async () => {
    const app = await start();
    await app.openRound();
    const typed = { feeling: "busy", newPeople__link_worker: 2001, waiting: 7, longestWaitWeeks: 3, wte__link_worker: "1.555" };
    await (await app.card(ana, question)).press("Send", typed);
    const again = await app.card(ana, question);
    expect(again.text).toContain("Nothing is recorded yet.");
    expect(again.text).toContain("New people, link workers: give a whole number from 0 to 2000, or leave it blank.");
    expect(again.text).toContain("WTE in post, link workers: give a number from 0 to 200 with two decimals at most");
    expect(again.inputs).toEqual({
      ...{ feeling: "busy", newPeople__link_worker: "2001", waiting: "7", longestWaitWeeks: "3" },
      wte__link_worker: "1.555",
    });
    expect(await stored(app)).toEqual([]);
    await again.press("Send", { newPeople__link_worker: 21, wte__link_worker: "1,5" });
    expect(await stored(app)).toMatchObject([{ answers: { newPeople: { link_worker: 21 } }, posts: { link_worker: 1.5 } }]);
  });

  it("keeps a blank as don't know, never as 0", async () => {
    const app = await start();
    await answered(app, first, { feeling: "busy" });
    expect(await stored(app)).toEqual([{ answers: { feeling: "busy" }, posts: { link_worker: 1 }, carried: [] }]);
    const { text } = await app.card(ana, "recorded");
    expect(text).toContain("The guide range can't be worked out\nNew people were left blank, which means “don't know”.");
  });

  it("counts with the WTE that was changed on the card, now and in the next round", async () => {
    const app = await start();
    await answered(app, first, { feeling: "busy", newPeople__link_worker: 27, wte__link_worker: "0.8" });
    // 0.8 WTE × 42 days: 18.4 to 23.0.
    expect((await app.card(ana, "recorded")).text).toContain("Above the guide range\n27 new people; guide 18 to 23");
    await app.moveTo("2026-10-27T17:00");
    await opened(app, second);
    expect((await app.card(ana, question)).inputs["wte__link_worker"]).toBe("0.8");
  });

  it("counts with the WTE of each job role that was changed, at once", async () => {
    const app = await start({}, { care_coordinator_wte: "0.5" });
    await answered(app, first, { feeling: "busy", newPeople__link_worker: 27, newPeople__care_coordinator: 9, wte__link_worker: "0.8", wte__care_coordinator: "0.4" });
    // 0.8 and 0.4 WTE × 42 days.
    expect((await app.card(ana, "recorded")).text).toContain("WTE in post: Link workers 0.8, care coordinators 0.4\n");
  });
});

describe("“Same as last time”", () => {
  const before = { supported__link_worker: 50, waiting: 12, longestWaitWeeks: 4 };

  async function secondRound() {
    const app = await start();
    await answered(app, first, { feeling: "busy", newPeople__link_worker: 25, ...before });
    await app.moveTo("2026-10-27T17:00");
    await opened(app, second);
    return app;
  }

  it("asks first for how the workload feels and for the new people", async () => {
    const app = await secondRound();
    await (await app.card(ana, question)).press("Same as last time");
    const again = await app.card(ana, question);
    expect(again.text).toContain("Workload: choose one of the answers.");
    expect(again.text).toContain("New people: give a number; it is asked every time.");
    expect(await stored(app)).toHaveLength(1);
  });

  it("carries the figures forward, and says so on the card, in the coverage and in the rolling figures", async () => {
    const app = await secondRound();
    await (await app.card(ana, question)).press("Same as last time", { feeling: "busy", newPeople__link_worker: 26 });
    await app.settle();
    expect((await stored(app))[1]).toEqual({
      answers: { feeling: "busy", newPeople: { link_worker: 26 }, supported: { link_worker: 50 }, waiting: 12, longestWaitWeeks: 4 },
      posts: { link_worker: 1 },
      carried: ["supported", "waiting", "longestWaitWeeks"],
    });
    const { text } = await app.card(ana, "recorded");
    expect(text).toContain("New people: 26\nPeople being supported: 50 (carried forward)\n");
    const { body } = await app.api("lea.lovell@example.org", "GET", "caseload-summary");
    expect(body).toMatchObject({ coverage: "1 of 1 teams, 1 carried forward", total: { carriedForward: 1, answered: 1 } });
    expect(body.total.last12Weeks).toMatchObject({ newPeople: 51 });
  });

  it("counts a figure, and a WTE, that was typed over as typed", async () => {
    const app = await secondRound();
    const typed = { feeling: "busy", newPeople__link_worker: 26, supported__link_worker: 51, waiting: 13, longestWaitWeeks: 5 };
    await (await app.card(ana, question)).press("Same as last time", { ...typed, wte__link_worker: "2" });
    expect((await stored(app))[1]).toMatchObject({
      answers: { supported: { link_worker: 51 }, waiting: 13, longestWaitWeeks: 5 },
      posts: { link_worker: 2 },
      carried: [],
    });
  });
});

describe("the second card", () => {
  it("comes after the answer with one theme per round in turn, and none of it must be filled in", async () => {
    const app = await start({ now: "2026-05-19T09:30" });
    for (const [day, closes, theme, words] of [
      ["2026-05-19", "2026-06-02T17:00", "Referrals", "Referrals that needed another service since 7 April"],
      ["2026-06-30", "2026-07-14T17:00", "Workforce", "Who in the team has had supervision this month?"],
      ["2026-08-11", "2026-08-25T17:00", "Pressures", "Safeguarding: not a way to report a concern; follow your organisation's procedure."],
      ["2026-09-22", "2026-10-06T17:00", "Referrals", "since 11 August"],
    ] as const) {
      await answered(app, day, { feeling: "busy", newPeople__link_worker: 25 });
      const card = await app.card(ana, "extra questions");
      expect(card.text.split("\n")[0]).toBe(theme);
      expect(card.text).toContain(words);
      await card.press("Send");
      expect((await app.card(ana, `${theme}: thank you`)).text).toContain("Nothing was filled in.");
      await app.moveTo(closes);
    }
  });

  it.each([
    ["an NHS number", "Spoke to 943 476 5919 on Monday", "943 476"],
    ["an e-mail address", "Ask jo.bloggs@mail.example please", "bloggs"],
    ["a phone number", "Ring 020 7946 0018 about it", "7946 0018"],
    ["a full postcode", "Everyone from N19 5JG comes", "5JG"],
  ])("refuses a note that looks to hold %s, and keeps nothing of it anywhere", async (what, note, telling) => {
    const { logger, lines } = recordingLogger();
    const app = await start({ now: "2026-05-19T09:30", logger });
    for (const [day, closes] of [["2026-05-19", "2026-06-02"], ["2026-06-30", "2026-07-14"]] as const) {
      await opened(app, day);
      await app.moveTo(`${closes}T17:00`);
    }
    await answered(app, "2026-08-11", { feeling: "busy", newPeople__link_worker: 25 });
    for (const as of ["Action.Execute", "Action.Submit"] as const) {
      const card = await app.card(ana, "Pressures");
      await card.press("Send", { pressures: "housing,debt", note }, as);
      await app.settle();
      const again = await app.card(ana, "Pressures");
      expect(again.text).toContain(`Note: This looks like ${what}. Take it out and send again; nothing of the note was kept.`);
      expect(again.inputs).toEqual({ pressures: "housing,debt" });
    }
    expect(await everythingStored(app.database)).not.toContain(telling);
    expect(JSON.stringify(lines)).not.toContain(telling);
    // The same search does find a note that was kept.
    await (await app.card(ana, "Pressures")).press("Send", { note: "More people since the hostel closed" });
    expect(await everythingStored(app.database)).toContain("since the hostel closed");
    expect(JSON.stringify(lines)).not.toContain("hostel");
  });
});
