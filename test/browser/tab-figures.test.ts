import { readFileSync } from "node:fs";
import { beforeAll, describe, expect } from "@jest/globals";
import ExcelJs from "exceljs";
import { parse } from "csv-parse/sync";
import { CaseloadSummary, type SummaryGroup } from "../../src/features/check-ins/contract.ts";
import { Evidence, type EvidenceGroup } from "../../src/features/evidence/contract.ts";
import { ResultSummary } from "../../src/features/pulse/contract.ts";
import { until } from "../support/until.ts";
import { it, page } from "./driver.ts";
import { callApi, openTab, people, section, server, settled } from "./tab-driver.ts";

/*
 * A lead's own figures are of every team as of the latest round; those for people outside the leads stand as they were
 * frozen when a round closed last. Each is compared with the pages, cards and files that speak of the same thing.
 */

/** What is compared of a group of teams. */
interface Compared {
  readonly load: number | null;
  readonly words: string | undefined;
  readonly wteNeeded: number | null;
  readonly coverage: string;
}

const compared = ({ last12Weeks, wteNeeded, coverage }: SummaryGroup | EvidenceGroup): Compared => ({
  load: last12Weeks === null ? null : Math.round(100 * last12Weeks.load),
  words: last12Weeks?.words.replace(/^about /, "About "),
  wteNeeded,
  coverage,
});

const summaryOf = async (person: string, by: CaseloadSummary["by"]) =>
  CaseloadSummary.parse(await callApi(person, `caseload-summary?by=${by}`));

/** The total and the groups of a summary by name; the total under the name that a page gives it. */
const byName = ({ total, groups }: CaseloadSummary, all: string) =>
  Object.fromEntries([{ ...total, name: all }, ...groups].map((group) => [group.name, compared(group)]));

const cellsOf = async (table: string): Promise<Record<string, string>[]> =>
  page.getByRole("table", { name: table }).evaluate((one) => {
    const texts = (row: Element) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent);
    const [head, ...rows] = [...one.querySelectorAll("tr")].map(texts);
    return rows.map((row) => Object.fromEntries((head ?? []).map((title, place) => [title, row[place] ?? ""])));
  });

const numberOf = (text: string | undefined): number | null => {
  const found = /^[\d,.]+/.exec(text ?? "")?.[0];
  return found === undefined ? null : Number(found.replaceAll(",", ""));
};

/** What a page's table behind the bars says, by name. */
async function inTab(by: CaseloadSummary["by"], columns: { behind: string; words: string }): Promise<Record<string, Compared>> {
  await page.getByRole("radio", { name: `By ${by}` }).check();
  await page.getByRole("button", { name: `Show as a table: Load by ${by}` }).click();
  const rows = await cellsOf(`Load by ${by}`);
  return Object.fromEntries(
    rows.map((row) => [
      row[by === "area" ? "Area" : "Place"],
      {
        load: numberOf(row["Load, 12 weeks"]),
        words: row[columns.words] ?? "",
        wteNeeded: numberOf(row["WTE needed"]),
        coverage: row[columns.behind] ?? "",
      },
    ]),
  );
}

/** The text of the card that the bot answers a lead's command with, a line each. */
async function card(command: string): Promise<string[]> {
  const rehearsal = async (path: string, body?: object): Promise<any> =>
    (await fetch(`${server.url}/rehearsal/api/${path}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) })).json();
  const { key } = (await rehearsal("people")).items.find(({ email }: { email: string }) => email === people.lead);
  const chat = async (): Promise<readonly { card: unknown }[]> => (await rehearsal(`people/${key}/chat?peek=true`)).messages;
  const before = (await chat()).length;
  await rehearsal(`people/${key}/messages`, { text: command });
  await until(async () => (await chat()).length > before + 1, `the card for "${command}"`);
  return linesOf((await chat()).at(-1)?.card);
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "text" && typeof inner === "string" ? [inner] : linesOf(inner)));
}

async function file(button: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button, exact: true }).click()]);
  return readFileSync(await download.path());
}

/** A sheet of the workbook as records by its header. */
async function workbook(content: Buffer): Promise<(sheet: string) => Record<string, unknown>[]> {
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer);
  return (sheet) => {
    const rows: unknown[][] = [];
    book.getWorksheet(sheet)?.eachRow((row) => rows.push([...(row.values as unknown[])].slice(1)));
    const [head = [], ...records] = rows;
    return records.map((row) => Object.fromEntries(head.map((title, place) => [String(title), row[place] ?? null])));
  };
}

const csvOf = (content: Buffer): Record<string, string>[] => parse(content, { bom: true, columns: true });

/** What a row of the sheets by area and place says; a CSV has text where a workbook has numbers. */
const ofRow = (row: Record<string, unknown>): Compared => {
  const number = (title: string) => (row[title] === null || row[title] === "" ? null : Number(row[title]));
  const load = number("Load, 12 weeks (1 is the top)");
  return {
    load: load === null ? null : Math.round(100 * load),
    words: String(row["12 weeks in words"]).split(". ")[0]?.replace(/^about /, "About "),
    wteNeeded: number("WTE needed to return to the range"),
    coverage: String(row["Coverage"]),
  };
};

describe("the same numbers in tab, API, cards and exports", () => {
  // So that the latest survey is one and the same for leads and for viewers.
  beforeAll(async () => {
    const { items } = await callApi(people.lead, "pulse-waves?limit=1");
    await callApi(people.lead, `pulse-waves/${items[0].id}/share`, { method: "POST" });
  });

  it("a lead's load, coverage and WTE needed", async () => {
    const areas = await summaryOf(people.lead, "area");
    await openTab(people.lead, "check-ins");
    expect(await inTab("area", { behind: "Answered", words: "In numbers" })).toEqual(byName(areas, "All your teams"));
    await openTab(people.lead, "check-ins");
    expect(await inTab("place", { behind: "Answered", words: "In numbers" })).toEqual(byName(await summaryOf(people.lead, "place"), "All your teams"));
    await openTab(people.lead, "overview");
    expect(await section("Load").textContent()).toContain(areas.total.last12Weeks?.words);
    expect(await section("Load").textContent()).toContain(areas.coverage);

    const lines = await card("summary");
    for (const { name, last12Weeks, teamsAbove, wteNeeded } of [areas.total, ...areas.groups]) {
      const line = lines.find((text) => text.startsWith(`${name}: `));
      expect(line).toContain(`: ${last12Weeks?.words ?? ""}, `);
      expect(line).toContain(`; ${teamsAbove ?? 0} of ${last12Weeks?.teams ?? 0} teams above`);
      expect(Number(/, ([\d.]+) WTE needed/.exec(line ?? "")?.[1] ?? 0)).toBe(wteNeeded);
    }
    expect(lines.at(-1)).toContain(`answers from ${areas.coverage}.`);
  });

  it("a viewer's load, coverage and WTE needed, which the evidence hands on", async () => {
    const [areas, places] = [await summaryOf(people.viewer, "area"), await summaryOf(people.viewer, "place")];
    const told = { areas: byName(areas, "All"), places: byName(places, "All") };
    await openTab(people.viewer, "shared");
    const columns = { behind: "Behind it", words: "In numbers, 12 weeks" };
    expect(await inTab("area", columns)).toEqual(byName(areas, "All teams"));
    await openTab(people.viewer, "shared");
    expect(await inTab("place", columns)).toEqual(byName(places, "All teams"));

    for (const person of [people.viewer, people.lead]) {
      const pack = Evidence.parse(await callApi(person, "exports/evidence"));
      const inPack = ({ groups, total }: Evidence["byArea"]) => Object.fromEntries([...groups, total].map((group) => [group.name, compared(group)]));
      expect({ areas: inPack(pack.byArea), places: inPack(pack.byPlace) }).toEqual(told);
      expect(pack.paragraph).toContain(`This rests on ${areas.coverage}`);
      await openTab(person, "evidence");
      const sheets = await workbook(await file("Download the spreadsheet"));
      const [byArea, byPlace] = [csvOf(await file("By area")), csvOf(await file("By place"))];
      const named = (rows: readonly Record<string, unknown>[], title: string) =>
        Object.fromEntries(rows.filter((row) => row[title] !== "Note").map((row) => [row[title], ofRow(row)]));
      expect(named(sheets("By area"), "Area")).toEqual(told.areas);
      expect(named(sheets("By place"), "Place")).toEqual(told.places);
      expect(named(byArea, "Area")).toEqual(told.areas);
      expect(named(byPlace, "Place")).toEqual(told.places);
      const wte = sheets("Summary").find((row) => row["Figure"] === "WTE needed to return to the guide range");
      expect(wte).toMatchObject({ Value: areas.total.wteNeeded, Coverage: areas.coverage });
    }

    await openTab(people.viewer, "evidence/report");
    for (const [name, table] of [["areas", "Figures by area"], ["places", "Figures by place"]] as const) {
      const rows = await cellsOf(table);
      const printed = rows.map((row) => [row["Area"] ?? row["Place"], numberOf(row["Load"]), row["In numbers, 12 weeks"], numberOf(row["WTE needed"])]);
      const known = Object.entries(told[name]).map(([group, { load, words, wteNeeded }]) => [group === "All" ? "All teams" : group, load, words, wteNeeded]);
      expect(printed.toSorted()).toEqual(known.toSorted());
    }
  });

  it("the pulse score, for leads, viewers and those whom the evidence is handed to", async () => {
    const { items } = await callApi(people.viewer, "pulse-results");
    const path = `pulse-waves/${items[0].id}/summary`;
    const [result, seen] = [ResultSummary.parse(await callApi(people.lead, path)), ResultSummary.parse(await callApi(people.viewer, path))];
    expect(seen).toEqual(result);
    if (result.score.kind !== "shown") throw new Error("The demo's latest survey has a score.");
    const { score, margin, people: answered } = result.score;
    const onPages = `${score}of 100, likely ${score - margin} to ${score + margin}; about ${answered} people.`;
    for (const [person, at, where] of [
      [people.lead, `pulse/${result.id}`, "Score"],
      [people.lead, "pulse", /^How work is/],
      [people.viewer, "shared", /^How work is/],
      [people.viewer, `shared/pulse/${result.id}`, "Score"],
      [people.viewer, "evidence/report", /^How work is/],
    ] as const) {
      await openTab(person, at);
      await settled();
      expect(await section(where).textContent()).toContain(onPages);
    }
    expect(await card("pulse")).toContain(`Work-related burnout: ${score} out of 100, give or take ${margin}`);
    const pack = Evidence.parse(await callApi(people.viewer, "exports/evidence"));
    expect(pack.pulse).toMatchObject({ kind: "shared", score: result.score, groups: result.groups });
    expect(pack.paragraph).toContain(`${score} out of 100 (higher is worse), give or take ${margin}`);
    await openTab(people.viewer, "evidence");
    const sheets = await workbook(await file("Download the spreadsheet"));
    const about = (rows: readonly Record<string, unknown>[]) => {
      const row = rows.find((one) => one["About"] === "Score") ?? {};
      return [row["Value"], row["Give or take"], row["People (rounded to 5)"]].map(Number);
    };
    expect(about(sheets("Pulse"))).toEqual([score, margin, answered]);
    expect(about(csvOf(await file("Pulse")))).toEqual([score, margin, answered]);
  });
});
