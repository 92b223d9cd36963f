import { Temporal } from "temporal-polyfill";

export { Temporal };

/** A moment on the world's clock. */
export type Instant = Temporal.Instant;
/** A calendar day without a zone. */
export type LocalDate = Temporal.PlainDate;

/** Where the product reads the time. Features take it as an argument and never look at the machine's clock. */
export interface Clock {
  now(): Instant;
}

/** The calendar day of `at` in `zone` (an IANA name). */
export function dateIn(zone: string, at: Instant): LocalDate {
  return at.toZonedDateTimeISO(zone).toPlainDate();
}

/** The moment at which `time` ("09:30") falls on `date` in `zone`; a time that summer time skips moves forward. */
export function momentOn(date: LocalDate, time: string, zone: string): Instant {
  return date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}

/** Days from one day to another, negative when that is earlier: what `until` gives, without the objects that it makes. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Days since a fixed one (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil). */
function dayNumber({ year, month, day }: LocalDate): number {
  // With years that begin in March a leap day is the last of its year, and months follow a rule.
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9];
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return 365 * y + leapDays + Math.floor((153 * m + 2) / 5) + day;
}

/** The later of two moments. */
export function later(a: Instant, b: Instant): Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a;
}

// Every card says several days, and asking the machine's own words for each took a seventh of an answer's time.
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const months = "January February March April May June July August September October November December".split(" ");

/** "Thursday 12 November", with the year when `today` lies in another one. */
export function dayInWords(date: LocalDate, today?: LocalDate): string {
  const year = today !== undefined && today.year !== date.year ? ` ${date.year}` : "";
  return `${weekdays[date.dayOfWeek - 1] ?? ""} ${date.day} ${months[date.month - 1] ?? ""}${year}`;
}

/** "10am", "11.30am", "12pm": a time of day as people in Britain write it. */
export function timeInWords(time: Temporal.PlainTime): string {
  const hour = time.hour % 12 === 0 ? 12 : time.hour % 12;
  const minute = time.minute === 0 ? "" : `.${String(time.minute).padStart(2, "0")}`;
  return `${hour}${minute}${time.hour < 12 ? "am" : "pm"}`;
}
