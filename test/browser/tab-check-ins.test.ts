import { describe, expect } from "@jest/globals";
import { CaseloadSummary, RoundPage, TeamHistory, TeamPage } from "../../src/features/check-ins/contract.ts";
import { expectComplaints, it, page, shotsOf } from "./driver.ts";
import { callApi, expectAccessible, narrow, openTab, people, section, settled, wide } from "./tab-driver.ts";

const shot = shotsOf("tab-check-ins", { fullPage: true });

// A browser's own line about what the server refuses, as when a lead opens another area's team.
expectComplaints(/status of 404/);

const summaryOf = async (person: string, by: "area" | "place") => CaseloadSummary.parse(await callApi(person, `caseload-summary?by=${by}`));
const teamsOf = async (person: string) => TeamPage.parse(await callApi(person, "teams?limit=200")).items;
const latestRound = async () => RoundPage.parse(await callApi(people.lead, "check-in-rounds?limit=1")).items[0];
const figure = (name: RegExp) => page.getByRole("figure", { name });
const rows = (name: RegExp | string) => page.getByRole("table", { name }).getByRole("row");
const choose = (label: string, option: string) => page.getByLabel(label, { exact: true }).selectOption({ label: option });
const confirm = (button: string) => page.getByRole("dialog").getByRole("button", { name: button }).click();
const stat = (within: string, name: string) =>
  section(within).locator("dl > div").filter({ has: page.getByText(name, { exact: true }) }).locator("dd");

describe("the caseload", () => {
  it("stands against the guide range by area and by place, with who answered, in the API's words and numbers", async () => {
    await openTab(people.lead, "check-ins");
    for (const by of ["area", "place"] as const) {
      const { groups, total, coverage } = await summaryOf(people.lead, by);
      await page.getByRole("radio", { name: `By ${by}` }).check();
      const chart = figure(new RegExp(`^Load by ${by}$`));
      await chart.waitFor();
      const bars = chart.getByRole("list", { name: `Load by ${by}` }).getByRole("listitem");
      expect(await bars.count()).toBe(groups.length + 1);
      for (const group of groups) {
        const bar = bars.filter({ has: page.getByText(group.name, { exact: true }) });
        for (const words of [group.coverage, group.last12Weeks?.words.slice(1) ?? "Can’t be calculated"]) {
          expect(await bar.textContent()).toContain(words);
        }
      }
      expect(await section("Load against the guide range").textContent()).toContain(`${coverage}. Below the guide range doesn’t mean spare capacity.`);
      await chart.getByRole("button", { name: /^Show as a table/ }).click();
      expect(await rows(`Load by ${by}`).count()).toBe(groups.length + 2);
      expect(await rows(`Load by ${by}`).nth(1).textContent()).toContain(`${Math.round(100 * (total.last12Weeks?.load ?? 0))}%`);
      await chart.getByRole("button", { name: /^Show as a chart/ }).click();
    }
  });

  it("shows what lies behind it for all teams, and for one area once it is chosen", async () => {
    const { total, groups } = await summaryOf(people.lead, "area");
    await openTab(people.lead, "check-ins");
    const north = groups.find(({ name }) => name === "North West") ?? total;
    for (const [of, option] of [[total, null], [north, "North West"]] as const) {
      if (option !== null) await choose("Figures below are for", option);
      expect(await stat("Waiting, and what it would take", "People waiting").textContent()).toContain(of.waiting?.toLocaleString("en-GB"));
      expect(await stat("Waiting, and what it would take", "WTE needed to return to the range").textContent()).toContain(String(of.wteNeeded));
      const { referrals, vacancies, contractsEnding, pressures } = of.details ?? {};
      expect(await stat("Workforce", "Vacancies").textContent()).toContain(`${vacancies?.wte} WTE${vacancies?.words}`);
      expect(await stat("Workforce", "On contracts that end within six months").textContent()).toContain(`${contractsEnding?.wte} WTE`);
      expect(await stat("Referrals that needed another service", "Referrals that needed another service").textContent()).toContain(String(referrals?.count));
      const reasons = figure(/^Why referrals/).getByRole("listitem");
      expect(await reasons.count()).toBe(referrals?.reasons.length);
      expect(await figure(/^What people bring/).getByRole("listitem").first().textContent()).toContain(pressures?.items[0]?.words);
    }
  });

  it("is read day by day with the arrow keys", async () => {
    const { total } = await summaryOf(people.lead, "area");
    const points = total.trend.slice(-2).map(({ load12 }) => `${Math.round(100 * (load12 ?? 0))}%`);
    await openTab(people.lead, "check-ins");
    const slider = page.getByRole("slider", { name: /^Load over 52 weeks/ });
    await slider.focus();
    expect(await slider.getAttribute("aria-valuetext")).toContain(points[1]);
    await page.keyboard.press("ArrowLeft");
    expect(await slider.getAttribute("aria-valuetext")).toContain(points[0]);
    await page.keyboard.press("End");
    expect(await slider.getAttribute("aria-valuetext")).toContain(points[1]);
  });
});

describe("the teams", () => {
  it("come by load, area or name, narrow down, and lead to a page with what they answered", async () => {
    const teams = await teamsOf(people.lead);
    await openTab(people.lead, "check-ins/teams");
    expect(await rows("Teams").count()).toBe(teams.length + 1);
    const highest = teams.toSorted((a, b) => (b.state?.load ?? -1) - (a.state?.load ?? -1))[0];
    expect(await rows("Teams").nth(1).textContent()).toContain(highest?.name);
    await choose("Area", "South East");
    await choose("State over 12 weeks", "Above the guide range");
    const above = teams.filter(({ area, state }) => area === "South East" && state?.state === "above");
    expect(await rows("Teams").count()).toBe(above.length + 1);
    await choose("Order", "Name");
    const [first] = above;
    await rows("Teams").nth(1).getByRole("link").click();
    await page.getByRole("heading", { name: first?.name ?? "", level: 1 }).waitFor();
    await settled();
    const { history, managers } = TeamHistory.parse(await callApi(people.lead, `teams/${first?.id}`));
    expect(await page.getByRole("button", { name: new RegExp(`${managers[0]?.name}$`) }).count()).toBe(1);
    const answers = rows(`Answers of ${first?.name}`);
    expect(await answers.count()).toBe(history.length + 1);
    for (const { value } of history.at(-1)?.answers ?? []) {
      expect((await answers.nth(1).textContent())?.toLowerCase()).toContain(value.toLowerCase());
    }
  });

  it("are those of a lead's own areas; another's isn't to be found", async () => {
    const others = (await teamsOf(people.lead)).find(({ area }) => area !== "South East");
    await openTab(people.areaLead, "check-ins/teams");
    const own = await teamsOf(people.areaLead);
    expect(await rows("Teams").count()).toBe(own.length + 1);
    expect(await page.getByRole("link", { name: others?.name ?? "", exact: true }).count()).toBe(0);
    await openTab(people.areaLead, `check-ins/team/${others?.id}`);
    await page.getByRole("alert").getByText("There is no such team.").waitFor();
    await openTab(people.areaLead, "check-ins/rounds");
    expect(await page.getByRole("button", { name: "Close the round" }).count()).toBe(0);
  });

  it("can be taken on and done from their page, where the focus stays", async () => {
    const team = (await teamsOf(people.lead)).find(({ area, state }) => area === "South West" && state?.state === "below");
    await openTab(people.lead, `check-ins/team/${team?.id}`);
    await section("Requests").getByRole("button", { name: /^Take/ }).click();
    await section("Requests").getByText("You have taken this on.").waitFor();
    await section("Requests").getByRole("button", { name: /^Done/ }).click();
    await page.getByRole("status").filter({ hasText: `${team?.name} is marked as done.` }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Requests");
  });
});

describe("the inner pages", () => {
  // Those that the navigation leads to are looked at with all others, in tab-pages.
  it.each(["check-ins/teams", "check-ins/rounds"])("can be used by anyone in each look: %s", async (at) => {
    for (const [theme, size] of [["light", wide], ["dark", narrow], ["contrast", narrow]] as const) {
      await openTab(people.lead, at, { theme, size });
      await shot(`${at.replace("check-ins/", "")}-${theme}`);
      await expectAccessible();
    }
  });

  it("show their charts as tables, which anyone can use too", async () => {
    await openTab(people.lead, "check-ins", { size: narrow });
    const buttons = page.getByRole("button", { name: /^Show as a table/ });
    while ((await buttons.count()) > 0) await buttons.first().click();
    expect(await page.getByRole("table").count()).toBe(4);
    await shot("tables");
    await expectAccessible();
  });
});

describe("the rounds", () => {
  it("show admins how far the round is, and nothing of the caseload", async () => {
    await openTab(people.admin, "check-ins");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Check-in rounds");
    expect(await page.getByRole("navigation", { name: "Check-ins" }).count()).toBe(0);
  });

  it("are reminded, closed and opened with what came of it, and ask first", async () => {
    const before = await latestRound();
    await openTab(people.lead, "check-ins/rounds");
    await page.getByRole("button", { name: "Remind" }).click();
    await confirm("Send the reminders");
    await page.getByRole("status").filter({ hasText: /reminders? (is|are) on the way|Nobody is due a reminder/ }).waitFor();

    await page.getByRole("button", { name: "Close the round" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Not now" }).click();
    expect((await latestRound())?.state).toBe("open");
    await page.getByRole("button", { name: "Close the round" }).click();
    await confirm("Close the round");
    await section("No round is open").waitFor({ timeout: 60_000 });
    expect(await latestRound()).toMatchObject({ id: before?.id, state: "closed" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("No round is open");
    expect(await rows("Rounds that have closed").nth(1).textContent()).toContain(`${before?.teams.answered} of`);

    await page.getByRole("button", { name: "Open a round now" }).click();
    await confirm("Open the round");
    await section(/^The round of/).waitFor({ timeout: 60_000 });
    const opened = await latestRound();
    expect(opened?.id).not.toBe(before?.id);
    expect(await section(/^The round of/).textContent()).toContain(`0 of ${(opened?.teams.waiting ?? 0)} teams have answered`);
  });
});
