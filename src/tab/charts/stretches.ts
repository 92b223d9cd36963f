import type { TrendPoint, TrendSeries } from "./trend-chart.tsx";

type Known = TrendPoint & { readonly value: number };
const isKnown = (point: TrendPoint): point is Known => point.value !== null;

/** The points in stretches without a gap between them. */
export function stretches(points: TrendSeries["points"]): Known[][] {
  const parts: Known[][] = [[]];
  for (const point of points) {
    if (isKnown(point)) parts.at(-1)?.push(point);
    else parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}
