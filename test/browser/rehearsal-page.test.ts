import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { launchBrowser, violations } from "../support/browser.ts";
import { startRehearsalPage } from "./rehearsal-page-server.ts";


let site: Awaited<ReturnType<typeof startRehearsalPage>>;
let browser: Browser;
const closing: (() => Promise<unknown>)[] = [];
let page: Page;
let complaints: string[];

beforeAll(async () => {
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
});

afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.context().close();
});

async function open(hash = "", options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  // Includes what the content security policy refused.
  page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
  await page.goto(site.url + hash);
}

const card = (position: number) => page.locator(".card").nth(position);

describe("the Rehearsal page", () => {
  it("finds a person without their accents and keeps them when the page is loaded again", async () => {
    await open();
    await page.getByRole("button", { name: "Ana Silva" }).waitFor();
    await page.getByLabel("Search people").fill("lukasz hill");
    expect(await page.getByRole("list", { name: "People" }).getByRole("button").count()).toBe(1);
    await page.getByRole("button", { name: "Łukasz Nowak" }).click();
    await page.reload();
    await page.getByRole("heading", { name: "Łukasz Nowak" }).waitFor();
    await page.getByText("Steady isn't installed for this person").waitFor();
  });

  it("moves to the first wrong input and ties its message to it", async () => {
    await open("#p1");
    await card(1).getByLabel("People waiting").fill("4000");
    await card(1).getByRole("button", { name: "Send" }).click();
    const group = card(1).getByRole("radiogroup", { name: "How does it feel?" });
    expect(await group.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    const described = await group.getAttribute("aria-describedby");
    expect(await page.locator(`[id="${described ?? ""}"]`).textContent()).toContain("Choose how it feels.");
    expect(await card(1).getByLabel("People waiting").getAttribute("aria-invalid")).toBe("true");
    expect(await card(1).getByLabel("New people").getAttribute("aria-invalid")).toBeNull();
    expect(site.posted).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });

  it("sends a press once, shows a refusal below the card and loses nothing that was typed", async () => {
    await open("#p1");
    await card(0).getByRole("radio", { name: "Comfortable" }).check();
    await card(1).getByRole("radio", { name: "Busy" }).check();
    await card(1).getByLabel("Note").fill("943 476 5919");
    await card(1).getByRole("button", { name: "Send" }).dblclick();
    await card(1).getByRole("alert").filter({ hasText: "Take the number out of the note." }).waitFor();
    const heard = page.waitForResponse((response) => response.url().endsWith("/chat"));
    site.nudge();
    await heard;
    expect(await card(1).getByLabel("Note").inputValue()).toBe("943 476 5919");
    expect(await card(0).getByRole("radio", { name: "Comfortable" }).isChecked()).toBe(true);
    expect(site.posted).toHaveLength(1);
    expect(site.posted[0]).toEqual({
      activityId: "m2",
      action: { type: "Action.Execute", verb: "checkIn.submit", data: { delivery: "d1" } },
      inputs: { feeling: "busy", note: "943 476 5919" },
    });
  });

  it("makes links of http addresses only, and opens them elsewhere", async () => {
    await open("#p1");
    const links = card(0).getByRole("link");
    await links.first().waitFor();
    expect(await links.count()).toBe(1);
    expect(await links.first().getAttribute("rel")).toBe("noopener noreferrer");
  });

  it("sends the Submit fallback as an old client, and replaces the card in place", async () => {
    await open("#p1");
    await page.getByLabel("Old client").check();
    await card(0).getByRole("radio", { name: "Busy" }).check();
    await card(0).getByRole("button", { name: "Skip" }).click();
    await card(0).getByRole("alert").filter({ hasText: "no Submit fallback" }).waitFor();
    await card(0).getByRole("button", { name: "Send" }).click();
    await card(0).getByRole("heading", { name: "Thank you, recorded" }).waitFor();
    expect(site.posted.map((each) => each.action)).toEqual([
      { type: "Action.Submit", data: { verb: "checkIn.submit", old: true } },
    ]);
    expect(await page.locator("#announcer").textContent()).toContain("Card updated");
    expect(await card(0).evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it.each(["light", "dark"] as const)("has no faults that axe can find in %s", async (colorScheme) => {
    await open("#p1", { colorScheme });
    await card(0).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("shows one pane at a time at 320 pixels, without scrolling sideways", async () => {
    await open("", { viewport: { width: 320, height: 640 } });
    await page.getByRole("button", { name: "Ana Silva" }).click();
    await card(1).waitFor();
    for (const selector of ["html", "#chat-scroller"]) {
      expect(await page.locator(selector).evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0);
    }
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Back to people" }).click();
    const ana = page.getByRole("button", { name: "Ana Silva" });
    expect(await ana.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
