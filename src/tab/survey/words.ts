import type { ScoreResource, WaveResource } from "../../features/pulse/contract.ts";

export const stateWords: Readonly<Record<WaveResource["state"], string>> = {
  open: "Open",
  closing: "Being counted",
  closed: "Closed",
  lost: "Closed without results",
};

/** "54, give or take 3 (about 210 people)", or why there is none. */
export function scoreInWords(score: ScoreResource): string {
  if (score.kind === "suppressed") return score.words;
  return `${score.score}, give or take ${score.margin} (about ${score.people} people)`;
}

/** "55 % of those asked have answered", rounded as the server gives it. */
export function rateInWords(rate: number | null): string {
  return rate === null ? "Nobody was asked" : `About ${rate} % of those asked have answered`;
}
