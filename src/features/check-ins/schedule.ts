import { dateIn, type Instant, type LocalDate, momentOn, Temporal } from "../../kernel/time.ts";
import { addWorkingDays, nextWorkingDay } from "../../kernel/working-days.ts";
import { type CheckInSettings, daysBetweenMessages } from "./settings.ts";

export interface Opening {
  readonly opensOn: LocalDate;
  readonly opensAt: Instant;
}

const closingTime = "17:00";
/** Working days between the close and the network meeting, so that its papers can rest on the answers. */
const workingDaysBeforeMeeting = 3;
/** A check-in is never open for less. */
const fewestDaysOpen = 2;

/**
 * The first opening later than `after`, and on a later day than `lastOpened`.
 *
 * Openings keep a rhythm of whole weeks on the set weekday. It starts on `firstOpensOn` (or the first such weekday
 * after it); without one, on the weekday at or before `lastOpened`, since an opening may have been moved on from it;
 * without either, on the first such weekday to come. One that falls on a weekend or bank holiday moves to the next
 * working day, and the later ones stay where they are. Times are local: 09:30 stays 09:30 when the clocks change.
 */
export function nextOpening(settings: CheckInSettings, after: Instant, lastOpened: LocalDate | null): Opening {
  const step = { weeks: settings.cadenceWeeks };
  const today = dateIn(settings.zone, after);
  let due = rhythmStart(settings, today, lastOpened);
  // Whole rhythms that ended long ago are skipped at once; the loop does the rest.
  const behind = Math.floor(due.until(today, { largestUnit: "days" }).days / (settings.cadenceWeeks * 7)) - 1;
  if (behind > 0) due = due.add({ weeks: behind * settings.cadenceWeeks });
  for (; ; due = due.add(step)) {
    const opensOn = nextWorkingDay(due, settings.holidayOverrides);
    const opensAt = momentOn(opensOn, settings.time, settings.zone);
    const isLater = lastOpened === null || Temporal.PlainDate.compare(opensOn, lastOpened) > 0;
    if (isLater && Temporal.Instant.compare(opensAt, after) > 0) return { opensOn, opensAt };
  }
}

function rhythmStart(settings: CheckInSettings, today: LocalDate, lastOpened: LocalDate | null): LocalDate {
  const { firstOpensOn, weekday, cadenceWeeks } = settings;
  if (firstOpensOn !== null) return onOrAfter(Temporal.PlainDate.from(firstOpensOn), weekday);
  if (lastOpened === null) return onOrAfter(today, weekday);
  return onOrAfter(lastOpened.subtract({ days: 6 }), weekday).add({ weeks: cadenceWeeks });
}

function onOrAfter(date: LocalDate, weekday: number): LocalDate {
  return date.add({ days: (weekday - date.dayOfWeek + 7) % 7 });
}

/**
 * When a round that opened at `opensAt` closes: at 17:00, `daysOpen` days later, or three working days before the
 * network meeting when one lies within the cadence after the opening. A meeting so near that this would leave less
 * than two days is passed over.
 */
export function closesAt(settings: CheckInSettings, opensAt: Instant, meetingOn: LocalDate | null): Instant {
  const openedOn = dateIn(settings.zone, opensAt);
  const byMeeting = meetingOn === null ? null : beforeMeeting(settings, openedOn, meetingOn);
  return momentOn(byMeeting ?? openedOn.add({ days: settings.daysOpen }), closingTime, settings.zone);
}

function beforeMeeting(settings: CheckInSettings, openedOn: LocalDate, meetingOn: LocalDate): LocalDate | null {
  const daysTo = (date: LocalDate) => openedOn.until(date, { largestUnit: "days" }).days;
  if (daysTo(meetingOn) > settings.cadenceWeeks * 7) return null;
  const day = addWorkingDays(meetingOn, -workingDaysBeforeMeeting, settings.holidayOverrides);
  return daysTo(day) < fewestDaysOpen ? null : day;
}

/**
 * When to remind those who haven't answered: on the set days after the opening, moved to working days, at the set
 * time, each on a day a week or more after the message before it. Reminders that would come at or after the close
 * are left out.
 */
export function reminderTimes(settings: CheckInSettings, opensAt: Instant, closes: Instant): Instant[] {
  const openedOn = dateIn(settings.zone, opensAt);
  const times: Instant[] = [];
  let earliest = openedOn.add({ days: daysBetweenMessages });
  for (const days of settings.reminderDays.toSorted((a, b) => a - b)) {
    const planned = openedOn.add({ days });
    const wanted = Temporal.PlainDate.compare(planned, earliest) < 0 ? earliest : planned;
    const day = nextWorkingDay(wanted, settings.holidayOverrides);
    const at = momentOn(day, settings.time, settings.zone);
    if (Temporal.Instant.compare(at, closes) >= 0) break;
    times.push(at);
    earliest = day.add({ days: daysBetweenMessages });
  }
  return times;
}
