import { z } from "zod";
import { pageOf } from "../../kernel/paging.ts";
import { longestChange } from "./constants.ts";
import { moment, responseRate, WaveResource } from "./wave-contract.ts";

export { WaveResource } from "./wave-contract.ts";

export const WavePage = pageOf(WaveResource);

export const OpenWaveBody = z.strictObject({});
export const CloseWaveBody = z
  .strictObject({
    giveUp: z
      .boolean({ error: "giveUp: give true or false." })
      .default(false)
      .describe("True to close a wave without results; only where its key is lost"),
  })
  .prefault({});

const oneChange = `text: write 1 to ${longestChange} characters.`;
export const ChangeBody = z.strictObject({
  // Measured and looked through where it is published, whichever way it comes.
  text: z.string({ error: oneChange }).describe(`What changed, 1 to ${longestChange} characters`),
});

const Published = z.object({ text: z.string(), publishedAt: moment });
export const ChangeResource = Published;
export type ChangeResource = z.infer<typeof ChangeResource>;

const why = z.enum(["too-few", "complement", "unanimous", "lost"]);
const withheld = z.object({ kind: z.literal("suppressed"), why, words: z.string().describe("Why it isn't shown, as a sentence") });
const score = z.discriminatedUnion("kind", [
  withheld,
  z.object({
    kind: z.literal("shown"),
    people: z.int().describe("Rounded to 5"),
    score: z.int().describe("0 to 100; higher is more burnt out"),
    margin: z.int().describe("Half the width of the 95 % interval, in points"),
  }),
]);
const distribution = z.discriminatedUnion("kind", [
  withheld,
  z.object({
    kind: z.literal("shown"),
    parts: z.array(z.object({ labels: z.array(z.string()), percent: z.int() })).describe("Neighbours that few chose are merged"),
  }),
]);
export type ScoreResource = z.infer<typeof score>;
export type DistributionResource = z.infer<typeof distribution>;

const trendPoint = z.object({ wave: z.string(), openedOn: z.iso.date(), score });

const group = z.object({
  name: z.string(),
  members: z.array(z.string()),
  score,
  trend: z.array(trendPoint).describe("Waves in which the group was made of the same, oldest first"),
});

const WaitingSummary = z.strictObject({ state: z.enum(["open", "closing"]), responseRate });

export const ResultSummary = z.object({
  id: z.string(),
  state: z.enum(["closed", "lost"]),
  openedOn: z.iso.date(),
  closedOn: z.iso.date(),
  sharedAt: moment.nullable(),
  responseRate,
  instrument: z.object({ id: z.string(), title: z.string(), citation: z.string(), bandsNote: z.string() }),
  note: z.string().describe("What the scores can't be compared with"),
  covers: z.string().describe("Whom the results cover, in words"),
  people: z
    .object({ asked: z.int(), managersAsked: z.int(), membersAsked: z.int(), answered: z.int() })
    .describe("Each rounded to 5"),
  score,
  bands: distribution,
  items: z.array(z.object({ id: z.string(), text: z.string(), distribution })),
  groups: z.array(group),
  trend: z.array(trendPoint.extend({ responseRate })).describe("Waves of the same instrument up to this one, oldest first"),
  changes: z.array(Published).describe("What changed after this wave: you said, we did"),
});
export type ResultSummary = z.infer<typeof ResultSummary>;

/** Before the close, what is known to anybody; after it, what was published. */
export const PulseSummary = z.union([WaitingSummary, ResultSummary]);
export type PulseSummary = z.infer<typeof PulseSummary>;

/** Surveys whose results the caller may see, newest first. */
export const PulseResults = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string().describe("The instrument's"),
      state: z.enum(["closed", "lost"]),
      openedOn: z.iso.date(),
      closedOn: z.iso.date(),
      sharedAt: moment.nullable(),
    }),
  ),
});
export type PulseResults = z.infer<typeof PulseResults>;
