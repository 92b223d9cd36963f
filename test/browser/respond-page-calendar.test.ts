import { readFile } from "node:fs/promises";
import { describe, expect } from "@jest/globals";
import { violations } from "../support/browser.ts";
import { announced, asked, it, page, phone, sidewaysScroll } from "./driver.ts";
import { button, card, open, questions, shot, site } from "./respond-page-driver.ts";
import { calendarFile } from "./respond-page-server.ts";

const said = (text: string) => page.locator(".to-calendar").getByText(text).waitFor();

describe("a meeting behind a link", () => {
  it.each([
    ["on a phone", phone],
    ["on a desk, in the dark", { colorScheme: "dark", viewport: { width: 1280, height: 900 } }],
  ] as const)("is saved as a file for one's calendar %s", async (where, options) => {
    await open("meeting", options);
    await card("Network meeting").waitFor();
    expect(await page.title()).toBe("Your meeting · Steady");
    await shot(`meeting-${where.replaceAll(/\W+/g, "-")}`);
    const [download] = await Promise.all([page.waitForEvent("download"), button("Add to calendar").click()]);
    expect(download.suggestedFilename()).toBe(calendarFile.fileName);
    expect(await readFile(await download.path(), "utf8")).toBe(calendarFile.ics);
    await said(`Your browser saves it as ${calendarFile.fileName}.`);
    expect(await announced()).toContain("Your browser saves it as");
    expect(site.posted.at(-1)).toEqual({ path: "calendar", token: "meeting", body: {} });
    expect(asked.filter(({ url }) => url.startsWith("http") && new URL(url).search !== "")).toEqual([]);
    await shot(`meeting-saved-${where.replaceAll(/\W+/g, "-")}`);
    expect(await violations(page)).toEqual([]);
    expect(await sidewaysScroll()).toBe(0);
  });

  it("says why there is no file, and gives one at the next try", async () => {
    await open("meeting", phone);
    site.answer("calendar", site.problem(404, "There is nothing here to put into a calendar: it is over, or cancelled."));
    await button("Add to calendar").click();
    await said("There is nothing here to put into a calendar: it is over, or cancelled.");
    site.answer("calendar", "silence");
    await button("Add to calendar").click();
    await said("No answer came. Check your connection, then try again.");
    expect(await violations(page)).toEqual([]);
    site.answer("calendar", null);
    await Promise.all([page.waitForEvent("download"), button("Add to calendar").click()]);
  });

  it("keeps its button when the card is answered, and other cards have none", async () => {
    await open("meeting");
    await button("Yes").click();
    await card("Thank you, recorded").waitFor();
    expect(await button("Add to calendar").count()).toBe(1);
    await page.goto(`${site.url}#ana`);
    await questions().waitFor();
    expect(await button("Add to calendar").count()).toBe(0);
  });
});
