import { describe, expect } from "@jest/globals";
import type { Locator } from "playwright-core";
import { violations } from "../support/browser.ts";
import { followToNewTab, hasFocus, it, page, phone, shotsOf, sidewaysScroll } from "./driver.ts";
import { choose, suggestion, tab } from "./in-rehearsal.ts";
import { card, openRehearsal, server } from "./local-mode-driver.ts";

const shot = shotsOf("rehearsal-tab");
const morwenna = "Morwenna Achebe";

/** The frame that shows somebody's tab. */
const frameOf = (name: string): Locator => page.getByTitle(`Steady's tab, as ${name} sees it`, { exact: true });
const heading = (name: string): Locator => frameOf(name).contentFrame().getByRole("heading", { level: 1 });
const addressOf = (name: string) => frameOf(name).contentFrame().locator("html").evaluate(() => location.href);

/** Goes to a page in the tab of Morwenna, whose pages are in a menu in so narrow a frame. */
async function goTo(name: string): Promise<void> {
  await heading(morwenna).waitFor();
  await frameOf(morwenna).contentFrame().locator("html").evaluate((_root, to) => (location.hash = `#/${to}`), name);
}

describe("the tab in Rehearsal", () => {
  it("is that of whoever is chosen, and is kept while another view is open", async () => {
    await openRehearsal(morwenna);
    await tab("Tab").click();
    await heading(morwenna).waitFor();
    await goTo("deliveries");
    await shot("light");
    const address = await addressOf(morwenna);
    expect(new URL(address).pathname).toBe("/tab/");
    expect(address).toMatch(/#\/deliveries$/);
    await tab("Chat").click();
    await tab("Tab").click();
    expect(await addressOf(morwenna)).toBe(address);
    await choose("Priya Raman");
    expect(await frameOf(morwenna).count()).toBe(0);
    await tab("Tab").click();
    await heading("Priya Raman").waitFor();
    expect(new URL(await addressOf("Priya Raman")).searchParams.get("person")).not.toBe(new URL(address).searchParams.get("person"));
  });

  it("opens in a window of its own at the page that is shown", async () => {
    await openRehearsal(morwenna);
    await tab("Tab").click();
    await goTo("deliveries");
    await followToNewTab(() => page.getByRole("link", { name: "Open in a window of its own" }).click());
    await page.getByRole("heading", { name: "Deliveries", level: 1 }).waitFor();
    expect(page.url()).toMatch(/#\/deliveries$/);
  });

  it("opens from a card at the page that the card is about", async () => {
    await openRehearsal(morwenna);
    await suggestion("pulse").click();
    await card("Pulse").getByRole("link", { name: "Open in Steady" }).click();
    expect(await hasFocus(tab("Tab"))).toBe(true);
    await heading(morwenna).waitFor();
    expect(await addressOf(morwenna)).toMatch(/#\/pulse$/);
    expect(page.context().pages()).toHaveLength(1);
  });

  it("follows the theme that was chosen", async () => {
    await openRehearsal(morwenna);
    await tab("Tab").click();
    await heading(morwenna).waitFor();
    await page.getByLabel("Theme").selectOption("dark");
    await page.waitForFunction(() => document.querySelector("iframe")?.src.includes("theme=dark"));
    await heading(morwenna).waitFor();
    await shot("dark");
    const scheme = () => frameOf(morwenna).contentFrame().locator("html").evaluate((root) => root.style.colorScheme);
    expect(await scheme()).toBe("dark");
  });

  it("isn't there for people without the app, and comes back with it", async () => {
    await openRehearsal("Samira Haddad");
    await tab("Tab").click();
    await heading("Samira Haddad").waitFor();
    await page.getByRole("button", { name: "More about this chat" }).click();
    await page.getByRole("button", { name: "Remove the app" }).click();
    await page.getByText("Steady isn't installed for this person, so they have no tab.").waitFor();
    expect(await page.getByRole("link", { name: "Open in a window of its own" }).isVisible()).toBe(false);
    await page.getByRole("button", { name: "More about this chat" }).click();
    await page.getByRole("button", { name: "Install the app" }).click();
    await heading("Samira Haddad").waitFor();
  });

  it("works at 390 pixels, and has no faults that axe can find", async () => {
    await openRehearsal(morwenna, phone);
    await tab("Tab").click();
    await heading(morwenna).waitFor();
    await shot("phone");
    expect(await sidewaysScroll()).toBe(0);
    const { width = 0, height = 0 } = (await frameOf(morwenna).boundingBox()) ?? {};
    expect([width, height > 400]).toEqual([390, true]);
    expect(await violations(page)).toEqual([]);
  });
});

it("is told apart from a page that nobody signed in to", async () => {
  await openRehearsal();
  await page.goto(`${server.url}/tab/`);
  await page.getByText("Choose somebody on the Rehearsal page first; their tab opens from there.").waitFor();
});
