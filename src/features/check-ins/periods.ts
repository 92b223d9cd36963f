import { daysBetween, type LocalDate, Temporal } from "../../kernel/time.ts";
import { perRole } from "./answers.ts";
import type { TeamPeriod } from "./caseload.ts";
import type { PastCheckIn } from "./model.ts";

/** Answers as the periods that the caseload's arithmetic works on. */
export function periodsOf(
  checkIns: readonly Pick<PastCheckIn, "opensOn" | "periodFrom" | "posts" | "answers" | "carried">[],
): TeamPeriod[] {
  return checkIns.map((checkIn) => ({
    openedOn: checkIn.opensOn,
    from: checkIn.periodFrom,
    days: daysBetween(checkIn.periodFrom, checkIn.opensOn),
    posts: checkIn.posts,
    newPeople: perRole(checkIn.answers, "newPeople"),
    carried: checkIn.carried.length > 0,
  }));
}

/**
 * A team's periods as they stood at an opening that it answered; none when it didn't. Later answers, which may reach
 * back over openings that a team missed, are not among them.
 */
export function asItStood(periods: readonly TeamPeriod[], day: LocalDate): readonly TeamPeriod[] {
  const byThen = periods.filter((period) => Temporal.PlainDate.compare(period.openedOn, day) <= 0);
  return byThen.at(-1)?.openedOn.equals(day) === true ? byThen : [];
}
