import { z } from "zod";
import { Fault } from "../../kernel/errors.ts";
import copenhagenWork from "./instruments/cbi-work.json" with { type: "json" };

const text = z.string().trim().min(1);

const Scale = z.object({
  /** In the order in which they are offered; neighbours are merged when few people chose one. */
  choices: z.array(z.object({ label: text, points: z.number().min(0).max(100) })).min(2).max(7),
});

const Item = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  text,
  /** The key of its scale. */
  scale: text,
  /** True where the highest points are the best, so that they count as 100 less the points. */
  isReversed: z.boolean().default(false),
});

/** What comes from a card besides its inputs, which are called as the items are. */
const reservedIds: readonly string[] = ["delivery", "verb"];

/** A questionnaire as data: what is asked, and how answers become a score from 0 to 100. */
export const Instrument = z
  .object({
    id: text,
    title: text,
    /** What its score is a score of, as results say it: "Work-related burnout"; the title where it is left out. */
    measures: text.optional(),
    /** Whom to cite wherever results are shown. */
    citation: text,
    /** Under what terms it may be used. */
    licence: text,
    scales: z.record(text, Scale),
    items: z.array(Item).min(1).max(20),
    /** Smallest part of the items that must be answered for a score, from 0 to 1. */
    fewestAnswered: z.number().gt(0).max(1),
    /** How scores are often read: from this score up to the next band; the first starts at 0. */
    bands: z.array(z.object({ from: z.number().min(0).max(100), label: text })).min(1),
    /** What must be said beside any band. */
    bandsNote: text,
  })
  .superRefine((instrument, context) => {
    const fault = (message: string) => context.addIssue({ code: "custom", message });
    const ids = instrument.items.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) fault("Two items have the same id.");
    if (ids.some((id) => reservedIds.includes(id))) fault(`No item may be called ${reservedIds.join(" or ")}.`);
    for (const { id, scale } of instrument.items) {
      if (!Object.hasOwn(instrument.scales, scale)) fault(`Item ${id} has a scale that isn't there.`);
    }
    for (const [name, { choices }] of Object.entries(instrument.scales)) {
      if (new Set(choices.map(({ label }) => label)).size !== choices.length) fault(`Two choices of scale ${name} read the same.`);
      // Neighbours are merged where few people chose them, so they must be neighbours in meaning as well.
      const steps = choices.slice(1).map(({ points }, nth) => Math.sign(points - (choices[nth]?.points ?? points)));
      if (Math.abs(steps.reduce((sum, step) => sum + step, 0)) !== steps.length) {
        fault(`The points of scale ${name} must fall, or grow, from each choice to the next.`);
      }
    }
    const starts = instrument.bands.map(({ from }) => from);
    if (starts[0] !== 0 || starts.some((from, place) => place > 0 && from <= (starts[place - 1] ?? 0))) {
      fault("Bands must start at 0 and grow.");
    }
  });

export type Instrument = z.infer<typeof Instrument>;

/** Checks an instrument. Throws a Fault "question-set" that says what is wrong with it. */
export function checkInstrument(data: unknown): Instrument {
  const parsed = Instrument.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new Fault("question-set", `An instrument has faults: ${z.prettifyError(parsed.error)}`);
}

/** The instruments that a wave can be asked with; checked when the server starts. */
export const instruments: readonly Instrument[] = [copenhagenWork].map(checkInstrument);

/** What a wave is asked with. A wave keeps its own copy, so that later changes here don't touch it. */
export const defaultInstrument: Instrument = instruments[0] ?? checkInstrument(undefined);
