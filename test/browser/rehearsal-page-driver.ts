import { afterAll, beforeAll, beforeEach, expect } from "@jest/globals";
import { type ContextOptions, expectComplaints, newPage, page, shotsOf } from "./driver.ts";
import { startRehearsalPage } from "./rehearsal-page-server.ts";

/* The Rehearsal page, for the tests of one file: importing this starts its site before them. */

export let site: Awaited<ReturnType<typeof startRehearsalPage>>;
let running: typeof site | null = null;

beforeAll(async () => {
  running = await startRehearsalPage();
  site = running;
});

afterAll(async () => running?.stop());

beforeEach(() => {
  site.posted.length = 0;
  site.resetMail();
  site.calendar.reset();
});

// A browser reports a refused answer by itself.
expectComplaints(/^Failed to load resource: the server responded with a status of 409/);

export async function open(hash = "", options: ContextOptions = {}): Promise<void> {
  await newPage(options);
  await page.goto(site.url + hash);
}

export const shot = shotsOf("rehearsal", { fullPage: true });

/** What comes about after the page has loaded something else. */
export async function expectSoon<T>(look: () => Promise<T>, wanted: T): Promise<void> {
  for (let tries = 0; tries < 100 && (await look()) !== wanted; tries += 1) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  expect(await look()).toEqual(wanted);
}
