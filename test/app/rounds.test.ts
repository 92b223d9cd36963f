import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { openRound } from "../../src/features/check-ins/rounds.ts";
import { askedOf, fateOf, roundsOf } from "./ledger.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";
import { yearOfRounds } from "./years.ts";

const [ana, ben, cleo, lea] = ["ana@example.org", "ben@example.org", "cleo@example.org", "lea@example.org"] as const;
const answer = { feeling: "busy", newPeople__link_worker: 5 };

async function currentRound(app: TestApp): Promise<string> {
  const round = await app.store.read(app.network).rounds.current();
  if (round === null) throw new Error("no round is open");
  return round.id;
}

async function pressAway(app: TestApp, email: string, until: string): Promise<string> {
  await (await app.card(email, "How is your caseload?")).press("Not now");
  await (await app.card(email, "Not now")).press("I'm away");
  const said = await (await app.card(email, "Away until")).press("Set", { until });
  await app.settle();
  return said.text ?? "";
}

async function sayAway(app: TestApp, email: string, until: string): Promise<string> {
  await app.say(email, `away until ${until}`);
  return (await app.texts(email)).at(-1) ?? "";
}

describe("the schedule", () => {
  // What was due on another day is made up for on a Monday; test/long goes through every day.
  it("opens a round every six weeks at half past nine and closes it two weeks later, a year long", () => yearOfRounds(({ dayOfWeek }) => dayOfWeek < 4));

  it("makes up for an opening that was missed, on the next working morning and not at a weekend or at night", async () => {
    const app = await testApp({ now: "2026-11-23T12:00", roster: roster(manager("Ana"), lead("Lea")) });
    await app.api(lea, "PATCH", "settings", { "check-ins": { cadenceWeeks: 2, weekday: 5, daysOpen: 8, reminderDays: [7] } });
    await app.moveTo("2026-11-27T09:30", "2026-12-10T12:00", "2026-12-11T23:00");
    const opened = async () => (await roundsOf(app, lea)).map((round) => round.openedAt);
    expect(await opened()).toHaveLength(1);
    await app.moveTo("2026-12-12T10:00", "2026-12-13T12:00", "2026-12-14T02:00", "2026-12-14T09:00");
    expect(await opened()).toHaveLength(1);
    await app.moveTo("2026-12-14T09:30", "2026-12-14T09:31");
    expect(await opened()).toEqual(["2026-11-27T09:30:00+00:00", "2026-12-14T09:30:00+00:00"]);
  });

  it("closes a round whose job for that was lost", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
    const round = await app.openRound();
    await sql`delete from pgboss.job where name = 'check-ins.close'`.execute(app.database.db);
    await app.moveTo("2026-12-08T17:00");
    expect((await app.api(lea, "GET", `check-in-rounds/${round}`)).body.state).toBe("closed");
  });

  it("tells those who didn't answer that the round has closed and when the next one opens", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), manager("Ben"), lead("Lea")) });
    const round = await app.openRound();
    await (await app.card(ben)).press("Send", answer);
    await app.moveTo("2026-12-08T16:59");
    expect((await app.api(lea, "GET", `check-in-rounds/${round}`)).body.state).toBe("open");
    const before = await app.card(ana);
    await app.moveTo("2026-12-08T17:00");
    expect((await app.api(lea, "GET", `check-in-rounds/${round}`)).body.state).toBe("closed");
    const card = await app.card(ana, "This check-in has closed");
    expect(card.text).toContain("The next one opens on Tuesday 5 January 2027.");
    expect((await app.cards(ben)).some((one) => one.text.includes("Your team's answer counts."))).toBe(true);
    const late = await before.press("Send", answer);
    expect(late.text).toContain("The next one opens on Tuesday 5 January 2027.");
    expect((await app.api(ana, "GET", "me/check-ins")).body.items).toEqual([]);
  });

  it("gives up cards that were still to go when a lead closes the round early", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
    await app.say(ana, "away until 27 November");
    const round = await app.openRound();
    expect(await app.counts(round)).toMatchObject({ pending: 1 });
    await app.api(lea, "POST", `check-in-rounds/${round}/close`);
    expect(await fateOf(app, lea, round, "Ana")).toEqual(["skipped: The round closed before the card could go."]);
    await app.moveTo("2026-11-30T09:30");
    expect(await askedOf(app, ana)).toHaveLength(0);
  });
});

describe("opening by hand", () => {
  it.each(["embedded", "server"] as const)("gives one round when two leads open one at once, on the %s engine", async (engine) => {
    const app = await testApp({ now: "2026-11-24T09:30", engine, roster: roster(manager("Ana"), lead("Lea")) });
    const both = await Promise.all([openRound(app, app.network, null), openRound(app, app.network, null)]);
    expect(both.map((one) => one.ok).sort()).toEqual([false, true]);
    await app.settle();
    expect(await askedOf(app, ana)).toHaveLength(1);
    const third = await app.api(lea, "POST", "check-in-rounds", {});
    expect(third).toMatchObject({ status: 409, body: { detail: expect.stringContaining("open already") } });
  });

  it("keeps a week between the unasked messages of two rounds", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), manager("Ben"), lead("Lea")) });
    await (await app.client(ben)).uninstall();
    const first = await app.openRound();
    await app.api(lea, "POST", `check-in-rounds/${first}/close`);
    await (await app.client(ben)).install();
    await app.moveTo("2026-11-26T11:00");
    const second = await app.openRound();
    expect(await fateOf(app, lea, second, "Ana")).toEqual([
      "pending: Had another message less than a week ago; the card follows.",
    ]);
    expect(await fateOf(app, lea, second, "Ben")).toEqual(["delivered"]);
    await app.moveTo("2026-12-01T09:29");
    expect((await app.counts(second)).pending).toBe(1);
    await app.moveTo("2026-12-01T09:30");
    expect(await fateOf(app, lea, second, "Ana")).toEqual(["delivered"]);
  });

  it("says why a card isn't sent when the round closes before the week is over", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
    await app.api(lea, "PATCH", "settings", { "check-ins": { daysOpen: 2, reminderDays: [] } });
    const first = await app.openRound();
    await app.api(lea, "POST", `check-in-rounds/${first}/close`);
    const sameDay = await app.api(lea, "POST", "check-in-rounds", {});
    expect(sameDay).toMatchObject({ status: 409, body: { detail: expect.stringContaining("opened today already") } });
    await app.moveTo("2026-11-25T11:00");
    const second = await app.openRound();
    expect(await fateOf(app, lea, second, "Ana")).toEqual([
      "skipped: Had another message less than a week ago, and the round closes before the week is over.",
    ]);
  });
});

describe("a job-share", () => {
  it("gets a card each, and one answer serves both", async () => {
    const shared = { team: "Shared team", organisation: "Riverside Care" };
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana", shared), manager("Ben", shared), lead("Lea")) });
    const round = await app.openRound();
    expect(await app.counts(round)).toMatchObject({ intended: 2, delivered: 2 });
    await (await app.card(ana)).press("Send", answer);
    await app.settle();
    const bens = await app.cards(ben);
    expect(bens).toHaveLength(1);
    expect(bens[0]?.text).toContain("recorded");
    await app.moveTo("2026-12-01T09:30");
    expect(await app.cards(ben)).toHaveLength(1);
    expect((await app.cards(ana)).some((card) => card.text.startsWith("Reminder"))).toBe(false);
  });
});

describe("somebody who is away", () => {
  const people = [manager("Ana", { deputy_email: ben }), manager("Ben"), lead("Lea")];

  it("before the round has their card sent to the deputy", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...people) });
    await app.say(ana, "away until 4 December");
    const round = await app.openRound();
    expect(await fateOf(app, lea, round, "Ana")).toEqual(["skipped: Away until Friday 4 December; Ben has the card."]);
    expect((await askedOf(app, ben)).map((card) => card.text.includes("Team Ana")).sort()).toEqual([false, true]);
    const card = await app.card(ben, "Team Ana");
    await card.press("Send", answer);
    await app.settle();
    expect((await app.api(lea, "GET", `check-in-rounds/${round}`)).body.teams).toMatchObject({ answered: 1, waiting: 1 });
    await app.moveTo("2026-12-07T12:00");
    expect(await app.cards(ana)).toHaveLength(0);
  });

  it("by the card until a day that has passed is refused, and nobody is away", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...people) });
    await app.openRound();
    expect(await pressAway(app, ana, "2026-11-23")).toContain("Monday 23 November has passed. Choose today or a later day.");
    const { items } = (await app.api(lea, "GET", "people")).body;
    expect(items.map((person: { awayUntil: string | null }) => person.awayUntil)).toEqual(items.map(() => null));
  });

  it.each([
    ["the card", pressAway],
    ["the command", sayAway],
  ])("during the round hands the card over by %s", async (_, goAway) => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...people) });
    const round = await app.openRound();
    expect(await goAway(app, ana, "2026-12-04")).toContain("Ben gets your open check-in.");
    expect(await app.counts(round)).toMatchObject({ intended: 3, delivered: 3 });
    await (await app.card(ben, "Team Ana")).press("Send", answer);
    await app.settle();
    expect((await app.cards(ana)).some((card) => card.text.includes("recorded"))).toBe(true);
  });

  it("and has no deputy gets the card on the first working morning back", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), manager("Cleo"), lead("Lea")) });
    await app.say(ana, "away until 27 November");
    await app.say(cleo, "away until 8 December");
    const round = await app.openRound();
    expect(await fateOf(app, lea, round, "Cleo")).toEqual([
      "skipped: Away until Tuesday 8 December, and no deputy can take the card.",
    ]);
    await app.moveTo("2026-11-28T12:00");
    expect(await askedOf(app, ana)).toHaveLength(0);
    await app.moveTo("2026-11-30T09:30");
    expect(await askedOf(app, ana)).toHaveLength(1);
    expect(await app.counts(round)).toMatchObject({ delivered: 1, skipped: 1, pending: 0 });
  });

  it("for longer than first said gets the card only then", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
    await app.say(ana, "away until 27 November");
    const round = await app.openRound();
    await app.say(ana, "away until 2 December");
    await app.moveTo("2026-11-30T09:30");
    expect(await fateOf(app, lea, round, "Ana")).toEqual(["pending: Away until Wednesday 2 December; the card follows then."]);
    await app.moveTo("2026-12-03T09:30");
    expect(await askedOf(app, ana)).toHaveLength(1);
  });

  it("and comes back early gets the card at once, and once", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), manager("Cleo"), lead("Lea")) });
    await app.say(ana, "away until 27 November");
    await app.say(cleo, "away until 20 December");
    const round = await app.openRound();
    await app.moveTo("2026-11-25T14:00");
    for (const email of [ana, cleo]) await app.say(email, "back");
    expect(await app.counts(round)).toMatchObject({ intended: 2, delivered: 2 });
    await app.moveTo("2026-11-30T09:30");
    for (const email of [ana, cleo]) expect(await askedOf(app, email)).toHaveLength(1);
  });

  it("doesn't hand the card to a deputy who is away too, has said stop or has left", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...people) });
    await app.say(ben, "stop");
    const round = await app.openRound();
    await app.say(ana, "away until 4 December");
    await app.say(ben, "start");
    await app.say(ben, "away until 4 December");
    await app.say(ana, "away until 5 December");
    await app.say(ben, "back");
    await app.importCsv(roster(manager("Ana"), lead("Lea")));
    await app.say(ana, "away until 6 December");
    const bens = await fateOf(app, lea, round, "Ben");
    expect(bens).toHaveLength(1);
    expect(await currentRound(app)).toBe(round);
  });
});
