import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fileLimits, readCsv, type RosterColumn, rosterColumns } from "../../../src/features/roster/csv.ts";
import { aRow, type Dialect, rosterCsv, type Row } from "../../builders/roster.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

function read(bytes: Uint8Array) {
  const outcome = readCsv(bytes);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome;
}

function problems(bytes: Uint8Array) {
  const outcome = readCsv(bytes);
  return outcome.ok ? outcome.problems : outcome.problems;
}

describe("reading a roster file", () => {
  it("reads what Excel saves: byte order mark, semicolons, CRLF, quoted line breaks and stray spaces", () => {
    const text = '\ufeff Name ;E-MAIL;Role;AAD Object ID\r\n "Zoë\r\nÓ Briain" ;\u00a0zoe@example.org ; manager;\r\n';
    const [row] = read(utf8(text)).rows;
    expect(row?.cell("name")).toBe("Zoë Ó Briain");
    expect(row?.cell("email")).toBe("zoe@example.org");
    expect(row?.cell("role")).toBe("manager");
    expect(row?.cell("aad_object_id")).toBe("");
  });

  it("reads Windows-1252 and UTF-16 with a byte order mark", () => {
    const windows = Buffer.from("name,email,role\r\nZo\xeb \x96 Caf\xe9,z@example.org,lead\r\n", "latin1");
    expect(read(windows).rows[0]?.cell("name")).toBe("Zoë – Café");
    const unicodeText = Buffer.from("\ufeffname\temail\trole\r\nŁukasz\tl@example.org\tlead\r\n", "utf16le");
    expect(read(unicodeText).rows[0]?.cell("name")).toBe("Łukasz");
  });

  it("doesn't count Excel's separator line as a row", () => {
    const [row] = read(utf8("sep=;\r\nname;email;role\r\nAna;a@example.org;lead\r\n")).rows;
    expect(row).toMatchObject({ row: 2 });
    expect(row?.cell("name")).toBe("Ana");
  });

  it("numbers rows as a spreadsheet does, with blank rows and line breaks inside cells", () => {
    const rows = read(utf8('name,email,role\n"A\nB",a@example.org,lead\n\n , ,\nC,c@example.org,lead\n')).rows;
    expect(rows.map(({ row }) => row)).toEqual([2, 5]);
  });

  it("names unknown columns in a warning and ignores empty ones", () => {
    const { warnings, rows } = read(utf8("Shoe size,name,email,role,,\n44,Ana,a@example.org,lead,,\n"));
    expect(warnings).toEqual(["These columns aren't part of a roster and were left out: “Shoe size”."]);
    expect(rows[0]?.cell("name")).toBe("Ana");
  });

  it("names every missing or repeated column at once", () => {
    expect(problems(utf8("name,Name,area\nAna,Ana,x\n"))).toEqual([
      { row: 1, column: "name", message: "The column name is there twice: remove one of them." },
      { row: 1, column: "email", message: "The column email is missing: add it to the headings." },
      { row: 1, column: "role", message: "The column role is missing: add it to the headings." },
    ]);
  });

  it("says in which row a quotation mark is wrong", () => {
    expect(problems(utf8('name,email,role\n\nAna,"a@example.org,lead\nB,b,c'))).toMatchObject([
      { row: 3, message: expect.stringMatching(/never closed/) },
    ]);
    expect(problems(utf8('name,email,role\n"Ana" Silva,a@example.org,lead\n'))).toMatchObject([
      { row: 2, message: expect.stringMatching(/after its closing quotation mark/) },
    ]);
  });

  it("refuses a row with more cells than headings", () => {
    expect(problems(utf8("name,email,role\nSilva, Ana,a@example.org,lead\n"))).toMatchObject([
      { row: 2, column: null },
    ]);
  });

  it("keeps quotation marks inside a name and text that looks like a formula", () => {
    const rows = read(
      utf8('name,email,role\nAna "Annie" Silva,a@example.org,lead\n"=cmd|""x""!A1",b@example.org,lead\n'),
    ).rows;
    expect(rows.map((row) => row.cell("name"))).toEqual(['Ana "Annie" Silva', '=cmd|"x"!A1']);
  });

  it("refuses an empty file, a workbook, and files beyond 5 MB or 20,000 rows in one sentence each", () => {
    const head = "name,email,role\n";
    for (const [bytes, sentence] of [
      [utf8(""), /is empty/],
      [utf8("\r\n\r\n"), /is empty/],
      [Uint8Array.of(0x50, 0x4b, 3, 4), /workbook/],
      [new Uint8Array(fileLimits.bytes + 1).fill(97), /5\.0 MB/],
      [utf8(head + "a,b,c\n".repeat(20_001)), /20,001 rows/],
    ] as const) {
      expect(problems(bytes)).toEqual([{ row: null, column: null, message: expect.stringMatching(sentence) }]);
    }
    expect(read(utf8(head + "a,b,c\n".repeat(20_000))).rows).toHaveLength(20_000);
  });

  it("reads any roster back from any dialect", () => {
    const letters = fc.constantFrom(..."abzÅéŁß 0'\"=+-@,;\t|\n\r".split(""));
    const cell = fc.string({ unit: letters, maxLength: 8 });
    const dialect = fc.record({
      delimiter: fc.constantFrom(",", ";", "\t"),
      newline: fc.constantFrom("\n", "\r\n", "\r"),
      columns: fc.shuffledSubarray([...rosterColumns], { minLength: rosterColumns.length }),
      quoteAll: fc.boolean(),
      mark: fc.boolean(),
    });
    const rows = fc.array(fc.record(Object.fromEntries(rosterColumns.map((column) => [column, cell]))), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(rows, dialect, (given, { mark, ...how }: Dialect & { mark: boolean }) => {
        const filled: Row[] = given.map((row) => ({ ...aRow("Ana"), ...row, external: "no" }));
        const bytes = rosterCsv(filled, how);
        const back = read(mark ? Buffer.concat([Uint8Array.of(0xef, 0xbb, 0xbf), bytes]) : bytes);
        expect(back.warnings).toEqual([]);
        const plain = (text: string) =>
          text
            .split(/[ \t\r\n]+/)
            .filter(Boolean)
            .join(" ");
        const all = (pick: (column: RosterColumn) => string) => rosterColumns.map(pick);
        expect(back.rows.map((row) => all(row.cell))).toEqual(
          filled.map((row) => all((column) => plain(row[column] ?? ""))),
        );
      }),
      { numRuns: 300 },
    );
  });
});
