import { dateIn, type Instant, type LocalDate, momentOn, Temporal } from "../../kernel/time.ts";
import { addWorkingDays, nextWorkingDay } from "../../kernel/working-days.ts";
import { almostAWeek, daysBetweenMessages } from "../deliveries/model.ts";
import type { CheckInSettings } from "./settings.ts";

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
 * When a round that opened at `opensAt` closes: at 17:00 of a working day, `daysOpen` days later (or the next working
 * day), or three working days before the network meeting when one lies within the cadence after the opening. A meeting
 * so near that this would leave less than two days is passed over. A round is closed before the next in its rhythm is
 * due, so that it holds none up.
 */
export function closesAt(settings: CheckInSettings, opensAt: Instant, meetingOn: LocalDate | null): Instant {
  const openedOn = dateIn(settings.zone, opensAt);
  const byMeeting = meetingOn === null ? null : beforeMeeting(settings, openedOn, meetingOn);
  return momentOn(byMeeting ?? afterDaysOpen(settings, opensAt, openedOn), closingTime, settings.zone);
}

function afterDaysOpen(settings: CheckInSettings, opensAt: Instant, openedOn: LocalDate): LocalDate {
  const workingDay = (days: number) => nextWorkingDay(openedOn.add({ days }), settings.holidayOverrides);
  const [wanted, earliest] = [workingDay(settings.daysOpen), workingDay(fewestDaysOpen)];
  const next = nextOpening({ ...settings, firstOpensOn: null }, opensAt, openedOn);
  const latest = addWorkingDays(next.opensOn, -1, settings.holidayOverrides);
  if (Temporal.PlainDate.compare(wanted, latest) <= 0) return wanted;
  return Temporal.PlainDate.compare(latest, earliest) < 0 ? earliest : latest;
}

function beforeMeeting(settings: CheckInSettings, openedOn: LocalDate, meetingOn: LocalDate): LocalDate | null {
  const daysTo = (date: LocalDate) => openedOn.until(date, { largestUnit: "days" }).days;
  if (daysTo(meetingOn) > settings.cadenceWeeks * 7) return null;
  const day = addWorkingDays(meetingOn, -workingDaysBeforeMeeting, settings.holidayOverrides);
  return daysTo(day) < fewestDaysOpen ? null : day;
}

/**
 * When to remind those who haven't answered: on the set days after the opening, moved to working days, at the set
 * time, each a week or more after the message before it. Reminders that would come at or after the close are left out.
 */
export function reminderTimes(settings: CheckInSettings, opensAt: Instant, closes: Instant): Instant[] {
  const openedOn = dateIn(settings.zone, opensAt);
  const times: Instant[] = [];
  let earliest = weekAfter(settings, opensAt);
  for (const days of settings.reminderDays.toSorted((a, b) => a - b)) {
    const planned = morningOf(settings, openedOn.add({ days }));
    const at = Temporal.Instant.compare(planned, earliest) < 0 ? earliest : planned;
    if (Temporal.Instant.compare(at, closes) >= 0) break;
    times.push(at);
    earliest = weekAfter(settings, at);
  }
  return times;
}

/** The first moment for another unasked message: at the set time of a working day, a week after the last one. */
export function weekAfter(settings: CheckInSettings, last: Instant): Instant {
  const week = dateIn(settings.zone, last).add({ days: daysBetweenMessages });
  const at = morningOf(settings, week);
  const isTooSoon = Temporal.Instant.compare(at, last.add(almostAWeek)) < 0;
  return isTooSoon ? morningOf(settings, week.add({ days: 1 })) : at;
}

/** The set time of a day, or of the next working day. */
export function morningOf(settings: CheckInSettings, day: LocalDate): Instant {
  return momentOn(nextWorkingDay(day, settings.holidayOverrides), settings.time, settings.zone);
}
