import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Evidence } from "../../../src/features/evidence/contract.ts";
import { evidenceOf } from "../../../src/features/evidence/model.ts";
import type { Cell, Sheet } from "../../../src/features/evidence/ports.ts";
import { sheetsOf } from "../../../src/features/evidence/sheets.ts";
import { anySurvey, anyTotals, aSummary, aSurvey, nothingShown, told } from "./packs.ts";

const sheet = (sheets: readonly Sheet[], key: Sheet["key"]) => sheets.find((one) => one.key === key)!;
const shown = (cell: Cell | undefined) =>
  typeof cell === "object" && cell !== null ? ("number" in cell ? cell.number : cell.date.toString()) : (cell ?? null);
const withheldPack = () => evidenceOf(told({ areas: nothingShown("area"), places: nothingShown("place"), survey: null }));

describe("the evidence pack", () => {
  it("has the combined figures and the shared survey as they were published, and nothing besides", () => {
    fc.assert(
      fc.property(anyTotals, anySurvey, (totals, survey) => {
        const [areas, places] = [aSummary("area", totals), aSummary("place", totals)];
        const pack = Evidence.parse(evidenceOf(told({ areas, places, survey })));
        for (const [breakdown, summary] of [[pack.byArea, areas], [pack.byPlace, places]] as const) {
          const published = [...summary.groups, summary.total].map(({ name, teams, carriedForward, last12Weeks, last52Weeks, waiting, wteNeeded }) =>
            ({ name, teams, carriedForward, last12Weeks, last52Weeks, waiting, wteNeeded }));
          expect([...breakdown.groups, breakdown.total]).toMatchObject(published);
        }
        if (survey !== null) {
          const { openedOn, closedOn, responseRate, instrument, note, covers, people, score, bands, items, groups, trend } = survey.results;
          const results = { openedOn, closedOn, responseRate, instrument, note, covers, people, score, bands, items, groups, trend };
          expect(pack.pulse).toEqual({ ...results, kind: "shared", words: expect.any(String), coverage: expect.any(String) });
        }
      }),
    );
  });

  it("names no person and no team, whatever the summaries carry beside their figures", () => {
    const name = fc.stringMatching(/^Zz[a-z]{6} Qq[a-z]{8}$/);
    fc.assert(
      fc.property(name, name, name, (team, manager, written) => {
        const ring = [{ team: { id: team, name: team, area: null }, managers: [manager], why: [], standing: null }];
        const summaries = { areas: { ...aSummary("area"), ring }, places: { ...aSummary("place"), ring } };
        const survey = aSurvey({ changes: [{ text: `${written} left.`, publishedAt: "2026-06-25T09:00:00+01:00" }] });
        const pack = evidenceOf(told({ ...summaries, survey }));
        const all = JSON.stringify([pack, sheetsOf(pack)]);
        for (const one of [team, manager, written]) expect(all).not.toContain(one);
      }),
    );
  });

  it("says in words why anything isn't shown, and shows nothing of a single team that answered", () => {
    const pack = withheldPack();
    for (const { value, words } of pack.summary.slice(0, 7)) {
      expect({ value, words }).toEqual({ value: null, words: "Not shown, because too few teams stand behind it." });
    }
    expect(pack.byArea).toMatchObject({
      groups: [],
      note: expect.stringMatching(/^Nothing can be shown by area, because too few teams answered\. Figures show where at least three teams/),
      total: { words: "Not shown, because too few teams stand behind it.", withheld: expect.stringContaining("12 weeks, 52 weeks, people waiting, WTE needed") },
    });
    expect(pack.pulse).toEqual({ kind: "none", words: "The network's leads haven't shared the results of a survey yet." });
    expect(pack.trend.band).toBeNull();
  });

  it("has coverage beside every figure, and what details rest on with their own day", () => {
    const { summary } = evidenceOf(told());
    const of = (label: string) => summary.find((figure) => figure.label === label);
    expect(of("New people over 12 weeks")).toEqual({
      ...{ label: "New people over 12 weeks", value: 1212, unit: "people", asOf: "2026-08-11" },
      words: "1212 new people; guide 800 to 1000. Above the guide range.",
      coverage: "61 of 70 teams, 9 carried forward; figures from 60 teams",
    });
    expect(of("WTE on contracts that end within six months")).toMatchObject({ value: 3.25, coverage: "5 teams" });
    expect(of("What people bring more of: Debt")).toMatchObject({ value: 4, words: "4 of 5 teams.", coverage: "5 teams" });
    expect(of("Referrals that needed another service")).toMatchObject({ value: 14, words: "Main reasons: Housing (4 teams).", coverage: "5 teams, 19 May to 11 August" });
    expect(of("Staff who left")).toMatchObject({ value: null, words: "Not shown, because too few teams stand behind it, or a single one could be worked out." });
    for (const { coverage } of summary) expect(coverage).not.toBe("");
  });

  it("goes back 52 weeks in its trend, against the guide range in the same terms", () => {
    expect(evidenceOf(told()).trend).toMatchObject({
      band: { low: 0.8, high: 1 },
      points: [{ openedOn: "2026-05-19" }, { openedOn: "2026-06-30" }, { openedOn: "2026-08-11" }],
    });
  });

  it("names its sources, guide ranges and rules, and what scores can't be compared with", () => {
    const text = (pack: Evidence) => [...pack.method, ...pack.caveats].map((note) => `${note.heading}: ${note.text}`).join("\n");
    const full = text(evidenceOf(told()));
    for (const part of [
      "“a typical caseload of 200-250 people per year”",
      "Link workers: 200 to 250; care coordinators: no guide set, so their caseloads aren't compared",
      "Kristensen TS",
      "they are no diagnosis",
      "can't be compared with the NHS Staff Survey",
      "at least three teams of two employers",
      "at least 10 people",
      "the nearest 5",
      "Tuesday 11 August 2026",
      "Below the guide range doesn't mean spare capacity",
      "1,212 new people may be about 71 higher or lower by chance alone",
    ]) {
      expect(full).toContain(part);
    }
    expect(text(withheldPack())).not.toMatch(/survey|Kristensen|diagnosis/i);
  });
});

describe("the sheets of the pack", () => {
  it("hold the same figures as the data, in rows as long as their headers", () => {
    fc.assert(
      fc.property(anyTotals, anySurvey, (totals, survey) => {
        const { total, coverage } = totals;
        const pack = evidenceOf(told({ areas: aSummary("area", { coverage, total: { ...total, trend: aSummary("area").total.trend } }), survey }));
        const sheets = sheetsOf(pack);
        expect(sheets.map(({ name }) => name)).toEqual(["Summary", "By area", "By place", "Pulse", "Method and caveats"]);
        for (const { columns, rows } of sheets) {
          expect(rows.map((row) => row.length)).toEqual(rows.map(() => columns.length));
        }
        const rows = sheet(sheets, "summary").rows;
        for (const { label, value, words, coverage } of pack.summary) {
          const row = rows.find(([first]) => first === label);
          expect([shown(row?.[1]), row?.[3], row?.[4]]).toEqual([value, words, coverage]);
        }
        const trend = rows.filter(([first]) => first === "Load over 12 weeks, at each opening").map((row) => [shown(row[1]), shown(row[5])]);
        expect(trend).toEqual(pack.trend.points.map(({ openedOn, load12 }) => [load12, openedOn]));
        for (const [key, breakdown] of [["areas", pack.byArea], ["places", pack.byPlace]] as const) {
          for (const group of [...breakdown.groups, breakdown.total]) {
            const row = sheet(sheets, key).rows.find(([first]) => first === group.name);
            const { last12Weeks: load, last52Weeks: year } = group;
            expect(row?.map(shown)).toEqual([
              ...[group.name, group.coverage, group.words, load?.newPeople, load?.guide.low, load?.guide.high, load?.load, load?.state],
              ...[year?.newPeople, year?.guide.low, year?.guide.high, year?.load, year?.daysCovered, group.waiting, group.wteNeeded, group.withheld],
            ].map((one) => one ?? null));
          }
        }
      }),
    );
  });

  it("show scores with their margins, spreads in parts, and a sentence where something is withheld", () => {
    const rows = sheet(sheetsOf(evidenceOf(told())), "pulse").rows.map((row) => row.map(shown));
    expect(rows.slice(0, 3)).toEqual([
      ["Score", "All who answered", "2026-06-09", 54, "points of 100", 3, 185, null, "About 185 of about 310 people answered (60%)."],
      ["Score of a reporting group", "North areas (North Central, North East)", "2026-06-09", 58, "points of 100", 5, 90, null, "About 185 of about 310 people answered (60%)."],
      ["Score of a reporting group", "South areas (South East)", "2026-06-09", null, "points of 100", null, null, "It isn't shown, because it would single out fewer than 10 people.", "About 185 of about 310 people answered (60%)."],
    ]);
    expect(rows).toContainEqual(expect.arrayContaining(["50 to 74, 75 to 99, 100", 55, "percent"]));
    expect(rows).toContainEqual(["Score over time", "All who answered", "2026-01-13", 49, "points of 100", 4, 150, null, "50% of those asked answered, to the nearest 5."]);
    const none = sheet(sheetsOf(withheldPack()), "pulse").rows;
    expect(none).toEqual([["Score", null, null, null, null, null, null, "The network's leads haven't shared the results of a survey yet.", null]]);
  });
});
