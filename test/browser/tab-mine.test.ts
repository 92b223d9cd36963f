import { readFileSync } from "node:fs";
import { beforeAll, describe, expect } from "@jest/globals";
import { MyCaseload } from "../../src/features/check-ins/contract.ts";
import type { PersonResource } from "../../src/features/roster/contract.ts";
import { percent } from "../../src/tab/charts/load.ts";
import { trendRows } from "../../src/tab/mine/trend-rows.ts";
import { violations } from "../support/browser.ts";
import { expectComplaints, hasFocus, it, page, shotsOf } from "./driver.ts";
import { callApi, expectAccessible, narrow, openTab, people, section } from "./tab-driver.ts";

const shot = shotsOf("tab-mine", { fullPage: true });
const status = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

// A browser's own line about a request that the server refuses.
expectComplaints(/status of 422/);

let everybody: readonly PersonResource[];
/** A manager of several teams who is no lead, and two others. */
let ana: PersonResource;
let ben: PersonResource;
let cem: PersonResource;

beforeAll(async () => {
  everybody = (await callApi(people.lead, "people?role=manager&limit=200")).items;
  const withTeams = everybody.filter(({ reach }) => reach.by === "teams");
  const [first] = withTeams.filter(({ teams }) => teams.length > 1);
  const [second, third] = withTeams.filter(({ teams, deputy, awayUntil }) => teams.length === 1 && deputy === null && awayUntil === null);
  if (first === undefined || second === undefined || third === undefined) throw new Error("The demo has too few managers.");
  [ana, ben, cem] = [first, second, third];
});

describe("what is one's own in the tab", () => {
  it("has the figures of one's own teams as the API gives them, and no other team's", async () => {
    const known = MyCaseload.parse(await callApi(ana.email, "me/caseload"));
    expect(known.teams.map(({ team }) => team.name).toSorted()).toEqual(ana.teams.map(({ name }) => name).toSorted());
    await openTab(ana.email, "mine", { size: narrow });
    const teams = section("My teams");
    expect(await teams.getByRole("heading", { level: 3 }).allTextContents()).toEqual(known.teams.map(({ team }) => team.name));
    for (const { team, standing, last12Weeks, points } of known.teams) {
      expect(await teams.textContent()).toContain(`${team.name}${standing ?? ""}Over 12 weeks: ${last12Weeks?.words ?? ""}.`);
      await teams.getByRole("button", { name: `Show as a table: Load of ${team.name} over 52 weeks` }).click();
      const rows = teams.getByRole("table", { name: `Load of ${team.name} over 52 weeks` }).locator("tbody tr");
      const shown = await rows.evaluateAll((all) => all.map((row) => [...row.children].slice(1, 3).map((cell) => cell.textContent)));
      const share = (load: number | null | undefined, missing: string) => (load == null ? missing : percent(load));
      expect(shown).toEqual(
        trendRows(points, known.network).map(({ own, median }) => [
          own === null ? "Not answered" : share(own.load12, "Can’t be calculated"),
          share(median, "Not shown"),
        ]),
      );
    }
    await expectAccessible();
    const all = await page.locator("main").innerText();
    const others = everybody.flatMap(({ teams: theirs }) => theirs.map(({ name }) => name)).filter((name) => !ana.teams.some((own) => own.name.includes(name)));
    expect(others.filter((name) => all.includes(name))).toEqual([]);
  });

  it("takes the days when somebody doesn't work as they would say them, and says what it can't read", async () => {
    await openTab(ben.email, "mine", { size: narrow });
    const part = section("When I don’t work");
    const field = part.getByLabel("Days and times, as you would say them");
    await field.fill("now and then");
    await page.keyboard.press("Enter");
    await part.getByText(/^I can't read that\./).waitFor();
    expect(await field.inputValue()).toBe("now and then");
    await expectAccessible();
    await field.fill("mondays, thursday afternoons");
    await page.keyboard.press("Enter");
    await status("Saved: Mondays all day and Thursday afternoons.").waitFor();
    await part.locator("strong", { hasText: "Mondays all day and Thursday afternoons" }).waitFor();
    expect((await callApi(ben.email, "me/non-working")).words).toBe("Mondays all day and Thursday afternoons");
    await part.getByRole("button", { name: "I work every day" }).click();
    await part.getByText("You haven’t said so yet.").waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === "H2");
    expect((await callApi(ben.email, "me/non-working")).times).toEqual([]);
  });

  it("keeps until when somebody is away, who stands in for them, and that they want no messages", async () => {
    const profile = () => callApi(ben.email, "me/profile");
    await openTab(ben.email, "mine", { size: narrow });
    const part = section("When I am away");
    const [until, deputy, save] = [part.getByLabel("Away until"), part.getByLabel("Deputy’s e-mail address"), part.getByRole("button", { name: "Save" })];
    await until.fill("2020-01-06");
    await deputy.fill("nobody@elsewhere.example.org");
    await save.click();
    await part.getByText("The deputy isn't in the roster: name somebody who is.").waitFor();
    await deputy.fill("");
    await save.click();
    await part.getByText(/is in the past\. Write a date from today on\.$/).waitFor();
    expect(await until.inputValue()).toBe("2020-01-06");
    await expectAccessible();
    await until.fill("2099-01-06");
    await deputy.fill(cem.email);
    await save.click();
    await part.getByText(/^You are away until Tuesday 6 January 2099, that day included\./).waitFor();
    await part.getByText(`${cem.name} stands in for you`).waitFor();
    expect(await profile()).toMatchObject({ awayUntil: "2099-01-06", deputy: { name: cem.name }, stopped: false });

    await until.fill("");
    await part.getByRole("switch", { name: "Send me no messages at all" }).check();
    await save.click();
    await part.getByText("You get no messages, because you asked for none.").waitFor();
    expect(await hasFocus(save)).toBe(true);
    await part.getByRole("button", { name: "Remove my deputy" }).click();
    await part.getByText("Nobody stands in for you.").waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === "H2");
    expect(await profile()).toMatchObject({ awayUntil: null, deputy: null, stopped: true });
  });

  it("hands over all that is kept about somebody, and erases what they gave once they have said yes to that", async () => {
    await openTab(cem.email, "mine", { size: narrow });
    const part = section("My data");
    const [download] = await Promise.all([page.waitForEvent("download"), part.getByRole("button", { name: "Download my data" }).click()]);
    const before = await callApi(cem.email, "me/data");
    expect(JSON.parse(readFileSync(await download.path(), "utf8"))).toEqual(before);
    expect(before.checkIns.length).toBeGreaterThan(0);

    await part.getByRole("button", { name: "Erase what I gave" }).click();
    await shot("erase-narrow");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Not now" }).click();
    expect(await callApi(cem.email, "me/data")).toEqual(before);
    await part.getByRole("button", { name: "Erase what I gave" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Erase it" }).click();
    await status(/^\d+ things that you gave are erased\.$/).waitFor();
    const after = await callApi(cem.email, "me/data");
    expect(after).toMatchObject({ checkIns: [], meetings: [], links: [] });
    expect(after.roster).toEqual(before.roster);
    // What stood on the page goes with it.
    await section("My teams").getByText(/^It has answered no check-in/).waitFor();
  });
});
