import fc from "fast-check";
import { peopleCsv } from "../access/furnished.ts";
import { hostileText } from "./hostile.ts";
import type { Attempt } from "./watched.ts";

const lines = peopleCsv.trimEnd().split(/\r?\n/);
const [heading = "", ...people] = lines;
const columns = heading.split(",").length;

/** The roster with some of its cells replaced, lines repeated, bytes changed, or cut off; and bytes that are none. */
const files: fc.Arbitrary<Uint8Array> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.tuple(fc.nat(lines.length - 1), fc.nat(columns - 1), hostileText, fc.boolean()), { minLength: 1, maxLength: 3 }).map((changes) => {
      const changed = lines.map((line) => line.split(","));
      for (const [line, column, text, isQuoted] of changes) changed[line]?.splice(column, 1, isQuoted ? `"${text.replaceAll('"', '""')}"` : text);
      return Buffer.from(changed.map((cells) => cells.join(",")).join("\n"));
    }),
  },
  { weight: 2, arbitrary: fc.tuple(fc.nat(), fc.nat(255)).map(([at, byte]) => {
    const bytes = Buffer.from(peopleCsv);
    bytes[at % bytes.length] = byte;
    return bytes;
  }) },
  { weight: 1, arbitrary: fc.nat(peopleCsv.length).map((length) => Buffer.from(peopleCsv.slice(0, length))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(
    ...["\ufeff", '"', '"'.repeat(100_000), ",".repeat(100_000), `${heading}\n${",".repeat(columns - 1)}`, `${heading}\n${`${people[0] ?? ""}\n`.repeat(12_000)}`, `sep=;\n${peopleCsv}`, `${heading},${heading}\n`, "\n".repeat(50_000)],
  ).map((text) => Buffer.from(text)) },
);

/** Imports of such files, tried and real. */
export function rosterFiles(token: string): fc.Arbitrary<Attempt>[] {
  const sent = (query: string) =>
    files.map((file): Attempt => ({
      what: "roster",
      method: "POST",
      path: `/api/v1/roster${query}`,
      headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
      body: new Uint8Array(file),
    }));
  return [...Array.from({ length: 4 }, () => sent("?dryRun=true")), sent("")];
}
