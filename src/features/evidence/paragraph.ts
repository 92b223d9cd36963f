import { type LocalDate, Temporal } from "../../kernel/time.ts";
import type { CaseloadSummary } from "../check-ins/contract.ts";
import type { EvidencePulse } from "./contract.ts";
import { chanceMargin, countInWords, fullDay, inFigures, type ShownLoad } from "./words.ts";

/** What the paragraph is about. */
export interface Told {
  readonly network: string;
  readonly asOf: LocalDate;
  readonly summary: CaseloadSummary;
  readonly pulse: EvidencePulse;
}

/** A paragraph to paste into a report, 90 to 140 words, which says no more than the figures do. */
export function paragraphOf({ network, asOf, summary, pulse }: Told): string {
  const { total } = summary;
  const load = total.last12Weeks;
  const day = fullDay(asOf);
  const caseload =
    load === null
      ? [
          `These are the combined figures of ${network} as of ${day}.`,
          "Too few teams answered the check-in to show how many new people they took on: a figure shows only where several teams of more than one employer stand behind it, so that none can be traced to a single team.",
          "What is missing here is not known, and should be read neither as a low caseload nor as spare capacity.",
          "Figures appear again with the first check-in that enough teams answer.",
        ]
      : [
          `In the 12 weeks to ${day}, teams in ${network} recorded ${load.words.replace("; guide ", ", against a guide range of ")} for their staff in post: ${positions[load.state]}.`,
          `This rests on ${summary.coverage}${/carried forward/.test(summary.coverage) ? " from earlier answers" : ""}.`,
          "The range is guidance, not a limit.",
          chanceInWords(load),
          wteInWords(total.wteNeeded),
          total.waiting === null ? "" : `${countInWords(total.waiting, "person was", "people were")} waiting, where teams know.`,
        ];
  return [...caseload, pulseInWords(pulse)].filter((sentence) => sentence !== "").join(" ");
}

const positions = {
  below: "below the range, which doesn't mean spare capacity",
  in: "within the range",
  above: "above the range",
} as const;

/** What chance may have done. Only a count that lies further out than its margin is said to be more than chance. */
function chanceInWords({ newPeople, guide, state }: ShownLoad): string {
  const margin = chanceMargin(newPeople);
  const distance = state === "above" ? newPeople - guide.high : guide.low - newPeople;
  const about = `By chance such a count can be about ${inFigures(margin)} higher or lower (Poisson, 95%)`;
  if (state === "in") return `${about}, so small differences mean little.`;
  return distance > margin ? `${about}, so chance is an unlikely reason.` : `${about}, so the difference may be chance.`;
}

function wteInWords(wte: number | null): string {
  if (wte === null) return "";
  const staff = wte === 0 ? "no more staff, rounded to 0.1" : `${inFigures(wte)} more whole-time equivalent staff`;
  return `Bringing teams above it back to its top would take ${staff}.`;
}

function pulseInWords(pulse: EvidencePulse): string {
  if (pulse.kind === "none") return pulse.words;
  const coverage = pulse.coverage.replace(/\.$/, "");
  const closed = fullDay(Temporal.PlainDate.from(pulse.closedOn));
  return `In the survey closed on ${closed}, ${coverage.charAt(0).toLowerCase()}${coverage.slice(1)}. ${pulse.words}`;
}
