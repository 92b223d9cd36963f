import { describe, expect } from "@jest/globals";
import { violations } from "../support/browser.ts";
import { announced, hasFocus, it, newPage, page, sidewaysScroll } from "./driver.ts";
import { button, card, cards, jumped, open, questions, shot, site, thanks, title } from "./respond-page-driver.ts";

describe("a personal link's page", () => {
  it("opens with the card, whom it is for and who sends it, and nothing jumps", async () => {
    await newPage();
    const release = site.hold();
    await page.goto(`${site.url}#ana`);
    await title("Opening your card…").waitFor();
    expect(await announced()).toBe("Opening your card…");
    expect(await violations(page)).toEqual([]);
    await shot("opening");
    release();
    await title("Your check-in").waitFor();
    await questions().waitFor();
    expect(await page.title()).toBe("Your check-in · Steady");
    const text = await page.locator("body").innerText();
    for (const said of ["For Priya Raman", "Not you? Please don't answer; close this page.", "London Social Prescribing Managers Network"]) {
      expect(text).toContain(said);
    }
    expect(await announced()).toContain("Your check-in, for Priya Raman");
    expect(await jumped()).toBeLessThan(0.02);
    expect(site.posted).toEqual([{ path: "card", token: "ana", body: {} }]);
  });

  it("sends a press as Teams does, replaces the card in place and shows the one that follows", async () => {
    await open("ana");
    await questions().getByRole("radio", { name: "Busy" }).check();
    await questions().getByLabel("People waiting").fill("4");
    await questions().getByRole("button", { name: "Send" }).click();
    await thanks().waitFor();
    const delivery = "019aaf2e-6f10-7c3a-9d54-2f0c7b1e8a01";
    expect(site.posted.slice(1)).toEqual([
      {
        path: "press",
        token: "ana",
        body: {
          action: {
            verb: "checkIn.submit",
            data: expect.objectContaining({ delivery, verb: "checkIn.submit", feeling: "busy", waiting: "4" }),
          },
        },
      },
    ]);
    expect(await cards().count()).toBe(2);
    expect(await hasFocus(thanks())).toBe(true);
    expect(await announced()).toContain("Card updated: Thank you, recorded. Another card follows below: Pressures");
    const { top, height } = await thanks().evaluate((one) => ({ top: one.getBoundingClientRect().top, height: innerHeight }));
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(height);
    await shot("answered");

    await card("Pressures").getByRole("checkbox", { name: "Housing" }).check();
    await card("Pressures").getByRole("button", { name: "Send" }).click();
    await thanks().nth(1).waitFor();
    expect(site.posted[2]).toMatchObject({ path: "press", token: "second" });
    expect(await cards().count()).toBe(2);

    await thanks().first().getByRole("button", { name: "Change answer" }).click();
    await questions().waitFor();
    expect(site.posted[3]).toMatchObject({ token: "ana", body: { action: { verb: "checkIn.change" } } });
  });

  it("shows a refusal and a message at the card and loses nothing that was typed", async () => {
    await open("ana");
    await questions().getByRole("radio", { name: "Busy" }).check();
    await questions().getByLabel("A note").fill("943 476 5919");
    await questions().getByRole("button", { name: "Send" }).click();
    await questions().getByRole("alert").filter({ hasText: "This looks like an NHS number." }).waitFor();
    expect(await questions().getByLabel("A note").inputValue()).toBe("943 476 5919");
    await shot("refused");
    await questions().getByRole("button", { name: "Not now" }).click();
    await questions().getByRole("status").filter({ hasText: "It comes again tomorrow." }).waitFor();
    expect(await questions().getByRole("radio", { name: "Busy" }).isChecked()).toBe(true);
  });

  it.each([
    ["silence", "No answer came. Check your connection, then try again. What you filled in is still here."],
    ["half an answer", "No answer came. Check your connection, then try again. What you filled in is still here."],
    [503, "Something went wrong at Steady's end. Try again in a moment. What you filled in is still here."],
    [429, "Too much at once."],
    [410, "This round has closed."],
  ] as const)("keeps what was typed when a press fails: %s", async (how, words) => {
    await open("ana");
    await questions().getByRole("radio", { name: "Busy" }).check();
    site.answer("press", typeof how === "string" ? how : site.problem(how, words, how === 410 ? ["renew"] : []));
    await questions().getByRole("button", { name: "Send" }).click();
    await questions().getByRole("alert").filter({ hasText: words }).waitFor();
    expect(await questions().getByRole("radio", { name: "Busy" }).isChecked()).toBe(true);
    expect(await button("Send me a new link").count()).toBe(how === 410 ? 1 : 0);
    site.answer("press", null);
    await questions().getByRole("button", { name: "Send" }).click();
    await thanks().waitFor();
  });

  it("sends once when a button is pressed twice, and marks it busy meanwhile", async () => {
    await open("ana");
    await questions().getByRole("radio", { name: "Busy" }).check();
    const release = site.hold();
    await questions().getByRole("button", { name: "Send" }).dblclick();
    await page.locator(".card[aria-busy=true]").waitFor();
    release();
    await thanks().waitFor();
    expect(site.posted.filter(({ path }) => path === "press")).toHaveLength(1);
  });

  it("shows that no other button takes a press meanwhile, and takes it afterwards", async () => {
    await open("ana");
    await questions().getByRole("radio", { name: "Busy" }).check();
    const send = questions().getByRole("button", { name: "Send" });
    const release = site.hold();
    await questions().getByRole("button", { name: "Not now" }).press("Enter");
    await page.locator(".card[aria-busy=true]").waitFor();
    expect(await send.isDisabled()).toBe(true);
    await send.click({ force: true });
    expect(await hasFocus(send)).toBe(true);
    release();
    await questions().getByRole("status").filter({ hasText: "It comes again tomorrow." }).waitFor();
    expect(site.posted.filter(({ path }) => path === "press")).toHaveLength(1);
    await send.click();
    await thanks().waitFor();
  });

  it("stops and starts the messages", async () => {
    await open("ana");
    // The page's own first request isn't held.
    await button("Stop these messages").waitFor();
    const release = site.hold();
    await button("Stop these messages").dblclick();
    release();
    await page.getByText("You won't get any more messages from me.").first().waitFor();
    expect(await announced()).toContain("You won't get any more messages from me.");
    expect(await hasFocus(button("Start again"))).toBe(true);
    site.answer("say", site.problem(503, "s3cret"));
    await button("Start again").click();
    await page.locator(".said").filter({ hasText: "Something went wrong at Steady's end." }).waitFor();
    site.answer("say", null);
    await button("Start again").click();
    await page.locator(".said").filter({ hasText: "You'll get messages from me again." }).waitFor();
    await button("Stop these messages").waitFor();
    expect(site.posted.slice(1).map(({ body }) => body)).toEqual([{ text: "stop" }, { text: "start" }, { text: "start" }]);
  });

  it("says on opening that the messages are stopped", async () => {
    await open("stopped");
    await page.getByText("You have said stop, so Steady sends you no messages.").waitFor();
    await button("Start again").waitFor();
    await shot("stopped");
  });

  it("says on opening that they are away, and has them be back", async () => {
    await open("away");
    await page.getByText("You are away until Tuesday 1 December 2099; no cards come until then.").waitFor();
    expect(await violations(page)).toEqual([]);
    await shot("away");
    site.answer("say", site.problem(503, "s3cret"));
    await button("I'm back").click();
    await page.locator(".said").filter({ hasText: "Something went wrong at Steady's end." }).waitFor();
    site.answer("say", null);
    await button("I'm back").click();
    const said = page.getByText("You're back.");
    await said.waitFor();
    expect(await hasFocus(said)).toBe(true);
    expect(await button("I'm back").count()).toBe(0);
    expect(site.posted.at(-1)).toEqual({ path: "say", token: "away", body: { text: "back" } });
  });

  it("shows two cards from the start, and calls a card without buttons what it is", async () => {
    await open("two");
    await card("Pressures").getByRole("checkbox", { name: "Housing" }).check();
    await questions().getByRole("radio", { name: "Busy" }).check();
    await questions().getByRole("button", { name: "Send" }).click();
    await thanks().waitFor();
    // The card that follows is there already, with what was filled in.
    expect(await card("Pressures").count()).toBe(1);
    expect(await card("Pressures").getByRole("checkbox", { name: "Housing" }).isChecked()).toBe(true);
    await page.goto(`${site.url}#notice`);
    await title("Your card").waitFor();
    expect(await page.title()).toBe("Your card · Steady");
  });
});

describe("a link that can't be opened", () => {
  it.each([
    ["", "This address is incomplete", "Open the link from your e-mail again, or copy the whole of it.", []],
    ["%F0%9F", "This address is incomplete", "Open the link from your e-mail again, or copy the whole of it.", []],
    ["wrong", "This link isn't right", "This isn't one of Steady's links.", []],
    ["over", "This link no longer works", "This link has expired.", ["Send me a new link", "Start messages again"]],
    ["ended", "This link no longer works", "This link was ended.", ["Send me a new link"]],
    ["gone", "This link no longer works", "Ask whoever runs your network.", []],
    ["busy", "That was a lot at once", "Too many tries from here. Wait a minute, then try again.", ["Try again"]],
    ["broken", "Something went wrong", "Steady couldn't open your card. Try again in a moment.", ["Try again"]],
    ["silent", "Steady can't be reached", "Check your connection, then try again.", ["Try again"]],
  ])("explains itself: %s", async (token, heading, sentence, ways) => {
    await open(token, { viewport: { width: 320, height: 640 } });
    await title(heading).waitFor();
    await page.locator("main").getByText(sentence).waitFor();
    expect(await page.title()).toBe(`${heading} · Steady`);
    expect(await announced()).toContain(heading);
    expect(await page.getByRole("heading").count()).toBe(1);
    expect(await page.getByRole("button").allTextContents()).toEqual(ways);
    expect(await page.locator("body").innerText()).not.toContain("s3cret");
    expect(await sidewaysScroll()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await shot(`trouble-${token.replace(/\W/g, "") || "none"}`);
  });

  it("has a new link sent once, with the old one's token", async () => {
    await open("over");
    site.answer("renew", site.problem(429, "A link was sent a moment ago."));
    await button("Send me a new link").click();
    await page.locator(".said").filter({ hasText: "A link was sent a moment ago." }).waitFor();
    site.answer("renew", null);
    const release = site.hold("over");
    await button("Send me a new link").dblclick();
    release();
    const said = page.getByText("A new link is on its way to the address that we have.");
    await said.waitFor();
    expect(await hasFocus(said)).toBe(true);
    expect(await button("Send me a new link").count()).toBe(0);
    expect(site.posted.slice(1)).toEqual([
      { path: "renew", token: "over", body: {} },
      { path: "renew", token: "over", body: {} },
    ]);
  });

  it("has messages started again when its time is over", async () => {
    await open("over");
    await button("Start messages again").click();
    const said = page.getByText("You'll get messages from me again.");
    await said.waitFor();
    expect(await hasFocus(said)).toBe(true);
    expect(await button("Start messages again").count()).toBe(0);
    expect(await button("Send me a new link").count()).toBe(1);
    expect(site.posted.at(-1)).toEqual({ path: "say", token: "over", body: { text: "start" } });
  });

  it("is tried again, and goes to the heading", async () => {
    await open("ana");
    await questions().waitFor();
    site.answer("card", "silence");
    await page.reload();
    await title("Steady can't be reached").waitFor();
    site.answer("card", null);
    await button("Try again").press("Enter");
    await questions().waitFor();
    expect(await hasFocus(title("Your check-in"))).toBe(true);
  });

  it("opens anew when the address changes, and on the way back and forward", async () => {
    await open("ana");
    await questions().waitFor();
    await page.evaluate(() => (location.hash = "over"));
    await title("This link no longer works").waitFor();
    expect(await page.locator("footer").isHidden()).toBe(true);
    await page.goBack();
    await questions().waitFor();
    await page.goForward();
    await title("This link no longer works").waitFor();
    expect(site.posted.map(({ token }) => token)).toEqual(["ana", "over", "ana", "over"]);
  });

  it("shows the latest address only, whichever answer comes first", async () => {
    await newPage();
    const release = site.hold("over");
    await page.goto(`${site.url}#over`);
    await title("Opening your card…").waitFor();
    const late = page.waitForResponse((response) => response.status() === 410);
    await page.evaluate(() => (location.hash = "ana"));
    await questions().waitFor();
    release();
    await (await late).finished();
    // The page's own reading of that answer comes before this one's.
    await page.evaluate(() => fetch("/respond/"));
    expect(await title("Your check-in").count()).toBe(1);
  });

  it("says so without JavaScript", async () => {
    await open("ana", { javaScriptEnabled: false });
    await title("This page needs JavaScript").waitFor();
    expect(await page.getByText("Opening your card…").isVisible()).toBe(false);
  });
});
