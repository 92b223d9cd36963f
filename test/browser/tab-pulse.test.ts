import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "@jest/globals";
import type { Locator } from "playwright-core";
import { ResultSummary, WavePage } from "../../src/features/pulse/contract.ts";
import { expectComplaints, it, page, shotsOf, tabTo } from "./driver.ts";
import { callApi, expectAccessible, narrow, openTab, people, pulseKeys, section, settled, wide } from "./tab-driver.ts";

const shot = shotsOf("tab-pulse", { fullPage: true });

// A browser reports a refused answer by itself.
expectComplaints(/^Failed to load resource: the server responded with a status of (403|409|422)/);

const waves = async () => WavePage.parse(await callApi(people.lead, "pulse-waves?limit=20")).items;
const resultsOf = async (person: string, id: string) => ResultSummary.parse(await callApi(person, `pulse-waves/${id}/summary`));
const button = (name: string | RegExp, within: Locator = page.locator("body")) => within.getByRole("button", { name });
const said = () => page.getByRole("status").filter({ hasText: /\S/ }).first().textContent();
const focused = () => page.evaluate(() => document.activeElement?.tagName);

/** The rows of a table as what stands in their cells. */
const rowsOf = async (table: string): Promise<string[][]> =>
  page
    .getByRole("table", { name: table })
    .getByRole("row")
    .evaluateAll((rows) => rows.slice(1).map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)));

describe("the pulse", () => {
  it("shows the score, its trend, groups and answers as the API has them, each with a table behind it", async () => {
    const [latest] = await waves();
    const result = await resultsOf(people.lead, latest?.id ?? "");
    await openTab(people.lead, `pulse/${result.id}`);
    const words = result.score.kind === "shown" ? `${result.score.score}of 100, likely` : result.score.words;
    expect(await section("Score").textContent()).toContain(words);
    expect(await section("Score").textContent()).toContain(`About ${result.responseRate ?? 0}% of those asked have answered.`);
    for (const name of ["The score over time: Everybody", "Scores by reporting group", "Scores by band", "Answers by question"]) {
      await button(`Show as a table: ${name}`).click();
    }
    const scores = result.trend.toReversed().map(({ score }) => (score.kind === "shown" ? String(score.score) : "Not shown"));
    expect((await rowsOf("The score over time: Everybody")).map(([, score]) => score)).toEqual(scores);
    expect((await rowsOf("Scores by reporting group")).map(([name, score]) => [name, score])).toEqual(
      result.groups.map(({ name, score }) => [name, score.kind === "shown" ? String(score.score) : "Not shown"]),
    );
    const percents = result.items.flatMap(({ distribution }) => (distribution.kind === "shown" ? distribution.parts : []));
    expect((await rowsOf("Answers by question")).map(([, , percent]) => percent)).toEqual(percents.map(({ percent }) => `${percent}%`));
    await shot("as-tables");
    await expectAccessible();
  });

  it("draws a group's scores beside everybody's", async () => {
    const [latest] = await waves();
    const { groups } = await resultsOf(people.lead, latest?.id ?? "");
    await openTab(people.lead, `pulse/${latest?.id ?? ""}`);
    await page.getByLabel("Score over time of").selectOption(groups[1]?.name ?? "");
    const reading = section("Score").getByRole("slider");
    const score = groups[1]?.trend.at(-1)?.score;
    const value = score?.kind === "shown" ? score.score : Number.NaN;
    expect(await reading.getAttribute("aria-valuetext")).toContain(`${groups[1]?.name ?? ""} ${value} (likely`);
    expect(await reading.getAttribute("aria-valuetext")).toContain("; Everybody ");
    await shot("group-over-time");
  });

  it("says in the server's words why a group isn't shown", async () => {
    const [latest] = await waves();
    const result = await resultsOf(people.lead, latest?.id ?? "");
    const words = "The score of North areas isn't shown, because it would single out fewer than 10 people.";
    const withheld = { name: "North areas", members: ["North Central", "North East"], trend: [], score: { kind: "suppressed", why: "too-few", words } };
    await openTab(people.lead, "deliveries");
    await page.route("**/summary", (route) => route.fulfill({ json: { ...result, groups: [withheld, ...result.groups.slice(2)] } }));
    await page.evaluate((to) => (location.hash = to), `/pulse/${result.id}`);
    await section("Reporting groups").waitFor();
    await settled();
    expect(await section("Reporting groups").getByRole("listitem").filter({ hasText: "North areas (North Central, North East)" }).textContent()).toContain(words);
    await shot("withheld");
  });

  it("shares the results by keyboard alone after a question, and keeps the focus on the page", async () => {
    const [before] = await waves();
    expect(before).toMatchObject({ state: "closed", sharedAt: null });
    await openTab(people.lead, "pulse");
    expect(await button("Open a survey").count()).toBe(0);
    await tabTo(button("Share the results"), 40);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    expect(await dialog.textContent()).toContain("Everybody who was asked gets a card");
    await shot("share");
    await tabTo(button("Share them", dialog), 5);
    await page.keyboard.press("Enter");
    await button("Open a survey").waitFor();
    expect(await said()).toContain("The results are shared");
    expect(await focused()).toBe("H2");
    expect((await waves())[0]?.sharedAt).not.toBeNull();
    expect((await callApi(people.viewer, "pulse-results")).items[0].id).toBe(before?.id);
  });

  it("says what is wrong with a change at its field, loses nothing of it, and publishes it then", async () => {
    const [latest] = await waves();
    await openTab(people.lead, `pulse/${latest?.id ?? ""}`);
    const field = page.getByLabel("What has changed since");
    const publish = button("Publish");
    await publish.click();
    await page.getByText("Write what has changed.").waitFor();
    const wrong = "Ring 07700 900123 when the inbox is full.";
    await field.fill(wrong);
    expect(await page.getByText("Write what has changed.").count()).toBe(0);
    await publish.click();
    await page.getByText(/phone number/).waitFor();
    expect(await field.inputValue()).toBe(wrong);
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    await shot("change-refused");
    const right = "You said that evenings are long. No cards go out after 5pm any more.";
    await field.fill(right);
    await publish.click();
    await page.getByText("Published.").waitFor();
    expect(await section("You said, we did").getByRole("listitem").textContent()).toContain(right);
    expect(await field.inputValue()).toBe("");
    expect((await resultsOf(people.viewer, latest?.id ?? "")).changes.map(({ text }) => text)).toEqual([right]);
  });

  it("opens a survey, and closes it without results only where its key is lost and a lead says so", async () => {
    await openTab(people.lead, "pulse");
    await button("Open a survey").click();
    await button("Open it").click();
    await section("A survey is open").waitFor();
    expect(await section("A survey is open").textContent()).toContain("Only this rounded share is known before it closes.");
    expect(await focused()).toBe("H2");
    await shot("open");
    const [opened] = await waves();
    rmSync(join(pulseKeys, `${opened?.id ?? ""}.jwk`));
    await button("Close it now").click();
    const dialog = page.getByRole("dialog");
    await button("Close it", dialog).click();
    expect(await dialog.getByRole("alert").textContent()).toContain("The key to this survey's answers can't be found");
    expect((await waves())[0]?.state).not.toBe("lost");
    await dialog.getByRole("checkbox", { name: "The key is lost for good: close the survey without results" }).check();
    await shot("key-lost");
    await button("Close it without results", dialog).click();
    await dialog.waitFor({ state: "detached" });
    expect(await said()).toContain("closed without results");
    expect((await waves())[0]?.state).toBe("lost");

    await openTab(people.lead, `pulse/${opened?.id ?? ""}`);
    expect(await section("Score").textContent()).toContain("isn't shown, because the key to the answers was lost");
    expect(await page.getByRole("region", { name: "Reporting groups" }).count()).toBe(0);
    await shot("lost");
    await expectAccessible();
  });

  it("shows a lead of one area its own groups only, and lets nobody but leads of the network open, share or write", async () => {
    const [, shared] = await waves();
    await openTab(people.areaLead, `pulse/${shared?.id ?? ""}`);
    expect(await page.getByRole("list", { name: "Scores by reporting group" }).getByRole("listitem").count()).toBe(1);
    expect(await page.locator("#main").textContent()).not.toContain("North West");
    for (const at of ["pulse", `pulse/${shared?.id ?? ""}`]) {
      await openTab(people.areaLead, at);
      expect(await button(/^(Open a survey|Close it now|Share the results|Publish)$/).count()).toBe(0);
    }
    await openTab(people.admin, "pulse");
    expect(await page.locator("#main a").count()).toBe(0);
  });

  it("shows those who were asked what was shared, and refuses the rest in words", async () => {
    const asked = (await callApi(people.lead, "people?role=member&limit=1")).items[0].email;
    const [lost] = await waves();
    await openTab(asked, "pulse");
    const { items } = await callApi(asked, "pulse-results");
    expect(items.length).toBeGreaterThan(2);
    expect(await page.locator("#main a[href*='pulse/']").count()).toBe(items.length);
    await openTab(asked, `pulse/${lost?.id ?? ""}`);
    expect(await page.getByRole("alert").textContent()).toContain("This isn't open to you.");
    for (const size of [wide, narrow]) {
      await openTab(asked, `pulse/${items[0].id}`, { size });
      await expectAccessible();
    }
  });
});
