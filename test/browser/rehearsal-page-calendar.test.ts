import { describe, expect } from "@jest/globals";
import { violations } from "../support/browser.ts";
import { announced, type ContextOptions, hasFocus, it, page, sidewaysScroll } from "./driver.ts";
import { choose, mailRow, tab } from "./in-rehearsal.ts";
import { expectSoon, open, shot, site } from "./rehearsal-page-driver.ts";

const calendar = () => page.getByRole("tabpanel", { name: "Calendar" });
const event = (name: string) => page.getByRole("article", { name });
const november = () => event("Network meeting: November");
const button = (name: string, meeting = november()) => meeting.getByRole("button", { name, exact: true });
const pressed = async (meeting = november()) => {
  const names = await meeting.locator('button[aria-pressed="true"]').allTextContents();
  return names.join();
};

async function openCalendar(person = "p1", options?: ContextOptions): Promise<void> {
  await open(`#${person}`, options);
  await tab("Calendar").click();
  await calendar().waitFor();
}

describe("the calendar of a person", () => {
  it("has what is to come first and what was below, by day and in the time of the UK", async () => {
    await openCalendar("p1", { viewport: { width: 1280, height: 1000 } });
    await november().waitFor();
    expect(await calendar().getByRole("heading").allTextContents()).toEqual([
      "Upcoming",
      "Tomorrow, Tuesday 3 November",
      "Network meeting: November",
      "Tuesday 20 April 2027",
      "Network meeting: April",
      "Past",
      "Tuesday 22 September",
      "Network meeting: September",
    ]);
    expect(await calendar().locator(".event-time").allTextContents()).toEqual([
      "10:00 to 11:30",
      "10:00 to 11:30",
      "10:00 to 11:30",
    ]);
    const words = await november().innerText();
    for (const said of ["meetings@network.example.org", "https://teams.example/l/meetup-join/", "No answer yet"]) {
      expect(words).toContain(said);
    }
    await shot("calendar");
  });

  it("accepts, and thinks again, with the keyboard", async () => {
    await openCalendar();
    await button("Accept").focus();
    await page.keyboard.press("Enter");
    await expectSoon(pressed, "Accept");
    expect(await november().innerText()).toContain("Accepted");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await hasFocus(button("Decline"))).toBe(true);
    await page.keyboard.press("Space");
    await expectSoon(pressed, "Decline");
    expect(await hasFocus(button("Decline"))).toBe(true);
    await page.reload();
    await november().waitFor();
    expect(await pressed()).toBe("Decline");
    expect(await pressed(event("Network meeting: April"))).toBe("");
  });

  it("says why an answer wasn't taken", async () => {
    await openCalendar();
    site.calendar.refuse();
    await button("Tentative").click();
    await november().getByRole("alert").filter({ hasText: "This can't be answered" }).waitFor();
    expect(await pressed()).toBe("");
  });

  it("shows an answer from elsewhere, and a meeting that is booked, and keeps the focus where it was", async () => {
    await openCalendar();
    await button("Accept").focus();
    site.calendar.answer("p1", "E2", "tentativelyAccept");
    await expectSoon(pressed, "Tentative");
    site.calendar.book("Network meeting: December", "2026-12-15T10:00:00.000Z");
    await event("Network meeting: December").waitFor();
    expect(await announced()).toContain("New in the calendar: Network meeting: December");
    expect(await hasFocus(button("Accept"))).toBe(true);
  });

  it("strikes what was cancelled, which can't be answered any more, nor can what is past", async () => {
    await openCalendar();
    await button("Accept").click();
    await expectSoon(pressed, "Accept");
    site.calendar.cancel("E2");
    const cancelled = event("Cancelled Network meeting: November");
    await cancelled.waitFor();
    expect(await announced()).toContain("Cancelled: Network meeting: November");
    expect(await cancelled.locator("s").textContent()).toBe("Network meeting: November");
    expect(await pressed(cancelled)).toBe("Accept");
    for (const over of [cancelled, event("Network meeting: September")]) {
      expect(await over.locator("button:disabled").count()).toBe(3);
    }
    expect(await violations(page)).toEqual([]);
    await shot("calendar-cancelled");
  });

  it("says so when there is nothing in it", async () => {
    await openCalendar("p2");
    await calendar().getByText("Nothing in this calendar yet.").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it.each(["light", "dark"] as const)("has no faults that axe can find in %s", async (colorScheme) => {
    await openCalendar("p1", { colorScheme });
    await button("Tentative").click();
    await expectSoon(pressed, "Tentative");
    expect(await violations(page)).toEqual([]);
    await shot(`calendar-${colorScheme}`);
  });

  it("shows which answer was given in forced colours", async () => {
    await openCalendar("p1", { forcedColors: "active" });
    await button("Accept").click();
    await expectSoon(pressed, "Accept");
    const colour = (name: string) => button(name).evaluate((one) => getComputedStyle(one).backgroundColor);
    expect(await colour("Accept")).not.toBe(await colour("Decline"));
    await shot("calendar-forced-colours");
  });

  it("fits 320 pixels, where a thumb hits the buttons", async () => {
    await open("", { viewport: { width: 320, height: 640 } });
    await choose("Ana Silva");
    await tab("Calendar").click();
    await button("Decline").click();
    await expectSoon(pressed, "Decline");
    for (const selector of ["html", "#view-calendar .scroller"]) expect(await sidewaysScroll(selector)).toBe(0);
    for (const name of ["Accept", "Tentative", "Decline"]) {
      expect((await button(name).boundingBox())?.height).toBeGreaterThanOrEqual(36);
    }
    expect(await violations(page)).toEqual([]);
    await shot("calendar-phone");
  });
});

describe("the mailbox that owns the meetings", () => {
  it("stands after the people, counts as none of them, and has no chat", async () => {
    await open("#meetings-organiser");
    await november().waitFor();
    const rows = page.getByRole("list", { name: "People" }).getByRole("button");
    expect(await rows.last().textContent()).toContain("Meetings organisermeetings@network.example.org");
    expect(await page.locator("#people-count").textContent()).toBe("3 people");
    expect(await page.getByRole("tab").allTextContents()).toEqual(["Mail", "Calendar"]);
    await tab("Calendar").focus();
    await page.keyboard.press("ArrowRight");
    expect(await hasFocus(tab("Mail"))).toBe(true);
    await page.keyboard.press("ArrowLeft");
    expect(await hasFocus(tab("Calendar"))).toBe(true);
  });

  it("shows how each attendee stands, and an answer when it comes in", async () => {
    await open("#meetings-organiser");
    const counted = november().getByText("3 people invited: 1 accepted, 1 declined, 1 without an answer");
    await counted.waitFor();
    const lines = () => november().getByRole("listitem").allTextContents();
    expect(await lines()).toEqual([
      "Ana Silva No answer yet",
      "Łukasz Nowak Accepted",
      "orla.byrne@hillcrest.example.org Declined",
    ]);
    expect(await november().getByRole("button").count()).toBe(0);
    site.calendar.answer("p1", "E2", "accept");
    await november().getByText("2 accepted, 1 declined").waitFor();
    expect((await lines())[0]).toBe("Ana Silva Accepted");
    expect(await violations(page)).toEqual([]);
    await shot("calendar-organiser");
  });

  it("leaves the other people their chat", async () => {
    await open("#meetings-organiser");
    await november().waitFor();
    await choose("Ana Silva");
    await page.locator(".card").first().waitFor();
    expect(await page.getByRole("tab", { selected: true }).textContent()).toBe("Chat");
  });
});

describe("the mails about meetings", () => {
  it("are marked as what they are", async () => {
    await open("#p3");
    site.sendMail("Network meeting: November", "invitation");
    await mailRow(/Invitation Network meeting: November/).waitFor();
    site.sendMail("Canceled: Network meeting: November", "cancellation");
    await mailRow(/Cancellation Canceled: Network/).click();
    await page.getByRole("heading", { name: "Cancellation Canceled" }).waitFor();
    expect(await mailRow(/a reminder/).locator(".mail-kind").count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await shot("mail-kinds");
  });
});
