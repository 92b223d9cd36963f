import type { ScoreResource, WaveResource } from "../../features/pulse/contract.ts";

export type ShownScore = Extract<ScoreResource, { kind: "shown" }>;

export const stateWords: Readonly<Record<WaveResource["state"], string>> = {
  open: "Open",
  closing: "Being counted",
  closed: "Closed",
  lost: "Closed without results",
};

/** Where a score likely lies: its 95% interval, within the scale of 0 to 100. */
export function likelyRange({ score, margin }: ShownScore): { readonly low: number; readonly high: number } {
  return { low: Math.max(0, score - margin), high: Math.min(100, score + margin) };
}

/** "54, likely 51 to 57; about 210 people", or why there is none. */
export function scoreInWords(score: ScoreResource): string {
  if (score.kind === "suppressed") return score.words;
  const { low, high } = likelyRange(score);
  return `${score.score}, likely ${low} to ${high}; about ${score.people} people`;
}

/** "About 60% of those asked have answered", rounded as the server gives it. */
export function rateInWords(rate: number | null): string {
  return rate === null ? "Fewer than five people were asked" : `About ${rate}% of those asked have answered`;
}

/** Answers that stand together, as one: "To a very high degree or to a high degree". */
export function labelsInWords(labels: readonly string[]): string {
  const [first = "", ...others] = labels;
  return [capital(first), ...others.map((label) => `${label.charAt(0).toLowerCase()}${label.slice(1)}`)].join(" or ");
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
