import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "@jest/globals";
import type { Browser, Locator, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { startRehearsalPage } from "./rehearsal-page-server.ts";

/*
 * The Rehearsal page, for the tests of one file: importing this starts the site and a browser before them, and each
 * test that ends with a complaint of its page has failed.
 */
const screenshots = join(import.meta.dirname, "../../test-output/screenshots");

export let site: Awaited<ReturnType<typeof startRehearsalPage>>;
let browser: Browser;
const closing: (() => Promise<unknown>)[] = [];
export let page: Page;
let complaints: string[];

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  site = await startRehearsalPage();
  closing.push(() => site.stop());
  browser = await launchBrowser();
  closing.push(() => browser.close());
});

afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

beforeEach(() => {
  complaints = [];
  site.posted.length = 0;
  site.resetMail();
  site.calendar.reset();
});

afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.context().close();
});

/** A browser reports a refused answer by itself. */
const isExpected = (text: string) => /^Failed to load resource: the server responded with a status of 409/.test(text);

export async function open(hash = "", options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  // Includes what the content security policy refused.
  page.on("console", (line) => line.type() === "error" && !isExpected(line.text()) && complaints.push(line.text()));
  await page.goto(site.url + hash);
}

export const choose = (name: string) =>
  page.getByRole("list", { name: "People" }).getByRole("button", { name }).click();
export const tab = (name: string) => page.getByRole("tab", { name });
export const mailRow = (subject: RegExp) =>
  page.getByRole("list", { name: "Mails" }).getByRole("button", { name: subject });
export const announced = () => page.locator("#announcer").textContent();
export const hasFocus = (element: Locator) => element.evaluate((one) => one === document.activeElement);
export const sidewaysScroll = (selector: string) =>
  page.locator(selector).evaluate((e) => e.scrollWidth - e.clientWidth);
export const shot = (name: string) =>
  page.screenshot({ path: join(screenshots, `rehearsal-${name}.png`), fullPage: true });

/** What comes about after the page has loaded something else. */
export async function expectSoon<T>(look: () => Promise<T>, wanted: T): Promise<void> {
  for (let tries = 0; tries < 100 && (await look()) !== wanted; tries += 1) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  expect(await look()).toEqual(wanted);
}
