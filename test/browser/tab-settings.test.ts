import { readFileSync } from "node:fs";
import { describe, expect } from "@jest/globals";
import { AuditPage } from "../../src/features/settings/contract.ts";
import { expectComplaints, hasFocus, it, page, shotsOf, tabTo } from "./driver.ts";
import { callApi, expectAccessible, expectAccessibleDialog, faultsOfPage, looksAndSizes, narrow, openTab, people, section, settled } from "./tab-driver.ts";

const shot = shotsOf("tab-settings", { fullPage: true });

// A browser's own line about a value that the server refuses, and about what somebody who stepped down may not read.
expectComplaints(/status of (403|422)/);

const button = (name: string) => page.getByRole("button", { name, exact: true });
const field = (label: string) => page.getByLabel(label, { exact: true });
const status = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text });
const dialog = () => page.getByRole("dialog");
const rowOf = (name: string) => page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });
const settings = () => callApi(people.lead, "settings");
const part = (name: string) => page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name, exact: true });
const latestWords = async () => AuditPage.parse(await callApi(people.lead, "audit-log?show=changes&limit=1")).items[0]?.words;

/** Chooses somebody in a picker, as one who types does. */
async function pick(label: string, name: string): Promise<void> {
  await dialog().getByRole("combobox", { name: label }).focus();
  await page.keyboard.type(name);
  await page.getByRole("option", { name: new RegExp(`^${name}`) }).click();
}

describe("the audit log", () => {
  it("is a file at the press of a button, which is then the latest entry of it", async () => {
    await openTab(people.lead, "settings/audit-log");
    const [file] = await Promise.all([page.waitForEvent("download"), button("Download all of it").click()]);
    expect(file.suggestedFilename()).toMatch(/^audit-log-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(readFileSync(await file.path(), "utf8")).toContain("At,In words,Who,");
    expect(AuditPage.parse(await callApi(people.lead, "audit-log?limit=5")).items.map(({ action }) => action)).toContain("GET exports/audit-log.csv");
  });
});

describe("settings", () => {
  it("say at its field what is wrong and lose nothing that was typed; what is right is saved, and the audit log says by whom", async () => {
    const before = await settings();
    await openTab(people.lead, "settings/pulse");
    await field("Smallest group shown").fill("9");
    await field("Weeks between surveys").fill("every ten");
    await field("Areas in order").fill("South East\nSouth West");
    expect(await status("3 changes aren’t saved yet.").count()).toBe(1);
    await button("Save").click();
    await page.getByText("Some settings aren't allowed; nothing was changed.").waitFor();
    const [threshold, weeks] = [field("Smallest group shown"), field("Weeks between surveys")];
    for (const wrong of [threshold, weeks]) {
      expect(await wrong.getAttribute("aria-invalid")).toBe("true");
      const about = (await wrong.getAttribute("aria-describedby"))?.split(" ").at(0) ?? "";
      expect(await page.locator(`[id="${about}"]`).textContent()).not.toBe("");
    }
    expect(await section("Groups").getByText(/10/).count()).toBeGreaterThan(1);
    expect(await hasFocus(weeks)).toBe(true);
    expect([await threshold.inputValue(), await weeks.inputValue()]).toEqual(["9", "every ten"]);
    expect(await field("Areas in order").inputValue()).toBe("South East\nSouth West");
    expect(await settings()).toEqual(before);
    await shot("refused");
    await expectAccessible();

    await threshold.fill("12");
    await weeks.fill("11");
    await tabTo(button("Save"), 80);
    await page.keyboard.press("Enter");
    await status("Saved.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("When it goes out");
    expect((await settings()).pulse).toMatchObject({ threshold: 12, everyWeeks: 11, areasInOrder: ["South East", "South West"] });
    await page.reload();
    await settled();
    expect([await threshold.inputValue(), await weeks.inputValue()]).toEqual(["12", "11"]);
    await part("Audit log").click();
    const entry = page.getByRole("table", { name: /^Who did what/ }).getByRole("row").nth(1);
    await entry.waitFor();
    for (const words of ["Morwenna Achebe changed the settings of pulse.", "Smallest group shown: 12 people", "Weeks between surveys: 11 weeks"]) {
      expect(await entry.textContent()).toContain(words);
    }
    await shot("audit-log");
  });

  it("keep what was typed while another part is looked at, and forget it when that is asked for", async () => {
    await openTab(people.lead, "settings/check-ins", { size: narrow });
    const days = field("Days open");
    const before = await days.inputValue();
    await days.fill("21");
    await part("Meetings").click();
    await field("Title").waitFor();
    expect(await button("Save").count()).toBe(0);
    await part("Check-ins").click();
    expect(await days.inputValue()).toBe("21");
    await button("Undo").click();
    expect(await days.inputValue()).toBe(before);
    expect(await status(/saved yet/).count()).toBe(0);
    await days.fill("21");
    await days.fill(before);
    expect(await button("Save").count()).toBe(0);
  });

  it("say of a list which row and which cell is wrong", async () => {
    await openTab(people.lead, "settings/meetings");
    const rows = page.getByRole("group", { name: /^Dates to avoid \d/ });
    const many = await rows.count();
    await page.getByRole("button", { name: "Add: dates to avoid" }).click();
    const added = rows.nth(many);
    expect(await hasFocus(added.getByLabel("Name"))).toBe(true);
    await page.keyboard.type("Half term");
    await added.getByLabel("To", { exact: true }).fill("2031-02-21");
    await button("Save").click();
    await added.getByText(/give a date/).waitFor();
    expect(await hasFocus(added.getByLabel("From"))).toBe(true);
    expect(await added.getByLabel("Name").inputValue()).toBe("Half term");
    await added.getByLabel("From").fill("2031-02-17");
    await button("Save").click();
    await status("Saved.").waitFor();
    expect((await settings()).meetings.avoid).toContainEqual({ name: "Half term", from: "2031-02-17", to: "2031-02-21" });
    await page.getByRole("button", { name: `Remove dates to avoid ${many + 1}` }).click();
    await button("Save").click();
    await status("Saved.").waitFor();
    expect((await settings()).meetings.avoid).toHaveLength(many);
  });

  it.each(looksAndSizes)("can be used by everybody while something isn't saved: $theme, $width", async ({ theme, size, rules }) => {
    await openTab(people.lead, "settings/check-ins", { theme, size });
    await field("Days open").fill("20");
    expect(await faultsOfPage(rules)).toEqual([]);
    await openTab(people.lead, "settings/leads", { theme, size });
    await button("Make somebody a lead").click();
    await dialog().getByRole("checkbox", { name: /^South West/ }).waitFor();
    await expectAccessibleDialog(rules);
  });
});

describe("the leads", () => {
  it("are made for some areas, see those and no others, and stop being leads", async () => {
    const { items } = await callApi(people.lead, "people?role=manager&search=South West&limit=1");
    const [{ name, email }] = items;
    await openTab(people.lead, "settings/leads");
    await button("Make somebody a lead").click();
    await pick("Who", name);
    await dialog().getByRole("checkbox", { name: /^South West/ }).check();
    await dialog().getByRole("checkbox", { name: /^North East/ }).check();
    await dialog().getByRole("button", { name: "Make them a lead" }).click();
    await status(`${name} now sees the teams of South West, North East.`).waitFor();
    expect(await rowOf(name).textContent()).toContain("South West, North East");
    expect(await latestWords()).toBe(`Morwenna Achebe made ${name} a lead`);
    const leads = page;

    await openTab(email, "check-ins/teams");
    const seen = new Set((await callApi(email, "teams?limit=200")).items.map(({ area }: { area: string }) => area));
    expect([...seen].toSorted()).toEqual(["North East", "South West"]);
    expect(await page.getByRole("link", { name: "Settings" }).count()).toBe(0);

    await leads.getByRole("button", { name: `Change what ${name} sees` }).click();
    await leads.getByRole("radio", { name: /^Their own teams only/ }).check();
    await leads.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await leads.getByRole("status").filter({ hasText: `${name} is no lead any more.` }).waitFor();
    expect(await leads.evaluate(() => document.activeElement?.textContent)).toBe("Leads");
    expect((await callApi(email, "me")).role).toBe("manager");
  });

  it("hand the network over and step down, which takes the settings from them and gives them to the other", async () => {
    await openTab(people.lead, "settings/leads", { size: narrow });
    await button("Hand over the network").click();
    expect(await dialog().getByRole("button", { name: "Hand over" }).getAttribute("aria-disabled")).toBe("true");
    await pick("To whom", "Morwenna Achebe");
    await dialog().getByRole("button", { name: "Hand over" }).click();
    await dialog().getByText("You lead the network already: name somebody else.").waitFor();
    await dialog().getByRole("combobox", { name: "To whom" }).fill("");
    await pick("To whom", "Dilip Chaudhari");
    await dialog().getByRole("checkbox", { name: "I stop being a lead" }).check();
    await shot("hand-over");
    await dialog().getByRole("button", { name: "Hand over" }).click();
    await status("Dilip Chaudhari now leads the whole network.").waitFor();
    await button("Put this note away").click();
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "There is nothing here");
    expect((await callApi(people.lead, "me")).role).not.toBe("lead");

    await openTab(people.areaLead, "settings/audit-log");
    const entry = page.getByRole("table", { name: /^Who did what/ }).getByRole("row").nth(1);
    expect(await entry.textContent()).toContain("Morwenna Achebe handed the network over to Dilip Chaudhari and stepped down.");
  });
});
