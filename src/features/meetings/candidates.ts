import { type Instant, type LocalDate, momentOn, Temporal } from "../../kernel/time.ts";
import { bankHolidayName, isWorkingDay } from "../../kernel/working-days.ts";
import { rangeInWords, shortDay } from "./planning-words.ts";
import type { MeetingSettings } from "./settings.ts";

/** A day on which a planned meeting could be held. */
export interface Candidate {
  readonly date: LocalDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** In words, why the meeting can't be held then; empty when it can. */
  readonly faults: readonly string[];
}

/** The furthest that a meeting moves from its rhythm, in days. */
const furthest = 7;

/**
 * The planned day and the working days around it, earliest first, each with what stands against it.
 *
 * Alternatives move the day and keep the time of day: people plan around "ten o'clock", and two weeks of days are
 * choice enough. They lie within seven days, or less than half the rhythm when that is shorter, so that neighbouring
 * meetings never change places. Bank holidays and weekends are left out, unless one is the planned day itself.
 * `today` decides which days can still be booked.
 */
export function candidatesFor(settings: MeetingSettings, plannedOn: LocalDate, today: LocalDate): Candidate[] {
  const reach = Math.min(furthest, Math.floor((settings.everyWeeks * 7 - 1) / 2));
  return Array.from({ length: 2 * reach + 1 }, (_, nth) => plannedOn.add({ days: nth - reach }))
    .filter((date) => date.equals(plannedOn) || isWorkingDay(date, settings.holidayOverrides))
    .map((date) => {
      const startsAt = momentOn(date, settings.start, settings.zone);
      const endsAt = startsAt.add({ minutes: settings.minutes });
      return { date, startsAt, endsAt, faults: faultsOf(settings, date, today) };
    });
}

function faultsOf(settings: MeetingSettings, date: LocalDate, today: LocalDate): string[] {
  const holiday = bankHolidayName(date, settings.holidayOverrides);
  const iso = date.toString();
  const avoided = settings.avoid.filter(({ from, to }) => from <= iso && iso <= to);
  const earliest = today.add({ days: settings.minLeadDays });
  return [
    ...(holiday === null ? [] : [`bank holiday (${holiday})`]),
    ...(date.dayOfWeek > 5 ? ["weekend"] : []),
    ...avoided.map((range) => `in ${range.name} (${rangeInWords(range)})`),
    ...(Temporal.PlainDate.compare(date, earliest) < 0
      ? [`before the earliest date that can still be booked (${shortDay(earliest)})`]
      : []),
  ];
}
