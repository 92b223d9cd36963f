import { expect } from "@jest/globals";
import { violations } from "../support/browser.ts";
import {
  asked,
  cardsWith as card,
  complaints,
  type ContextOptions,
  followToNewTab,
  it,
  page,
  phone,
  shotsOf,
  sidewaysScroll,
} from "./driver.ts";
import { mailRow, tab } from "./in-rehearsal.ts";
import { openRehearsal, server } from "./local-mode-driver.ts";

const shot = shotsOf("link");
const wholeShot = shotsOf("link", { fullPage: true });

/** Chooses somebody in Rehearsal as on a phone, opens their latest mail and follows its link, as a click in a mail program would. */
async function openFromInbox(person: string, subject: RegExp, options: ContextOptions = {}): Promise<void> {
  await openRehearsal(person, { ...phone, ...options });
  await tab("Mail").click();
  await mailRow(subject).first().click();
  const link = page.frameLocator("iframe").getByRole("link");
  await link.waitFor();
  await shot("mail");
  await followToNewTab(() => link.click());
}

it("takes a manager whom Teams can't reach from their inbox to an answered card, on a phone", async () => {
  await openFromInbox("Joel Baptiste", /Your check-in/);
  const form = card("How is your caseload?");
  await form.waitFor();
  await wholeShot("card");
  expect(await violations(page)).toEqual([]);
  expect(await sidewaysScroll()).toBe(0);
  await form.getByRole("radio", { name: "Stretched" }).check();
  await form.getByLabel(/^New people/).first().fill("31");
  await form.getByRole("button", { name: "Send", exact: true }).click();
  const result = card("Thank you, recorded");
  await result.getByText("31 new people; guide").first().waitFor();
  const second = card("Pressures");
  await second.waitFor();
  await wholeShot("answered");
  expect(await violations(page)).toEqual([]);

  await second.getByRole("checkbox", { name: "Housing" }).check();
  await second.getByRole("button", { name: "Send", exact: true }).click();
  await card("Pressures: thank you").waitFor();

  await result.getByRole("button", { name: "Change answer" }).click();
  await card("How is your caseload?").getByLabel("People waiting").fill("6");
  await card("How is your caseload?").getByRole("button", { name: "Send", exact: true }).click();
  await card("Thank you, recorded").getByText(/^People waiting: 6\b/).waitFor();
  await page.reload();
  await card("Thank you, recorded").getByText(/^People waiting: 6\b/).waitFor();

  const token = new URL(page.url()).hash.slice(1);
  expect(token.length).toBeGreaterThan(60);
  const told = asked.filter(({ url, referrer }) => new URL(url).pathname.includes(token) || new URL(url).search.includes(token) || referrer?.includes(token) === true);
  expect(told).toEqual([]);
  expect(asked.filter(({ url }) => new URL(url).hostname !== "127.0.0.1")).toEqual([]);
  expect(server.output()).not.toContain(token);
});

it("reminds tomorrow, sets away, skips, stops and starts again by the link, at 320 pixels in the dark", async () => {
  await openFromInbox("Kavita Sodhi", /Your check-in/, { colorScheme: "dark", viewport: { width: 320, height: 640 } });
  const press = (button: string) => page.getByRole("button", { name: button, exact: true }).click();
  await card("How is your caseload?").waitFor();
  expect(await sidewaysScroll()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await press("Not now");
  await card("Not now").waitFor();
  await press("Remind me tomorrow");
  await page.getByText(/The card comes again on/).first().waitFor();
  await press("I'm away");
  await card("Away until").getByLabel("Last day away").fill("2099-01-01");
  await press("Set");
  await page.getByText(/^You get no cards up to and including Thursday 1 January 2099/).first().waitFor();
  await wholeShot("away");
  await press("Back to the questions");
  await press("Not now");
  await press("Skip this round");
  await card("Skipped this time").waitFor();
  await press("Stop these messages");
  await page.getByText("No more messages come to you.").first().waitFor();
  await press("Start again");
  await page.getByText("Messages come to you again once you are back.").first().waitFor();
  expect(await sidewaysScroll()).toBe(0);
  expect(await violations(page)).toEqual([]);
});

it("says what to do about a link that was cut off, and about none at all", async () => {
  await openFromInbox("Nadia Benali", /Your check-in/);
  await card("How is your caseload?").waitFor();
  const whole = page.url();
  await page.goto(whole.slice(0, -4));
  await page.getByText("This isn't a link of ours.").first().waitFor();
  await shot("wrong");
  // A browser reports each refused request by itself.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("401")]);
  await page.goto(whole.replace(/#.*/, ""));
  await page.getByText("This address is incomplete").first().waitFor();
  expect(await violations(page)).toEqual([]);
});
