import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import type { Locator } from "playwright-core";
import { type ContextOptions, expectComplaints, newPage, page, shotsOf } from "./driver.ts";
import { startRespondPage } from "./respond-page-server.ts";

/* A page behind a personal link, for the tests of one file: importing this starts its site before them. */

export let site: Awaited<ReturnType<typeof startRespondPage>>;
let running: typeof site | null = null;

beforeAll(async () => {
  running = await startRespondPage();
  site = running;
});

afterAll(async () => running?.stop());

beforeEach(() => site.reset());

// A browser reports each answer of 400 and more by itself, and each lost connection; all else is a fault of the page.
expectComplaints(/^Failed to load resource: (?:the server responded|net::ERR_(?:EMPTY|INCOMPLETE))/);

export async function open(token: string, options?: ContextOptions): Promise<void> {
  await newPage(options);
  await page.goto(`${site.url}#${token}`);
}

export const cards = (): Locator => page.locator(".card");
export const card = (heading: string): Locator => cards().filter({ has: page.getByRole("heading", { name: heading }) });
export const questions = (): Locator => card("How is your caseload?");
export const thanks = (): Locator => card("Thank you, recorded");
export const button = (name: string): Locator => page.getByRole("button", { name, exact: true });
export const title = (text: string): Locator => page.getByRole("heading", { level: 1, name: text, exact: true });

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

export const shot = shotsOf("respond", { fullPage: true });
