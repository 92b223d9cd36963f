import type ExcelJs from "exceljs";
import type { Cell, Sheet, Spreadsheets } from "../../features/evidence/ports.ts";
import { safeCellText, safeText } from "./safe-text.ts";

const formats = { 0: "#,##0", 1: "#,##0.0", 2: "#,##0.00" } as const;
const dayFormat = "d mmm yyyy";
// Paper sizes are numbers in the format (ECMA-376, part 1, 18.3.1.63): 9 is A4.
const a4 = 9;

/** A new book. ExcelJS is loaded with the first one: most servers never make any, and it is large. */
async function newBook(): Promise<ExcelJs.Workbook> {
  const { default: library } = await import("exceljs");
  return new library.Workbook();
}

/** Files of sheets, by ExcelJS. Cells are typed: text is written as a string and never as a formula. */
export function spreadsheets(): Spreadsheets {
  return {
    async workbook(sheets, { title, madeAt }) {
      const book = await newBook();
      book.creator = "Steady";
      book.lastModifiedBy = "Steady";
      book.title = safeText(title);
      book.created = new Date(madeAt.epochMilliseconds);
      book.modified = book.created;
      for (const sheet of sheets) addSheet(book, sheet);
      return new Uint8Array(await book.xlsx.writeBuffer());
    },
    async csv(sheet) {
      const book = await newBook();
      const page = book.addWorksheet("csv");
      page.addRow(sheet.columns.map(({ header }) => safeText(header)));
      for (const row of sheet.rows) page.addRow(row.map(fieldOf));
      // Excel takes a file without the mark at its beginning for one in an older encoding.
      const formatterOptions = { writeBOM: true, rowDelimiter: "\r\n", includeEndRowDelimiter: true };
      return new Uint8Array(await book.csv.writeBuffer({ sheetName: "csv", formatterOptions }));
    },
  };
}

function addSheet(book: ExcelJs.Workbook, { name, columns, rows }: Sheet): void {
  const page = book.addWorksheet(name, {
    views: [{ state: "frozen", ySplit: 1 }],
    pageSetup: {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the package's enum has no values at run time
      paperSize: a4,
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: "1:1",
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: "&L&A&RPage &P of &N" },
  });
  page.columns = columns.map(({ width }) => ({ width }));
  const header = page.addRow(columns.map((column) => safeCellText(column.header)));
  header.font = { bold: true };
  header.alignment = { wrapText: true, vertical: "top" };
  for (const row of rows) {
    const added = page.addRow(row.map(valueOf));
    row.forEach((cell, place) => Object.assign(added.getCell(place + 1), { style: styleOf(cell) }));
  }
}

function valueOf(cell: Cell): string | number | Date | null {
  if (cell === null) return null;
  if (typeof cell === "string") return safeCellText(cell);
  // A day has no time: midnight in UTC is the whole number that Excel keeps for it.
  return "number" in cell ? cell.number : new Date(`${cell.date.toString()}T00:00:00Z`);
}

function styleOf(cell: Cell): Partial<ExcelJs.Style> {
  const alignment = { wrapText: true, vertical: "top" } as const;
  if (cell === null || typeof cell === "string") return { alignment };
  return { alignment: { vertical: "top" }, numFmt: "number" in cell ? formats[cell.decimals] : dayFormat };
}

/** Nothing is written as nothing between commas, so that every record is as long as the header. */
function fieldOf(cell: Cell): string | number {
  if (cell === null) return "";
  if (typeof cell === "string") return safeText(cell);
  return "number" in cell ? cell.number : cell.date.toString();
}
