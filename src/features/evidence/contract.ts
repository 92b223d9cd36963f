import { z } from "zod";
import { CaseloadSummary } from "../check-ins/contract.ts";
import { ResultSummary } from "../pulse/contract.ts";

/** The sheets of the evidence pack, as a query names them. */
export const sheetKeys = ["summary", "areas", "places", "pulse", "method"] as const;
export type SheetKey = (typeof sheetKeys)[number];

export const SheetQuery = z.object({
  sheet: z.enum(sheetKeys, { error: `sheet: choose one of ${sheetKeys.join(", ")}.` }).default("summary"),
});

const units = ["people", "WTE", "teams", "of the guide's top", "points of 100", "percent"] as const;

/** One figure as it is printed: its number, the same in words, and who stands behind it. */
export const EvidenceFigure = z.object({
  label: z.string(),
  value: z.number().nullable().describe("Null where it isn't shown; the words say why"),
  unit: z.enum(units),
  words: z.string(),
  coverage: z.string().describe("For people: \"61 of 70 teams, 9 carried forward\""),
  asOf: z.iso.date(),
});
export type EvidenceFigure = z.infer<typeof EvidenceFigure>;

const Group = CaseloadSummary.shape.total
  .pick({ name: true, teams: true, carriedForward: true, last12Weeks: true, last52Weeks: true, waiting: true, wteNeeded: true })
  .extend({
    coverage: z.string(),
    words: z.string().describe("The 12 weeks as a sentence, or why they aren't shown"),
    withheld: z.string().nullable().describe("What isn't shown here, and why; null when all is shown"),
  });
export type EvidenceGroup = z.infer<typeof Group>;

const Breakdown = z.object({
  groups: z.array(Group),
  total: Group,
  note: z.string().describe("Why groups are as they are, or why there are none"),
});
export type EvidenceBreakdown = z.infer<typeof Breakdown>;

const Trend = z.object({
  band: z
    .object({ low: z.number(), high: z.number() })
    .nullable()
    .describe("The guide range of the latest figures in the trend's terms: its top is 1"),
  points: CaseloadSummary.shape.total.shape.trend.describe("Load over 12 weeks at each opening of the last 52 weeks, oldest first"),
  note: z.string(),
});

const Pulse = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none"), words: z.string() }),
  ResultSummary.pick({
    openedOn: true,
    closedOn: true,
    responseRate: true,
    instrument: true,
    note: true,
    covers: true,
    people: true,
    score: true,
    bands: true,
    items: true,
    groups: true,
    trend: true,
  }).extend({
    kind: z.literal("shared"),
    words: z.string().describe("The score as a sentence, or why it isn't shown"),
    coverage: z.string().describe("\"About 40 of about 70 people answered (60%).\""),
  }),
]);
export type EvidencePulse = z.infer<typeof Pulse>;

const Note = z.object({ heading: z.string(), text: z.string() });
export type EvidenceNote = z.infer<typeof Note>;

/** The evidence pack: combined figures and shared surveys, with how they came about and what they don't say. */
export const Evidence = z.object({
  title: z.string(),
  network: z.string(),
  asOf: z.iso.date().describe("The opening of the round whose close froze the figures"),
  asOfWords: z.string(),
  madeOn: z.iso.date(),
  coverage: z.string(),
  summary: z.array(EvidenceFigure),
  paragraph: z.string().describe("Ready to paste"),
  byArea: Breakdown,
  byPlace: Breakdown,
  trend: Trend,
  details: CaseloadSummary.shape.total.shape.details,
  pulse: Pulse,
  method: z.array(Note),
  caveats: z.array(Note),
});
export type Evidence = z.infer<typeof Evidence>;
