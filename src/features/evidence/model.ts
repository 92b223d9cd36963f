import { type LocalDate, Temporal } from "../../kernel/time.ts";
import type { CaseloadSummary, SummaryGroup } from "../check-ins/contract.ts";
import type { Evidence, EvidenceBreakdown, EvidenceGroup, EvidencePulse } from "./contract.ts";
import { summaryFigures } from "./figures.ts";
import { caveatNotes, methodNotes } from "./notes.ts";
import { paragraphOf } from "./paragraph.ts";
import type { GuideRanges, SharedSurvey } from "./ports.ts";
import { countInWords, fullDay, loadInWords, notEnoughTeams, responseInWords } from "./words.ts";

/** What a pack is made of: figures that people outside the leads may see, and nothing that they may not. */
export interface Told {
  readonly network: string;
  /** The opening of the round whose close froze both summaries. */
  readonly asOf: LocalDate;
  readonly today: LocalDate;
  readonly areas: CaseloadSummary;
  readonly places: CaseloadSummary;
  readonly guides: GuideRanges;
  readonly survey: SharedSurvey | null;
}

/** The evidence pack as data. Figures are taken over as they were published; none is worked out from answers here. */
export function evidenceOf(told: Told): Evidence {
  const { network, asOf, today, areas, places, guides, survey } = told;
  const pulse = pulseOf(survey);
  const rule = areas.withheld ?? "";
  return {
    title: `Caseload and wellbeing: evidence from ${network}`,
    network,
    asOf: asOf.toString(),
    asOfWords: fullDay(asOf),
    madeOn: today.toString(),
    coverage: areas.coverage,
    summary: summaryFigures(areas, asOf.toString()),
    paragraph: paragraphOf({ network, asOf, summary: areas, pulse }),
    byArea: breakdownOf(areas),
    byPlace: breakdownOf(places),
    trend: trendOf(areas.total, asOf),
    details: areas.total.details,
    pulse,
    method: methodNotes({ asOf, guides, rule, survey }),
    caveats: caveatNotes({ newPeople: areas.total.last12Weeks?.newPeople ?? null, survey }),
  };
}

const named = { area: "by area", place: "by place" } as const;

function breakdownOf(summary: CaseloadSummary): EvidenceBreakdown {
  const by = named[summary.by];
  const groups = summary.groups.map((group) => groupOf(group, answeredInWords(group), by));
  const rule = summary.withheld ?? "";
  return {
    groups,
    total: groupOf(summary.total, summary.coverage, "for all teams together"),
    note: groups.length === 0 ? `Nothing can be shown ${by}, because too few teams answered. ${rule}`.trim() : rule,
  };
}

/** "7 teams that answered, 1 carried forward": a group is made of these, whoever else was asked. */
function answeredInWords({ teams, carriedForward }: SummaryGroup): string {
  const carried = carriedForward === 0 ? "" : `, ${carriedForward} carried forward`;
  return `${countInWords(teams, "team")} that answered${carried}`;
}

function groupOf(group: SummaryGroup, coverage: string, by: string): EvidenceGroup {
  const { name, teams, carriedForward, last12Weeks, last52Weeks, waiting, wteNeeded } = group;
  const missing = [
    ...(last12Weeks === null ? ["12 weeks"] : []),
    ...(last52Weeks === null ? ["52 weeks"] : []),
    ...(waiting === null ? ["people waiting"] : []),
    ...(wteNeeded === null ? ["WTE needed"] : []),
  ];
  return {
    ...{ name, teams, carriedForward, last12Weeks, last52Weeks, waiting, wteNeeded },
    coverage,
    words: last12Weeks === null ? notEnoughTeams : loadInWords(last12Weeks),
    withheld: missing.length === 0 ? null : `Not shown ${by}, because too few teams stand behind it: ${missing.join(", ")}.`,
  };
}

/** How far back the pack's trend goes. */
const trendSpan = { weeks: 52 };

function trendOf({ trend, last12Weeks }: SummaryGroup, asOf: LocalDate): Evidence["trend"] {
  const from = asOf.subtract(trendSpan);
  const points = trend.filter(({ openedOn }) => Temporal.PlainDate.compare(Temporal.PlainDate.from(openedOn), from) >= 0);
  const guide = last12Weeks?.guide ?? null;
  const band = guide === null ? null : { low: Number((guide.low / guide.high).toFixed(2)), high: 1 };
  const note =
    points.length === 0
      ? "No check-in of the last 52 weeks had enough answers to show a load."
      : "Load over 12 weeks at each opening, of the teams that answered it; 1 is the top of the guide range. Points stay as they were first shown.";
  return { band, points, note };
}

function pulseOf(survey: SharedSurvey | null): EvidencePulse {
  if (survey === null) return { kind: "none", words: "The network's leads haven't shared the results of a survey yet." };
  const { results } = survey;
  const { openedOn, closedOn, responseRate, instrument, note, covers, people, score, bands, items, groups, trend } = results;
  return {
    kind: "shared",
    ...{ openedOn, closedOn, responseRate, instrument, note, covers, people, score, bands, items, groups, trend },
    words:
      score.kind === "shown"
        ? `${instrument.title}: ${score.score} out of 100 (higher is worse), give or take ${score.margin}; this is no diagnosis.`
        : score.words,
    coverage: responseInWords(results),
  };
}
