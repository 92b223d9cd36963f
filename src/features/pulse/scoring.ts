import type { Instrument } from "./instrument.ts";
import type { Choices } from "./model.ts";
import { mean } from "./rounding.ts";

/**
 * One person's score, from 0 to 100 and not rounded: the mean of the points of the items that they answered, with
 * reversed items counted the other way round (Kristensen et al. 2005).
 * @returns null when they answered too few: for the Copenhagen inventory, fewer than half of its items
 */
export function scoreOf(instrument: Instrument, choices: Choices): number | null {
  const points = instrument.items.flatMap((item) => {
    const place = choiceOf(choices, item.id);
    const chosen = place === null ? undefined : instrument.scales[item.scale]?.choices[place];
    if (chosen === undefined) return [];
    return [item.isReversed ? 100 - chosen.points : chosen.points];
  });
  const isEnough = points.length > 0 && points.length / instrument.items.length >= instrument.fewestAnswered;
  return isEnough ? mean(points) : null;
}

/** The place of the choice that somebody made, from 0; null for an item that they left blank. */
export function choiceOf(choices: Choices, item: string): number | null {
  // An item may be called "constructor": only what was answered counts.
  return Object.hasOwn(choices, item) ? (choices[item] ?? null) : null;
}

/** The place of the band that a score lies in, from 0. */
export function bandOf(instrument: Pick<Instrument, "bands">, score: number): number {
  return instrument.bands.findLastIndex(({ from }) => from <= score);
}
