import { safeText } from "./safe-text.ts";

const encoder = new TextEncoder();

/** Excel takes a file without this mark at its beginning for one in an older encoding. */
export const csvStart: Uint8Array = encoder.encode("\uFEFF");

/** One record of a CSV file (RFC 4180), for files that are written piece by piece. No field becomes a formula. */
export function csvRecord(fields: readonly string[]): Uint8Array {
  return encoder.encode(`${fields.map(fieldOf).join(",")}\r\n`);
}

function fieldOf(text: string): string {
  const safe = safeText(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
