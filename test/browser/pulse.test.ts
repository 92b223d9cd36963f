import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect } from "@jest/globals";
import type { Locator } from "playwright-core";
import { defaultInstrument } from "../../src/features/pulse/instrument.ts";
import { violations } from "../support/browser.ts";
import { type ContextOptions, followToNewTab, it, page, phone, press, shotsOf, sidewaysScroll, tabTo, takesPictures } from "./driver.ts";
import { beginsInSight, mailRow, suggestion, tab } from "./in-rehearsal.ts";
import { card, openRehearsal } from "./local-mode-driver.ts";
import { callApi, everybody, type Person, pressLatest, say } from "./rehearsal-api.ts";

const lead = "morwenna.achebe@network.example.org";
const survey = "How is work for you?";
const results = "How is work for you? The results";
const shot = shotsOf("pulse");
const wholeShot = shotsOf("pulse", { fullPage: true });
const narrow = { ...phone, viewport: { width: 320, height: 640 } };

/** As the sample's settings have them, whoever answers whatever. */
const supportLines = [
  "In an emergency: call 999",
  "NHS 111: call 111 and choose option 2",
  "Samaritans: call 116 123",
  "Shout: text SHOUT to 85258",
  "This is not monitored.",
];

/**
 * The sample's roster with four more members of North West, by whom that area is a group of its own, and Una Corrigan:
 * a manager outside Teams who has joined since the check-in, so that her week isn't used up.
 */
function joinedBy(): string {
  const sample = readFileSync(join(import.meta.dirname, "../../src/local/sample-roster/london.csv"), "utf8").trimEnd();
  const nobody = ",,,,,";
  const members = ["Aisha Bello", "Carys Probert", "Luca Moretti", "Nikhil Rao"].map(
    (name) =>
      `${name},${name.toLowerCase().replace(" ", ".")}@lanternwick.example.org,,,member,,North West,Brent,,Lanternwick,Link worker,anjali.desai@hernemere.example.org${nobody},no`,
  );
  const una = `Una Corrigan,una.corrigan@orrelbrook.example.org,,,manager,,South West,Merton,,Orrelbrook GP Federation,Social prescribing manager,,Merton East,2,1,,,yes`;
  return [sample, ...members, una, ""].join("\n");
}

beforeAll(async () => {
  const { status, body } = await callApi(lead, "POST", "roster", joinedBy());
  expect({ status, body }).toMatchObject({ status: 200 });
});

const fits = async () => {
  for (const selector of ["html", "#chat-scroller"]) expect(await sidewaysScroll(selector)).toBe(0);
  expect(await violations(page)).toEqual([]);
};

const form = () => card(survey);
const thanks = () => card("Thank you");
const leadCard = () => card("Pulse");

/** Takes a picture of the whole of a card, however long. */
async function shotOf(name: string, of: Locator): Promise<void> {
  if (!takesPictures) return;
  const { width, height } = page.viewportSize() ?? phone.viewport;
  await page.setViewportSize({ width, height: 3_500 });
  await shot(name, of);
  await page.setViewportSize({ width, height });
}

/** Asks as somebody for what "pulse" gives, and waits until it is there, whatever the chat has held before. */
async function askFor(person: string, options: ContextOptions = {}): Promise<void> {
  const before = (await everybody()).find(({ name }) => name === person)?.messages ?? 0;
  await openRehearsal(person, options);
  await suggestion("pulse").click();
  await page.locator("li.message").nth(before + 1).waitFor();
}

/** Chooses one answer to every question, as a thumb would. */
async function answerAll(questions: Locator): Promise<void> {
  const asked = questions.getByRole("radiogroup");
  expect(await asked.count()).toBe(defaultInstrument.items.length);
  for (const [nth] of defaultInstrument.items.entries()) await asked.nth(nth).getByRole("radio").nth((nth % 3) + 1).check();
}

async function expectSupportLines(of: Locator): Promise<void> {
  const text = await of.innerText();
  for (const line of supportLines) expect(text).toContain(line);
}

it("is opened by a lead of the network, who sees no more than how many have answered", async () => {
  await openRehearsal("Morwenna Achebe", { viewport: { width: 1280, height: 900 } });
  await suggestion("pulse").click();
  await leadCard().getByText("There hasn't been a survey yet.").waitFor();
  await shotOf("lead-before", leadCard());
  await press(leadCard(), "Open a survey now");
  await leadCard().getByText("The survey is open until").waitFor();
  await leadCard().getByText("About 0% of those asked have answered").waitFor();
  await shotOf("lead-open", leadCard());
  await fits();
  expect(await leadCard().getByRole("button").allInnerTexts()).toEqual(["Close now"]);
});

it("asks those who run the network to check support lines that nobody has checked", async () => {
  await openRehearsal("Ottilie Fairbairn", { ...narrow, colorScheme: "dark" });
  const check = card("Please check the support lines");
  await check.getByText("In an emergency, NHS 111, Samaritans and Shout").waitFor();
  await shotOf("support-lines", check);
  await fits();
});

describe("a manager on a phone, whose check-in has used up the week's message", () => {
  it("asks for the card, answers it in a minute, and can't send twice", async () => {
    await askFor("Priya Raman", phone);
    await form().waitFor();
    expect(await beginsInSight(form())).toBe(true);
    await shot("phone-asked");
    await shotOf("card", form());
    await fits();
    const text = await form().innerText();
    expect(text.indexOf("Your answers are stored without your name, with your reporting group (")).toBeLessThan(
      text.indexOf("Do you feel worn out"),
    );
    await press(form(), "Send");
    await form().getByText("Nothing is filled in yet. Answer at least one question, or choose Not now.").waitFor();
    await shot("phone-empty");

    // A second copy, as on another device.
    await suggestion("pulse").click();
    const cards = page.locator(".card").filter({ has: page.getByRole("heading", { name: survey, exact: true }) });
    await cards.nth(1).waitFor();
    const older = cards.first();
    const startedAt = Date.now();
    await answerAll(cards.nth(1));
    await shot("phone-answered");
    await press(cards.nth(1), "Send");
    await thanks().getByText("Your answers are in").waitFor();
    expect(Date.now() - startedAt).toBeLessThan(30_000);
    expect(await beginsInSight(thanks())).toBe(true);
    await shotOf("thanks", thanks());
    await expectSupportLines(thanks());
    expect(await thanks().getByRole("button").count()).toBe(0);
    await fits();

    await older.getByRole("radio").first().check();
    await press(older, "Send");
    await page.getByText("You have already sent your answers; they can't be changed.").waitFor();
    await shot("thanks-again");
    await expectSupportLines(page.locator(".card").filter({ hasText: "You have already sent" }));
    await fits();
  });

  it("skips it, and can answer after all, at 320 pixels in the dark", async () => {
    await askFor("Samira Haddad", { ...narrow, colorScheme: "dark" });
    await form().waitFor();
    await shotOf("narrow-card", form());
    await fits();
    await press(form(), "Not now");
    await card("Not now").waitFor();
    await shot("narrow-not-now");
    await fits();
    await press(card("Not now"), "Skip this survey");
    await card("Skipped this time").waitFor();
    await shotOf("narrow-skipped", card("Skipped this time"));
    await expectSupportLines(card("Skipped this time"));
    await fits();
    await press(card("Skipped this time"), "Answer after all");
    await form().getByRole("radio").first().waitFor();
    await press(form(), "Not now");
    await press(card("Not now"), "Skip this survey");
    await card("Skipped this time").waitFor();
  });
});

it("comes to a team's member by itself, and can be answered with the keyboard alone", async () => {
  await openRehearsal("Tamsin Rooke", { colorScheme: "dark", viewport: { width: 1280, height: 900 } });
  await form().waitFor();
  await fits();
  const asked = form().getByRole("radiogroup");
  await tabTo(asked.first(), 150);
  for (const [nth] of defaultInstrument.items.entries()) {
    await tabTo(asked.nth(nth), 2);
    await page.keyboard.press("Space");
    for (let presses = 0; presses < nth % 4; presses += 1) await page.keyboard.press("ArrowDown");
    expect(await asked.nth(nth).getByRole("radio").nth(nth % 4).isChecked()).toBe(true);
  }
  await shot("keyboard");
  await tabTo(form().getByRole("button", { name: "Send", exact: true }), 2);
  await page.keyboard.press("Enter");
  await thanks().getByText("Your answers are in").waitFor();
  expect(await thanks().evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await shot("desk-thanks");
  await fits();
});

it("comes by a link to a manager outside Teams, and says who knows that they pressed", async () => {
  await openRehearsal("Una Corrigan", phone);
  await tab("Mail").click();
  await mailRow(/How is work for you\?/).first().click();
  const link = page.frameLocator("iframe").getByRole("link");
  await link.waitFor();
  await shot("link-mail");
  await followToNewTab(() => link.click());
  await form().waitFor();
  await form().getByText("Your link tells us who pressed Send").waitFor();
  await wholeShot("link-card");
  expect(await violations(page)).toEqual([]);
  expect(await sidewaysScroll()).toBe(0);
  await answerAll(form());
  await press(form(), "Send");
  await thanks().getByText("Your answers are in").waitFor();
  await wholeShot("link-thanks");
  await expectSupportLines(thanks());
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await thanks().getByText("Your answers are in").waitFor();
});

/** Whoever Rehearsal can reach in Teams and hasn't answered above, some of each area. */
async function letOthersAnswer(perArea: Readonly<Record<string, number>>): Promise<void> {
  const done = ["Priya Raman", "Samira Haddad", "Tamsin Rooke", "Una Corrigan"];
  const people = (await everybody()).filter(
    ({ role, external, name }) => ["manager", "member"].includes(role) && !external && !done.includes(name),
  );
  for (const [area, count] of Object.entries(perArea)) {
    const some = people.filter((person) => person.area === area).slice(0, count);
    expect(some).toHaveLength(count);
    for (const [nth, person] of some.entries()) await answerQuickly(person, nth);
  }
}

async function answerQuickly(person: Person, nth: number): Promise<void> {
  await say(person, "pulse");
  const inputs = Object.fromEntries(defaultInstrument.items.map(({ id }, item) => [id, String((nth * 2 + item * (1 + (nth % 3))) % 5)]));
  expect(await pressLatest(person, "Send", inputs)).toBe("card");
}

describe("what came of it", () => {
  it("is counted when the lead closes the survey, with reasons where something isn't shown", async () => {
    await letOthersAnswer({ "North Central": 9, "North East": 11, "North West": 12, "South East": 3, "South West": 1 });
    await askFor("Morwenna Achebe", { viewport: { width: 1280, height: 1000 } });
    await leadCard().getByText("% of those asked have answered").waitFor();
    await shotOf("lead-rate", leadCard());
    await press(leadCard(), "Close now");
    await card("Close the survey now?").waitFor();
    await shotOf("lead-close", card("Close the survey now?"));
    await press(card("Close the survey now?"), "Close it for good");
    await leadCard().getByText("Only leads can see these results so far.").waitFor();
    await shotOf("lead-results", leadCard());
    await fits();
    const text = await leadCard().innerText();
    expect(text).toMatch(/North Central and North East: \d+ out of 100, give or take \d+/);
    expect(text.match(/isn't shown, because it would single out fewer than 10 people\./g)).toHaveLength(2);
  });

  it("can be looked at and shared on a phone", async () => {
    await askFor("Morwenna Achebe", { ...phone, colorScheme: "dark" });
    await leadCard().waitFor();
    await shotOf("phone-lead-results", leadCard());
    await fits();
    await press(leadCard(), "Share with everybody asked");
    await leadCard().getByText("Those who were asked, and viewers, can see these results.").waitFor();
    await press(leadCard(), "Write “You said, we did”");
    const change = card("You said, we did");
    await change.getByLabel("What you did, in a sentence or two").fill("No new referrals in the last week of August.");
    await shot("phone-change");
    await fits();
    await press(change, "Publish");
    await leadCard().getByText("No new referrals in the last week of August.").waitFor();
    await shotOf("phone-lead-shared", leadCard());
  });

  it.each([
    ["light", 390],
    ["dark", 390],
    ["dark", 320],
    ["light", 1280],
    ["dark", 1280],
  ] as const)("is seen by those who were asked (%s, %i pixels wide)", async (colorScheme, width) => {
    await askFor("Samira Haddad", width < 400 ? { ...phone, colorScheme, viewport: { width, height: 780 } } : { colorScheme, viewport: { width, height: 900 } });
    const result = card(results);
    await result.waitFor();
    await shotOf(`result-${colorScheme}-${width}`, result);
    await fits();
    await result.getByText(/^Work-related burnout: \d+ out of 100, give or take \d+$/).waitFor();
    expect((await result.innerText()).match(/isn't shown, because/g)).toHaveLength(2);
    await expectSupportLines(result);
  });

  it("leaves a card that came by itself saying that it has closed, and answers a button of an older one in a sentence", async () => {
    await openRehearsal("Tamsin Rooke", phone);
    await card("This survey has closed").getByText("Write “pulse” to see them.").waitFor();
    await shotOf("closed", card("This survey has closed"));
    await fits();
    await openRehearsal("Samira Haddad", phone);
    await press(card("Skipped this time"), "Answer after all");
    await page.getByText(/^This survey closed on .+, so nothing was changed\.$/).waitFor();
  });

  it("is nothing to somebody who wasn't asked", async () => {
    await askFor("Dilip Chaudhari");
    await page.locator(".bubble", { hasText: "No survey is open for you at the moment." }).waitFor();
    expect(await card(results).count()).toBe(0);
  });
});
