import { Temporal } from "../../kernel/time.ts";
import type { DistributionResource, ResultSummary, ScoreResource } from "../pulse/contract.ts";
import type { Evidence, EvidenceBreakdown, EvidenceGroup } from "./contract.ts";
import type { Cell, Sheet } from "./ports.ts";
import type { ShownLoad } from "./words.ts";

/** The pack as sheets, in the order in which they are read. The same figures as in the data, a row each. */
export function sheetsOf(evidence: Evidence): Sheet[] {
  return [
    summarySheet(evidence),
    breakdownSheet(evidence.byArea, { key: "areas", name: "By area", header: "Area" }),
    breakdownSheet(evidence.byPlace, { key: "places", name: "By place", header: "Place" }),
    pulseSheet(evidence.pulse),
    methodSheet(evidence),
  ];
}

const day = (date: string): Cell => ({ date: Temporal.PlainDate.from(date) });
const whole = (number: number | null): Cell => (number === null ? null : { number, decimals: 0 });
const tenth = (number: number | null): Cell => (number === null ? null : { number, decimals: 1 });
const hundredth = (number: number | null): Cell => (number === null ? null : { number, decimals: 2 });
/** With the decimals that it has; figures come rounded. */
const asItIs = (number: number | null): Cell =>
  number === null || Number.isInteger(number) ? whole(number) : Number.isInteger(number * 10) ? tenth(number) : hundredth(number);

function summarySheet({ title, network, asOf, madeOn, coverage, summary, trend, paragraph }: Evidence): Sheet {
  const line = (label: string, words: string): Cell[] => [label, null, null, words, coverage, day(asOf)];
  return {
    key: "summary",
    name: "Summary",
    columns: columns(["Figure", 44], ["Value", 12], ["Unit", 18], ["In words", 60], ["Coverage", 36], ["As of", 13]),
    rows: [
      line("Title", title),
      line("Network", network),
      ["Made on", null, null, null, null, day(madeOn)],
      ...summary.map(({ label, value, unit, words, coverage: behind, asOf: on }): Cell[] => [
        ...[label, asItIs(value), unit, words, behind],
        day(on),
      ]),
      ...trend.points.map(({ openedOn, load12 }): Cell[] => [
        ...["Load over 12 weeks, at each opening", hundredth(load12), "of the guide's top", trend.note, "Teams that answered that check-in"],
        day(openedOn),
      ]),
      line("Paragraph to paste", paragraph),
    ],
  };
}

function breakdownSheet(breakdown: EvidenceBreakdown, { header, ...sheet }: Pick<Sheet, "key" | "name"> & { header: string }): Sheet {
  return {
    ...sheet,
    columns: columns(
      ...([[header, 34], ["Coverage", 32], ["12 weeks in words", 44]] as const),
      ...span("12 weeks"),
      ...([["State over 12 weeks", 14]] as const),
      ...span("52 weeks"),
      ...([["Days covered of 52 weeks", 12], ["People waiting, where known", 13], ["WTE needed to return to the range", 14], ["Not shown, and why", 44]] as const),
    ),
    rows: [
      ...breakdown.groups.map(groupRow),
      groupRow(breakdown.total),
      ...(breakdown.note === "" ? [] : [["Note", null, breakdown.note, ...Array.from({ length: 13 }, () => null)]]),
    ],
  };
}

const span = (weeks: string) =>
  [[`New people, ${weeks}`, 12], [`Guide low, ${weeks}`, 11], [`Guide top, ${weeks}`, 11], [`Load, ${weeks} (1 is the top)`, 12]] as const;

function groupRow(group: EvidenceGroup): Cell[] {
  const { last12Weeks, last52Weeks } = group;
  return [
    ...[group.name, group.coverage, group.words],
    ...loadCells(last12Weeks),
    last12Weeks?.state ?? null,
    ...loadCells(last52Weeks),
    whole(last52Weeks?.daysCovered ?? null),
    ...[whole(group.waiting), tenth(group.wteNeeded), group.withheld],
  ];
}

function loadCells(load: ShownLoad | null): Cell[] {
  if (load === null) return [null, null, null, null];
  return [tenth(load.newPeople), tenth(load.guide.low), tenth(load.guide.high), hundredth(load.load)];
}

type Trend = ResultSummary["trend"][number] | ResultSummary["groups"][number]["trend"][number];

function pulseSheet(pulse: Evidence["pulse"]): Sheet {
  const sheet = {
    key: "pulse",
    name: "Pulse",
    columns: columns(
      ...([["About", 40], ["Of", 40], ["Survey opened on", 14], ["Value", 10], ["Unit", 16], ["Give or take", 10]] as const),
      ...([["People (rounded to 5)", 12], ["In words, or why it isn't shown", 60], ["Coverage", 44]] as const),
    ),
  } as const;
  if (pulse.kind === "none") return { ...sheet, rows: [["Score", null, null, null, null, null, null, pulse.words, null]] };
  const { openedOn, coverage } = pulse;
  const scoreRow = (about: string, of: string, on: string, score: ScoreResource, behind: string): Cell[] =>
    score.kind === "shown"
      ? [about, of, day(on), whole(score.score), "points of 100", whole(score.margin), whole(score.people), null, behind]
      : [about, of, day(on), null, "points of 100", null, null, score.words, behind];
  const spreadRows = (about: string, spread: DistributionResource): Cell[][] =>
    spread.kind === "shown"
      ? spread.parts.map(({ labels, percent }) => [about, labels.join(", "), day(openedOn), whole(percent), "percent", null, null, null, coverage])
      : [[about, null, day(openedOn), null, "percent", null, null, spread.words, coverage]];
  const trendRows = (about: string, trend: readonly Trend[]) =>
    trend.map((point) => scoreRow("Score over time", about, point.openedOn, point.score, rateOf(point)));
  return {
    ...sheet,
    rows: [
      scoreRow("Score", "All who answered", openedOn, pulse.score, coverage),
      ...pulse.groups.map(({ name, members, score }) =>
        scoreRow("Score of a reporting group", members.every((member) => name.includes(member)) ? name : `${name} (${members.join(", ")})`, openedOn, score, coverage),
      ),
      ...spreadRows(`Scores. ${pulse.instrument.bandsNote}`, pulse.bands),
      ...pulse.items.flatMap(({ text, distribution }) => spreadRows(text, distribution)),
      ...trendRows("All who answered", pulse.trend),
      ...pulse.groups.flatMap(({ name, trend }) => trendRows(name, trend)),
      ["Whom it covers", null, day(openedOn), null, null, null, null, pulse.covers, coverage],
      ["Comparing", null, day(openedOn), null, null, null, null, pulse.note, coverage],
    ],
  };
}

function rateOf(point: Trend): string {
  if (!("responseRate" in point)) return "The same reporting group in that survey.";
  return point.responseRate === null ? "Fewer than 5 people asked." : `${point.responseRate}% of those asked answered, to the nearest 5.`;
}

function methodSheet({ method, caveats }: Evidence): Sheet {
  return {
    key: "method",
    name: "Method and caveats",
    columns: columns(["Part", 12], ["About", 40], ["Text", 110]),
    rows: [
      ...method.map(({ heading, text }): Cell[] => ["Method", heading, text]),
      ...caveats.map(({ heading, text }): Cell[] => ["Caveat", heading, text]),
    ],
  };
}

function columns(...given: readonly (readonly [header: string, width: number])[]): Sheet["columns"] {
  return given.map(([header, width]) => ({ header, width }));
}
