import { beforeAll, expect } from "@jest/globals";
import { dateIn, dayInWords, Temporal } from "../../src/kernel/time.ts";
import { firstMeeting } from "../../src/local/sample.ts";
import { violations } from "../support/browser.ts";
import { it, page, phone, press, shotsOf, sidewaysScroll } from "./driver.ts";
import { beginsInSight, suggestion, tab } from "./in-rehearsal.ts";
import { card, openRehearsal, server } from "./local-mode-driver.ts";

const zone = "Europe/London";
const lead = "morwenna.achebe@network.example.org";
/** Until an answer in a calendar is on the card: the calendar is looked at once a minute until it says so by itself. */
const untilInStep = 80_000;

let firstOn: Temporal.PlainDate;
let today: Temporal.PlainDate;
const shot = shotsOf("meeting");

beforeAll(async () => {
  const { clock } = (await (await fetch(`${server.url}/rehearsal/api/info`)).json()) as { clock: string };
  today = dateIn(zone, Temporal.Instant.from(clock));
  firstOn = firstMeeting(today);
  const answer = await asLead("PATCH", "settings", { meetings: { firstOn: firstOn.toString() } });
  expect(answer.status).toBe(200);
});

async function asLead(method: string, path: string, body?: object): Promise<{ status: number; body: any }> {
  const headers = { authorization: `Bearer ${await server.tokenOf(lead)}`, "content-type": "application/json" };
  const answer = await fetch(`${server.url}/api/v1/${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, body: await answer.json() };
}

const inCalendar = (button: string) => page.getByRole("article", { name: "Network meeting" }).getByRole("button", { name: button, exact: true });

const meetingCard = () => card("Network meeting");

it("is planned by a lead, who books one of the dates that a card proposes", async () => {
  await openRehearsal("Priya Raman");
  expect(await suggestion("meeting").isVisible()).toBe(true);
  expect(await suggestion("plan meetings").isVisible()).toBe(false);
  await page.context().close();

  await openRehearsal("Morwenna Achebe", { viewport: { width: 1280, height: 1100 } });
  await suggestion("plan meetings").click();
  const plan = card(`Network meeting, planned for ${dayInWords(firstOn, today)}`);
  await plan.waitFor();
  await shot("plan", plan);
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
  await shot("asked", meetingCard());
  expect(await violations(page)).toEqual([]);
  await press(meetingCard(), "Yes");
  await meetingCard().getByText("You said yes", { exact: true }).waitFor();
  await shot("yes", meetingCard());
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
  await shot("no", meetingCard());
  await page.reload();
  await meetingCard().getByText("You said no", { exact: true }).waitFor();

  const { items } = (await asLead("GET", "meetings")).body;
  const { people } = (await asLead("GET", `meetings/${items[0].id}`)).body;
  const priya = people.find((one: any) => one.person.name === "Priya Raman");
  expect(priya).toMatchObject({ answer: "no", from: "calendar", raise: "Waiting lists" });
});

it("can be answered and changed on a phone", async () => {
  await openRehearsal("Samira Haddad", { ...phone, colorScheme: "dark" });
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
