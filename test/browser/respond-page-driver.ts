import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "@jest/globals";
import type { Browser, Locator, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { startRespondPage } from "./respond-page-server.ts";

/*
 * A page behind a personal link, for the tests of one file: importing this starts the site and a browser before them,
 * and each test that ends with a complaint of its page has failed.
 */
const screenshots = join(import.meta.dirname, "../../test-output/screenshots");

export let site: Awaited<ReturnType<typeof startRespondPage>>;
let browser: Browser;
const closing: (() => Promise<unknown>)[] = [];
export let page: Page;
let complaints: string[];
export let asked: string[];

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  site = await startRespondPage();
  closing.push(() => site.stop());
  browser = await launchBrowser();
  closing.push(() => browser.close());
});

afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

beforeEach(() => {
  complaints = [];
  asked = [];
  site.reset();
});

afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

type ContextOptions = Parameters<Browser["newContext"]>[0];

/** A browser reports each answer of 400 and more by itself, and each lost connection; all else is a fault of the page. */
const isExpected = (text: string) => /^Failed to load resource: (?:the server responded|net::ERR_(?:EMPTY|INCOMPLETE))/.test(text);

export async function newPage(options: ContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (line) => {
    if (["error", "warning"].includes(line.type()) && !isExpected(line.text())) complaints.push(line.text());
  });
  page.on("request", (request) => asked.push(request.url()));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`));
  });
}

export async function open(token: string, options?: ContextOptions): Promise<void> {
  await newPage(options);
  await page.goto(`${site.url}#${token}`);
}

export const cards = () => page.locator(".card");
export const card = (heading: string): Locator => cards().filter({ has: page.getByRole("heading", { name: heading }) });
export const questions = () => card("How is your caseload?");
export const thanks = () => card("Thank you, recorded");
export const button = (name: string) => page.getByRole("button", { name, exact: true });
export const title = (text: string) => page.getByRole("heading", { level: 1, name: text, exact: true });
export const announced = () => page.locator("#announcer").textContent();
export const hasFocus = (element: Locator) => element.evaluate((one) => one === document.activeElement);
export const sideways = () => page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);

/** How much of the page has moved by itself so far (Cumulative Layout Shift; up to 0.1 is counted as good). */
export const jumped = () =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const seen = (list: PerformanceObserverEntryList) =>
          list.getEntries().reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0);
        // An empty list isn't reported, so the paint that is always there closes the reading.
        let sum = 0;
        new PerformanceObserver((list) => (sum += seen(list))).observe({ type: "layout-shift", buffered: true });
        new PerformanceObserver(() => resolve(sum)).observe({ type: "paint", buffered: true });
      }),
  );

export const shot = (name: string) => page.screenshot({ path: join(screenshots, `respond-${name}.png`), fullPage: true });
