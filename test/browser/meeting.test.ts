import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import type { Browser, Locator, Page } from "playwright-core";
import { dateIn, dayInWords, Temporal } from "../../src/kernel/time.ts";
import { firstMeeting } from "../../src/local/sample.ts";
import { launchBrowser, violations } from "../support/browser.ts";
import { freePorts, type ServerProcess, startServer, temporaryFolder } from "../support/built-server.ts";

const screenshots = join(import.meta.dirname, "../../test-output/screenshots");
const zone = "Europe/London";
const lead = "morwenna.achebe@network.example.org";
/** Until an answer in a calendar is on the card: the calendar is looked at once a minute until it says so by itself. */
const untilInStep = 80_000;

let server: ServerProcess;
let running: ServerProcess | null = null;
let browser: Browser | undefined;
let page: Page;
let firstOn: Temporal.PlainDate;
let today: Temporal.PlainDate;
const complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  running = await startServer({ DATA_DIR: temporaryFolder(), PORT: String(await freePorts()) });
  server = running;
  browser = await launchBrowser();
  const { clock } = (await (await fetch(`${server.url}/rehearsal/api/info`)).json()) as { clock: string };
  today = dateIn(zone, Temporal.Instant.from(clock));
  firstOn = firstMeeting(today);
  const answer = await asLead("PATCH", "settings", { meetings: { firstOn: firstOn.toString() } });
  expect(answer.status).toBe(200);
});

afterAll(async () => {
  await browser?.close();
  await running?.kill();
});

afterEach(async () => {
  await page.context().close();
  expect(complaints.splice(0)).toEqual([]);
});

async function asLead(method: string, path: string, body?: object): Promise<{ status: number; body: any }> {
  const headers = { authorization: `Bearer ${await server.tokenOf(lead)}`, "content-type": "application/json" };
  const answer = await fetch(`${server.url}/api/v1/${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, body: await answer.json() };
}

async function openRehearsal(person: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
  if (browser === undefined) throw new Error("There is no browser.");
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && complaints.push(line.text()));
  await page.goto(`${server.url}/rehearsal/`);
  await page.getByRole("list", { name: "People" }).getByRole("button", { name: person }).click();
  await page.getByRole("heading", { name: person, level: 2 }).waitFor();
}

const suggestion = (text: string) => page.getByRole("group", { name: "Suggestions" }).getByRole("button", { name: text, exact: true });
const tab = (name: string) => page.getByRole("tab", { name: new RegExp(`^${name}`) });
const inCalendar = (button: string) => page.getByRole("article", { name: "Network meeting" }).getByRole("button", { name: button, exact: true });

/** The latest card in the open chat that has this heading. */
const card = (heading: string | RegExp): Locator =>
  page.locator(".card").filter({ has: page.getByRole("heading", { name: heading, exact: true }) }).last();
const meetingCard = () => card("Network meeting");
const press = (form: Locator, button: string) => form.getByRole("button", { name: button, exact: true }).click();

/** Whether the top of something stands within the part of the chat that is to be seen. */
const beginsInSight = (element: Locator): Promise<boolean> =>
  element.evaluate((one) => {
    const view = document.getElementById("chat-scroller")?.getBoundingClientRect() ?? new DOMRect();
    const { top } = one.getBoundingClientRect();
    return top >= view.top && top < view.bottom;
  });

const shot = (name: string) => page.screenshot({ path: join(screenshots, `meeting-${name}.png`) });
const closeUp = (name: string, element: Locator) => element.screenshot({ path: join(screenshots, `meeting-${name}.png`) });
const sidewaysScroll = (selector: string) => page.locator(selector).evaluate((e) => e.scrollWidth - e.clientWidth);

it("is planned by a lead, who books one of the dates that a card proposes", async () => {
  await openRehearsal("Priya Raman");
  expect(await suggestion("meeting").isVisible()).toBe(true);
  expect(await suggestion("plan meetings").isVisible()).toBe(false);
  await page.context().close();

  await openRehearsal("Morwenna Achebe", { viewport: { width: 1280, height: 1100 } });
  await suggestion("plan meetings").click();
  const plan = card(`Network meeting, planned for ${dayInWords(firstOn, today)}`);
  await plan.waitFor();
  await closeUp("plan", plan);
  await shot("planning");
  expect(await violations(page)).toEqual([]);
  const planned = plan.getByRole("radio", { name: new RegExp(`^${dayInWords(firstOn, today)}, 10am to 11.30am`) });
  await planned.check();
  await press(plan, "Book");
  await page.getByText(`Booked for ${dayInWords(firstOn, today)}, 10am to 11.30am, on Teams.`).waitFor();
  await shot("booked");
  await tab("Calendar").click();
  await page.getByRole("article", { name: "Network meeting" }).waitFor();
  expect((await asLead("GET", "meetings")).body.items).toMatchObject([{ plannedOn: firstOn.toString() }]);
});

it("is answered on the card and declined in the calendar, and both agree in the end", async () => {
  await openRehearsal("Priya Raman");
  await suggestion("meeting").click();
  await meetingCard().getByLabel(/^I want to raise/).fill("Waiting lists");
  await closeUp("asked", meetingCard());
  expect(await violations(page)).toEqual([]);
  await press(meetingCard(), "Yes");
  await meetingCard().getByText("You said yes", { exact: true }).waitFor();
  await closeUp("yes", meetingCard());
  expect(await violations(page)).toEqual([]);

  await tab("Calendar").click();
  await inCalendar("Decline").click();
  await page.locator('[aria-pressed="true"]', { hasText: "Decline" }).waitFor();
  await shot("declined");
  expect(await violations(page)).toEqual([]);
  await tab("Chat").click();
  await meetingCard().getByText("You said no", { exact: true }).waitFor({ timeout: untilInStep });
  await meetingCard().getByText(/^Answered in your calendar at/).waitFor();
  await meetingCard().getByText("Waiting lists").waitFor();
  await closeUp("no", meetingCard());
  await page.reload();
  await meetingCard().getByText("You said no", { exact: true }).waitFor();

  const { items } = (await asLead("GET", "meetings")).body;
  const { people } = (await asLead("GET", `meetings/${items[0].id}`)).body;
  const priya = people.find((one: any) => one.person.name === "Priya Raman");
  expect(priya).toMatchObject({ answer: "no", from: "calendar", raise: "Waiting lists" });
});

it("can be answered and changed on a phone", async () => {
  await openRehearsal("Samira Haddad", { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true, colorScheme: "dark" });
  const fits = async () => {
    for (const selector of ["html", "#chat-scroller"]) expect(await sidewaysScroll(selector)).toBe(0);
    expect(await violations(page)).toEqual([]);
  };
  await suggestion("meeting").click();
  await meetingCard().waitFor();
  // What one asked for is in sight, although a longer card had been looked at.
  expect(await beginsInSight(meetingCard())).toBe(true);
  await shot("phone-asked");
  await fits();
  await meetingCard().getByRole("checkbox", { name: "Others may see that I'm coming" }).check();
  await press(meetingCard(), "Maybe");
  await meetingCard().getByText("You said maybe", { exact: true }).waitFor();
  await shot("phone-maybe");
  await fits();
  await tab("Calendar").click();
  await inCalendar("Accept").click();
  await page.locator('[aria-pressed="true"]', { hasText: "Accept" }).waitFor();
  await shot("phone-calendar");
  await fits();
  await tab("Chat").click();
  await meetingCard().getByText("You said yes", { exact: true }).waitFor({ timeout: untilInStep });
  await meetingCard().getByText("Samira Haddad").waitFor();
  await press(meetingCard(), "Change answer");
  await press(meetingCard(), "No");
  await meetingCard().getByText("You said no", { exact: true }).waitFor();
  await shot("phone-no");
  await fits();
});
