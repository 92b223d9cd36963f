import { nextOpening, type Opening } from "../../features/check-ins/schedule.ts";
import { CheckInSettings } from "../../features/check-ins/settings.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import { nextWorkingDay } from "../../kernel/working-days.ts";
import { atHour, dayOf } from "./moments.ts";

/** Rounds of the demo: the closed ones, and the one that is open. Each has its network meeting. */
export const rounds = 10;
/** The rounds that a survey goes before, so that there is one every twelve weeks. */
const roundsWithSurvey: readonly number[] = [1, 3, 5, 7, 9];

const cadence = 42;
const tuesday = 2;

/** When everything of the demo's year happens. */
export interface DemoDates {
  /** The day from which rounds are counted. */
  readonly firstOpensOn: LocalDate;
  readonly openings: readonly Opening[];
  /** What the rhythm has for the network's meetings: three weeks after each opening. The last one is still to come. */
  readonly meetings: readonly LocalDate[];
  /** The one after those, which falls into days to avoid. */
  readonly meetingToPlan: LocalDate;
  /** When each survey opens: a fortnight before a round, so that people get one message a week. */
  readonly surveys: readonly Instant[];
  /** When the network begins to use Steady. */
  readonly begin: Instant;
  /** From here on what is sent reaches the chats; before, it is only recorded. */
  readonly liveFrom: Instant;
}

/**
 * The dates of a year that ends now: nine rounds that have closed, and one that opened on the Tuesday six to twelve days
 * ago (or the next working day).
 */
export function datesOf(now: Instant): DemoDates {
  const weekAgo = dayOf(now).subtract({ days: 6 });
  const lastTuesday = weekAgo.subtract({ days: (weekAgo.dayOfWeek - tuesday + 7) % 7 });
  const firstOpensOn = lastTuesday.subtract({ days: cadence * (rounds - 1) });
  const nth = (round: number, days: number) => firstOpensOn.add({ days: cadence * round + days });
  const begin = atHour(firstOpensOn.subtract({ days: 30 }), 8);
  return {
    firstOpensOn,
    openings: openingsFrom(firstOpensOn, begin),
    meetings: Array.from({ length: rounds }, (_, round) => nth(round, 21)),
    meetingToPlan: nth(rounds, 21),
    surveys: roundsWithSurvey.map((round) => atHour(nextWorkingDay(nth(round, -14)), 9.5)),
    begin,
    liveFrom: atHour(nth(rounds - 1, -8), 6),
  };
}

function openingsFrom(firstOn: LocalDate, begin: Instant): Opening[] {
  const settings = CheckInSettings.parse({ firstOpensOn: firstOn.toString() });
  const openings: Opening[] = [];
  let last: Opening = { opensOn: firstOn.subtract({ days: 1 }), opensAt: begin };
  while (openings.length < rounds) {
    last = nextOpening(settings, last.opensAt, last.opensOn);
    openings.push(last);
  }
  return openings;
}
