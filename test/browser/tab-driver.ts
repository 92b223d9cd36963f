import { afterAll, beforeAll, expect } from "@jest/globals";
import type { Locator } from "playwright-core";
import type { Theme } from "../../src/tab/host/host.ts";
import { violations } from "../support/browser.ts";
import { freePorts, type ServerProcess, startServer, temporaryFolder } from "../support/built-server.ts";
import { demoData } from "../support/demo.ts";
import { type ContextOptions, newPage, page, phone, sidewaysScroll } from "./driver.ts";

/* The built program with twelve months of made-up history, for the tests of one file: importing this starts it. */

export const people = {
  /** Leads the whole network. */
  lead: "morwenna.achebe@network.example.org",
  /** Leads South East. */
  areaLead: "dilip.chaudhari@kestrelmoor.example.org",
  admin: "ottilie.fairbairn@network.example.org",
  viewer: "kofi.darkwah@commissioning.example.org",
} as const;

/** Where the keys to surveys that are open lie. */
export const pulseKeys = temporaryFolder();

export let server: ServerProcess;
/** Null until it has started, so that a failed start leaves nothing behind. */
let running: ServerProcess | null = null;

beforeAll(async () => {
  running = await startServer({ DATA_DIR: await demoData(), PULSE_KEYS: pulseKeys, PORT: String(await freePorts()) });
  server = running;
}, 240_000);

afterAll(async () => running?.kill());

/** The widths that every page must work at: a desktop's window, and the narrowest phone. */
export const wide: ContextOptions = { viewport: { width: 1280, height: 860 } };
export const narrow: ContextOptions = { ...phone, viewport: { width: 320, height: 640 } };

export interface Opening {
  readonly theme?: Theme;
  readonly size?: ContextOptions;
}

/**
 * Opens the tab as somebody (their e-mail address) at a page, such as "people/import", in a page of its own, and waits
 * until nothing of it is still loading.
 */
export async function openTab(person: string, at = "", { theme = "light", size = wide }: Opening = {}): Promise<void> {
  await newPage({ ...size, ...(theme === "contrast" ? { forcedColors: "active" as const } : {}) });
  await page.goto(`${server.url}/tab/?person=${person}&theme=${theme}#/${at}`);
  await settled();
}

/** Waits until the page has its heading and nothing stands in for what is still to come. */
export async function settled(): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector(".fui-Skeleton, .fui-Spinner") === null);
}

/**
 * What a state of a page is looked at in: both sizes, and the looks that differ in colours alone. Every page by itself is
 * looked at in each look and size by tab-pages.test.ts, here and in test/long.
 */
export const looksAndSizes = [
  { theme: "light", width: "wide", size: wide, rules: "all" },
  { theme: "light", width: "narrow", size: narrow, rules: "all" },
  { theme: "dark", width: "narrow", size: narrow, rules: "about colours" },
  { theme: "contrast", width: "narrow", size: narrow, rules: "about colours" },
] as const;

/**
 * What is wrong with the page: what axe finds, by all of its rules or those about colours, that it scrolls sideways, that it
 * has no or several first headings.
 */
export async function faultsOfPage(rules: "all" | "about colours" = "all"): Promise<string[]> {
  const isForced = await page.evaluate(() => matchMedia("(forced-colors: active)").matches);
  // Under forced colours axe takes the theme's colour of a link for the one that is drawn, and the system's background.
  if (isForced) await page.emulateMedia({ forcedColors: "none" });
  const found = await violations(page, rules);
  if (isForced) await page.emulateMedia({ forcedColors: "active" });
  const sideways = await sidewaysScroll();
  const headings = await page.getByRole("heading", { level: 1 }).count();
  return [
    ...found,
    ...(sideways === 0 ? [] : [`it scrolls sideways by ${sideways} px`]),
    ...(headings === 1 ? [] : [`it has ${headings} headings of the first level`]),
  ];
}

/** Fails when something is wrong with the page. */
export async function expectAccessible(): Promise<void> {
  expect(await faultsOfPage()).toEqual([]);
}

/** Fails when something is wrong with the dialog that is open. The page behind it is hidden from everybody meanwhile. */
export async function expectAccessibleDialog(rules: "all" | "about colours" = "all"): Promise<void> {
  await page.getByRole("dialog").waitFor();
  const faults = await faultsOfPage(rules);
  expect(faults.filter((fault) => !fault.startsWith("it "))).toEqual([]);
  expect(await sidewaysScroll("[role=dialog]")).toBe(0);
}

/** A part of the page by its heading. */
export const section = (name: string | RegExp): Locator => page.getByRole("region", { name });

/** Asks the API as somebody; gives the body of the answer. */
export async function callApi(person: string, path: string, init: { method?: string; body?: object } = {}): Promise<any> {
  const answer = await fetch(`${server.url}/api/v1/${path}`, {
    method: init.method ?? "GET",
    headers: { authorization: `Bearer ${await server.tokenOf(person)}`, "content-type": "application/json" },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  expect({ path, ok: answer.ok }).toEqual({ path, ok: true });
  return answer.json();
}
