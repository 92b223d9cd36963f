import type { SummaryLoad } from "../../features/check-ins/contract.ts";
import { loadStates, notSpare } from "../charts/load.ts";
import { sentence } from "../parts/words.ts";

/** Stands in place of a figure that too few teams stand behind. */
export const notShown = "Not shown";

/** Why a load or a wait isn't shown. */
export const tooFewTeams = "Too few teams stand behind it.";

/** Why an answer to a second card isn't shown: it may also be that two check-ins differ by too few teams. */
export const heldBack = "Too few teams stand behind it, or a single one could be worked out.";

/** "Within the guide range. 212 new people; guide 196 to 245." */
export function standingInWords(load: NonNullable<SummaryLoad>): string {
  return `${loadStates[load.state].words}. ${sentence(load.words)}.${load.state === "below" ? ` ${notSpare}` : ""}`;
}
