import type { SummaryGroup, SummaryLoad } from "../../features/check-ins/contract.ts";
import { loadStates } from "../charts/load.ts";

const days = { 12: 84, 52: 364 } as const;

/** How a load stands, with its numbers; what it rests on where that isn't all of the weeks. */
export function loadInWords(load: SummaryLoad, weeks: 12 | 52): string {
  if (load === null) return `Over ${weeks} weeks: can’t be calculated.`;
  const covered = load.daysCovered < days[weeks] ? ` Answers cover ${load.daysCovered} of ${days[weeks]} days.` : "";
  return `Over ${weeks} weeks: ${load.words}.${covered}`;
}

/** How many groups stand above the range, as the sentence over their bars. */
export function groupsInWords(groups: readonly SummaryGroup[], by: "area" | "place"): string {
  const known = groups.flatMap(({ last12Weeks }) => last12Weeks ?? []);
  const above = known.filter(({ state }) => state === "above").length;
  if (known.length === 0) return `No ${by}’s load can be calculated yet.`;
  if (known.length === 1) return `It ${above === 1 ? "is" : "isn’t"} above the guide range.`;
  const whose = above === 0 ? `None of the ${known.length} ${by}s is` : `${above} of ${known.length} ${by}s ${above === 1 ? "is" : "are"}`;
  return `${whose} above the guide range.`;
}

/** A state in words; "Can’t be calculated" for none. */
export function stateInWords(load: SummaryLoad): string {
  return load === null ? "Can’t be calculated" : loadStates[load.state].words;
}
