import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "@jest/globals";
import type { Locator } from "playwright-core";
import { violations } from "../support/browser.ts";
import { it, page, press, shotsOf, sidewaysScroll, tabTo } from "./driver.ts";
import { beginsInSight, choose, suggestion } from "./in-rehearsal.ts";
import { card, folder, openRehearsal, server } from "./local-mode-driver.ts";

/** A made-up number that passes the check of NHS numbers. */
const nhsNumber = "943 476 5919";
const shot = shotsOf("local-mode");

async function fillIn(form: Locator, feeling: string, newPeople: string): Promise<void> {
  await form.getByRole("radio", { name: feeling, exact: true }).check();
  await form.getByLabel(/^New people/).first().fill(newPeople);
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("local mode, as a new user finds it", () => {
  it("takes a manager's answer in under 30 seconds, keeps it on reload and lets it be changed", async () => {
    await openRehearsal();
    await shot("start");
    const startedAt = Date.now();
    await choose("Priya Raman");
    await card("How is your caseload?").waitFor();
    expect(await beginsInSight(card("How is your caseload?"))).toBe(true);
    await fillIn(card("How is your caseload?"), "Busy", "27");
    await shot("card");
    await press(card("How is your caseload?"), "Send");
    await card("Thank you, recorded").waitFor();
    expect(Date.now() - startedAt).toBeLessThan(30_000);
    expect(await beginsInSight(card("Thank you, recorded"))).toBe(true);
    expect(await card("Thank you, recorded").textContent()).toContain("27 new people; guide");
    expect(await card("How is your caseload?").count()).toBe(0);
    await card("Pressures").waitFor();
    await shot("answered");

    await page.reload();
    await press(card("Thank you, recorded"), "Change answer");
    await card("How is your caseload?").getByLabel("People waiting").fill("4");
    await press(card("How is your caseload?"), "Send");
    await card("Thank you, recorded").getByText(/^People waiting: 4\b/).waitFor();
    await card("Thank you, recorded").getByText("Workload: busy").waitFor();
  });

  it("can be answered with the keyboard alone", async () => {
    await openRehearsal();
    const to = (wanted: Locator) => tabTo(wanted, 150);
    await page.getByRole("button", { name: "Samira Haddad" }).waitFor();
    await to(page.getByLabel("Search people"));
    await page.keyboard.type("samira");
    await to(page.getByRole("button", { name: "Samira Haddad" }));
    await page.keyboard.press("Enter");
    const form = card("How is your caseload?");
    await form.waitFor();
    await to(form.getByRole("radio", { name: "Comfortable" }));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await to(form.getByLabel(/^New people/).first());
    await page.keyboard.type("20");
    await to(form.getByRole("button", { name: "Send", exact: true }));
    await shot("keyboard");
    await page.keyboard.press("Enter");
    await card("Thank you, recorded").getByText("Workload: stretched").waitFor();
    expect(await card("Thank you, recorded").evaluate((element) => element.contains(document.activeElement))).toBe(true);
  });

  it("keeps what was typed when a number can't be right, and says so beside it", async () => {
    await openRehearsal("Mehmet Yıldız");
    const form = card("How is your caseload?");
    await fillIn(form, "Busy", "99999");
    await press(form, "Send");
    await form.getByText("Give a number from 0 to 2000, or leave it blank.").first().waitFor();
    await form.getByRole("button", { name: "Change" }).click();
    await form.getByLabel("WTE in post, link workers").fill("much");
    await form.getByLabel(/^New people/).first().fill("9");
    await press(form, "Send");
    await card("How is your caseload?").getByText("Nothing is recorded yet.").waitFor();
    await shot("refused");
    expect(await card("How is your caseload?").getByLabel("WTE in post, link workers").inputValue()).toBe("much");
    expect(await card("How is your caseload?").getByLabel(/^New people/).first().inputValue()).toBe("9");
  });

  it("lets somebody be reminded tomorrow, or skip", async () => {
    await openRehearsal("Tuấn Nguyễn");
    await press(card("How is your caseload?"), "Not now");
    await shot("not-now");
    await press(card("Not now"), "Remind me tomorrow");
    await card("Not now").getByText("The card comes again on").waitFor();
    await shot("tomorrow");
    await press(card("Not now"), "Skip this round");
    await card("Skipped this time").waitFor();
  });

  it("takes a team's request to its lead, who takes it, closes it and sees the summary", async () => {
    await openRehearsal("Hannah Okafor-Lee");
    const form = card("How is your caseload?");
    await fillIn(form, "More than we can do safely", "90");
    await form.getByRole("radio", { name: "A call from Morwenna Achebe" }).check();
    await press(form, "Send");
    await card("Thank you, recorded").getByText("Morwenna Achebe has been told and will reply by").waitFor();
    await shot("told");
    await choose("Morwenna Achebe");
    await card("A team needs you").waitFor();
    await shot("request");
    await press(card("A team needs you"), "Take");
    await card("You have taken this on").waitFor();
    await suggestion("summary").click();
    await card("Ring these first").getByText("1. Islington North").waitFor();
    await shot("summary");
    await press(card("You have taken this on"), "Done");
    await card("Done").waitFor();
    await choose("Hannah Okafor-Lee");
    await card("Thank you, recorded").getByText("Morwenna Achebe has marked this as done.").waitFor();
    await page.reload();
    await card("Thank you, recorded").waitFor();
    await suggestion("help").click();
    const help = page.locator(".bubble").filter({ hasText: "check in" }).last();
    await help.waitFor();
    expect(await help.textContent()).not.toContain("summary");
    await shot("help");
  });

  it.each([
    ["light", 1280, "all"],
    ["dark", 1280, "about colours"],
    ["light", 390, "all"],
    ["dark", 320, "all"],
  ] as const)("has no faults that axe can find with a card open (%s, %i pixels wide)", async (colorScheme, width, rules) => {
    await openRehearsal(null, { colorScheme, viewport: { width, height: 800 } });
    expect(await violations(page, rules)).toEqual([]);
    await choose("Shanice Campbell");
    await card("How is your caseload?").waitFor();
    await shot(`${colorScheme}-${width}`);
    for (const selector of ["html", "#chat-scroller"]) expect(await sidewaysScroll(selector)).toBe(0);
    expect(await violations(page, rules)).toEqual([]);
    await choose("Priya Raman");
    await card("Thank you, recorded").waitFor();
    await shot(`${colorScheme}-${width}-answered`);
    for (const selector of ["html", "#chat-scroller"]) expect(await sidewaysScroll(selector)).toBe(0);
    expect(await violations(page, rules)).toEqual([]);
  });

  it("refuses a note that looks like it names a patient, keeps the rest, and stores nothing of it", async () => {
    await openRehearsal("Priya Raman");
    const form = card("Pressures");
    await form.getByRole("checkbox", { name: "Housing" }).check();
    await form.getByRole("radio", { name: "No" }).check();
    await form.getByLabel("Anything to add?").fill(`Ring ${nhsNumber} back`);
    await press(form, "Send");
    await card("Pressures").getByText("This looks like an NHS number.").waitFor();
    await shot("note-refused");
    expect(await card("Pressures").getByLabel("Anything to add?").inputValue()).toBe("");
    expect(await card("Pressures").getByRole("checkbox", { name: "Housing" }).isChecked()).toBe(true);
    expect(await card("Pressures").getByRole("radio", { name: "No" }).isChecked()).toBe(true);
    await card("Pressures").getByLabel("Anything to add?").fill("Rents are up");
    await press(card("Pressures"), "Send");
    await card("Pressures: thank you").getByText("Note: Rents are up").waitFor();
    const holding = (text: string) => filesBelow(folder).filter((file) => readFileSync(file).includes(text));
    expect(holding("Rents are up")).not.toEqual([]);
    expect(holding(nhsNumber)).toEqual([]);
    expect(server.output()).not.toContain(nhsNumber);
  });
});
