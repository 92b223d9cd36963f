import { type LocalDate, Temporal } from "../../kernel/time.ts";
import { type Guides, type Rolling, rolling } from "./caseload.ts";
import type { PastCheckIn } from "./model.ts";
import { periodsOf } from "./periods.ts";

/** An opening that a team answered, with where the team stood then. */
export interface Opening {
  readonly checkIn: PastCheckIn;
  readonly rolling12: Rolling | null;
  readonly rolling52: Rolling | null;
  /** The days since the opening before alone: too short a time to judge by. */
  readonly alone: Rolling | null;
}

const shownFor = { weeks: 52 };

/** The first opening that is shown at `asOf`. */
export function shownFrom(asOf: LocalDate): LocalDate {
  return asOf.subtract(shownFor);
}

/** From which opening on answers are needed, so that the first one shown has its own 52 weeks behind it. */
export function neededFrom(asOf: LocalDate): LocalDate {
  return shownFrom(shownFrom(asOf));
}

/**
 * The openings of the last 52 weeks that a team answered, oldest first.
 * @param past its answers from `neededFrom(asOf)` on, oldest first
 */
export function openingsOf(past: readonly PastCheckIn[], guides: Guides, asOf: LocalDate): Opening[] {
  const byThen = past.filter(({ opensOn }) => Temporal.PlainDate.compare(opensOn, asOf) <= 0);
  const periods = periodsOf(byThen);
  const from = shownFrom(asOf);
  return byThen
    .filter(({ opensOn }) => Temporal.PlainDate.compare(opensOn, from) >= 0)
    .map((checkIn) => ({
      checkIn,
      rolling12: rolling(periods, guides, checkIn.opensOn, 12),
      rolling52: rolling(periods, guides, checkIn.opensOn, 52),
      alone: rolling(periodsOf([checkIn]), guides, checkIn.opensOn, 52),
    }));
}
