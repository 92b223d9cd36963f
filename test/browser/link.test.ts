import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { launchBrowser, violations } from "../support/browser.ts";
import { freePorts, type ServerProcess, startServer, temporaryFolder } from "../support/built-server.ts";

const screenshots = join(import.meta.dirname, "../../test-output/screenshots");
const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true } as const;

let server: ServerProcess | undefined;
let browser: Browser | undefined;
let context: BrowserContext;
const complaints: string[] = [];
const asked: { readonly url: string; readonly referrer: string | undefined }[] = [];

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  server = await startServer({ DATA_DIR: temporaryFolder(), PORT: String(await freePorts()) });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.kill();
});

afterEach(async () => {
  await context.close();
  expect(complaints.splice(0)).toEqual([]);
});

/** Opens Rehearsal as on a phone and chooses somebody there. */
async function onPhone(person: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  if (browser === undefined || server === undefined) throw new Error("Nothing is running.");
  context = await browser.newContext({ reducedMotion: "reduce", ...phone, ...options });
  context.on("page", (page) => {
    page.setDefaultTimeout(30_000);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (line) => ["error", "warning"].includes(line.type()) && complaints.push(line.text()));
    page.on("request", (request) => asked.push({ url: request.url(), referrer: request.headers()["referer"] }));
  });
  const page = await context.newPage();
  await page.goto(`${server.url}/rehearsal/`);
  await page.getByRole("list", { name: "People" }).getByRole("button", { name: person }).click();
  await page.getByRole("heading", { name: person, level: 2 }).waitFor();
  return page;
}

/** Opens the latest mail of the person who is chosen and follows its link, as a click in a mail program would. */
async function fromInbox(rehearsal: Page, subject: RegExp): Promise<Page> {
  await rehearsal.getByRole("tab", { name: /^Mail/ }).click();
  await rehearsal.getByRole("list", { name: "Mails, newest first" }).getByRole("button", { name: subject }).first().click();
  const link = rehearsal.frameLocator("iframe").getByRole("link");
  await link.waitFor();
  await rehearsal.screenshot({ path: join(screenshots, "link-mail.png") });
  const [page] = await Promise.all([context.waitForEvent("page"), link.click()]);
  return page;
}

const card = (page: Page, heading: string): Locator =>
  page.locator(".card").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });
const sidewaysScroll = (page: Page) => page.locator("html").evaluate((e) => e.scrollWidth - e.clientWidth);

it("takes a manager whom Teams can't reach from their inbox to an answered card, on a phone", async () => {
  const rehearsal = await onPhone("Joel Baptiste");
  const page = await fromInbox(rehearsal, /Your check-in/);
  const form = card(page, "How is your caseload?");
  await form.waitFor();
  await page.screenshot({ path: join(screenshots, "link-card.png"), fullPage: true });
  expect(await violations(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  await form.getByRole("radio", { name: "Stretched" }).check();
  await form.getByLabel(/^New people/).first().fill("31");
  await form.getByRole("button", { name: "Send", exact: true }).click();
  const result = card(page, "Thank you, recorded");
  await result.getByText("31 new people; guide").first().waitFor();
  const second = card(page, "Pressures");
  await second.waitFor();
  await page.screenshot({ path: join(screenshots, "link-answered.png"), fullPage: true });
  expect(await violations(page)).toEqual([]);

  await second.getByRole("checkbox", { name: "Housing" }).check();
  await second.getByRole("button", { name: "Send", exact: true }).click();
  await card(page, "Pressures: thank you").waitFor();

  await result.getByRole("button", { name: "Change answer" }).click();
  await card(page, "How is your caseload?").getByLabel("People waiting").fill("6");
  await card(page, "How is your caseload?").getByRole("button", { name: "Send", exact: true }).click();
  await card(page, "Thank you, recorded").getByText(/^People waiting: 6\b/).waitFor();
  await page.reload();
  await card(page, "Thank you, recorded").getByText(/^People waiting: 6\b/).waitFor();

  const token = new URL(page.url()).hash.slice(1);
  expect(token.length).toBeGreaterThan(60);
  const told = asked.filter(({ url, referrer }) => new URL(url).pathname.includes(token) || new URL(url).search.includes(token) || referrer?.includes(token) === true);
  expect(told).toEqual([]);
  expect(asked.filter(({ url }) => new URL(url).hostname !== "127.0.0.1")).toEqual([]);
  expect(server?.output()).not.toContain(token);
});

it("reminds tomorrow, sets away, skips, stops and starts again by the link, at 320 pixels in the dark", async () => {
  const rehearsal = await onPhone("Kavita Sodhi", { colorScheme: "dark", viewport: { width: 320, height: 640 } });
  const page = await fromInbox(rehearsal, /Your check-in/);
  const press = (button: string) => page.getByRole("button", { name: button, exact: true }).click();
  await card(page, "How is your caseload?").waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  await press("Not now");
  await card(page, "Not now").waitFor();
  await press("Remind me tomorrow");
  await page.getByText(/The card comes again on/).first().waitFor();
  await press("I'm away");
  await card(page, "Away until").getByLabel("Last day away").fill("2099-01-01");
  await press("Set");
  await page.getByText(/You get no cards up to and including/).first().waitFor();
  await page.screenshot({ path: join(screenshots, "link-away.png"), fullPage: true });
  await press("Back to the questions");
  await press("Not now");
  await press("Skip this round");
  await card(page, "Skipped this time").waitFor();
  await press("Stop these messages");
  await page.getByText("No more messages come to you.").first().waitFor();
  await press("Start again");
  await page.getByText("Messages come to you again once you are back.").first().waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
});

it("says what to do about a link that was cut off, and about none at all", async () => {
  const rehearsal = await onPhone("Nadia Benali");
  const page = await fromInbox(rehearsal, /Your check-in/);
  await card(page, "How is your caseload?").waitFor();
  const whole = page.url();
  await page.goto(whole.slice(0, -4));
  await page.getByText("This isn't a link of ours.").first().waitFor();
  await page.screenshot({ path: join(screenshots, "link-wrong.png") });
  // A browser reports each refused request by itself.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("401")]);
  await page.goto(whole.replace(/#.*/, ""));
  await page.getByText("This address is incomplete").first().waitFor();
  expect(await violations(page)).toEqual([]);
});
