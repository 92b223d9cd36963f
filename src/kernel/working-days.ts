import Holidays from "date-holidays";
import { dateIn, type Instant, type LocalDate, momentOn, Temporal } from "./time.ts";

/** ISO dates that a network's leads add to the bank holidays or take out of them: one-off days can't be computed. */
export interface HolidayOverrides {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** By year: ISO date → name. */
const calculated = new Map<number, ReadonlyMap<string, string>>();
let england: Holidays | undefined;

// The library also names a holiday's own weekend day beside its substitute; only the day off work counts here.
function calculatedFor(year: number): ReadonlyMap<string, string> {
  const known = calculated.get(year);
  if (known !== undefined) return known;
  england ??= new Holidays("GB", "ENG");
  const days = england
    .getHolidays(year)
    .filter((holiday) => holiday.type === "public" || holiday.type === "bank")
    .map((holiday) => [holiday.date.slice(0, 10), holiday.name] as const)
    .filter(([day]) => Temporal.PlainDate.from(day).dayOfWeek <= 5);
  const result = new Map(days);
  calculated.set(year, result);
  return result;
}

/**
 * England's bank holidays of a year, as ISO dates, substitute days included and weekends left out.
 * Source: the rules of the `date-holidays` package for GB-ENG; `overrides` has the last word.
 */
export function bankHolidays(year: number, overrides?: HolidayOverrides): Set<string> {
  const days = new Set(calculatedFor(year).keys());
  for (const day of overrides?.add ?? []) if (day.startsWith(`${year}-`)) days.add(day);
  for (const day of overrides?.remove ?? []) days.delete(day);
  return days;
}

/** True from Monday to Friday, except on a bank holiday in England. A day both added and removed is a working day. */
export function isWorkingDay(date: LocalDate, overrides?: HolidayOverrides): boolean {
  if (date.dayOfWeek > 5) return false;
  const day = date.toString();
  if (overrides?.remove.includes(day) === true) return true;
  return overrides?.add.includes(day) !== true && !calculatedFor(date.year).has(day);
}

/**
 * What a bank holiday in England is called, such as "Early May bank holiday" or "Boxing Day, substitute day"; null for
 * every other day, and "added by a lead" for one that only `overrides` makes a holiday. Weekends have none.
 */
export function bankHolidayName(date: LocalDate, overrides?: HolidayOverrides): string | null {
  if (date.dayOfWeek > 5 || isWorkingDay(date, overrides)) return null;
  const name = calculatedFor(date.year).get(date.toString());
  return name === undefined ? "added by a lead" : name.replace(/ \((.*)\)$/, ", $1");
}

/** The day itself when it is a working day, else the next one. */
export function nextWorkingDay(date: LocalDate, overrides?: HolidayOverrides): LocalDate {
  let day = date;
  while (!isWorkingDay(day, overrides)) day = day.add({ days: 1 });
  return day;
}

/**
 * The `n`th working day after `date`, or before it when `n` is negative; `date` itself isn't counted, and is given
 * back when `n` is 0. `n` is a whole number of days.
 */
export function addWorkingDays(date: LocalDate, n: number, overrides?: HolidayOverrides): LocalDate {
  const step = { days: Math.sign(n) };
  let day = date;
  for (let left = Math.abs(n); left > 0; ) {
    day = day.add(step);
    if (isWorkingDay(day, overrides)) left -= 1;
  }
  return day;
}

/** For how long after its set time something may still start by itself. */
const openingTime = { hours: 4 };

/** True on working days for some hours from the set time on: nothing starts by itself at another time, even late. */
export function isOpeningTime(
  { zone, time, holidayOverrides }: { readonly zone: string; readonly time: string; readonly holidayOverrides: HolidayOverrides },
  now: Instant,
): boolean {
  const today = dateIn(zone, now);
  if (!isWorkingDay(today, holidayOverrides)) return false;
  const from = momentOn(today, time, zone);
  return Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, from.add(openingTime)) <= 0;
}
