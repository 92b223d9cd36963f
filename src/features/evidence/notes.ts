import type { LocalDate } from "../../kernel/time.ts";
import { type JobRole, jobRoles } from "../roster/model.ts";
import type { EvidenceNote } from "./contract.ts";
import type { GuideRanges, SharedSurvey } from "./ports.ts";
import { chanceMargin, fullDay, inFigures } from "./words.ts";

/** How the figures came about: what a reader needs to check them. */
export function methodNotes(told: {
  readonly asOf: LocalDate;
  readonly guides: GuideRanges;
  /** Which groups may show, as the combined figures say it themselves. */
  readonly rule: string;
  readonly survey: SharedSurvey | null;
}): EvidenceNote[] {
  const { asOf, guides, rule, survey } = told;
  return [
    {
      heading: "What the figures are",
      text: `Combined figures of the check-in that opened on ${fullDay(asOf)}, as they stood when it closed. Managers give them for their own teams. They were kept at the close and haven't changed since.`,
    },
    {
      heading: "New people against the guide range",
      text: "For each team: WTE in post × guide range in people a year × days covered ÷ 365, from the low end to the top. Load is new people divided by the top. Teams are added up, people and ranges alike; percentages are never averaged. Whether figures are below, in or above the range is taken from 12 weeks; 52 weeks stand beside them.",
    },
    { heading: "Guide ranges used", text: guidesInWords(guides) },
    {
      heading: "Where the guide range comes from",
      text: "Health Education England describes “a typical caseload of 200-250 people per year” for a link worker, seen “on average over 6-12 contacts”. The National Association of Link Workers wrote of “a minimum case load of 200-250 per year” and warned of burnout beyond it. No published figure was found for care coordinators or for health and wellbeing coaches, so a range for these is the network's own.",
    },
    {
      heading: "WTE needed to return to the guide range",
      text: "For each team above the range, WTE in post × (load − 1), added up. A team below the range takes nothing off what another one needs.",
    },
    {
      heading: "Coverage",
      text: "Teams that answered, of all teams that were asked. “Carried forward” counts teams of which some figures are from an earlier answer. Nothing is estimated for teams that didn't answer. A blank answer means “don't know” and never counts as 0.",
    },
    {
      heading: "What isn't shown",
      text: `${rule} What would let a single team be worked out from the rest is held back everywhere.${survey === null ? "" : ` Survey results are of at least ${survey.threshold} people, and so is everybody outside a group that shows.`}`,
    },
    {
      heading: "Rounding",
      text: `New people and guide ranges are rounded to 0.1, load to 0.01, WTE needed to 0.1.${survey === null ? "" : " In surveys, numbers of people and response rates are rounded to the nearest 5, scores to whole points and percentages to whole per cent."}`,
    },
    ...(survey === null ? [] : [surveyMethod(survey)]),
  ];
}

function surveyMethod({ results: { instrument } }: SharedSurvey): EvidenceNote {
  return {
    heading: "Survey",
    text: `${instrument.title}. Scores run from 0 to 100; higher is more burnt out. A score is the mean over people, each the mean of the answers that they gave; “give or take” is half of the 95% interval. Source: ${instrument.citation}`,
  };
}

const roleNames: Readonly<Record<JobRole, string>> = {
  link_worker: "link workers",
  care_coordinator: "care coordinators",
  health_coach: "health and wellbeing coaches",
};

function guidesInWords(guides: GuideRanges): string {
  const each = jobRoles.map((role) => {
    const range = guides[role];
    return `${roleNames[role]}: ${range === undefined ? "no guide set, so their caseloads aren't compared" : `${inFigures(range.low)} to ${inFigures(range.high)}`}`;
  });
  return `New people a year for one whole-time equivalent (WTE). ${each.join("; ").replace(/^./, (first) => first.toUpperCase())}.`;
}

/** What the figures don't say. */
export function caveatNotes(told: { readonly newPeople: number | null; readonly survey: SharedSurvey | null }): EvidenceNote[] {
  const { newPeople, survey } = told;
  const margin = newPeople === null ? "" : ` ${inFigures(Math.round(newPeople))} new people may be about ${inFigures(chanceMargin(newPeople))} higher or lower by chance alone (95% interval of a Poisson count); what comes in clusters varies more.`;
  return [
    {
      heading: "Below doesn't mean spare capacity",
      text: "Below the guide range doesn't mean spare capacity: people differ in what they need, and new people are only part of the work.",
    },
    {
      heading: "Guidance, not a limit",
      text: "The guide range is yearly throughput of people for one whole-time equivalent. It is neither a limit nor a target, and it can't be compared with the number of people being supported at one moment.",
    },
    { heading: "Small counts are noisy", text: `Counts move by chance.${margin}` },
    {
      heading: "Who is missing",
      text: "Teams that didn't answer may differ from those that did. Figures that were carried forward are older than the rest.",
    },
    {
      heading: "Comparing over time",
      text: "Which areas and places are shown together depends on which teams answered, so the same name may stand for other teams in another check-in.",
    },
    ...(survey === null ? [] : surveyCaveats(survey)),
  ];
}

function surveyCaveats({ results: { instrument, note } }: SharedSurvey): EvidenceNote[] {
  return [
    { heading: "Bands are no diagnosis", text: instrument.bandsNote },
    { heading: "What scores can't be compared with", text: note },
    { heading: "Who answered the survey", text: "People who answered may feel differently from those who didn't." },
  ];
}
