import { rosterZone } from "../../features/roster/model.ts";
import { dateIn, type Instant, type LocalDate, momentOn, Temporal } from "../../kernel/time.ts";
import { addWorkingDays, nextWorkingDay } from "../../kernel/working-days.ts";
import type { Luck } from "./luck.ts";

export const dayOf = (at: Instant): LocalDate => dateIn(rosterZone, at);

/** A moment of a day by London's clocks, in hours: 9.5 is half past nine. */
export function atHour(day: LocalDate, hour: number): Instant {
  const minutes = Math.round(hour * 60);
  return momentOn(day, new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60).toString(), rosterZone);
}

/** So many working days after the day of a moment, or before it. */
export function workingDaysFrom(at: Instant, days: number, hour: number): Instant {
  return atHour(addWorkingDays(dayOf(at), days), hour);
}

/**
 * A moment within somebody's working hours, so many days after `from`. Where that isn't before `until`, it is a little
 * before `until`; and never before `from`.
 */
export function momentAfter(from: Instant, days: number, until: Instant, luck: Luck): Instant {
  const day = nextWorkingDay(dayOf(from).add({ days: Math.floor(days) }));
  const wanted = atHour(day, luck.between(9, 16.8));
  const latest = until.subtract({ minutes: luck.whole(20, 240) });
  const earliest = from.add({ minutes: luck.whole(5, 90) });
  const at = Temporal.Instant.compare(wanted, latest) < 0 ? wanted : latest;
  return Temporal.Instant.compare(at, earliest) < 0 ? earliest : at;
}
