/** Where values and days stand on a drawing, as percentages of its length, so that it fits any width without measuring. */

/** Steps that are easy to read, times a power of ten. */
const steps = [1, 2, 2.5, 5, 10] as const;
const intervals = 4;

/** Marks for an axis from 0 to at least `most`: up to five, at even values. */
export function ticksTo(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / intervals;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (steps.find((one) => one * power >= rough - 1e-9) ?? 10) * power;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_one, n) => Number((n * step).toPrecision(12)));
}

/** How far `at` is from `from` to `to`, in percent, never outside. */
export function percentOf(at: number, from: number, to: number): number {
  if (to <= from) return 50;
  return Math.min(100, Math.max(0, (100 * (at - from)) / (to - from)));
}

/** A date ("2026-12-09") as days since 1970. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

/** The date so many days after another. */
export function daysAfter(date: string, days: number): string {
  return new Date((dayNumber(date) + days) * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The days that get a label: as many as leave `apart` percent between each other, counted from the last, which has one.
 * @param days ISO dates, oldest first
 */
export function labelledDays(days: readonly string[], from: string, to: string, apart: number): string[] {
  const labelled: string[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const day of days.toReversed()) {
    const at = percentOf(dayNumber(day), dayNumber(from), dayNumber(to));
    if (at > next - apart) continue;
    labelled.unshift(day);
    next = at;
  }
  return labelled;
}
