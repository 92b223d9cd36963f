import { describe, expect } from "@jest/globals";
import type { Locator } from "playwright-core";
import { Overview, type RingEntry } from "../../src/features/overview/contract.ts";
import { RequestPage } from "../../src/features/check-ins/contract.ts";
import { expectComplaints, followToNewTab, hasFocus, it, page } from "./driver.ts";
import { callApi, openTab, people, section } from "./tab-driver.ts";

// A browser's own line about a request that the server refuses, as when another lead was quicker.
expectComplaints(/status of 409/);

const overviewOf = async (person: string) => Overview.parse(await callApi(person, "overview"));
const ring = () => section(/^Ring (these|this)/);
const rowOf = (within: Locator, team: string) =>
  within.getByRole("listitem").filter({ has: page.getByRole("heading", { name: team, level: 3, exact: true }) });
const press = (within: Locator, button: RegExp) => within.getByRole("button", { name: button }).click();

/** The first of somebody's teams to ring that no lead has taken on. */
async function freeTeam(person: string): Promise<RingEntry> {
  const free = (await overviewOf(person)).ring.find(({ request }) => request === null || request.state === "open");
  if (free === undefined) throw new Error("Every team that should be rung is taken on already.");
  return free;
}

/** By how much of the screen things have moved by themselves since the page began. */
const shifts = () =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const sum = (entries: PerformanceEntryList) => entries.reduce((all, entry) => all + ("value" in entry ? Number(entry.value) : 0), 0);
        new PerformanceObserver((list) => resolve(sum(list.getEntries()))).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
      }),
  );

describe("the overview", () => {
  it("names the teams to ring first, why, and what else needs a decision, as the API has them", async () => {
    const known = await overviewOf(people.lead);
    await openTab(people.lead, "overview");
    expect(await ring().getByRole("heading", { level: 3 }).allTextContents()).toEqual(known.ring.map(({ team }) => team.name));
    for (const { team, why, managers } of known.ring) {
      const row = rowOf(ring(), team.name);
      for (const line of why) expect(await row.textContent()).toContain(line);
      for (const { name } of managers) expect(await row.getByRole("button", { name: new RegExp(`${name}$`) }).count()).toBe(1);
    }
    const decisions = section("What else needs a decision").getByRole("listitem");
    expect(await decisions.count()).toBe(known.decisions.length);
    for (const { text } of known.decisions) expect(await decisions.filter({ hasText: text }).count()).toBe(1);
    expect(await section("Load").textContent()).toContain(known.load?.words);
    expect(await section("Load").textContent()).toContain(known.coverage);
    // Nothing moves when the figures come as quickly as they should; where they come later, boxes of about their size go before.
    expect(await shifts()).toBeLessThanOrEqual(0.05);
  });

  it("opens the chat with a team's manager in Teams", async () => {
    const [first] = (await overviewOf(people.lead)).ring;
    const manager = first?.managers.find(({ chatUrl }) => chatUrl.startsWith("https://"));
    await openTab(people.lead, "overview");
    await page.context().route("https://teams.microsoft.com/**", (route) => route.fulfill({ body: "" }));
    await followToNewTab(() => rowOf(ring(), first?.team.name ?? "").getByRole("button", { name: `Chat with ${manager?.name ?? ""}` }).click());
    await page.waitForURL("https://teams.microsoft.com/**");
    expect(page.url()).toBe(manager?.chatUrl);
  });

  it("shows a team that another lead takes on without being reloaded, and the focus stays on the page when one takes or does it oneself", async () => {
    const { team: { name: team }, request } = await freeTeam(people.areaLead);
    await openTab(people.areaLead, "overview");
    const areaLeads = page;
    await openTab(people.lead, "overview/requests");
    expect(await rowOf(section("Unfinished requests"), team).count()).toBe(request === null ? 0 : 1);

    const row = areaLeads.getByRole("listitem").filter({ has: areaLeads.getByRole("heading", { name: team, level: 3, exact: true }) });
    await press(row, /^Take /);
    await row.getByText("You have taken this on.").waitFor();
    expect(await areaLeads.evaluate(() => document.activeElement?.tagName)).toBe("H2");
    await rowOf(section("Unfinished requests"), team).getByText("Dilip Chaudhari has taken this on.").first().waitFor({ timeout: 30_000 });

    await press(row, /^Done: /);
    await areaLeads.getByRole("status").filter({ hasText: `${team} is marked as done.` }).waitFor();
    const done = RequestPage.parse(await callApi(people.lead, "requests?state=done&limit=200"));
    expect(done.items.find((one) => one.team.name === team)).toMatchObject({ state: "done", owner: { name: "Dilip Chaudhari" } });
  });

  it("says who was quicker when two leads take the same team on", async () => {
    const { team: { id, name } } = await freeTeam(people.areaLead);
    await openTab(people.areaLead, "overview");
    await callApi(people.lead, "requests", { method: "POST", body: { team: id } });
    await press(rowOf(ring(), name), /^Take /);
    expect(await rowOf(ring(), name).getByRole("alert").textContent()).toBe("Morwenna Achebe has taken this on already.");
    expect(await rowOf(ring(), name).textContent()).toContain("Morwenna Achebe has taken this on.");
  });

  it("has links that leave the focus on the page that they lead to, within it and to another", async () => {
    for (const [name, heading] of [["All requests", "Requests"], ["By area and place", "Check-ins"]] as const) {
      await openTab(people.lead, "overview");
      await page.getByRole("link", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      expect(await hasFocus(page.getByRole("main"))).toBe(true);
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
    }
  });

  it("keeps to the teams of a lead's own area, and shows an admin none", async () => {
    await openTab(people.areaLead, "overview/requests");
    const areas = await page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) }).locator("h3 + span").allTextContents();
    expect(new Set(areas)).toEqual(new Set(["South East"]));
    await openTab(people.admin, "overview");
    expect(await page.getByRole("region").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")))).toEqual([
      "What needs a decision",
      "Where the network stands",
    ]);
    await openTab(people.admin, "overview/requests");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Overview");
  });
});
