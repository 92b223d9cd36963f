import { describe, expect, it } from "@jest/globals";
import { localTenant } from "../../src/local/stand-ins.ts";
import type { Row } from "../builders/roster.ts";
import { lead, manager, member, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const ana = "ana@example.org";
const lea = "lea@example.org";

async function start(...rows: readonly Row[]) {
  const people = rows.length > 0 ? rows : [manager("Ana", { place: "Camden" }), lead("Lea")];
  return testApp({ now: "2026-11-10T09:00", roster: roster(...people) });
}

/** What the bot says to a line of text; one message or card. */
async function reply(app: TestApp, who: string, text: string): Promise<string> {
  const before = (await app.texts(who)).length;
  const cards = (await app.cards(who)).length;
  await app.say(who, text);
  const said = (await app.texts(who)).slice(before);
  const shown = (await app.cards(who)).slice(cards).map((card) => card.text);
  return [...said, ...shown].join("\n\n");
}

describe("what a person can write to the bot", () => {
  it("is listed by help, for a manager", async () => {
    const app = await start();
    expect((await reply(app, ana, "Help")).split("\n")).toEqual([
      "This is Steady. You can type:",
      "",
      "- **check in**: your check-in card again",
      "- **my check-ins**: what your teams answered",
      "- **meeting**: the next network meeting, and your answer",
      "- **non-working**: say when you don't work, as in “I don't work Mondays and Thursday afternoons”",
      "- **pulse**: your card of the survey about work, or its results once they are shared; for leads, how it stands",
      "- **away until**: pause your cards up to a day, as in “away until 3 December”",
      "- **back**: end your absence early",
      "- **stop**: no more messages",
      "- **start**: messages again",
      "- **my data**: what is kept about you",
      "- **delete my data**: erase what you answered",
    ]);
  });

  it("is listed by help, with the summary, for a lead", async () => {
    const app = await start();
    const help = await reply(app, lea, "help");
    expect(help).toContain("- **summary**: which teams to ring first, and why\n- **send me a test**:");
    expect(help).not.toContain("my check-ins");
  });

  it("gets a short help where it isn't known, and the summary is for leads", async () => {
    const app = await start();
    expect(await reply(app, ana, "what's the weather?")).toMatch(/^I didn't understand that\. You can type:\n/);
    expect(await reply(app, ana, "summary")).toMatch(/^"summary" isn't available to you\. You can type:\n/);
  });

  it("is one sentence for somebody of no roster", async () => {
    const someone = "someone@example.org";
    const account = { objectId: "0d3c1f0e-6a1b-4c2d-8e3f-4a5b6c7d8e9f", tenantId: localTenant, name: "Someone" };
    const strangers = [{ ...account, email: someone, external: false }];
    const app = await testApp({ now: "2026-11-10T09:00", roster: roster(manager("Ana"), lead("Lea")), strangers });
    expect(await reply(app, someone, "help")).toBe(
      "I know only people in a network's roster, and you aren't in one yet. Ask whoever runs your network to add you.",
    );
  });

  it("sends the check-in card again, or says when the next one comes", async () => {
    const app = await start();
    expect(await reply(app, ana, "check in")).toBe("No check-in is open at the moment. The next one opens on Tuesday 10 November.");
    await app.moveTo("2026-11-10T09:30");
    const said = await reply(app, ana, "Check-in!");
    expect(said).toMatch(/^Your check-in card is on its way\.\n\nReminder: how is your caseload\?/);
    expect(await reply(app, lea, "check in")).toBe("This check-in has no card for you: no team of yours is part of it.");
  });

  it("shows a manager what their teams answered, with what was carried forward marked", async () => {
    const app = await start();
    expect(await reply(app, ana, "my check-ins")).toContain("Team Ana (Camden)\nNothing answered yet.");
    await app.moveTo("2026-11-10T09:30");
    const typed = { feeling: "busy", newPeople__link_worker: 24, waiting: 3, longestWaitWeeks: 1 };
    await (await app.card(ana, "caseload?")).press("Send", typed);
    await app.moveTo("2026-11-24T17:00", "2026-12-22T09:30");
    await (await app.card(ana, "How is your caseload?")).press("Same as last time", { feeling: "stretched", newPeople__link_worker: 25 });
    expect((await reply(app, ana, "my check-ins")).split("\n").slice(0, 9)).toEqual([
      "My check-ins",
      "Team Ana (Camden), 22 December",
      "Workload: stretched",
      "New people: 25",
      "People waiting: 3 (carried forward)",
      "Longest wait: 1 week (carried forward)",
      "Team Ana (Camden), 10 November",
      "Workload: busy",
      "New people: 24",
    ]);
  });

  it("pauses the cards until a day, stops them and starts them again", async () => {
    const app = await start();
    expect(await reply(app, ana, "away until 20 November")).toContain("You're away until Friday 20 November, that day included.");
    expect(await reply(app, ana, "back")).toContain("You're back");
    expect(await reply(app, ana, "stop")).toBe("You won't get any more messages from me. Write “start” if you want them again.");
    await app.moveTo("2026-11-10T09:30");
    expect((await app.cards(ana)).length).toBe(0);
    expect(await reply(app, ana, "check in")).toBe(
      "You said “stop”, so no cards come to you. Write “start” first, then “check in” again.",
    );
    expect(await reply(app, ana, "start")).toContain("You'll get messages from me again.");
    expect((await app.cards(ana)).map((card) => card.text.split("\n")[0])).toEqual(["How is your caseload?"]);
  });

  it("gives a lead a test of the card before there has been any round", async () => {
    const app = await start();
    expect(await reply(app, lea, "send me a test")).toContain("Nothing that you send from it is stored.");
    const card = await app.card(lea, "How is your caseload?");
    expect(card.text).toContain("How does the team's workload feel?");
    expect(await card.press("Send", { feeling: "unsafe" })).toMatchObject({ text: "This was a test card. Nothing was stored." });
    expect((await app.api(lea, "GET", "check-in-rounds")).body.items).toEqual([]);
  });

  it("gives a lead a test of the card, from which nothing is stored", async () => {
    const app = await start();
    await app.moveTo("2026-11-10T09:30");
    expect(await reply(app, lea, "send me a test")).toContain("Nothing that you send from it is stored.");
    const outcome = await (await app.card(lea, "How is your caseload?")).press("Send", { feeling: "unsafe", newPeople__link_worker: 9 });
    expect(outcome).toMatchObject({ text: "This was a test card. Nothing was stored." });
    expect((await app.api(lea, "GET", "caseload-summary")).body.total.answered).toBe(0);
    await (await app.card(lea, "How is your caseload?")).press("Not now");
    await (await app.card(lea, "Not now")).press("I'm away");
    const away = await (await app.card(lea, "Away until")).press("Set", { until: "2026-12-01" });
    expect(away).toMatchObject({ text: "This was a test card. Nothing was stored." });
    const leads = await app.store.read(app.network).roster.leads();
    expect(leads.map((one) => one.awayUntil)).toEqual(leads.map(() => null));
  });
});

describe("the welcome", () => {
  async function welcomed(app: TestApp, who: string) {
    const client = await app.client(who);
    await client.uninstall();
    await client.install();
    return (await app.cards(who)).map((card) => card.text);
  }

  it("tells a manager who runs this, what comes and how often, who sees what, and how to stop", async () => {
    const app = await start(manager("Ana"), lead("Lea"), lead("Leo", { scope: "North Central" }));
    expect(await welcomed(app, ana)).toEqual([
      [
        "Hello from Steady",
        "Run for Test network",
        "What comes",
        "Every 6 weeks you get one short card for each of your teams: how the workload feels, new people, people waiting. It takes under 30 seconds.",
        "At most one message a week comes unasked.",
        "The next check-in opens on Tuesday 10 November.",
        "Who sees what",
        "Leo and Lea see your team's answers. Your ICB and other employers see combined figures only.",
        "Never write about patients here.",
        "How to pause or stop",
        "Write “away until 3 December” to pause, “stop” to end all messages, “help” for everything else.",
      ].join("\n"),
    ]);
  });

  it("tells those who manage no team that no check-ins come, and leads what does", async () => {
    const app = await start(manager("Ana"), member("Mo", { manager_email: ana }), lead("Lea"));
    expect((await welcomed(app, "mo@example.org"))[0]).toContain("You manage no team here, so a check-in comes only when you stand in");
    const [forLead] = await welcomed(app, lea);
    expect(forLead).toContain("A card comes when one of your teams asks for help.\nWrite “summary” to see which teams to ring first.");
    expect(forLead).toContain("The leads in whose scope a team is see its answers.");
  });
});
