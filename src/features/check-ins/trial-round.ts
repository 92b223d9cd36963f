import { asId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import { dateIn, type Instant } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import type { PastCheckIn, Round, RoundTeam } from "./model.ts";
import { currentQuestionSet, themeFor } from "./question-set.ts";
import { closesAt } from "./schedule.ts";
import { type CheckInSettings, guidesOf } from "./settings.ts";

/**
 * The round that would open now, for test cards sent before the first one; it is never stored. Null when any of the
 * cards is a real one, whose round must exist.
 */
export function trialRound(cards: readonly Delivery[], occasion: string, settings: CheckInSettings, now: Instant): Round | null {
  if (cards.some((card) => card.purpose !== "test")) return null;
  return {
    id: asId<RoundId>(occasion),
    opensOn: dateIn(settings.zone, now),
    openedAt: now,
    closesAt: closesAt(settings, now, null),
    closedAt: null,
    questionSet: currentQuestionSet.version,
    theme: themeFor(0).id,
    guides: guidesOf(settings),
  };
}

/** A team's part in a trial round. */
export function trialPart(round: Round, team: TeamId, last: PastCheckIn | undefined, settings: CheckInSettings): RoundTeam {
  const periodFrom = last?.opensOn ?? round.opensOn.subtract({ weeks: settings.cadenceWeeks });
  return { round: round.id, team, periodFrom, state: "waiting" };
}
