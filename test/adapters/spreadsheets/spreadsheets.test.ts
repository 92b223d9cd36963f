import { describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import ExcelJs from "exceljs";
import fc from "fast-check";
import { spreadsheets } from "../../../src/adapters/spreadsheets/index.ts";
import type { Cell, Sheet } from "../../../src/features/evidence/ports.ts";
import { Temporal } from "../../../src/kernel/time.ts";

const about = { title: "=1+1", madeAt: Temporal.Instant.from("2026-08-26T09:00:00Z") };
const sheetOf = (...rows: Cell[][]): Sheet => ({
  key: "areas",
  name: "By area",
  columns: (rows[0] ?? []).map((_, place) => ({ header: `Column ${place}`, width: 12 + place })),
  rows,
});

async function reread(sheet: Sheet): Promise<ExcelJs.Worksheet> {
  const book = new ExcelJs.Workbook();
  const bytes = await spreadsheets().workbook([sheet], about);
  await book.xlsx.load(bytes.buffer as ArrayBuffer);
  return book.worksheets[0]!;
}

async function records(sheet: Sheet): Promise<string[][]> {
  const bytes = await spreadsheets().csv(sheet);
  return parse(Buffer.from(bytes), { bom: true });
}

const attacks = [
  ...["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\u0000=1", "＝1+1", "＋1", "－1", "＠1"],
  ...["=cmd|' /C calc'!A0", '=HYPERLINK("https://example.org","Camden")', '","=1+1', '"=1+1', "_x003D_1+1", "_x000D_=1"],
];

describe("a workbook", () => {
  it("keeps text that looks like a formula as text, with an apostrophe in front", async () => {
    const page = await reread(sheetOf(...attacks.map((text) => [text])));
    attacks.forEach((attack, index) => {
      const cell = page.getCell(index + 2, 1);
      expect([attack, cell.type]).toEqual([attack, ExcelJs.ValueType.String]);
      expect(cell.text).not.toMatch(/^[\s\p{C}]*[=+\-@＝＋－＠]/u);
    });
    // An underscore that begins a code is written as one, so that it is read as it was typed.
    expect(page.getCell(attacks.indexOf("_x003D_1+1") + 2, 1).text).toBe("_x003D_1+1");
  });

  it("keeps every other text as it is", async () => {
    const texts = ["Barking & Dagenham", "Camden <b>", "Kingston upon Thames", "a=b", "7-8", "it's", "“quoted”", "Łódź 🙂", "two\nlines"];
    const page = await reread(sheetOf(...texts.map((text) => [text])));
    expect(texts.map((_, index) => page.getCell(index + 2, 1).value)).toEqual(texts);
  });

  it("holds numbers as numbers with a format and days as days, on whichever machine", async () => {
    const day = { date: Temporal.PlainDate.from("2026-08-11") };
    const page = await reread(sheetOf([{ number: 1212, decimals: 0 }, { number: -0.25, decimals: 2 }, { number: 12.5, decimals: 1 }, day, null]));
    const [whole, hundredths, tenths, date, nothing] = [1, 2, 3, 4, 5].map((column) => page.getCell(2, column));
    expect([whole?.value, hundredths?.value, tenths?.value, nothing?.value]).toEqual([1212, -0.25, 12.5, null]);
    expect([whole?.numFmt, hundredths?.numFmt, tenths?.numFmt, date?.numFmt]).toEqual(["#,##0", "#,##0.00", "#,##0.0", "d mmm yyyy"]);
    expect(date?.value).toEqual(new Date("2026-08-11T00:00:00Z"));
  });

  it("has a header that stays in view, widths, and prints on A4 with the header on every page", async () => {
    const page = await reread(sheetOf(["a", "b"]));
    expect(page.views).toMatchObject([{ state: "frozen", ySplit: 1 }]);
    expect(page.getRow(1).values).toEqual([undefined, "Column 0", "Column 1"]);
    expect([page.getColumn(1).width, page.getColumn(2).width]).toEqual([12, 13]);
    expect(page.pageSetup).toMatchObject({ paperSize: 9, orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: "1:1" });
  });
});

describe("a CSV file", () => {
  it("begins no field in a way that a spreadsheet program takes for a formula", async () => {
    const [, ...rows] = await records(sheetOf(...attacks.map((text) => [text, "beside"])));
    expect(rows.map((row) => row.length)).toEqual(attacks.map(() => 2));
    for (const [field] of rows) expect(field).not.toMatch(/^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u);
  });

  it("gives back every text that can't be a formula, whatever quotes, commas and lines are in it", async () => {
    const harmless = fc.string({ unit: "grapheme" }).map((text) => `x${text.replace(/[\p{Cc}\uFFFE\uFFFF]/gu, "")}`);
    const piece = fc.oneof(harmless, fc.constantFrom('x"y', "x,y", "x\r\ny", "x\ny", "x;y", "x'y"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(piece, piece), { minLength: 1, maxLength: 5 }), async (rows) => {
        expect((await records(sheetOf(...rows))).slice(1)).toEqual(rows);
      }),
    );
  });

  it("writes numbers plainly, days as ISO dates and nothing as nothing, with records as long as the header", async () => {
    const row: Cell[] = ["Camden", { number: 1212.5, decimals: 1 }, { number: -3, decimals: 0 }, { date: Temporal.PlainDate.from("2026-08-11") }, null];
    const bytes = await spreadsheets().csv(sheetOf(row, [null, null, null, null, null]));
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toBe(
      "\uFEFFColumn 0,Column 1,Column 2,Column 3,Column 4\r\nCamden,1212.5,-3,2026-08-11,\r\n,,,,\r\n",
    );
  });
});
