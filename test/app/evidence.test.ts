import { describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import ExcelJs from "exceljs";
import fc from "fast-check";
import { CaseloadSummary } from "../../src/features/check-ins/contract.ts";
import { Evidence, sheetKeys } from "../../src/features/evidence/contract.ts";
import { answer, close, openedWave, share } from "./pulse-people.ts";
import { lead, manager, member, roster, viewer } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const [lea, vic] = ["lea@example.org", "vic@example.org"];
const opens = "2026-05-19T09:30";
const closes = "2026-06-02T17:00";

interface Unit {
  readonly name: string;
  readonly team: string;
  readonly area: string;
  readonly place: string;
  readonly organisation: string;
}

const units: readonly Unit[] = Array.from({ length: 12 }, (_, index) => ({
  name: `Ma${"abcdefghijkl".charAt(index)}`,
  team: `Team ${index}`,
  area: index < 7 ? "North Central" : "South East",
  place: index < 4 ? "Camden" : index < 7 ? "Barnet" : "Lewisham",
  organisation: index % 2 === 0 ? "Riverside Care" : "Hill Trust",
}));
const mailOf = (name: string) => `${name.toLowerCase().replace(/\W+/g, ".")}@example.org`;

async function network(of: readonly Unit[] = units) {
  const managers = of.map(({ name, team, ...cells }) => manager(name, { email: mailOf(name), team, ...cells }));
  const app = await testApp({ now: opens, roster: roster(...managers, member("Wa"), lead("Lea"), lead("Leo", { scope: "North Central" }), viewer("Vic")) });
  const settings = { "check-ins": { opensByItself: false }, pulse: { opensByItself: false } };
  expect((await app.api(lea, "PATCH", "settings", settings)).status).toBe(200);
  return app;
}

/** A round that everybody answers, and that has closed. */
async function closedRound(app: TestApp, of: readonly Unit[] = units) {
  await app.openRound();
  for (const [index, { name }] of of.entries()) {
    const card = await app.card(mailOf(name), "How is your caseload?");
    expect(await card.press("Send", { feeling: "busy", newPeople__link_worker: 20 + index, waiting: 1 + index })).toMatchObject({ kind: "card" });
  }
  await app.settle();
  await app.moveTo(closes);
}

/** A survey that everybody answered, each differently, and that has closed. */
async function closedSurvey(app: TestApp, of: readonly Unit[] = units) {
  const id = await openedWave(app);
  for (const [index, { name }] of of.entries()) await answer(app, mailOf(name), (item) => (index + item) % 5);
  await app.settle();
  expect((await close(app, id)).status).toBe(200);
  return id;
}

async function file(app: TestApp, who: string, path: string, method = "GET") {
  const response = await fetch(`${app.url}/api/v1/exports/${path}`, { method, headers: { authorization: `Bearer ${await app.tokenOf(who)}` } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const recordsOf = (bytes: Buffer): string[][] => parse(bytes, { bom: true });

const pack = async (app: TestApp, who = vic) => Evidence.parse((await app.api(who, "GET", "exports/evidence")).body);

async function workbook(bytes: Buffer): Promise<ExcelJs.Workbook> {
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  return book;
}

describe("the evidence pack", () => {
  it("has the figures that viewers see, the same in data, workbook and CSV, for a lead as for a viewer", async () => {
    const app = await network();
    await closedRound(app);
    const evidence = await pack(app);
    expect(await pack(app, lea)).toEqual(evidence);
    for (const [by, breakdown] of [["area", evidence.byArea], ["place", evidence.byPlace]] as const) {
      const summary = CaseloadSummary.parse((await app.api(vic, "GET", `caseload-summary?by=${by}`)).body);
      const figures = ({ name, last12Weeks, last52Weeks, waiting, wteNeeded, teams }: (typeof summary)["total"]) => ({ name, last12Weeks, last52Weeks, waiting, wteNeeded, teams });
      expect([...breakdown.groups, breakdown.total]).toMatchObject([...summary.groups, summary.total].map(figures));
      expect(evidence.coverage).toBe(summary.coverage);
    }
    // 20 + 21 + … + 31 people; North Central has the first seven.
    expect(evidence.byArea).toMatchObject({
      groups: [{ name: "North Central", last12Weeks: { newPeople: 161 } }, { name: "South East", last12Weeks: { newPeople: 145 } }],
      total: { last12Weeks: { newPeople: 306 }, waiting: 78 },
    });
    expect(evidence).toMatchObject({ asOf: "2026-05-19", coverage: "12 of 12 teams", asOfWords: "Tuesday 19 May 2026", pulse: { kind: "none" } });
    expect(evidence.paragraph).toContain("306 new people");

    const areas = (await workbook((await file(app, vic, "evidence.xlsx")).bytes)).getWorksheet("By area")!;
    expect([2, 3, 4].map((row) => [areas.getCell(row, 1).value, areas.getCell(row, 4).value])).toEqual([["North Central", 161], ["South East", 145], ["All", 306]]);
    const [header = [], first = []] = recordsOf((await file(app, vic, "evidence.csv?sheet=areas")).bytes);
    expect([first[0], first[header.indexOf("New people, 12 weeks")]]).toEqual(["North Central", "161"]);
  });

  it("has a survey's results only once a lead has shared them, for a lead as well", async () => {
    const app = await network();
    await closedRound(app);
    const first = await closedSurvey(app);
    expect((await pack(app, lea)).pulse.kind).toBe("none");
    await share(app, first);
    const one = (await pack(app, lea)).pulse;
    expect(one).toMatchObject({ kind: "shared", score: { kind: "shown", people: 10 }, trend: [{ wave: first }] });
    // Nobody gets more than a message a week: the first survey's results go out well before the second one opens.
    await app.moveTo("2026-06-16T09:30", "2026-09-15T09:30");
    const second = await closedSurvey(app);
    expect((await pack(app, lea)).pulse).toEqual(one);
    await share(app, second);
    const { pulse } = await pack(app, lea);
    expect(pulse).toMatchObject({ kind: "shared", trend: [{ wave: first }, { wave: second }] });
    const { body } = await app.api(vic, "GET", `pulse-waves/${second}/summary`);
    const { score, bands, items, groups, people, trend } = body;
    expect(pulse).toMatchObject({ score, bands, items, groups, people, trend });
  });

  it("comes as files with a safe name that nothing keeps or runs, and leaves a record", async () => {
    const app = await network();
    await closedRound(app);
    const xlsx = await file(app, lea, "evidence.xlsx");
    expect(Object.fromEntries(["content-type", "content-disposition", "x-content-type-options", "cache-control"].map((name) => [name, xlsx.headers.get(name)]))).toEqual({
      "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "content-disposition": 'attachment; filename="evidence-2026-05-19.xlsx"',
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    expect(Number(xlsx.headers.get("content-length"))).toBe(xlsx.bytes.length);
    const csv = await file(app, vic, "evidence.csv?sheet=method");
    expect([csv.headers.get("content-type"), csv.headers.get("content-disposition")]).toEqual(["text/csv; charset=utf-8", 'attachment; filename="evidence-2026-05-19-method.csv"']);
    expect(await file(app, vic, "evidence.xlsx", "HEAD")).toMatchObject({ status: 200, bytes: Buffer.alloc(0) });
    const refused = await app.api(vic, "GET", "exports/evidence.csv?sheet=people");
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: "sheet" }] } });
    const { body } = await app.api(lea, "GET", "audit-log");
    const exports = body.items.filter(({ action }: { action: string }) => action.startsWith("GET exports/"));
    expect(exports.map((row: any) => [row.actor.name, row.action, row.detail.status]).reverse()).toEqual([
      ["Lea", "GET exports/evidence.xlsx", 200],
      ["Vic", "GET exports/evidence.csv", 200],
      ["Vic", "GET exports/evidence.xlsx", 200],
      ["Vic", "GET exports/evidence.csv", 400],
    ]);
  });

  it("isn't there before a round has closed, and isn't for leads of some areas", async () => {
    const app = await network();
    await app.openRound();
    for (const path of ["evidence", "evidence.xlsx", "evidence.csv"]) {
      expect(await app.api(lea, "GET", `exports/${path}`)).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/^No check-in round has closed yet[^.]*\.$/) } });
      expect(await app.api("leo@example.org", "GET", `exports/${path}`)).toMatchObject({ status: 403 });
    }
  });

  it("is the same until the next round closes, whatever the roster and people do", async () => {
    const app = await network();
    await closedRound(app);
    const before = await pack(app);
    expect((await app.api("maa@example.org", "DELETE", "me/data")).status).toBe(200);
    await app.api(lea, "PATCH", "settings", { "check-ins": { guides: { link_worker: { low: 100, high: 120 } } } });
    expect(await pack(app)).toEqual(before);
    expect(before.method.map(({ text }) => text).join(" ")).toContain("Link workers: 200 to 250;");
  });

  it("names nobody and no team of a random network, and text from the roster stays text", async () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{7,9}$/);
    const place = fc.constantFrom("=HYPERLINK(\"https://example.org\")", "+Camden", "@Barnet", "-Enfield, \"East\"", "Lewisham");
    const unit = fc.record({ first: word, last: word, team: word, place, organisation: fc.constantFrom("=One", "Two") });
    const random = fc.uniqueArray(unit, { minLength: 10, maxLength: 14, selector: ({ first }) => first });
    for (const drawn of fc.sample(random, { numRuns: 2, seed: 20261124 })) {
      const of = drawn.map(({ first, last, team, ...rest }, index) => ({
        ...rest,
        name: `${first} ${last}`,
        team: `Team ${team} ${index}`,
        area: index % 2 === 0 ? "=1+1" : "South East",
        organisation: index % 3 === 0 ? "=One" : "Two",
      }));
      const app = await network(of);
      await closedRound(app, of);
      await share(app, await closedSurvey(app, of));
      const said = [JSON.stringify((await app.api(lea, "GET", "exports/evidence")).body)];
      for (const key of sheetKeys) {
        const fields = recordsOf((await file(app, lea, `evidence.csv?sheet=${key}`)).bytes);
        said.push(...fields.flat());
        for (const field of fields.flat()) expect(field).not.toMatch(/^[=+@]|^-(?!\d)/);
      }
      for (const page of (await workbook((await file(app, lea, "evidence.xlsx")).bytes)).worksheets) {
        page.eachRow((row) =>
          row.eachCell((cell) => {
            expect([ExcelJs.ValueType.String, ExcelJs.ValueType.Number, ExcelJs.ValueType.Date]).toContain(cell.type);
            if (cell.type === ExcelJs.ValueType.String) expect(cell.text).not.toMatch(/^[=+\-@]/);
            said.push(cell.text);
          }),
        );
      }
      const all = said.join("\n");
      expect(all).toContain("=1+1");
      for (const { first, last, team } of drawn) for (const name of [first, last, team]) expect(all).not.toContain(name);
      expect(all).not.toMatch(/@example|\bLea\b|\bVic\b|\bWa\b/);
    }
  }, 60_000);
});
