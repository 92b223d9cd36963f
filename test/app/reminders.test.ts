import { describe, expect, it } from "@jest/globals";
import { askedOf, remindersOf } from "./ledger.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const [ana, ben, cleo, lea] = ["ana@example.org", "ben@example.org", "cleo@example.org", "lea@example.org"] as const;
const answer = { feeling: "busy", newPeople__link_worker: 5 };

async function opened(names: readonly string[], now = "2026-11-24T09:30") {
  const app = await testApp({ now, roster: roster(...names.map((name) => manager(name)), lead("Lea")) });
  return { app, round: await app.openRound() };
}

const remind = async (app: TestApp, round: string) => app.api(lea, "POST", `check-in-rounds/${round}/remind`);
const reminded = async (app: TestApp, emails: readonly string[]) =>
  Promise.all(emails.map(async (email) => (await remindersOf(app, email)).length));

/** Presses "Remind me tomorrow" on the open card. */
async function remindTomorrow(app: TestApp, email: string): Promise<string> {
  await (await app.card(email, "ow is your caseload?")).press("Not now");
  const said = await (await app.card(email, "Not now")).press("Remind me tomorrow");
  await app.settle();
  return said.text ?? "";
}

describe("a reminder", () => {
  it("goes after a week to those who got a card and neither answered nor skipped, and to nobody else", async () => {
    const names = ["Ana", "Ben", "Cleo", "Dev", "Eve", "Finn", "Gus"];
    const emails = names.map((name) => `${name.toLowerCase()}@example.org`);
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...names.map((name) => manager(name)), lead("Lea")) });
    await (await app.client("eve@example.org")).block();
    await app.openRound();
    await (await app.card(ben)).press("Send", answer);
    await (await app.card(cleo)).press("Not now");
    await (await app.card(cleo)).press("Skip this round");
    await app.say("finn@example.org", "stop");
    await app.say("gus@example.org", "away until 2 December");
    await app.moveTo("2026-12-01T09:29");
    expect(await reminded(app, emails)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    await app.moveTo("2026-12-01T09:30");
    expect(await reminded(app, emails)).toEqual([1, 0, 0, 1, 0, 0, 0]);
    await app.say("finn@example.org", "start");
    await app.say("gus@example.org", "back");
    expect(await reminded(app, emails)).toEqual([1, 0, 0, 1, 0, 0, 0]);
    await app.moveTo("2026-12-08T17:00");
    for (const email of emails) {
      expect((await app.cards(email)).filter((card) => card.text.startsWith("Reminder"))).toEqual([]);
    }
  });

  it("comes a week apart from the last when several are set, as the same card sent again", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
    await app.api(lea, "PATCH", "settings", { "check-ins": { daysOpen: 20, reminderDays: [7, 14] } });
    await app.openRound();
    await app.moveTo("2026-12-01T09:30");
    expect(await reminded(app, [ana])).toEqual([1]);
    await app.moveTo("2026-12-08T09:29");
    expect(await reminded(app, [ana])).toEqual([1]);
    await app.moveTo("2026-12-08T09:30");
    expect(await reminded(app, [ana])).toEqual([2]);
    await (await app.card(ana, "Reminder")).press("Send", answer);
    await app.settle();
    expect(await reminded(app, [ana])).toEqual([0]);
  });

  it("isn't sent by a lead's hand within a week of the card, and is afterwards, once", async () => {
    const { app, round } = await opened(["Ana", "Ben"], "2026-11-23T09:30");
    await app.moveTo("2026-11-26T10:00");
    expect((await remind(app, round)).body).toEqual({ reminders: 0 });
    await (await app.card(ben)).press("Send", answer);
    await app.moveTo("2026-11-30T09:00");
    expect((await remind(app, round)).body).toEqual({ reminders: 1 });
    await app.settle();
    await app.moveTo("2026-11-30T09:30", "2026-12-01T12:00");
    expect((await remind(app, round)).body).toEqual({ reminders: 0 });
    await app.settle();
    expect(await reminded(app, [ana, ben])).toEqual([1, 0]);
  });

  it("isn't sent a week after the opening to somebody whose card came later than that", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
    await app.say(ana, "away until 27 November");
    await app.openRound();
    await app.moveTo("2026-11-30T09:30", "2026-12-01T09:30", "2026-12-04T12:00");
    expect(await askedOf(app, ana)).toHaveLength(1);
    expect(await reminded(app, [ana])).toEqual([0]);
  });

  it("is refused for a round that has closed", async () => {
    const { app, round } = await opened(["Ana"]);
    await app.moveTo("2026-12-08T17:00");
    expect((await remind(app, round)).status).toBe(409);
  });

  it("changes in place, like the card itself, when the team has answered on the other", async () => {
    const { app } = await opened(["Ana"]);
    await app.moveTo("2026-12-01T09:30");
    await (await app.card(ana, "Reminder")).press("Send", answer);
    await app.settle();
    const recorded = (await app.cards(ana)).filter((card) => card.text.includes("recorded"));
    expect(recorded).toHaveLength(2);
  });
});

describe("“Remind me tomorrow”", () => {
  it.each([
    ["the next day", "2026-11-24T09:30", "2026-11-25T09:30", "Wednesday 25 November"],
    ["Monday when it's pressed on a Friday", "2026-11-27T10:00", "2026-11-30T09:30", "Monday 30 November"],
    ["Tuesday before a bank holiday on Monday", "2027-04-30T10:00", "2027-05-04T09:30", "Tuesday 4 May"],
  ])("brings the card again on %s", async (_, now, then, words) => {
    const { app } = await opened(["Ana"], now);
    expect(await remindTomorrow(app, ana)).toContain(words);
    await app.moveTo(then.replace("09:30", "09:29"));
    expect(await reminded(app, [ana])).toEqual([0]);
    await app.moveTo(then);
    expect(await reminded(app, [ana])).toEqual([1]);
  });

  it("says on the last day when the check-in closes", async () => {
    const { app } = await opened(["Ana"]);
    await app.moveTo("2026-12-08T10:00");
    expect(await remindTomorrow(app, ana)).toContain("This check-in closes on Tuesday 8 December, 5pm, before the card could come again.");
  });

  it("brings nothing once the team has answered", async () => {
    const { app } = await opened(["Ana"]);
    await remindTomorrow(app, ana);
    await app.say(ana, "check in");
    await (await app.card(ana, "caseload?")).press("Send", answer);
    await app.settle();
    const before = (await app.cards(ana)).length;
    await app.moveTo("2026-11-25T09:30");
    expect(await app.cards(ana)).toHaveLength(before);
  });

  it.each(["stop", "away until 4 December"])("is over with “%s”", async (words) => {
    const { app } = await opened(["Ana"]);
    await remindTomorrow(app, ana);
    await app.say(ana, words);
    await app.moveTo("2026-11-25T09:30");
    expect(await reminded(app, [ana])).toEqual([0]);
  });

  it("comes on the day for which it was last asked, and once", async () => {
    const { app } = await opened(["Ana"], "2026-11-27T09:30");
    await remindTomorrow(app, ana);
    await app.moveTo("2026-11-28T12:00");
    await app.say(ana, "check in");
    expect(await reminded(app, [ana])).toEqual([1]);
    await app.moveTo("2026-11-30T08:00");
    await app.say(ana, "check in");
    expect(await reminded(app, [ana])).toEqual([2]);
    await remindTomorrow(app, ana);
    // The card on which it was asked for now says that, so it isn't counted.
    await app.moveTo("2026-11-30T09:30", "2026-11-30T12:00");
    expect(await reminded(app, [ana])).toEqual([1]);
    await app.moveTo("2026-12-01T09:29");
    expect(await reminded(app, [ana])).toEqual([1]);
    await app.moveTo("2026-12-01T09:31");
    expect(await reminded(app, [ana])).toEqual([2]);
  });

  it("doesn't hold up a card that is asked for now, nor use up the week", async () => {
    const { app } = await opened(["Ana"]);
    await remindTomorrow(app, ana);
    await app.say(ana, "check in");
    expect(await reminded(app, [ana])).toEqual([1]);
    await app.moveTo("2026-12-01T09:30");
    expect(await reminded(app, [ana])).toEqual([2]);
  });
});
