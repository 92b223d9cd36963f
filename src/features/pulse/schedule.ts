import type { LocalDate } from "../../kernel/time.ts";
import { type HolidayOverrides, isWorkingDay } from "../../kernel/working-days.ts";

/** The furthest that a wave moves from the day it is due, in days: half of six weeks; less when it comes more often. */
const furthest = 21;

interface Rhythm {
  readonly everyWeeks: number;
  readonly holidayOverrides: HolidayOverrides;
}

/**
 * The working day on which the next wave opens. It is due `everyWeeks` after the last one opened, and then keeps away
 * from meetings: it moves to the middle between the two around it, though never more than three weeks, and nearer only
 * where the middle is no working day. With meetings every six weeks, waves stay in the middle and so keep their rhythm.
 * A meeting on the very day: the middle before or after it, whichever is nearer, the later when both are. Where only
 * one side has a meeting, it stays a week away from that.
 * @param meetingDays in any order, past ones too
 * @returns a day after `lastOpenedOn`, which may have passed by now
 */
export function nextWaveOn(
  lastOpenedOn: LocalDate,
  { everyWeeks, holidayOverrides }: Rhythm,
  meetingDays: readonly LocalDate[],
): LocalDate {
  const dueOn = lastOpenedOn.add({ weeks: everyWeeks });
  const reach = Math.min(furthest, Math.floor((everyWeeks * 7 - 1) / 2));
  // Days from the day that it is due, earliest first.
  const meetings = [...new Set(meetingDays.map((day) => daysBetween(dueOn, day)))].sort((a, b) => a - b);
  const ideal = Math.max(-reach, Math.min(reach, awayFrom(meetings)));
  const latest = daysBetween(dueOn, lastOpenedOn);
  for (let off = 0; ; off += 1) {
    for (const days of [ideal + off, ideal - off]) {
      const day = dueOn.add({ days });
      if (days > latest && !meetings.includes(days) && isWorkingDay(day, holidayOverrides)) return day;
    }
  }
}

const aWeek = 7;

/** How far from the day it is due a wave is best placed, in days, with meetings so many days from that day. */
function awayFrom(meetings: readonly number[]): number {
  const before = meetings.findLast((days) => days < 0);
  const after = meetings.find((days) => days > 0);
  if (!meetings.includes(0)) return between(before, after);
  const [earlier, later] = [between(before, 0), between(0, after)];
  return Math.abs(earlier) < Math.abs(later) ? earlier : later;
}

function between(before: number | undefined, after: number | undefined): number {
  if (before !== undefined && after !== undefined) return Math.ceil((before + after) / 2);
  if (before !== undefined) return Math.max(0, before + aWeek);
  if (after !== undefined) return Math.min(0, after - aWeek);
  return 0;
}

function daysBetween(from: LocalDate, to: LocalDate): number {
  return from.until(to, { largestUnit: "days" }).days;
}
