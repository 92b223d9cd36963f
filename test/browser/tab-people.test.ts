import { describe, expect } from "@jest/globals";
import { LedgerPage } from "../../src/features/deliveries/contract.ts";
import { RoundPage } from "../../src/features/check-ins/contract.ts";
import { MeetingPage } from "../../src/features/meetings/contract.ts";
import { WavePage } from "../../src/features/pulse/contract.ts";
import { type InstallResource, InstallsPage } from "../../src/features/installs/contract.ts";
import { PeoplePage, type PersonResource } from "../../src/features/roster/contract.ts";
import { demoRoster } from "../../src/local/demo/roster.ts";
import { expectComplaints, it, page, shotsOf } from "./driver.ts";
import { callApi, expectAccessible, expectAccessibleDialog, looksAndSizes, narrow, openTab, people, section, server, settled, wide } from "./tab-driver.ts";

const shot = shotsOf("tab-people", { fullPage: true });

// A browser's own line about a request that the server refuses, or about what isn't there.
expectComplaints(/status of (404|422)/);

const button = (name: string) => page.getByRole("button", { name, exact: true });
const heading = (level: number) => page.getByRole("heading", { level });
const rows = (table: string) => page.getByRole("table", { name: table }).getByRole("row");
const rowOf = (name: string) => page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });
const dialog = () => page.getByRole("dialog");
const note = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text });
const goTo = (at: string) => page.evaluate((hash) => (location.hash = hash), `/${at}`);
const title = () => heading(1).textContent();

async function listed(query: string, by: string = people.lead): Promise<readonly PersonResource[]> {
  return PeoplePage.parse(await callApi(by, `people?limit=200&${query}`)).items;
}

/** The account that Rehearsal knows somebody by. */
async function accountOf(email: string): Promise<string> {
  const { items } = (await (await fetch(`${server.url}/rehearsal/api/people`)).json()) as { items: { key: string; email: string }[] };
  return items.find((person) => person.email === email)?.key ?? "";
}

async function namesOn(table: string): Promise<string[]> {
  return page.getByRole("table", { name: table }).locator("tbody tr td:first-child").evaluateAll((cells) => cells.map((cell) => cell.querySelector(".fui-Text")?.textContent ?? ""));
}

/** Waits until the list shows these people and nobody else. */
async function untilListed(wanted: readonly PersonResource[]): Promise<void> {
  await page.waitForFunction((many) => document.querySelectorAll("tbody tr").length === many, wanted.length);
  for (const { name } of wanted) expect(await rowOf(name).count()).toBeGreaterThan(0);
}

describe("the people", () => {
  it("have the links that were mailed to them ended by whoever runs the network, and by no lead of one area", async () => {
    await openTab(people.lead, "people", { size: narrow });
    await page.getByLabel("Cards reach them").selectOption({ label: "Link by e-mail" });
    const [first] = await listed("reach=link");
    const name = first?.name ?? "";
    await button(`End links of ${name}`).click();
    await expectAccessibleDialog();
    await shot("end-links");
    await button("End their links").click();
    await note(new RegExp(`^(\\d+ links? of ${name} opened something|${name} had no link)`)).waitFor();
    expect(await callApi(people.lead, `people/${first?.id ?? ""}/links`, { method: "DELETE" })).toEqual({ revoked: 0 });
    await openTab(people.areaLead, "people");
    await rows("People").nth(1).waitFor();
    expect(await page.getByRole("button", { name: /^End links/ }).count()).toBe(0);
  });

  it("are found by name, role and how cards reach them, with why where it isn't Teams", async () => {
    await openTab(people.lead, "people");
    await page.getByLabel("Cards reach them").selectOption({ label: "Not reached" });
    const unreached = await listed("reach=none");
    expect(unreached.length).toBeGreaterThan(0);
    await untilListed(unreached);
    for (const { name, reach } of unreached) expect(await rowOf(name).textContent()).toContain(reach.why);
    await page.getByLabel("Cards reach them").selectOption({ label: "Link by e-mail" });
    await page.getByLabel("Role").selectOption({ label: "Managers" });
    const linked = await listed("reach=link&role=manager");
    await untilListed(linked);
    await page.getByRole("searchbox", { name: "Search" }).fill(linked[0]?.email ?? "");
    await untilListed(linked.slice(0, 1));
    await page.getByRole("searchbox", { name: "Search" }).fill("nobody at all");
    await page.getByText("Nobody is like this.").waitFor();
  });

  it("are given an end of their absence and a deputy, and a wrong date is said at its field with nothing lost", async () => {
    const [manager] = (await listed("role=manager")).filter(({ awayUntil, deputy }) => awayUntil === null && deputy === null);
    const name = manager?.name ?? "";
    await openTab(people.lead, "people");
    await page.getByRole("searchbox", { name: "Search" }).fill(manager?.email ?? "");
    await button(`Change ${name}`).click();
    const away = dialog().getByLabel("Away until and including");
    const deputy = dialog().getByRole("combobox", { name: "Deputy" });
    await away.fill("2020-01-31");
    await deputy.focus();
    await page.keyboard.type("Catherine Penh");
    await page.getByRole("option", { name: /^Catherine Penhallow/ }).click();
    await dialog().getByRole("button", { name: "Save" }).click();
    await dialog().getByText("is in the past.").waitFor();
    expect(await away.getAttribute("aria-invalid")).toBe("true");
    expect([await away.inputValue(), await deputy.inputValue()]).toEqual(["2020-01-31", "Catherine Penhallow"]);
    await shot("refused");

    await away.fill("2031-12-04");
    await dialog().getByRole("button", { name: "Save" }).click();
    await note(`${name} is changed. Away until Thursday 4 December 2031; Catherine Penhallow stands in.`).waitFor();
    expect(await rowOf(name).textContent()).toContain("Away until Thursday 4 December 2031; Catherine Penhallow stands in");
    expect((await listed(`search=${manager?.email ?? ""}`))[0]).toMatchObject({ awayUntil: "2031-12-04", deputy: { name: "Catherine Penhallow" } });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(`Change ${name}`);
    await button("Put this note away").click();
    expect(await note(/changed/).count()).toBe(0);
  });

  it("leave the list when they have left, and the focus stays on the page", async () => {
    const [member] = await listed("role=member&search=South West");
    const name = member?.name ?? "";
    await openTab(people.lead, "people", { size: narrow });
    await page.getByRole("searchbox", { name: "Search" }).fill(member?.email ?? "");
    await button(`Change ${name}`).click();
    await dialog().getByRole("switch", { name: "They have left the network" }).check();
    await dialog().getByText("They get no more cards").waitFor();
    await shot("leaving");
    await expectAccessibleDialog();
    await dialog().getByRole("button", { name: "Take them out" }).click();
    await note(`${name} has left.`).waitFor();
    await page.getByText("Nobody is like this.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("The roster");
    expect(await listed(`search=${member?.email ?? ""}`)).toEqual([]);
    const { items } = await callApi(people.lead, "audit-log?show=changes&limit=1");
    expect(items[0].words).toBe(`Morwenna Achebe took ${name} out of the roster`);
  });

  it("are seen by a lead of one area as far as they are of that area, whatever address is typed", async () => {
    const others = (await listed("role=manager")).filter(({ area }) => area !== "South East");
    await openTab(people.areaLead, "people");
    expect(await button("Import a roster").count()).toBe(0);
    while ((await button("Show more").count()) > 0) {
      const before = await rows("People").count();
      await button("Show more").click();
      await page.waitForFunction((many) => document.querySelectorAll("tr").length > many, before);
    }
    const own = await listed("", people.areaLead);
    expect((await namesOn("People")).toSorted()).toEqual(own.map(({ name }) => name).toSorted());
    expect(own.every(({ area, teams }) => area === "South East" || teams.length > 0)).toBe(true);
    await page.getByRole("searchbox", { name: "Search" }).fill(others[0]?.email ?? "");
    await page.getByText("Nobody is like this.").waitFor();
    for (const at of ["people/import", "settings", "settings/audit-log", "evidence"]) {
      await goTo(at);
      await page.waitForFunction(() => document.querySelector("h1")?.textContent === "There is nothing here");
    }
  });

  it("come from a file whose leavers are pointed out before it is imported", async () => {
    await openTab(people.lead, "people/import", { size: narrow });
    const lines = new TextDecoder().decode(await demoRoster()).split("\n");
    const members = lines.filter((line) => line.includes(",member,"));
    const shorter = lines.filter((line) => !line.startsWith("Ottilie Fairbairn,") && line !== members.at(-1));
    await page.locator("input[type=file]").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(shorter.join("\n")) });
    await page.getByText(/^\d people aren’t in the file and leave the network/).waitFor();
    expect(await rowOf("Ottilie Fairbairn").count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("What would change");
    await expectAccessible();
    await shot("preview");
    expect(await listed(`search=${people.admin}`)).toHaveLength(1);
  });
});

describe("the app in Teams", () => {
  const installs = async (query = "", by: string = people.lead) => InstallsPage.parse(await callApi(by, `installs?limit=200${query}`));
  const shown = (row: InstallResource) => rowOf(row.person.name).textContent();

  it("is brought to everybody once that is confirmed, and whoever doesn't have it is shown with the reason", async () => {
    await openTab(people.lead, "people/app", { size: narrow, theme: "dark" });
    expect((await installs()).startedAt).toBeNull();
    await shot("app-before");
    await button("Install for everybody").click();
    await dialog().getByText("They have nothing to do").waitFor();
    await shot("app-asks");
    await expectAccessibleDialog();
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    expect((await installs()).startedAt).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Install for everybody");
    await page.keyboard.press("Enter");
    await dialog().getByRole("button", { name: "Install for everybody" }).click();
    await note(/^The app is on its way to \d+ people/).waitFor();
    // The rest takes its time: so many a second, and no more.
    await page.getByText("It is being brought to people now.").waitFor();
    const { counts, startedAt } = await installs();
    expect(startedAt).not.toBeNull();
    await page.getByLabel("Show").selectOption({ label: `Left out (${counts.cannot})` });
    await page.waitForFunction((many) => document.querySelectorAll("tbody tr").length === many, counts.cannot);
    const { items } = await installs("&state=cannot");
    expect(items.length).toBeGreaterThan(0);
    for (const row of items) expect(await shown(row)).toContain(row.reason ?? "nothing");
    await expectAccessible();
    await shot("app-under-way");
    // The focus is on the page still, though the button that was pressed went meanwhile.
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
  });

  it("is said to be removed by itself once somebody takes it out, and is seen by a lead of one area as far as they look", async () => {
    const { items } = await installs("&state=installed", people.areaLead);
    const [gone] = items;
    const key = (await listed(`search=${gone?.person.name ?? ""}`))[0]?.email ?? "";
    await openTab(people.areaLead, "people/app", { size: wide });
    expect(await rowOf(gone?.person.name ?? "").textContent()).toContain("Has the app");
    await fetch(`${server.url}/rehearsal/api/people/${await accountOf(key)}/state`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ do: "uninstall" }),
    });
    await rowOf(gone?.person.name ?? "").getByText("Removed", { exact: true }).waitFor();
    expect(await button("Install again").count()).toBe(0);
    const own = await installs("", people.areaLead);
    const names = await namesOn("Who has the app");
    expect(names).toEqual(own.items.slice(0, names.length).map(({ person }) => person.name));
    expect(own.counts.intended).toBeLessThan((await installs()).counts.intended);
    await expectAccessible();
    await shot("app-of-an-area");
  });
});

describe("the deliveries", () => {
  it("show each card of a round with its state and reason, what failed first, as the API has them", async () => {
    const [round] = RoundPage.parse(await callApi(people.lead, "check-in-rounds?limit=1")).items;
    const ledger = LedgerPage.parse(await callApi(people.lead, `deliveries?round=${round?.id ?? ""}&limit=200`)).items;
    await openTab(people.lead, "deliveries");
    await section("Check-ins").getByRole("link").first().click();
    await rows("Cards, one for each person").first().waitFor();
    await settled();
    expect(await rows("Cards, one for each person").count()).toBe(ledger.length + 1);
    const failed = ledger.filter(({ state }) => state === "failed");
    expect(failed.length).toBeGreaterThan(0);
    for (const [place, { person, reason }] of failed.entries()) {
      expect(await rows("Cards, one for each person").nth(place + 1).textContent()).toMatch(new RegExp(`^${person.name}.*Failed${reason ?? ""}`));
    }
    await page.getByLabel("State").selectOption({ label: "Not sent on purpose" });
    const skipped = ledger.filter(({ state }) => state === "skipped");
    expect((await namesOn("Cards, one for each person")).toSorted()).toEqual(skipped.map(({ person }) => person.name).toSorted());
    await page.getByLabel("Kind").selectOption({ label: "Reminders" });
    await page.getByLabel("State").selectOption({ label: "All states" });
    const reminders = LedgerPage.parse(await callApi(people.lead, `deliveries?round=${round?.id ?? ""}&purpose=reminder&limit=200`)).items;
    await page.waitForFunction((many) => document.querySelectorAll("tbody tr").length === many, reminders.length);
  });

  it("offer no second sending of what is over, and show nothing of a survey but rounded counts", async () => {
    const rounds = RoundPage.parse(await callApi(people.lead, "check-in-rounds?limit=50")).items;
    const closed = rounds.findLast(({ state, deliveries }) => state === "closed" && deliveries.failed > 0);
    await openTab(people.lead, `deliveries/${closed?.id ?? ""}`);
    await page.getByText("This check-in is closed").waitFor();
    expect(await button("Send the failed again").count()).toBe(0);
    const { items: meetings } = MeetingPage.parse(await callApi(people.lead, "meetings?limit=50"));
    const held = meetings.find(({ state, deliveries }) => state === "held" && deliveries.failed > 0);
    await openTab(people.lead, `deliveries/${held?.id ?? ""}`);
    await page.getByText("This meeting is over").waitFor();
    const [wave] = WavePage.parse(await callApi(people.lead, "pulse-waves?limit=1")).items;
    await openTab(people.lead, `deliveries/${wave?.id ?? ""}`);
    expect(await title()).toBe("There is nothing here");
  });

  it("show a lead of one area the cards of its teams only, and no button to send them", async () => {
    const [round] = RoundPage.parse(await callApi(people.lead, "check-in-rounds?limit=1")).items;
    const own = LedgerPage.parse(await callApi(people.areaLead, `deliveries?round=${round?.id ?? ""}&limit=200`)).items;
    const teams = new Set((await callApi(people.areaLead, "teams?limit=200")).items.map((team: { name: string }) => team.name));
    await openTab(people.areaLead, `deliveries/${round?.id ?? ""}`);
    expect((await namesOn("Cards, one for each person")).toSorted()).toEqual(own.map(({ person }) => person.name).toSorted());
    const shown = await page.locator("tbody tr td:nth-child(2)").allTextContents();
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((team) => !teams.has(team))).toEqual([]);
    expect(await button("Send the failed again").count()).toBe(0);
  });

  it.each(looksAndSizes)("can be used by everybody with the dialog that changes somebody: $theme, $width", async ({ theme, size, rules }) => {
    await openTab(people.lead, "people", { theme, size });
    await page.getByRole("button", { name: /^Change / }).first().click();
    await expectAccessibleDialog(rules);
  });
});
