import { readFileSync } from "node:fs";
import { describe, expect } from "@jest/globals";
import ExcelJs from "exceljs";
import { Evidence } from "../../src/features/evidence/contract.ts";
import { CaseloadSummary, TeamPage } from "../../src/features/check-ins/contract.ts";
import { PeoplePage } from "../../src/features/roster/contract.ts";
import { it, page, shotsOf } from "./driver.ts";
import { callApi, faultsOfPage, looksAndSizes, narrow, openTab, people, section, settled, wide } from "./tab-driver.ts";

const shot = shotsOf("tab-evidence", { fullPage: true });
const evidenceOf = async (person: string) => Evidence.parse(await callApi(person, "exports/evidence"));

/** Presses a button and gives the file that comes of it. */
async function download(button: string): Promise<{ name: string; content: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button, exact: true }).click()]);
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

/** Every item of a list of the API, page by page. */
async function all<T>(path: string, parse: (body: unknown) => { items: readonly T[]; next: string | null }): Promise<T[]> {
  const items: T[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const one = parse(await callApi(people.lead, `${path}?limit=200${next === "" ? "" : `&after=${next}`}`));
    items.push(...one.items);
    next = one.next;
  }
  return items;
}

describe("the evidence pack", () => {
  it.each(["lead", "viewer"] as const)("gives a %s the spreadsheet by one press, with the figures that the page shows", async (who) => {
    const pack = await evidenceOf(people[who]);
    await openTab(people[who], "evidence");
    const { name, content } = await download("Download the spreadsheet");
    expect(name).toBe(`evidence-${pack.asOf}.xlsx`);
    await page.getByRole("status").filter({ hasText: `${name} is saved` }).waitFor();
    const book = new ExcelJs.Workbook();
    await book.xlsx.load(content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer);
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(["Summary", "By area", "By place", "Pulse", "Method and caveats"]);
    const inFile = new Map<unknown, unknown>();
    book.getWorksheet("Summary")?.eachRow((row) => inFile.set(row.getCell(1).value, row.getCell(2).value));
    const onPage = await page
      .getByRole("table", { name: "Figures" })
      .getByRole("row")
      .evaluateAll((rows) => rows.slice(1).map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)));
    expect(onPage.map(([label]) => label)).toEqual(pack.summary.map(({ label }) => label));
    for (const [place, { label, value }] of pack.summary.entries()) {
      expect({ label, value: inFile.get(label) }).toEqual({ label, value });
      expect(Number.parseFloat((onPage[place]?.[1] ?? "").replaceAll(",", ""))).toBe(value);
    }
  });

  it("gives each sheet as CSV", async () => {
    const pack = await evidenceOf(people.lead);
    await openTab(people.lead, "evidence");
    const { name, content } = await download("By area");
    expect(name).toBe(`evidence-${pack.asOf}-areas.csv`);
    const text = content.toString("utf8");
    for (const area of pack.byArea.groups) expect(text).toContain(area.name);
    for (const sheet of ["Summary", "By place", "Pulse", "Method and caveats"]) expect((await download(sheet)).content.length).toBeGreaterThan(100);
  });

  it("copies the paragraph, and says so", async () => {
    const { paragraph } = await evidenceOf(people.viewer);
    await openTab(people.viewer, "evidence", { size: { ...wide, permissions: ["clipboard-read", "clipboard-write"] } });
    await page.getByRole("button", { name: "Copy the paragraph" }).click();
    await page.getByRole("status").filter({ hasText: "Copied." }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(paragraph);
  });

  it.each(["light", "dark"] as const)("prints as two pages of A4 with dark text on white, from a %s screen", async (theme) => {
    await openTab(people.viewer, "evidence/report", { theme, size: narrow });
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(2);
    expect(pdf.match(/\/MediaBox\s*\[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/g)?.length).toBe(2);

    // What the paper shows: A4 without its margins, at 96 dots per inch.
    await page.setViewportSize({ width: 718, height: 1046 });
    await page.emulateMedia({ media: "print" });
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1") ?? document.body).color === "rgb(36, 36, 36)");
    expect(await page.getByRole("banner").isVisible()).toBe(false);
    expect(await page.locator("button").filter({ visible: true }).count()).toBe(0);
    expect(await page.getByRole("slider").count()).toBe(2);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("#main *")].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((one) => one.className),
    );
    expect(cut).toEqual([]);
    await shot(`printed-from-${theme}`);
  });

  it("shows a viewer no team and no person anywhere", async () => {
    const [teams, roster] = [await all("teams", TeamPage.parse), await all("people", PeoplePage.parse)];
    const names = [...teams, ...roster].map(({ name }) => name).filter((name) => !name.startsWith("Kofi"));
    expect(names.length).toBeGreaterThan(300);
    const received: string[] = [];
    const { items } = await callApi(people.viewer, "pulse-results");
    await openTab(people.viewer, "shared");
    page.on("response", (response) => {
      if (response.url().includes("/api/v1/")) void response.text().then((text) => received.push(text), () => undefined);
    });
    await page.reload();
    for (const at of ["shared", `shared/pulse/${items[0].id}`, "evidence", "evidence/report"]) {
      await page.evaluate((to) => (location.hash = to), `/${at}`);
      await settled();
      if (at === "shared") {
        await page.getByRole("radio", { name: "By place" }).check();
        await page.getByRole("button", { name: "Show as a table: Load by place" }).waitFor();
      }
      const drawn = await page.locator("body").innerText();
      const charts = page.getByRole("button", { name: /^Show as a table/ });
      while ((await charts.count()) > 0) await charts.first().click();
      const text = `${drawn}\n${await page.locator("body").innerText()}`;
      expect({ at, found: names.filter((name) => text.includes(name)) }).toEqual({ at, found: [] });
    }
    expect(received.length).toBeGreaterThan(2);
    expect(names.filter((name) => received.some((text) => text.includes(name)))).toEqual([]);
  });

  it("isn't there for a lead of one area, who could take their own teams off what reaches into another", async () => {
    await openTab(people.areaLead, "evidence");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("There is nothing here");
  });

  it.each(looksAndSizes)("can be used by a viewer: $theme, $width", async ({ theme, width, size, rules }) => {
    const { items } = await callApi(people.viewer, "pulse-results");
    for (const [at, name] of [["shared", "shared"], [`shared/pulse/${items[0].id}`, "survey"], ["evidence/report", "report"]] as const) {
      await openTab(people.viewer, at, { theme, size });
      expect(await faultsOfPage(rules)).toEqual([]);
      await shot(`${name}-${theme}-${width}`);
    }
  });

  it("shows viewers the combined figures as the API has them, by area and by place", async () => {
    await openTab(people.viewer, "shared");
    for (const by of ["area", "place"] as const) {
      const { groups, withheld, coverage } = CaseloadSummary.parse(await callApi(people.viewer, `caseload-summary?by=${by}`));
      await page.getByRole("radio", { name: `By ${by}` }).check();
      await page.getByRole("list", { name: `Load by ${by}` }).waitFor();
      const rows = await page.getByRole("list", { name: `Load by ${by}` }).getByRole("listitem").allTextContents();
      expect(rows).toHaveLength(groups.length + 1);
      for (const { name, coverage: behind, last12Weeks } of groups) {
        const row = rows.find((text) => text.startsWith(name)) ?? "";
        expect(row.toLowerCase()).toContain(last12Weeks?.words.toLowerCase());
        expect(row.toLowerCase()).toContain(behind.toLowerCase());
      }
      expect(await section("Load against the guide range").textContent()).toContain(withheld ?? "");
      expect(await section(/^All teams, as of/).getByRole("heading").textContent()).toContain(coverage);
    }
  });
});
