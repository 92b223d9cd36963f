import { beforeAll, describe, expect } from "@jest/globals";
import { MeetingDetails, MeetingPage, MeetingPlan, type MeetingResource } from "../../src/features/meetings/contract.ts";
import { byArea } from "../../src/tab/meetings/by-area.ts";
import { localTime } from "../../src/tab/meetings/local-time.ts";
import { violations } from "../support/browser.ts";
import { expectComplaints, hasFocus, it, page, shotsOf, tabTo } from "./driver.ts";
import { say, untilCard, untilInCalendar } from "./tab-chats.ts";
import { callApi, expectAccessible, narrow, openTab, people, section, settled } from "./tab-driver.ts";
import { timesOf } from "../../src/tab/parts/dates.ts";

/* One story: the next meeting is answered, prepared, moved and cancelled, and another one planned and booked. */

const shot = shotsOf("tab-meetings", { fullPage: true });
const button = (name: string | RegExp) => page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
const dialog = () => page.getByRole("dialog");
const inDialog = (name: string) => dialog().getByRole("button", { name, exact: true });
const status = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text });
const untilFocusOn = (tag: string) => page.waitForFunction((name) => document.activeElement?.tagName === name, tag);

// A browser's own line about a request that the server refuses.
expectComplaints(/status of 422/);

const meetings = async (): Promise<MeetingResource[]> => MeetingPage.parse(await callApi(people.lead, "meetings?limit=50")).items;
const detailsOf = async (id: string, reader: string = people.lead) => MeetingDetails.parse(await callApi(reader, `meetings/${id}`));
const emails = new Map<string, string>();
/** Managers who have Teams, of whom the first ones haven't answered yet. */
let managers: readonly string[];
let next: MeetingResource;
let held: MeetingResource;

beforeAll(async () => {
  const all = await meetings();
  const [coming] = all.filter(({ state }) => state === "booked");
  const [last] = all.filter(({ state }) => state === "held");
  if (coming === undefined || last === undefined) throw new Error("The demo has no meeting that is to come or was held.");
  next = coming;
  held = last;
  const { items } = await callApi(people.lead, "people?role=manager&limit=200");
  for (const { id, email, reach } of items) if (reach.by === "teams") emails.set(id, email);
  const invited = (await detailsOf(next.id)).people.filter(({ person }) => emails.has(person.id));
  managers = invited.toSorted((a, b) => Number(a.answer !== null) - Number(b.answer !== null)).map(({ person }) => emails.get(person.id) ?? "");
});

describe("meetings in the tab", () => {
  it("take an answer by keyboard alone, which the card and a lead's page follow", async () => {
    const [manager = ""] = managers;
    const before = await detailsOf(next.id);
    const { person } = before.people.find(({ person: { id } }) => emails.get(id) === manager) ?? { person: { name: "", area: null } };
    await openTab(people.lead, `meetings/${next.id}`);
    const leads = page;
    const silent = leads.locator("dd", { hasText: person.name });
    expect(await leads.locator("dt").allTextContents()).toEqual(
      byArea(before.people).flatMap(({ area, unanswered }) => (unanswered.length === 0 ? [] : [`${area} (${unanswered.length})`])),
    );
    expect(await silent.count()).toBe(1);

    await openTab(manager, "mine", { size: narrow });
    const mine = section("My meetings");
    const yes = mine.getByRole("button", { name: "Yes" });
    await tabTo(yes, 12);
    await page.keyboard.press("Enter");
    await status("Saved.").waitFor();
    expect(await hasFocus(yes)).toBe(true);
    await mine.getByRole("checkbox", { name: "Others may see that I’m coming" }).check();
    await untilCard(manager, "You said yes", timesOf(next, next.zone), person.name);
    const raise = mine.getByLabel("I want to raise…").first();
    const save = mine.getByRole("button", { name: "Save what I want to raise" }).first();
    await raise.fill("Ring 943 476 5919");
    await save.click();
    await mine.getByRole("alert").first().waitFor();
    expect(await raise.inputValue()).toContain("943 476 5919");
    await expectAccessible();
    await raise.fill("Rents in every borough");
    await save.click();
    await mine.getByText("Saved.", { exact: true }).waitFor();
    await untilCard(manager, "You said yes", "Rents in every borough");
    expect((await detailsOf(next.id)).people.find(({ person: { id } }) => emails.get(id) === manager)).toMatchObject({ answer: "yes", raise: "Rents in every borough" });
    await leads.getByText(new RegExp(`^Coming, and letting others see it: .*${person.name}`)).waitFor({ timeout: 30_000 });
    expect(await silent.count()).toBe(0);
    expect((await detailsOf(next.id)).rsvps).toMatchObject({ yes: before.rsvps.yes + 1, none: before.rsvps.none - 1 });
  });

  it("show a manager who comes and what was decided, but nothing that is the leads'", async () => {
    const [, manager = ""] = managers;
    for (const [at, parts] of [
      ["meetings", ["Coming up", "Earlier"]],
      [`meetings/${next.id}`, ["Who comes", "Agenda"]],
      [`meetings/${held.id}`, ["Notes", "What was answered", "Agenda"]],
    ] as const) {
      await openTab(manager, at, { size: narrow });
      expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual(parts);
      expect(await button(/^(Plan|Move|Cancel|Edit|Change|Book)/).count()).toBe(0);
    }
    await openTab(manager, "meetings/plan", { size: narrow });
    await section("Coming up").waitFor();
    expect((await detailsOf(next.id, manager)).agenda.items).toEqual([]);
  });

  it("show a lead of an area their own people's answers only, and nothing to change", async () => {
    await openTab(people.areaLead, `meetings/${next.id}`);
    await page.getByText("Below are the people of your areas.").waitFor();
    const areas = await page.getByRole("table", { name: "Answers by area" }).locator("tbody tr td:first-child").allTextContents();
    expect(areas).toEqual(["South East"]);
    expect(await button(/^(Move|Cancel|Edit)/).count()).toBe(0);
  });

  it("keep the agenda that a lead writes, and nothing that looks like personal details", async () => {
    await openTab(people.lead, `meetings/${next.id}`);
    await button("Edit the agenda").click();
    const field = page.getByLabel("One point a line");
    await field.fill("What the figures say\nAbout 943 476 5919");
    await button("Save the agenda").click();
    await page.getByText(/^Line 2: /).waitFor();
    expect(await field.inputValue()).toContain("943 476 5919");
    await expectAccessible();
    await field.fill("What the figures say\nWaiting lists in every borough");
    await button("Save the agenda").click();
    await section("Agenda").getByText("Waiting lists in every borough").waitFor();
    await untilFocusOn("H2");
    expect((await detailsOf(next.id)).agenda).toEqual({ items: ["What the figures say", "Waiting lists in every borough"], isDraft: false });
    await untilCard(managers[0] ?? "", "Waiting lists in every borough");
  });

  it("send notes to everybody once a lead has said yes to that, and keep who was there", async () => {
    const { people: invited, attended } = await detailsOf(held.id);
    await openTab(people.lead, `meetings/${held.id}`, { size: narrow });
    await button(/^(Write notes|Change the notes)$/).click();
    await page.getByLabel("What was said and decided").fill("Everybody keeps one list.");
    await button("Add an action").click();
    const action = page.getByRole("group", { name: /^Action \d+$/ }).last();
    await action.getByLabel("What").fill("Draft the list");
    await button("Save and send").click();
    await shot("send-notes-narrow");
    expect(await dialog().textContent()).toContain(`All ${held.rsvps.invited} who were invited get them as a card`);
    await inDialog("Send the notes").click();
    // Nobody was named for it: the form stays, and says where.
    await action.getByText("write something").waitFor();
    await action.getByLabel("Who").fill("Ana");
    await expectAccessible();
    await button("Save and send").click();
    await inDialog("Send the notes").click();
    await status("Sent to everybody who was invited.").waitFor();
    expect((await detailsOf(held.id)).notes).toMatchObject({ text: "Everybody keeps one list.", actions: expect.arrayContaining([{ what: "Draft the list", who: "Ana", dueOn: null }]) });
    await untilCard(managers[0] ?? "", "Notes: ", "Everybody keeps one list.", "Draft the list (Ana)");

    const absent = invited.find((one) => one.attended === null && one.answer === null) ?? invited.find((one) => one.attended !== true);
    await section("Who was there").getByRole("button", { name: "Change", exact: true }).click();
    await page.getByRole("checkbox", { name: absent?.person.name ?? "", exact: true }).check();
    await button("Save who was there").click();
    await status(`Saved. ${(attended ?? 0) + 1} of ${held.rsvps.invited} who were invited.`).waitFor();
    const after = await detailsOf(held.id);
    expect(after.attended).toBe((attended ?? 0) + 1);
    // Who was there without having answered still hasn't.
    expect(after.rsvps).toEqual(held.rsvps);
    expect(absent?.answer).toBeNull();
  });

  it("are moved for everybody, who are asked again", async () => {
    const later = new Date(Date.parse(next.startsAt) + 24 * 60 * 60_000).toISOString();
    const { date } = localTime(later, next.zone);
    await openTab(people.lead, `meetings/${next.id}`);
    await button("Move").click();
    expect(await inDialog("Move it").isDisabled()).toBe(true);
    await page.getByLabel("Day", { exact: true }).fill("2020-01-06");
    await inDialog("Move it").click();
    expect(await dialog().getByRole("alert").textContent()).toContain("That time has passed: choose a later one.");
    expect(await page.getByLabel("Day", { exact: true }).inputValue()).toBe("2020-01-06");
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Day", { exact: true }).fill(date);
    await inDialog("Move it").click();
    await status("Moved. Calendars and cards follow.").waitFor();
    const moved = await detailsOf(next.id);
    expect(moved).toMatchObject({ rsvps: { yes: 0, none: moved.rsvps.invited } });
    await page.getByRole("heading", { level: 1, name: timesOf(moved, moved.zone) }).waitFor();
    expect(Date.parse(moved.startsAt)).toBe(Date.parse(later));
    await untilInCalendar(({ startsAt, isCancelled }) => !isCancelled && Date.parse(startsAt) === Date.parse(later));
    await untilCard(managers[0] ?? "", "Moved: ", timesOf(moved, moved.zone));
  });

  it("are cancelled only when the question was said yes to", async () => {
    const before = await detailsOf(next.id);
    await openTab(people.lead, `meetings/${next.id}`);
    await button("Cancel the meeting").click();
    await shot("cancel");
    expect(await dialog().textContent()).toContain("A cancelled meeting can’t be brought back.");
    await inDialog("Not now").click();
    await dialog().waitFor({ state: "hidden" });
    expect((await detailsOf(next.id)).state).toBe("booked");
    await button("Cancel the meeting").click();
    await inDialog("Cancel the meeting").click();
    await status("Cancelled. Calendars and cards follow.").waitFor();
    await untilFocusOn("H1");
    expect(await button(/^(Move|Cancel)/).count()).toBe(0);
    await untilInCalendar(({ startsAt, isCancelled }) => !isCancelled && Date.parse(startsAt) === Date.parse(before.startsAt), 0);
  });

  it("are planned with reasons and booked, which calendar and cards follow", async () => {
    for (const email of managers.slice(0, 12)) await callApi(email, "me/non-working", { method: "PATCH", body: { text: "Tuesdays and Fridays" } });
    const plan = MeetingPlan.parse(await callApi(people.lead, "meetings/plan", { method: "POST", body: {} }));
    const [first] = plan.items;
    if (first?.best == null) throw new Error("No date can be booked.");
    await openTab(people.lead, "meetings");
    await button("Plan the next ones").click();
    await settled();
    const proposal = section(/^Planned for/).first();
    const dates = proposal.getByRole("listitem");
    const best = dates.first();
    expect(await best.textContent()).toContain(`${timesOf(first.best, plan.zone)}Best`);
    const more = proposal.getByRole("button", { name: /^Show \d+ more/ });
    if (await more.isVisible()) await more.click();
    expect(await dates.count()).toBe(first.slots.length);
    const told = await dates.allTextContents();
    for (const [place, { reasons }] of first.slots.entries()) {
      for (const reason of reasons) expect(told[place]?.toLowerCase()).toContain(reason.toLowerCase());
    }
    expect(told.join()).toContain("12 don't work then");
    await shot("plan");
    await expectAccessible();

    await best.getByRole("button", { name: `Book ${timesOf(first.best, plan.zone)}` }).click();
    await inDialog("Book it").click();
    await page.getByRole("heading", { level: 1, name: timesOf(first.best, plan.zone) }).waitFor();
    await untilFocusOn("H1");
    const booked = (await meetings()).find(({ plannedOn, state }) => plannedOn === first.plannedOn && state !== "cancelled");
    expect(booked).toMatchObject({ startsAt: first.best.startsAt, endsAt: first.best.endsAt, zone: plan.zone });
    const at = Date.parse(first.best.startsAt);
    await untilInCalendar(({ startsAt, isCancelled }) => !isCancelled && Date.parse(startsAt) === at);
    await say(managers[1] ?? "", "meeting");
    await untilCard(managers[1] ?? "", "Can you come?", timesOf(first.best, plan.zone));
  });

  it("are asked about before one is booked, and the poll says how many each date suits", async () => {
    await openTab(people.lead, "meetings/plan", { size: narrow });
    const proposal = section(/^Planned for/).first();
    await proposal.getByRole("button", { name: "Ask everybody" }).click();
    expect(await dialog().getByRole("listitem").count()).toBe(3);
    expect(await violations(page)).toEqual([]);
    await inDialog("Ask everybody").click();
    await proposal.getByText(/^Everybody was asked which dates suit them: nobody has answered\./).waitFor();
    expect(await proposal.getByRole("button", { name: "Ask everybody" }).count()).toBe(0);
    await proposal.getByRole("link", { name: "See the answers" }).click();
    const poll = section(/^Which dates suit/);
    await poll.waitFor();
    const { items } = await callApi(people.lead, "meetings/polls");
    expect(await poll.getByRole("listitem").count()).toBe(items[0].slots.length);
    await expectAccessible();
    await poll.getByRole("button", { name: /^Book/ }).first().click();
    await inDialog("Book it").click();
    await page.getByRole("link", { name: "All meetings" }).waitFor();
    await untilFocusOn("H1");
    expect((await callApi(people.lead, "meetings/polls")).items).toEqual([]);
  });
});
