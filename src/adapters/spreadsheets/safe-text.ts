/** More than a cell of Excel holds (32,767 characters) is cut. */
const longest = 32_000;

/**
 * Text that no spreadsheet program takes for a formula, whether it comes as a cell or as a field of a CSV file: a
 * leading =, +, -, @ (or their full-width forms), tab, carriage return or line feed gets an apostrophe in front ("CSV
 * Injection", OWASP), also where only spaces stand before it, as some programs trim them on import. Characters that a
 * file can't hold become spaces.
 */
export function safeText(text: string): string {
  const readable = text.slice(0, longest).toWellFormed();
  const isRisky = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(readable);
  return `${isRisky ? "'" : ""}${readable.replace(/(?![\t\r\n])[\p{Cc}\uFFFE\uFFFF]/gu, " ")}`;
}

/**
 * The same, for a cell of a workbook: Excel reads "_x003D_" as the character with that number, so an underscore that
 * begins such a code is written as one (ECMA-376, part 1, ST_Xstring).
 */
export function safeCellText(text: string): string {
  return safeText(text).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
}
