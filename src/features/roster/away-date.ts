import { dayInWords, type LocalDate, Temporal } from "../../kernel/time.ts";

export type AwayDate =
  { readonly ok: true; readonly date: LocalDate } | { readonly ok: false; readonly message: string };

const months = "january february march april may june july august september october november december".split(" ");
const weekdays = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
const hint = "Write a date such as 3 December, 3/12/2026 or next Monday.";

/**
 * Reads the last day away as people in Britain write it, day before month. A date without a year is the next such day.
 * "Monday" is the first Monday after today and "next Monday" the one of next week. Not ok with one sentence to show.
 */
export function parseAwayDate(text: string, today: LocalDate): AwayDate {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[,!?]|(?<!\d)\.|\.$/g, " ")
    .replace(/^((i'm|i’m|away|until|till|til|to|on|the)\s+)+/, "")
    .replace(/\s+/g, " ")
    .trim();
  if (words === "") return refuse(`Until when? ${hint}`);
  return (
    relative(words, today) ??
    numeric(words, today) ??
    written(words, today) ??
    refuse(`I can't read that date. ${hint}`)
  );
}

function relative(words: string, today: LocalDate): AwayDate | null {
  if (words === "today") return { ok: true, date: today };
  if (words === "tomorrow") return { ok: true, date: today.add({ days: 1 }) };
  const [, which, name] = /^(?:(next|this) )?([a-z]+)$/.exec(words) ?? [];
  const weekday = nameIn(weekdays, name);
  if (weekday === null) return null;
  const days = which === "next" ? 7 - today.dayOfWeek + weekday : (weekday - today.dayOfWeek + 7) % 7 || 7;
  return { ok: true, date: today.add({ days }) };
}

function numeric(words: string, today: LocalDate): AwayDate | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words);
  if (iso !== null) return settle({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }, today);
  const british = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(words);
  if (british === null) return null;
  const [, day, month, year] = british;
  return settle({ year: fullYear(year), month: Number(month), day: Number(day) }, today);
}

function written(words: string, today: LocalDate): AwayDate | null {
  const shape =
    /^(?:([a-z]+) )?(?:the )?(?:(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)|([a-z]+) (\d{1,2})(?:st|nd|rd|th)?)(?: (\d{4}))?$/;
  const [, weekdayName, dayFirst, monthAfter, monthFirst, dayAfter, year] = shape.exec(words) ?? [];
  const month = nameIn(months, monthAfter ?? monthFirst);
  if (month === null) return null;
  const outcome = settle({ year: fullYear(year), month, day: Number(dayFirst ?? dayAfter) }, today);
  const weekday = nameIn(weekdays, weekdayName);
  if (weekdayName === undefined || !outcome.ok) return outcome;
  if (weekday === null) return null;
  if (weekday === outcome.date.dayOfWeek) return outcome;
  return refuse(`That date is ${dayInWords(outcome.date, today)}: write it again without the weekday if you mean it.`);
}

function settle(given: { year: number | null; month: number; day: number }, today: LocalDate): AwayDate {
  const { month, day } = given;
  if (month < 1 || month > 12)
    return refuse(`There is no month ${month}. Write the day first, as in 3/12/2026 for 3 December.`);
  // A leap year when none is given, so that 29 February exists until its year is known.
  const longest = Temporal.PlainYearMonth.from({ year: given.year ?? 2028, month }).daysInMonth;
  if (day < 1 || day > longest) return refuse(`There is no such day in that month. ${hint}`);
  const date =
    given.year === null ? next(month, day, today) : Temporal.PlainDate.from({ year: given.year, month, day });
  if (Temporal.PlainDate.compare(date, today) < 0) {
    return refuse(`${dayInWords(date, today)} is in the past. Write a date from today on.`);
  }
  const days = today.until(date).days;
  // Who leaves out the year rarely means a day eleven months ahead, more often one that has just passed.
  if (given.year === null && days > 335)
    return refuse(`The next ${date.day} ${monthName(date)} is in ${date.year}. Add the year if you mean that.`);
  if (days > 731) return refuse(`${dayInWords(date, today)} is more than two years away. Write a nearer date.`);
  return { ok: true, date };
}

function next(month: number, day: number, today: LocalDate): LocalDate {
  for (let year = today.year; ; year += 1) {
    const fits = day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
    const date = Temporal.PlainDate.from({ year, month, day });
    if (fits && Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
}

function monthName(date: LocalDate): string {
  return date.toLocaleString("en-GB", { month: "long" });
}

/** The number (from 1) of a name written in full or by three or more of its first letters; null for anything else. */
function nameIn(names: readonly string[], written: string | undefined): number | null {
  if (written === undefined || written.length < 3) return null;
  const index = names.findIndex((name) => name.startsWith(written) || (written === "sept" && name === "september"));
  return index === -1 ? null : index + 1;
}

function fullYear(digits: string | undefined): number | null {
  if (digits === undefined) return null;
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

function refuse(message: string): AwayDate {
  return { ok: false, message };
}
