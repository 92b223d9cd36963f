import { CsvError, parse } from "csv-parse/sync";
import { listInWords } from "../../kernel/words.ts";

/** The columns of a roster file, in the order in which the documentation gives them. */
export const rosterColumns = [
  "name",
  "email",
  "aad_object_id",
  "tenant_id",
  "role",
  "scope",
  "area",
  "place",
  "pcn",
  "organisation",
  "job_role",
  "manager_email",
  "team",
  "link_worker_wte",
  "care_coordinator_wte",
  "health_coach_wte",
  "deputy_email",
  "external",
] as const;
export type RosterColumn = (typeof rosterColumns)[number];

const requiredColumns = ["name", "email", "role"] as const satisfies readonly RosterColumn[];

/** Far above any network known; they bound the time that one import can take. */
export const fileLimits = { bytes: 5 * 1024 * 1024, rows: 20_000 } as const;

/** Something to put right in a roster file. */
export interface RosterProblem {
  /** As a spreadsheet numbers it: the headings are row 1. Null when it is about the file as a whole. */
  readonly row: number | null;
  readonly column: string | null;
  /** Says what to change. */
  readonly message: string;
}

export interface CsvRow {
  readonly row: number;
  /** The cell's text without stray spaces; blank where the file doesn't have the column. */
  cell(column: RosterColumn): string;
}

export interface CsvTable {
  readonly rows: readonly CsvRow[];
  readonly problems: readonly RosterProblem[];
  readonly warnings: readonly string[];
}

export type CsvOutcome =
  ({ readonly ok: true } & CsvTable) | { readonly ok: false; readonly problems: readonly RosterProblem[] };

/**
 * Reads a roster file as spreadsheets save it: UTF-8 with or without a byte order mark, UTF-16 with one, or
 * Windows-1252; commas, semicolons or tabs; any line ending; line breaks inside quotes. Not ok when there is no
 * table to read rows from.
 */
export function readCsv(bytes: Uint8Array): CsvOutcome {
  if (bytes.length > fileLimits.bytes) {
    const size = (bytes.length / 1024 / 1024).toFixed(1);
    return refuse(`The file has ${size} MB and a roster can have 5 MB at most: remove what isn't part of the roster.`);
  }
  // Workbooks are zip archives.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03) {
    return refuse("This is a workbook, not a CSV file: in Excel choose “Save as”, then “CSV UTF-8”.");
  }
  // Excel writes "sep=;" above the headings for its own use and doesn't count it as a row.
  const text = decode(bytes).replace(/^sep=.(\r\n|\r|\n)/i, "");
  let grid: string[][];
  try {
    grid = toGrid(text, delimiterOf(text)).map((cells) => cells.map(tidy));
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, problems: [quoteProblem(error)] };
    throw error;
  }
  const top = grid.findIndex((cells) => cells.some((cell) => cell !== ""));
  const headings = grid[top];
  if (headings === undefined) {
    return refuse(`The file is empty: its first row must name the columns, ${listInWords(requiredColumns)} at least.`);
  }
  const body = grid
    .map((cells, index) => ({ row: index + 1, cells }))
    .slice(top + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  if (body.length > fileLimits.rows) {
    const rows = body.length.toLocaleString("en-GB");
    return refuse(
      `The file has ${rows} rows and a roster can have 20,000 at most: remove what isn't part of the roster.`,
    );
  }
  return readTable(headings, top + 1, body);
}

function readTable(headings: readonly string[], top: number, body: { row: number; cells: string[] }[]): CsvOutcome {
  const places = new Map<RosterColumn, number>();
  const unknown: string[] = [];
  const problems: RosterProblem[] = [];
  headings.forEach((heading, index) => {
    const column = columnOf(heading);
    if (column === undefined) {
      if (heading !== "") unknown.push(`“${heading}”`);
      else if (body.some(({ cells }) => (cells[index] ?? "") !== ""))
        unknown.push(`the one without a heading (${index + 1})`);
    } else if (places.has(column)) {
      problems.push({ row: top, column, message: `The column ${column} is there twice: remove one of them.` });
    } else places.set(column, index);
  });
  for (const column of requiredColumns) {
    if (places.has(column)) continue;
    problems.push({ row: top, column, message: `The column ${column} is missing: add it to the headings.` });
  }
  if (problems.length > 0) return { ok: false, problems };

  for (const { row, cells } of body) {
    if (!cells.slice(headings.length).some((cell) => cell !== "")) continue;
    const message =
      "This row has more cells than there are headings: put quotation marks around a cell that has the separator in it.";
    problems.push({ row, column: null, message });
  }
  const rows = body.map(({ row, cells }) => ({
    row,
    cell: (column: RosterColumn) => cells[places.get(column) ?? -1] ?? "",
  }));
  const warnings =
    unknown.length === 0 ? [] : [`These columns aren't part of a roster and were left out: ${unknown.join(", ")}.`];
  return { ok: true, rows, problems, warnings };
}

function decode(bytes: Uint8Array): string {
  // Excel's "Unicode text".
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function toGrid(text: string, delimiter: string, rows?: number): string[][] {
  return parse(text, {
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    skip_empty_lines: rows !== undefined,
    ...(rows === undefined ? {} : { to: rows }),
  });
}

/** The separator under which the most headings are known ones. */
function delimiterOf(text: string): string {
  const known = (delimiter: string) => {
    try {
      return (toGrid(text, delimiter, 1)[0] ?? []).filter((heading) => columnOf(tidy(heading)) !== undefined).length;
    } catch {
      return 0;
    }
  };
  return [";", "\t"].reduce((best, next) => (known(next) > known(best) ? next : best), ",");
}

const columnByLetters = new Map(rosterColumns.map((column) => [letters(column), column]));

function columnOf(heading: string): RosterColumn | undefined {
  return columnByLetters.get(letters(heading));
}

/** "AAD Object-ID" and "aad_object_id" are the same heading. */
function letters(heading: string): string {
  return heading.toLowerCase().replace(/[\s_.-]/g, "");
}

/** One form for each letter, and one plain space for any run of spaces, no-break spaces and line breaks. */
function tidy(cell: string): string {
  return cell
    .normalize("NFC")
    .replace(/[\s\u200b]+/g, " ")
    .trim();
}

function quoteProblem(error: CsvError): RosterProblem {
  const row = "records" in error && typeof error["records"] === "number" ? error["records"] + 1 : null;
  const message =
    error.code === "CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE"
      ? "A cell of this row goes on after its closing quotation mark: remove the mark, or write it twice."
      : "A quotation mark that opens in this row is never closed: close it or remove it.";
  return { row, column: null, message };
}

function refuse(message: string): CsvOutcome {
  return { ok: false, problems: [{ row: null, column: null, message }] };
}
