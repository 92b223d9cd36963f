import { describe, expect } from "@jest/globals";
import { violations } from "../support/browser.ts";
import { hasFocus, it, page, sidewaysScroll } from "./driver.ts";
import { choose, mailRow, tab } from "./in-rehearsal.ts";
import { expectSoon, open, site } from "./rehearsal-page-driver.ts";
import { mailLink } from "./rehearsal-page-server.ts";

const card = (position: number) => page.locator(".card").nth(position);
const mailBody = () => page.frameLocator('iframe[title="Mail: Caseload check-in for November"]');

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
    expect(await hasFocus(card(0))).toBe(true);
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
      expect(await sidewaysScroll(selector)).toBe(0);
    }
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Back to people" }).click();
    const ana = page.getByRole("button", { name: "Ana Silva" });
    expect(await hasFocus(ana)).toBe(true);
  });
});

describe("the inbox of somebody whom Teams can't reach", () => {
  it("opens on the newest mail, whose link leads to a new tab and nowhere back", async () => {
    await open("#p3");
    const link = mailBody().getByRole("link", { name: "Open your card" });
    await link.waitFor();
    expect(await tab("Mail").getAttribute("aria-selected")).toBe("true");
    expect(await page.getByRole("heading", { level: 3 }).textContent()).toBe("Caseload check-in for November");
    const head = await page.locator(".mail-facts > div").allTextContents();
    expect(head.slice(0, 3)).toEqual([
      "FromMorwenna Achebe (London network) <steady@network.example.org>",
      "Reply toMorwenna Achebe <morwenna.achebe@network.example.org>",
      "ToÓrla Byrne <orla.byrne@hillcrest.example.org>",
    ]);
    expect(await link.getAttribute("href")).toBe(mailLink);
    await expectSoon(() => link.getAttribute("rel"), "noopener noreferrer");
    await page.context().route("http://127.0.0.1:3978/**", (route) => route.fulfill({ body: "The card" }));
    const [newTab] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
    await newTab.waitForURL(mailLink);
    expect(await newTab.evaluate(() => [window.opener === null, document.referrer])).toEqual([true, ""]);
  });

  it("shows the HTML without scripts, as tall as it is", async () => {
    await open("#p3");
    await mailBody().getByText("Sent by Steady").waitFor();
    const frame = page.locator("iframe");
    expect(await frame.getAttribute("sandbox")).not.toContain("allow-scripts");
    await expectSoon(() => frame.evaluate((one: HTMLIFrameElement) => {
      const mail = one.contentDocument?.documentElement;
      return mail !== undefined && Math.ceil(mail.getBoundingClientRect().height) === one.clientHeight;
    }), true);
  });

  it("counts what wasn't opened beside the person and on the tab", async () => {
    await open();
    const row = page.getByRole("button", { name: "Órla Byrne" });
    await row.getByText("2 unread").waitFor();
    await row.click();
    await row.getByText("1 unread").waitFor();
    await tab("Mail 1 unread").waitFor();
    await mailRow(/^Unread. .*a reminder/).click();
    await page.getByRole("heading", { name: "Caseload check-in: a reminder" }).waitFor();
    await row.getByText("unread").waitFor({ state: "detached" });
    expect(await tab("Mail").textContent()).toBe("Mail");
  });

  it("brings a new mail by itself, says so, and leaves the open one alone", async () => {
    await open("#p3");
    await mailBody().getByText("Hello Órla Byrne").waitFor();
    await mailBody().locator("body").evaluate((body) => body.setAttribute("data-same", "yes"));
    site.sendMail("Your new link");
    await mailRow(/^Unread. .*Your new link/).waitFor();
    expect(await page.locator("#announcer").textContent()).toContain("New mail: Your new link");
    const newest = page.getByRole("list", { name: "Mails" }).getByRole("button").first();
    expect(await newest.textContent()).toContain("Your new link");
    expect(await mailBody().locator("body").getAttribute("data-same")).toBe("yes");
    await page.getByRole("group", { name: "What the bot did" }).getByText("Sends a mail").waitFor();
  });

  it("shows the same mail as plain text with its address as a link, and keeps that choice", async () => {
    await open("#p3");
    await page.getByRole("radio", { name: "Text" }).check();
    const link = page.getByRole("article").getByRole("link");
    expect(await link.getAttribute("href")).toBe(mailLink);
    expect(await link.textContent()).toBe(mailLink);
    expect(await link.getAttribute("target")).toBe("_blank");
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
    await page.reload();
    await page.getByRole("article").getByRole("link").waitFor();
    expect(await page.locator("iframe").count()).toBe(0);
  });

  it("moves between chat and mail with the arrow keys and keeps the open one for each person", async () => {
    await open("#p3");
    await tab("Mail").focus();
    await page.keyboard.press("ArrowLeft");
    expect(await hasFocus(tab("Chat"))).toBe(true);
    await page.getByText("What Steady sends them comes by mail.").waitFor();
    expect(await page.getByRole("tabpanel").getAttribute("aria-labelledby")).toBe("tab-chat");
    await choose("Ana Silva");
    await card(0).waitFor();
    await tab("Mail").click();
    await page.getByText("No mail yet.").waitFor();
    await choose("Órla Byrne");
    await page.getByRole("button", { name: "Show mail" }).click();
    expect(await hasFocus(tab("Mail"))).toBe(true);
    await page.reload();
    await mailBody().getByText("Hello Órla Byrne").waitFor();
    await choose("Ana Silva");
    await page.getByText("No mail yet.").waitFor();
  });

  it("shows the list and then the mail at 320 pixels, with a way back", async () => {
    await open("", { viewport: { width: 320, height: 640 } });
    await choose("Órla Byrne");
    await mailRow(/November/).waitFor();
    expect(await page.locator("iframe").count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await mailRow(/November/).click();
    await mailBody().getByRole("link", { name: "Open your card" }).waitFor();
    expect(await mailRow(/November/).isVisible()).toBe(false);
    for (const selector of ["html", "#mail-scroller"]) expect(await sidewaysScroll(selector)).toBe(0);
    expect(await violations(page)).toEqual([]);
    const back = page.getByRole("button", { name: "Back to the list" });
    expect(await hasFocus(back)).toBe(true);
    await back.click();
    expect(await hasFocus(mailRow(/November/))).toBe(true);
  });

  it.each(["light", "dark"] as const)("has no faults that axe can find in %s", async (colorScheme) => {
    await open("#p3", { colorScheme });
    await mailBody().getByText("Sent by Steady").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("radio", { name: "Text" }).check();
    expect(await violations(page)).toEqual([]);
    await tab("Chat").click();
    await page.getByRole("button", { name: "Show mail" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
