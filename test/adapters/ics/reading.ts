/** The lines of an iCalendar file, put together again where they were broken (RFC 5545, section 3.1). */
export function linesOf(file: string): string[] {
  return file.replaceAll("\r\n ", "").split("\r\n");
}

/** What the only event in a file says, by property; text as it was before it was escaped. */
export function entryIn(file: string): Record<string, string> {
  const lines = linesOf(file).filter((line) => line !== "" && !/^(?:BEGIN|END):/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      // Parameters may hold colons within quotes.
      const [, name = "", value = ""] = /^([A-Z-]+)(?:;[^=]+=(?:"[^"]*"|[^":;]*))*:(.*)$/s.exec(line) ?? [];
      return [name, value.replace(/\\([\\;,nN])/g, (_all, sign: string) => (/n/i.test(sign) ? "\n" : sign))];
    }),
  );
}
