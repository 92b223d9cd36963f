import { type LocalDate, Temporal } from "../../kernel/time.ts";
import type { MeetingSettings } from "./settings.ts";

/** A date of the rhythm, before anybody looks at holidays or calendars. */
export interface PlannedDate {
  /** 0 for the first meeting of the series; the same for a date whenever it is asked for. */
  readonly index: number;
  readonly on: LocalDate;
}

/**
 * The next `count` dates of the rhythm on or after `from`: the first meeting's day and every `everyWeeks` weeks after
 * it, whatever became of earlier meetings, so that one that was moved or cancelled doesn't shift the later ones. None
 * while there is no series. Indexes hold as long as `firstOn` and `everyWeeks` do.
 */
export function seriesDates(
  settings: Pick<MeetingSettings, "firstOn" | "everyWeeks">,
  from: LocalDate,
  count: number,
): PlannedDate[] {
  if (settings.firstOn === null) return [];
  const first = Temporal.PlainDate.from(settings.firstOn);
  const step = settings.everyWeeks * 7;
  const next = Math.max(0, Math.ceil(first.until(from, { largestUnit: "days" }).days / step));
  return Array.from({ length: count }, (_, nth) => ({
    index: next + nth,
    on: first.add({ days: (next + nth) * step }),
  }));
}
