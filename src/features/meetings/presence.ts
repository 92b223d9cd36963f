import type { PersonId } from "../../kernel/ids.ts";
import { dateIn, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { Busy } from "./calendar.ts";
import type { Candidate } from "./candidates.ts";
import type { NonWorking, NonWorkingTime } from "./non-working.ts";
import { minutesOf } from "./settings.ts";

/** Somebody who would be invited. */
export interface PlannedPerson {
  readonly id: PersonId;
  /** Local times, in the zone of the meetings. */
  readonly nonWorking: NonWorking;
  /** The last day away. */
  readonly awayUntil: LocalDate | null;
}

/** What calendars say; null while they may not be looked at. Who isn't in it is unknown, not free. */
export type FreeBusy = ReadonlyMap<PersonId, readonly Busy[] | "unknown"> | null;

/** What is known of somebody at the time of a slot. */
export type Presence = "free" | "busy" | "nonWorking" | "away" | "unknown";

/**
 * What is known of `person` at the time of `slot`. Being away comes before their working times, and those before their
 * calendar: people often keep nothing in it for days that they don't work. Times that only touch don't clash.
 */
export function presenceAt(person: PlannedPerson, slot: Candidate, freeBusy: FreeBusy, zone: string): Presence {
  const date = dateIn(zone, slot.startsAt);
  if (person.awayUntil !== null && Temporal.PlainDate.compare(date, person.awayUntil) <= 0) return "away";
  if (person.nonWorking.some((time) => isWithin(time, slot, zone))) return "nonWorking";
  const busy = freeBusy?.get(person.id);
  if (busy === undefined || busy === "unknown") return "unknown";
  return busy.some((time) => clashes(time, slot)) ? "busy" : "free";
}

function isWithin(time: NonWorkingTime, slot: Candidate, zone: string): boolean {
  const starts = slot.startsAt.toZonedDateTimeISO(zone);
  if (time.weekday !== starts.dayOfWeek) return false;
  const start = starts.hour * 60 + starts.minute;
  const end = start + slot.startsAt.until(slot.endsAt).total("minutes");
  return (time.to === null || start < minutesOf(time.to)) && (time.from === null || minutesOf(time.from) < end);
}

function clashes(time: Busy, slot: Candidate): boolean {
  return (
    Temporal.Instant.compare(time.startsAt, slot.endsAt) < 0 && Temporal.Instant.compare(slot.startsAt, time.endsAt) < 0
  );
}
