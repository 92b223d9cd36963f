import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it as plainIt } from "@jest/globals";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { evidencePrefix, keepEvidence } from "./evidence.ts";

/*
 * A browser for the tests of one file: importing this starts it before them. Each test begins without pages and fails
 * when one of its pages complained. What the pages of a failed test show is kept, if it is defined by this `it`.
 */

/** Where pictures of the pages go. */
const screenshots = join(import.meta.dirname, "../../test-output/screenshots");
/** Pictures of whole pages are a third of what a browser's tests take, and no test looks at them. */
export const takesPictures = process.env["PICTURES"] === "1";

export type ContextOptions = NonNullable<Parameters<Browser["newContext"]>[0]>;
export const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true } as const;

let browser: Browser | null = null;
const contexts: BrowserContext[] = [];
/** The page that was opened last. */
export let page: Page;
/** What the pages of a test have complained of: exceptions, errors, warnings, and what their own policy refused. */
export const complaints: string[] = [];
const harmless: RegExp[] = [];
/** What the pages of a test have asked for. */
export const asked: { readonly url: string; readonly referrer: string | undefined }[] = [];
let passed: boolean;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  const prefix = evidencePrefix(testFile());
  for (const name of readdirSync(screenshots)) if (name.startsWith(prefix)) rmSync(join(screenshots, name));
  browser = await launchBrowser();
});

afterAll(async () => browser?.close());

beforeEach(() => {
  passed = false;
  asked.length = 0;
});

afterEach(async () => {
  const pages = contexts.flatMap((context) => context.pages());
  const test = { file: testFile(), name: expect.getState().currentTestName ?? "" };
  if (!passed || complaints.length > 0) await keepEvidence(pages, { folder: screenshots, test, complaints });
  for (const context of contexts.splice(0)) await context.close();
  expect(complaints.splice(0)).toEqual([]);
});

const testFile = (): string => expect.getState().testPath ?? "";

/** Marks the test as passed at its end, whichever way it may end otherwise: by a fault, or by its time being over. */
const watched =
  <Given extends readonly unknown[]>(body: (...given: Given) => Promise<void>) =>
  async (...given: Given) => {
    await body(...given);
    passed = true;
  };

type GivenBy<Row> = Row extends readonly unknown[] ? [...Row] : [Row];

/** The tests' own `it`, by which a test that fails leaves something to see. */
export const it = Object.assign(
  (name: string, body: () => Promise<void>) => {
    plainIt(name, watched(body));
  },
  {
    each:
      <const Row>(rows: readonly Row[]) =>
      (name: string, body: (...given: GivenBy<Row>) => Promise<void>) => {
        plainIt.each(rows as readonly unknown[])(name, watched(body) as (...given: unknown[]) => Promise<void>);
      },
  },
);

/** Console lines that are no fault of a page, such as a browser's own about a refused request. */
export function expectComplaints(like: RegExp): void {
  harmless.push(like);
}

/** Opens a page of its own, with nothing kept from others; it is `page` from now on, and so are those that it opens. */
export async function newPage(options: ContextOptions = {}): Promise<void> {
  if (browser === null) throw new Error("There is no browser.");
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  contexts.push(context);
  context.on("page", watch);
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  page = await context.newPage();
}

function watch(opened: Page): void {
  opened.on("pageerror", (error) => complaints.push(error.message));
  opened.on("console", (line) => {
    const [kind, text] = [line.type(), line.text()];
    if (["error", "warning"].includes(kind) && !harmless.some((like) => like.test(text))) complaints.push(text);
  });
  opened.on("request", (request) => asked.push({ url: request.url(), referrer: request.headers()["referer"] }));
}

/** Goes on in the page that opens in a new tab when this is done. */
export async function followToNewTab(act: () => Promise<void>): Promise<void> {
  const [opened] = await Promise.all([page.context().waitForEvent("page"), act()]);
  page = opened;
}

/** Takes pictures named `<prefix>-<name>.png`, of the page or of something in it, when they are asked for by PICTURES=1. */
export const shotsOf =
  (prefix: string, options: { readonly fullPage?: boolean } = {}) =>
  async (name: string, of: Locator | Page = page): Promise<void> => {
    if (takesPictures) await of.screenshot({ path: join(screenshots, `${prefix}-${name}.png`), ...options });
  };

/** The cards that have this heading. */
export const cardsWith = (heading: string | RegExp): Locator =>
  page.locator(".card").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });
export const press = (form: Locator, button: string): Promise<void> =>
  form.getByRole("button", { name: button, exact: true }).click();
export const announced = (): Promise<string | null> => page.locator("#announcer").textContent();
export const hasFocus = (element: Locator): Promise<boolean> => element.evaluate((one) => one === document.activeElement);
/** By how many pixels something can be scrolled sideways. */
export const sidewaysScroll = (selector = "html"): Promise<number> =>
  page.locator(selector).evaluate((one) => one.scrollWidth - one.clientWidth);

/** Presses Tab until the focus is on this, or within it; fails after `most` presses. */
export async function tabTo(wanted: Locator, most: number): Promise<void> {
  const isThere = () => wanted.evaluate((one) => one.contains(document.activeElement));
  for (let presses = 0; !(await isThere()); presses += 1) {
    expect(presses).toBeLessThan(most);
    await page.keyboard.press("Tab");
  }
}
