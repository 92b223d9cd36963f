import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { z } from "zod";

export interface JsonLines<T> {
  /** What the file held when it was opened. */
  readonly entries: readonly T[];
  append(entry: T): void;
  /** Replaces the file by one that leads to the same state with fewer lines. */
  rewrite(entries: readonly T[]): void;
}

function parseLine<T>(line: string, schema: z.ZodType<T>): T[] {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    // The last line of a process that was killed while writing it.
    return [];
  }
}

/**
 * Keeps what a stand-in must remember in a file, one line of JSON each; nowhere when no file is named. A line is
 * written before the request that caused it is answered, so that a killed process loses nothing that it had
 * acknowledged.
 */
export function openJsonLines<T>(file: string | undefined, schema: z.ZodType<T>): JsonLines<T> {
  if (file === undefined) return { entries: [], append: () => undefined, rewrite: () => undefined };
  mkdirSync(dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (text !== "" && !text.endsWith("\n")) appendFileSync(file, "\n");
  return {
    entries: text.split("\n").flatMap((line) => (line === "" ? [] : parseLine(line, schema))),
    append(entry) {
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
    rewrite(entries) {
      writeFileSync(`${file}.new`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
      renameSync(`${file}.new`, file);
    },
  };
}
