import { expect } from "@jest/globals";
import type { Theme } from "../../src/tab/host/host.ts";
import { complaints, page, shotsOf } from "./driver.ts";
import { callApi, faultsOfPage, narrow, openTab, people, settled, wide } from "./tab-driver.ts";

/* Every page of the tab, one after the other. */

const shot = shotsOf("tab", { fullPage: true });

/** The pages that somebody finds in the navigation, by their addresses. */
async function foundPages(): Promise<string[]> {
  const links = page.getByRole("navigation", { name: "Pages" }).locator("a[href^='#/']");
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  return [...new Set(addresses)].map((address) => address.replace("#/", ""));
}

/** Goes to another page of the tab that is open. */
async function goTo(at: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `/${at}`);
  await settled();
}

interface Items {
  readonly items: readonly { readonly id: string; readonly state?: string }[];
}

/** Inner pages that no navigation shows, by the ids that the demo has. */
async function innerPages(): Promise<string[]> {
  const read = (path: string): Promise<Items> => callApi(people.lead, path);
  const [teams, rounds] = [await read("teams?limit=1"), await read("check-in-rounds?limit=1")];
  const [meetings, waves] = [await read("meetings?limit=50"), await read("pulse-results")];
  const held = meetings.items.find(({ state }) => state === "held");
  const coming = meetings.items.find(({ state }) => state === "booked");
  const idOf = (item: { readonly id: string } | undefined): string => item?.id ?? "";
  return [
    "overview/requests",
    `check-ins/team/${idOf(teams.items[0])}`,
    "meetings/plan",
    `meetings/${idOf(held)}`,
    `meetings/${idOf(coming)}`,
    `pulse/${idOf(waves.items[0])}`,
    "people/import",
    `deliveries/${idOf(rounds.items[0])}`,
    "evidence/report",
    "settings/meetings",
    "settings/pulse",
    "settings/retention",
    "settings/leads",
    "settings/audit-log",
  ];
}

/** A lead finds every page, and nothing wrong with any: neither axe, nor the page's width, nor the console. */
export async function leadSeesEveryPage(theme: Theme, width: "wide" | "narrow"): Promise<void> {
  const size = width === "wide" ? wide : narrow;
  await openTab(people.lead, "overview", { theme, size });
  await page.setViewportSize({ width: 1280, height: 860 });
  const found = await foundPages();
  await page.setViewportSize(size.viewport ?? { width: 1280, height: 860 });
  expect(found).toEqual(expect.arrayContaining(["overview", "check-ins", "meetings", "pulse", "people", "deliveries", "evidence", "settings"]));
  const faults: Record<string, string[]> = {};
  for (const at of [...found, ...(await innerPages())]) {
    await goTo(at);
    await shot(`${theme}-${width}-${nameOf(at)}`);
    // Themes differ in colours and in nothing else.
    const seen = await faultsOfPage(theme === "light" ? "all" : "about colours");
    faults[nameOf(at)] = [...seen, ...complaints.splice(0)];
  }
  expect(Object.entries(faults).filter(([, some]) => some.length > 0)).toEqual([]);
}

/** Somebody finds these pages on a phone and no others, and nothing wrong with any. */
export async function phoneSeesEveryPage(who: string, person: string, expected: readonly string[]): Promise<void> {
  await openTab(person, "", { size: wide });
  expect((await foundPages()).toSorted()).toEqual([...expected].toSorted());
  await page.setViewportSize({ width: 320, height: 640 });
  const faults: Record<string, string[]> = {};
  for (const at of expected) {
    await goTo(at);
    await shot(`${who.replaceAll(" ", "-")}-${at}`);
    faults[at] = [...(await faultsOfPage()), ...complaints.splice(0)];
  }
  expect(Object.entries(faults).filter(([, some]) => some.length > 0)).toEqual([]);
}

/** The ids in an address say nothing to whoever looks at the pictures. */
const nameOf = (at: string): string => at.replaceAll(/[0-9a-f-]{36}/g, "one").replaceAll("/", "-");
