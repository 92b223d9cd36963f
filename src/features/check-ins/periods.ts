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
    days: checkIn.periodFrom.until(checkIn.opensOn, { largestUnit: "days" }).days,
    posts: checkIn.posts,
    newPeople: perRole(checkIn.answers, "newPeople"),
    carried: checkIn.carried.length > 0,
  }));
}
