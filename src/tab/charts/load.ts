import type { SummaryLoad } from "../../features/check-ins/contract.ts";
import type { Shape, Tone } from "./mark.tsx";

type Load = NonNullable<SummaryLoad>;

/** What a load's states are called, and how they are drawn. */
export const loadStates: Readonly<Record<Load["state"], { readonly words: string; readonly shape: Shape; readonly tone: Tone }>> = {
  below: { words: "Below the guide range", shape: "down", tone: "main" },
  in: { words: "Within the guide range", shape: "circle", tone: "main" },
  above: { words: "Above the guide range", shape: "up", tone: "attention" },
};

/** Stands wherever a load may be below the range. */
export const notSpare = "Below the guide range doesn’t mean spare capacity.";

/** What a load is a percentage of. */
export const loadMeaning = "100% is the top of the guide range.";

/** A load (new people divided by the guide's high end) as "97%". */
export function percent(load: number): string {
  return `${Math.round(100 * load)}%`;
}

/** The guide range on the scale of loads: its top is 1. Null where the load isn't known. */
export function rangeOf(load: SummaryLoad): { readonly low: number; readonly high: number } | null {
  return load === null || load.guide.high <= 0 ? null : { low: load.guide.low / load.guide.high, high: 1 };
}

/** An axis of loads reaches at least this far, so that the range's top never is the chart's. */
export const loadAxis = 1.2;
