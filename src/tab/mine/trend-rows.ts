import type { MyCaseload } from "../../features/check-ins/contract.ts";

type Team = MyCaseload["teams"][number];

export interface TrendRow {
  readonly openedOn: string;
  /** What the team's check-in came to; null where it answered none. */
  readonly own: Team["points"][number] | null;
  /** The network's median; null where none is shown. */
  readonly median: number | null;
}

/** A team's check-ins beside the network's median, the latest first: every opening that either has. */
export function trendRows(points: Team["points"], network: MyCaseload["network"]): TrendRow[] {
  const own = new Map(points.map((point) => [point.openedOn, point]));
  const medians = new Map(network.map(({ openedOn, median12 }) => [openedOn, median12]));
  return [...new Set([...own.keys(), ...medians.keys()])]
    .sort()
    .toReversed()
    .map((openedOn) => ({ openedOn, own: own.get(openedOn) ?? null, median: medians.get(openedOn) ?? null }));
}
